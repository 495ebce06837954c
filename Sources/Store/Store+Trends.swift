package import EarshotDomain
import GRDB

/// A mention as trends count it, flat.
package struct TrendRow: Hashable, Sendable {
    package let mention: Identifier<Mention>
    package let story: Identifier<Story>
    package let brand: Identifier<Brand>
    package let source: Identifier<Source>
    /// Platform, slash, handle; absent where the entry names no author.
    package let author: String?
    package let eventAt: Timestamp
    package let knownAt: Timestamp
    package let label: Sentiment.Label
    /// In −1…1.
    package let score: Double
    package let probabilities: Sentiment.Probabilities
    /// Name of the model that gave the sentiment.
    package let version: String
    /// Keys of the products and aspects that it names, each once, in the order of their keys.
    package var topics: [String]
}

extension Store {
    /// Mentions of `brands` published in `from..<to` and known by `cut`, each with the latest
    /// sentiment and the topics known by then, in order of `eventAt`, ties by id.
    package func trendRows(
        of brands: [Identifier<Brand>], from: Timestamp, to: Timestamp, knownBy cut: Timestamp
    ) async throws -> [TrendRow] {
        guard !brands.isEmpty else { return [] }
        return try await read { db in
            try db.trendRows(
                where: """
                    m.brand IN (\(placeholders(brands.count))) AND m.eventAt >= ?
                    AND m.eventAt < ? AND m.knownAt <= ?
                    """,
                StatementArguments(brands.map(\.rawValue))
                    + [from.milliseconds, to.milliseconds, cut.milliseconds],
                knownBy: cut)
        }
    }

    /// Mentions of `brands` that became known, or whose sentiment did, at `moment`, in the same
    /// order.
    package func trendRows(
        of brands: [Identifier<Brand>], changedAt moment: Timestamp
    ) async throws -> [TrendRow] {
        guard !brands.isEmpty else { return [] }
        return try await read { db in
            try db.trendRows(
                where: """
                    m.id IN (SELECT mention FROM sentiment WHERE knownAt = ?)
                    AND m.brand IN (\(placeholders(brands.count)))
                    """,
                [moment.milliseconds] + StatementArguments(brands.map(\.rawValue)),
                knownBy: moment)
        }
    }

    /// The moments in `after..<before` (both left out) at which a mention or a sentiment became
    /// known, in order.
    package func changes(after: Timestamp, before: Timestamp) async throws -> [Timestamp] {
        try await read { db in
            try db.all(
                """
                SELECT DISTINCT knownAt FROM sentiment WHERE knownAt > ? AND knownAt < ?
                ORDER BY knownAt
                """, [after.milliseconds, before.milliseconds]
            ) { try $0.moment() }
        }
    }
}

extension Database {
    fileprivate func trendRows(
        where condition: String, _ arguments: StatementArguments, knownBy cut: Timestamp
    ) throws -> [TrendRow] {
        var rows = try all(
            """
            SELECT m.id, m.story, m.brand, e.source, e.authorPlatform, e.authorHandle,
                m.eventAt, m.knownAt, s.label, s.score, s.negative, s.neutral, s.positive,
                s.version
            FROM mention m
            JOIN entry e ON e.id = m.entry
            \(sentimentInForce)
            WHERE \(condition) ORDER BY m.eventAt, m.id
            """, [cut.milliseconds] + arguments
        ) { try $0.trendRow() }
        var position = 0
        try each(
            """
            SELECT DISTINCT m.eventAt, m.id, t.key
            FROM mention m
            JOIN hit h ON h.mention = m.id AND h.knownAt <= ?
            JOIN topic t ON t.id = h.topic
            WHERE \(condition) ORDER BY m.eventAt, m.id, t.key
            """, [cut.milliseconds] + arguments
        ) { columns in
            _ = try columns.moment()
            let mention: Identifier<Mention> = try columns.identifier()
            // Both lists have one order, so one walk meets each topic's row.
            while position < rows.count && rows[position].mention != mention { position += 1 }
            guard position < rows.count else { return }
            rows[position].topics.append(try columns.next())
        }
        return rows
    }
}

extension Columns {
    fileprivate mutating func trendRow() throws -> TrendRow {
        let mention: Identifier<Mention> = try identifier()
        let story: Identifier<Story> = try identifier()
        let brand: Identifier<Brand> = try identifier()
        let source: Identifier<Source> = try identifier()
        let platform: String? = try optional()
        let handle: String? = try optional()
        let author = platform.flatMap { platform in handle.map { platform + "/" + $0 } }
        return TrendRow(
            mention: mention, story: story, brand: brand, source: source, author: author,
            eventAt: try moment(), knownAt: try moment(), label: try choice(),
            score: try next(),
            probabilities: Sentiment.Probabilities(
                negative: try next(), neutral: try next(), positive: try next()),
            version: try next(), topics: [])
    }
}
