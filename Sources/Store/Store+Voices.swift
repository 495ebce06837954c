package import EarshotDomain
import GRDB

/// What was learned of a mention at one moment.
package struct VoiceRow: Hashable, Sendable {
    package let mention: Identifier<Mention>
    package let story: Identifier<Story>
    package let brand: Identifier<Brand>
    /// Platform, slash, handle; absent where the entry names no author.
    package let author: String?
    package let eventAt: Timestamp
    /// Of this sentiment.
    package let knownAt: Timestamp
    package let probabilities: Sentiment.Probabilities
    /// Keys of the products and aspects known by then, in their order.
    package let topics: [String]
}

extension Store {
    /// Every sentiment that mentions were given by `cut`, not only those in force, in order of
    /// knowing.
    package func voiceRows(knownBy cut: Timestamp) async throws -> [VoiceRow] {
        try await read { db in
            var topics: [Identifier<Mention>: [Known<String>]] = [:]
            try db.each(
                """
                SELECT h.mention, t.key, min(h.knownAt)
                FROM hit h JOIN topic t ON t.id = h.topic
                WHERE h.knownAt <= ? GROUP BY h.mention, t.key ORDER BY h.mention, t.key
                """, [cut.milliseconds]
            ) { columns in
                let mention: Identifier<Mention> = try columns.identifier()
                let key: String = try columns.next()
                topics[mention, default: []].append(Known(key, at: try columns.moment()))
            }
            return try db.all(
                """
                SELECT m.id, m.story, m.brand, e.authorPlatform, e.authorHandle, m.eventAt,
                    s.knownAt, s.negative, s.neutral, s.positive
                FROM sentiment s
                JOIN mention m ON m.id = s.mention
                JOIN entry e ON e.id = m.entry
                WHERE s.knownAt <= ? ORDER BY s.knownAt, m.id
                """, [cut.milliseconds]
            ) { columns in
                let mention: Identifier<Mention> = try columns.identifier()
                let story: Identifier<Story> = try columns.identifier()
                let brand: Identifier<Brand> = try columns.identifier()
                let platform: String? = try columns.optional()
                let handle: String? = try columns.optional()
                let eventAt = try columns.moment()
                let knownAt = try columns.moment()
                return VoiceRow(
                    mention: mention, story: story, brand: brand,
                    author: platform.flatMap { platform in handle.map { platform + "/" + $0 } },
                    eventAt: eventAt, knownAt: knownAt,
                    probabilities: Sentiment.Probabilities(
                        negative: try columns.next(), neutral: try columns.next(),
                        positive: try columns.next()),
                    topics: topics[mention, default: []].filter { $0.knownAt <= knownAt }
                        .map(\.value))
            }
        }
    }
}
