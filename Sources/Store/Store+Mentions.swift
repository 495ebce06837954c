package import EarshotDomain
import GRDB

extension Store {
    /// At most `limit` mentions, newest first, those after `place`.
    ///
    /// With a fixed `knownBy`, page after page is one picture, whatever is written meanwhile.
    package func mentions(
        matching filter: MentionFilter = MentionFilter(), after place: MentionPlace? = nil,
        limit: Int
    ) async throws -> [MentionRecord] {
        try await read { db in
            let cut = (filter.knownBy ?? .distantFuture).milliseconds
            let limit = max(0, limit)
            let brands = filter.brands.map { Set($0).sorted() }
            // One query a brand, each along its index: over several brands the engine would sort all.
            let lists = try (brands?.map(Optional.some) ?? [nil]).map { brand in
                try db.mentions(filter, of: brand, cut: cut, after: place, limit: limit)
            }
            let newest = lists.joined().sorted { $1.place < $0.place }.prefix(limit)
            return try db.complete(newest, cut: cut)
        }
    }

    /// The mentions of these ids, in their order, with the sentiment known by `cut`; ids that are
    /// unknown, or were at `cut`, are left out.
    package func mentions(
        _ ids: [Identifier<Mention>], knownBy cut: Timestamp? = nil
    ) async throws -> [MentionRecord] {
        try await read { db in
            let cut = (cut ?? .distantFuture).milliseconds
            let bare = try ids.flatMap { id in
                try db.all(
                    "\(mentionSelect) WHERE m.id = ? AND m.knownAt <= ?", [cut, id.rawValue, cut]
                ) { try $0.mentionWithoutHits() }
            }
            return try db.complete(bare, cut: cut)
        }
    }

    /// What the clusterer of a brand's stories starts from: mentions published at or after `since`,
    /// in the order of their ids, which is the order in which it met them.
    package func recentMentions(
        of brand: Identifier<Brand>, since: Timestamp
    ) async throws -> [RecentMention] {
        try await read { db in
            try db.all(
                """
                SELECT m.id, m.story, m.eventAt, e.title, e.text
                FROM mention m JOIN entry e ON e.id = m.entry
                WHERE m.brand = ? AND m.eventAt >= ? ORDER BY m.id
                """, [brand.rawValue, since.milliseconds]
            ) { columns in
                RecentMention(
                    mention: try columns.identifier(), story: try columns.identifier(),
                    eventAt: try columns.moment(), title: try columns.next(),
                    text: try columns.next())
            }
        }
    }

    /// Adds later sentiments of known mentions, in force from `knownAt` on, in one transaction.
    ///
    /// Of two for one mention and moment the first holds. Returns how many were added.
    package func record(
        sentiments: [(mention: Identifier<Mention>, sentiment: Sentiment)], knownAt: Timestamp
    ) async throws -> Int {
        try await write { db in
            try sentiments.count { mention, sentiment in
                try db.add(sentiment, of: mention, knownAt: knownAt)
            }
        }
    }
}

/// Pages of mentions, newest first, each read when it is asked for.
package struct MentionPages: AsyncSequence, Sendable {
    let store: Store
    let filter: MentionFilter
    let size: Int

    package struct Iterator: AsyncIteratorProtocol {
        let pages: MentionPages
        var place: MentionPlace?
        var isAtEnd = false

        package mutating func next() async throws -> [MentionRecord]? {
            guard !isAtEnd else { return nil }
            let page = try await pages.store.mentions(
                matching: pages.filter, after: place, limit: pages.size)
            isAtEnd = page.count < pages.size
            place = page.last?.place
            return page.isEmpty ? nil : page
        }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(pages: self) }
}

extension Store {
    /// All mentions that pass, a page at a time, for exports that do not fit into memory.
    ///
    /// Give `filter.knownBy`, so that what is recorded meanwhile stays out.
    package func mentionPages(matching filter: MentionFilter, size: Int = 500) -> MentionPages {
        MentionPages(store: self, filter: filter, size: max(1, size))
    }
}

