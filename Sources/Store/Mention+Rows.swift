import EarshotDomain
import GRDB

/// Joins to a table `m` of mentions the sentiment `s` that is in force at a cut, its one argument.
let sentimentInForce = """
    JOIN sentiment s ON s.mention = m.id AND s.knownAt = (
        SELECT max(k.knownAt) FROM sentiment k WHERE k.mention = m.id AND k.knownAt <= ?)
    """

extension Database {
    /// Writes a mention with its hits and its sentiment.
    func add(
        _ draft: MentionDraft, of entry: Identifier<Entry>, in story: Identifier<Story>,
        eventAt: Timestamp, knownAt: Timestamp
    ) throws -> Mention {
        let id: Identifier<Mention> = try insert(
            """
            INSERT INTO mention (brand, entry, story, eventAt, knownAt)
            VALUES (?, ?, ?, ?, ?) RETURNING id
            """,
            [
                draft.brand.rawValue, entry.rawValue, story.rawValue, eventAt.milliseconds,
                knownAt.milliseconds,
            ])
        for (ordinal, hit) in draft.hits.enumerated() {
            let topic = try hit.topic.map { try self.topic($0, of: draft.brand) }
            try run(
                """
                INSERT INTO hit (mention, ordinal, knownAt, field, startByte, endByte, term, topic)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id.rawValue, ordinal, knownAt.milliseconds, hit.field.rawValue, hit.start,
                    hit.end, hit.term.storable, topic,
                ])
        }
        _ = try add(draft.sentiment, of: id, knownAt: knownAt)
        return Mention(
            id: id, brand: draft.brand, entry: entry, story: story, eventAt: eventAt,
            knownAt: knownAt, hits: draft.hits)
    }

    /// Whether it is the mention's first of that moment; the first report holds.
    func add(
        _ sentiment: Sentiment, of mention: Identifier<Mention>, knownAt: Timestamp
    ) throws -> Bool {
        let added: Int64? = try first(
            """
            INSERT INTO sentiment (mention, knownAt, version, label, score, negative, neutral,
                positive, prior, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (mention, knownAt) DO NOTHING RETURNING id
            """,
            [
                mention.rawValue, knownAt.milliseconds, sentiment.version.storable,
                sentiment.label.rawValue, sentiment.score, sentiment.probabilities.negative,
                sentiment.probabilities.neutral, sentiment.probabilities.positive,
                sentiment.prior, try StoredText.text(evidence: sentiment.evidence),
            ]
        ) { try $0.next() }
        return added != nil
    }

    /// The story of the mention of `brand` that an entry holds.
    func story(
        of entry: Identifier<Entry>, brand: Identifier<Brand>
    ) throws -> Identifier<Story>? {
        try first(
            "SELECT story FROM mention WHERE brand = ? AND entry = ?",
            [brand.rawValue, entry.rawValue]
        ) { try $0.identifier() }
    }

    private func topic(_ key: String, of brand: Identifier<Brand>) throws -> Int64 {
        let id: Int64? = try first(
            "SELECT id FROM topic WHERE brand = ? AND key = ?", [brand.rawValue, key.storable]
        ) { try $0.next() }
        guard let id else {
            throw StoredFault.unknown("brand \(brand.rawValue) has no topic '\(key)'")
        }
        return id
    }
}
