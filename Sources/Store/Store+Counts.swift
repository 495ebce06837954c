import GRDB

/// How much a store holds.
package struct StoreCounts: Hashable, Sendable {
    /// Declared ones.
    package let sources: Int
    package let brands: Int
    package let polls: Int
    package let entries: Int
    package let revisions: Int
    package let mentions: Int
    package let stories: Int
    /// All that were ever given, not only those in force.
    package let sentiments: Int
    package let digests: Int
}

extension Store {
    package func counts() async throws -> StoreCounts {
        try await read { db in
            let counts = try db.first(
                """
                SELECT (SELECT count(*) FROM source WHERE retiredAt IS NULL),
                    (SELECT count(*) FROM brand WHERE retiredAt IS NULL),
                    (SELECT count(*) FROM poll), (SELECT count(*) FROM entry),
                    (SELECT count(*) FROM entryRevision), (SELECT count(*) FROM mention),
                    (SELECT count(*) FROM story), (SELECT count(*) FROM sentiment),
                    (SELECT count(*) FROM digest)
                """
            ) { columns in
                StoreCounts(
                    sources: try columns.next(), brands: try columns.next(),
                    polls: try columns.next(), entries: try columns.next(),
                    revisions: try columns.next(), mentions: try columns.next(),
                    stories: try columns.next(), sentiments: try columns.next(),
                    digests: try columns.next())
            }
            guard let counts else { throw StoredFault.damaged("no counts") }
            return counts
        }
    }
}
