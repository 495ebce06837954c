import EarshotFeeds
import EarshotWire
import EarshotWording

/// A document for a person: what it is, what was wrong with it, its newest entries.
struct DocumentSummary {
    private let document: FeedDocument
    private let name: String

    /// Entries that are shown; chosen: what fits a screen.
    static let shown = 5

    init(_ document: FeedDocument, of name: String) {
        self.document = document
        self.name = name
    }

    var text: String {
        let feed = document.feed
        var lines = [
            "\(name): \(document.format.rawValue), \(document.encoding), "
                + "\(document.count) entries",
            "  \(feed.title ?? "(no title)")" + (feed.link.map { " · \($0)" } ?? ""),
        ]
        for warning in document.warnings {
            let place = warning.line.map { ", line \($0)" } ?? ""
            lines.append("  warning: \(warning.kind.rawValue)\(place)")
        }
        for entry in document.entries.prefix(Self.shown) {
            let date = entry.published?.rfc3339 ?? "no date"
            let title = entry.title ?? String(entry.text.prefix(60))
            lines.append("  \(date)  \(title.split(separator: "\n").joined(separator: " "))")
        }
        let rest = document.count - Self.shown
        if rest > 0 { lines.append("  and \(rest) more") }
        return lines.map { PrintableText.of($0) + "\n" }.joined()
    }
}
