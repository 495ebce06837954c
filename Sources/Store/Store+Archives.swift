package import EarshotDomain
import GRDB

extension Store {
    /// Stores entries that came by another way than a poll, with their mentions, in one
    /// transaction; a known entry is left as it is.
    ///
    /// The source's state and its poll log stay untouched.
    package func record(
        _ drafts: [DraftRecord], of source: Identifier<Source>, knownAt: Timestamp
    ) async throws -> RecordedPoll {
        try await write { db in
            var writer = PollWriter(db: db, source: source, knownAt: knownAt)
            return try writer.write(drafts)
        }
    }

    /// A brand's mentions that happened from `range.lowerBound` until before `range.upperBound`, in
    /// the order of their ids.
    package func mentions(
        of brand: Identifier<Brand>, in range: Range<Timestamp>
    ) async throws -> [RecentMention] {
        try await read { db in
            try db.all(
                """
                SELECT m.id, m.story, m.eventAt, e.title, e.text
                FROM mention m JOIN entry e ON e.id = m.entry
                WHERE m.brand = ? AND m.eventAt >= ? AND m.eventAt < ? ORDER BY m.id
                """,
                [
                    brand.rawValue, range.lowerBound.milliseconds, range.upperBound.milliseconds,
                ]
            ) { columns in
                RecentMention(
                    mention: try columns.identifier(), story: try columns.identifier(),
                    eventAt: try columns.moment(), title: try columns.next(),
                    text: try columns.next())
            }
        }
    }
}