extension Timestamp {
    /// After every moment that a row can hold.
    static let distantFuture = Timestamp(milliseconds: .max)
}

/// Mentions with entry and sentiment in force; its first argument is the cut.
private let mentionSelect = """
    SELECT m.id, m.brand, m.story, m.eventAt, m.knownAt, e.id, \(entryColumns),
        s.label, s.score, s.negative, s.neutral, s.positive, s.prior, s.evidence, s.version
    FROM mention m
    JOIN entry e ON e.id = m.entry
    \(sentimentInForce)
    """

extension Columns {
    fileprivate mutating func mentionWithoutHits() throws -> MentionRecord {
        let id: Identifier<Mention> = try identifier()
        let brand: Identifier<Brand> = try identifier()
        let story: Identifier<Story> = try identifier()
        let eventAt = try moment()
        let knownAt = try moment()
        let entryID: Identifier<Entry> = try identifier()
        return MentionRecord(
            mention: Mention(
                id: id, brand: brand, entry: entryID, story: story, eventAt: eventAt,
                knownAt: knownAt, hits: []),
            entry: try entry(id: entryID),
            sentiment: Sentiment(
                label: try choice(), score: try next(),
                probabilities: Sentiment.Probabilities(
                    negative: try next(), neutral: try next(), positive: try next()),
                prior: try next(), evidence: try StoredText.evidence(next()),
                version: try next()))
    }
}

extension Database {
    fileprivate func mentions(
        _ filter: MentionFilter, of brand: Identifier<Brand>?, cut: Int64,
        after place: MentionPlace?, limit: Int
    ) throws -> [MentionRecord] {
        let place = place ?? MentionPlace(eventAt: .distantFuture, id: Identifier(.max))
        var sql = """
            \(mentionSelect)
            WHERE m.knownAt <= ? AND (m.eventAt, m.id) < (?, ?) AND m.eventAt < ?
            """
        var arguments: StatementArguments = [
            cut, cut, place.eventAt.milliseconds, place.id.rawValue,
            (filter.to ?? .distantFuture).milliseconds,
        ]
        if let from = filter.from {
            sql += " AND m.eventAt >= ?"
            arguments += [from.milliseconds]
        }
        if let brand {
            sql += " AND m.brand = ?"
            arguments += [brand.rawValue]
        }
        if let label = filter.label {
            sql += " AND s.label = ?"
            arguments += [label.rawValue]
        }
        if let source = filter.source {
            sql += " AND e.source = ?"
            arguments += [source.rawValue]
        }
        if let topic = filter.topic {
            sql += """
                 AND EXISTS (SELECT 1 FROM hit h JOIN topic t ON t.id = h.topic
                    WHERE h.mention = m.id AND h.knownAt <= ? AND t.key = ?)
                """
            arguments += [cut, topic]
        }
        sql += " ORDER BY m.eventAt DESC, m.id DESC LIMIT ?"
        arguments += [limit]
        return try all(sql, arguments) { try $0.mentionWithoutHits() }
    }

    /// Adds the hits that were known by `cut`.
    fileprivate func complete(
        _ bare: some Sequence<MentionRecord>, cut: Int64
    ) throws -> [MentionRecord] {
        try bare.map { record in
            let mention = record.mention
            let hits = try all(
                """
                SELECT h.field, h.startByte, h.endByte, h.term, t.key
                FROM hit h LEFT JOIN topic t ON t.id = h.topic
                WHERE h.mention = ? AND h.knownAt <= ? ORDER BY h.ordinal
                """, [mention.id.rawValue, cut]
            ) { columns in
                Hit(
                    field: try columns.choice(), start: try columns.next(),
                    end: try columns.next(), term: try columns.next(),
                    topic: try columns.optional())
            }
            return MentionRecord(
                mention: Mention(
                    id: mention.id, brand: mention.brand, entry: mention.entry,
                    story: mention.story, eventAt: mention.eventAt, knownAt: mention.knownAt,
                    hits: hits),
                entry: record.entry, sentiment: record.sentiment)
        }
    }
}
