import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire
import Foundation
import Testing

/// The sample month measured against what its authors meant; second source: `Samples/truth.jsonl`.
@Suite struct SampleTruthTests {
    private struct Claim {
        let brand: String
        let label: String
    }

    private func truth() throws -> [String: [Claim]] {
        let data = try Data(contentsOf: Project.samples.appending(path: "truth.jsonl"))
        var claims: [String: [Claim]] = [:]
        for line in data.split(separator: 0x0A) {
            let json = try JSON(parsing: Array(line))
            let url = try #require(json["url"]?.string)
            claims[url] = (json["brands"]?.array ?? []).compactMap { brand in
                guard let key = brand["brand"]?.string, let label = brand["label"]?.string else {
                    return nil
                }
                return Claim(brand: key, label: label)
            }
        }
        return claims
    }

    @Test func findsTheMentionsAndReadsTheirTone() async throws {
        let truth = try truth()
        try await Project.withFolder { folder in
            _ = try await Demo(samples: Project.samples.path, output: folder.path).run { _ in }
            let store = try await Store.open(path: folder.appending(path: "earshot.db").path)
            let keys = Dictionary(
                uniqueKeysWithValues: try await store.brands().map { ($0.id, $0.key) })
            var found = 0
            var right = 0
            var toneRight = 0
            for try await page in store.mentionPages(matching: MentionFilter()) {
                for record in page {
                    guard let claims = record.entry.content.url.flatMap({ truth[$0] }) else {
                        Issue.record("no such entry: \(record.entry.content.url ?? "")")
                        continue
                    }
                    found += 1
                    let brand = keys[record.mention.brand]
                    guard let claim = claims.first(where: { $0.brand == brand }) else { continue }
                    right += 1
                    toneRight += claim.label == record.sentiment.label.rawValue ? 1 : 0
                }
            }
            // Entries of the last hours are published after the demo's last poll.
            let claimed = truth.values.reduce(0) { $0 + $1.count }
            #expect(Double(right) / Double(found) > 0.97)
            #expect(Double(right) / Double(claimed) > 0.9)
            #expect(Double(toneRight) / Double(right) > 0.6)
        }
    }
}
