import CCrypto
import EarshotDomain
import EarshotWire
import Foundation

/// A folder of documents as servers gave them over time.
///
/// `ROOT/HOST/PATH.../YYYY-MM-DDTHHMMZ.EXT` is the document of `http://HOST/PATH...` from that
/// minute (UTC) on, until the next one in the folder. An empty file ending in `.gone` there says
/// that the server was down, one ending in `.answer` what else it said: its first line is the
/// status, each further one a header field. A file `content-type` holds the media type of all
/// documents beside it; without it the extension tells. The folder is read once; documents are
/// mapped, not loaded.
struct Recording: Sendable {
    /// A state of one URL, from a moment on.
    private struct Change {
        let since: Timestamp
        let answer: Answer
    }

    enum Answer: Sendable {
        case document(RecordedDocument)
        case serverDown
        /// Without a document.
        case status(Int, fields: [(name: String, value: String)])
        case notFound
    }

    /// By host and path, `news.example/feed.xml`; each in order of time.
    private let changes: [String: [Change]]

    /// Throws Foundation's error where the folder or a file cannot be read.
    init(root: URL) throws {
        var changes: [String: [Change]] = [:]
        let base = root.standardizedFileURL.pathComponents.count
        for folder in try Self.folders(in: root.standardizedFileURL) {
            let found = try Self.changes(in: folder)
            guard !found.isEmpty else { continue }
            changes[folder.pathComponents.dropFirst(base).joined(separator: "/")] = found
        }
        self.changes = changes
    }

    /// What `host` answered for `path` at `moment`.
    ///
    /// Only keys of the index are ever looked up, so no path leads out of the root.
    func answer(host: String, path: String, at moment: Timestamp) -> Answer {
        let parts = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        let key = ([host.lowercased()] + parts).joined(separator: "/")
        guard let change = changes[key]?.last(where: { $0.since <= moment }) else {
            return .notFound
        }
        return change.answer
    }

    private static func folders(in root: URL) throws -> [URL] {
        let entries = FileManager.default.enumerator(
            at: root, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
        let below = entries?.compactMap { $0 as? URL } ?? []
        return try below.filter {
            try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
        }
    }

    private static func changes(in folder: URL) throws -> [Change] {
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
        let types = folder.appending(component: "content-type")
        let type = (try? String(contentsOf: types, encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return try files.sorted { $0.lastPathComponent < $1.lastPathComponent }
            .compactMap { file in
                guard let since = moment(of: file) else { return nil }
                switch file.pathExtension {
                case "gone": return Change(since: since, answer: .serverDown)
                case "answer":
                    let text = try String(contentsOf: file, encoding: .utf8)
                    return Change(since: since, answer: statusAnswer(text))
                default: break
                }
                let document = RecordedDocument(
                    bytes: try Data(contentsOf: file, options: .mappedIfSafe), since: since,
                    contentType: type ?? mediaType(of: file.pathExtension))
                return Change(since: since, answer: .document(document))
            }
    }

    private static func statusAnswer(_ text: String) -> Answer {
        let lines = text.split(whereSeparator: \.isNewline)
        let status = lines.first.flatMap { Int($0) } ?? 500
        let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (name: String(line[..<colon]), value: value)
        }
        return .status(status, fields: fields)
    }

    /// The moment in a file's name; nil where the file is no document.
    private static func moment(of file: URL) -> Timestamp? {
        let name = file.deletingPathExtension().lastPathComponent
        guard name.utf8.count == "YYYY-MM-DDTHHMMZ".utf8.count, name.hasSuffix("Z") else {
            return nil
        }
        return Timestamp(rfc3339: "\(name.prefix(13)):\(name.dropFirst(13).prefix(2)):00Z")
    }

    private static func mediaType(of extension: String) -> String {
        switch `extension` {
        case "rss": "application/rss+xml"
        case "atom": "application/atom+xml"
        case "xml": "application/xml"
        case "json": "application/json"
        case "html": "text/html"
        default: "application/octet-stream"
        }
    }
}

/// One document with what its server said of it.
struct RecordedDocument: Sendable {
    let bytes: Data
    let since: Timestamp
    let contentType: String

    /// The first 128 bits of the content's SHA-256, quoted as a strong entity tag.
    var etag: String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        bytes.withUnsafeBytes { content in
            _ = SHA256(content.bindMemory(to: UInt8.self).baseAddress, content.count, &digest)
        }
        return "\"" + digest.prefix(16).map { String(format: "%02x", $0) }.joined() + "\""
    }

    /// `since` as an HTTP date (RFC 9110, section 5.6.7).
    var lastModified: String {
        let minutes = Int(since.milliseconds / 60_000)
        let date = LocalDate(dayNumber: minutes / 1_440)
        // 1970-01-01 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][minutes / 1_440 % 7]
        let month = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][date.month - 1]
        return String(
            format: "%@, %02d %@ %04d %02d:%02d:00 GMT", weekday, date.day, month, date.year,
            minutes / 60 % 24, minutes % 60)
    }
}
