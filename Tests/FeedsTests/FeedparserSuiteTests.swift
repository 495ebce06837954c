import EarshotDomain
import EarshotFeeds
import Foundation
import Testing

/// The corpora beside the repository; nil where they are absent.
private let corpus: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let shared =
        ProcessInfo.processInfo.environment["EARSHOT_SHARED"].map { URL(filePath: $0) }
        ?? root.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "corpora/feeds/feedparser")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

/// Python feedparser's own test files, as far as their assertions are plain comparisons; the whole
/// suite is graded by `eval/feeds/grade_feedparser_suite.py` (research note on feeds, goal F1).
@Suite(.enabled(if: corpus != nil, "the shared corpora are not there"))
struct FeedparserSuiteTests {
    /// `feed['title'] == '…'` and its kin.
    private let assertion =
        /Expect:\s+(?:not bozo and )?(feed|entries\[0\])\['(title|link|id|guid|language)'\] == u?'([^']*)'\s*$/
        .anchorsMatchLineEndings()

    private func files() throws -> [URL] {
        let folder = try #require(corpus)
        let names = try #require(
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return names.compactMap { $0 as? URL }.filter { $0.pathExtension == "xml" }
            .filter { !$0.path.contains("http") && !$0.path.contains("chardet") }
            .sorted { $0.path < $1.path }
    }

    private func unescaped(_ text: Substring) -> String {
        var plain = String(text).replacing(/\\x([0-9a-f]{2})/) { match in character(match.output.1)
        }
        plain = plain.replacing(/\\u([0-9a-f]{4})/) { match in character(match.output.1) }
        return plain.replacing("\\'", with: "'")
    }

    private func character(_ hex: Substring) -> String {
        UInt32(hex, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }

    @Test func agreesWithPlainAssertions() throws {
        var (right, all) = (0, 0)
        for file in try files() {
            let bytes = Array(try Data(contentsOf: file))
            guard let match = String(decoding: bytes, as: UTF8.self).firstMatch(of: assertion),
                !match.output.3.contains("<"), !match.output.3.contains("&")
            else { continue }
            all += 1
            guard let document = try? FeedParser.parse(bytes) else { continue }
            let (feed, entry) = (document.feed, document.entries.first)
            let isFeed = match.output.1 == "feed"
            let value =
                switch match.output.2 {
                case "title": isFeed ? feed.title : entry?.title
                case "link": isFeed ? feed.link : entry?.url
                case "language": isFeed ? feed.language : entry?.language
                default: isFeed ? feed.id : entry?.id
                }
            if value?.split(separator: " ") == unescaped(match.output.3).split(separator: " ") {
                right += 1
            }
        }
        #expect(all > 200)
        #expect(Double(right) >= 0.995 * Double(all), "\(right) of \(all)")
    }

    @Test func readsItsDates() throws {
        let rows = try JSONSerialization.jsonObject(
            with: Data(contentsOf: try #require(corpus).appending(path: "dates.json")))
        var all = 0
        for case let row as [Any] in try #require(rows as? [Any]) {
            guard let name = row[0] as? String, let text = row[1] as? String,
                let parts = row[2] as? [Int], parts[0] >= 1_970,
                // Languages and zones of services that are long gone.
                !["onblog", "greek"].contains(where: name.hasSuffix)
            else { continue }
            all += 1
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = .gmt
            let date = calendar.date(
                from: DateComponents(
                    year: parts[0], month: parts[1], day: parts[2], hour: parts[3],
                    minute: parts[4], second: parts[5]))
            let wanted = date.map { Timestamp(seconds: Int64($0.timeIntervalSince1970)) }
            // The rows know no fractions of a second.
            let found = DateScanner.timestamp(text)?.milliseconds
            #expect(
                found.map { $0 / 1_000 } == wanted.map { $0.milliseconds / 1_000 },
                "\(name): \(text)")
        }
        #expect(all >= 25)
    }
}
