package import EarshotDomain
package import EarshotStore
import EarshotWire

/// Mentions as comma-separated values, for spreadsheets and other programs.
package struct MentionTable: Sendable {
    private let brands: [Identifier<Brand>: String]
    private let sources: [Identifier<Source>: String]
    private var writer = CSVWriter()

    package init(brands: [Brand], sources: [Source]) {
        self.brands = Dictionary(uniqueKeysWithValues: brands.map { ($0.id, $0.key) })
        self.sources = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0.key) })
        writer.row([
            "mention", "story", "brand", "source", "published", "known", "author", "label",
            "score", "topics", "url", "title", "text",
        ])
    }

    package var bytes: [UInt8] { writer.bytes }

    package mutating func add(_ records: [MentionRecord]) {
        for record in records {
            let (mention, content) = (record.mention, record.entry.content)
            let topics = Set(mention.hits.compactMap(\.topic)).sorted()
            var score = JSONWriter()
            score.double(record.sentiment.score, places: 4)
            writer.row([
                "\(mention.id.rawValue)", "\(mention.story.rawValue)",
                brands[mention.brand] ?? "", sources[record.entry.source] ?? "",
                mention.eventAt.rfc3339, mention.knownAt.rfc3339, content.author?.handle ?? "",
                record.sentiment.label.rawValue, String(decoding: score.bytes, as: UTF8.self),
                topics.joined(separator: " "), content.url ?? "", content.title, content.text,
            ])
        }
    }
}
