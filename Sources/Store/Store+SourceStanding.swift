package import EarshotDomain
import GRDB

extension Store {
    /// Declared sources in order of their ids, from rows known by `cut` only.
    package func sourceStandings(knownBy cut: Timestamp) async throws -> [SourceStanding] {
        try await read { db in
            try db.all(
                """
                SELECT o.id, o.key, o.name, o.url, o.kind, o.mapping, o.parameters, o.language,
                    o.folder,
                    (SELECT min(p.eventAt) FROM poll p WHERE p.source = o.id AND p.knownAt <= ?),
                    (SELECT max(p.eventAt) FROM poll p WHERE p.source = o.id AND p.knownAt <= ?),
                    (SELECT max(p.eventAt) FROM poll p
                        WHERE p.source = o.id AND p.outcome <> 'failed' AND p.knownAt <= ?),
                    (SELECT count(*) FROM poll p
                        WHERE p.source = o.id AND p.outcome = 'failed' AND p.knownAt <= ?
                        AND p.id > coalesce((SELECT max(q.id) FROM poll q
                            WHERE q.source = o.id AND q.outcome <> 'failed' AND q.knownAt <= ?),
                            0)),
                    (SELECT p.error FROM poll p
                        WHERE p.source = o.id AND p.knownAt <= ? ORDER BY p.id DESC LIMIT 1),
                    (SELECT max(e.eventAt) FROM entry e WHERE e.source = o.id AND e.knownAt <= ?),
                    (SELECT count(*) FROM entry e WHERE e.source = o.id AND e.knownAt <= ?)
                FROM source o WHERE o.retiredAt IS NULL ORDER BY o.id
                """, StatementArguments(repeatElement(cut.milliseconds, count: 8))
            ) { columns in
                SourceStanding(
                    source: try columns.source(),
                    firstPolled: try columns.optionalMoment(),
                    lastPolled: try columns.optionalMoment(),
                    lastSucceeded: try columns.optionalMoment(),
                    failures: try columns.next(),
                    lastError: try columns.optional(),
                    lastEntryAt: try columns.optionalMoment(),
                    entries: try columns.next())
            }
        }
    }
}

extension Store {
    /// Entries by source and hour, from rows known by `cut` and published at or after `since`.
    package func sourceHours(
        since: Timestamp, knownBy cut: Timestamp
    ) async throws -> [SourceHour] {
        try await read { db in
            try db.all(
                """
                SELECT source, eventAt / 3600000, count(*) FROM entry
                WHERE eventAt >= ? AND knownAt <= ?
                GROUP BY source, eventAt / 3600000 ORDER BY source, eventAt / 3600000
                """, [since.milliseconds, cut.milliseconds]
            ) { columns in
                let source: Identifier<Source> = try columns.identifier()
                let hour: Int64 = try columns.next()
                return SourceHour(
                    source: source, start: Timestamp(seconds: hour * 3_600),
                    entries: try columns.next())
            }
        }
    }

    /// When listening began; absent before the first poll.
    package func firstPoll() async throws -> Timestamp? {
        try await moment("SELECT min(eventAt) FROM poll")
    }

    /// Up to when the store knows; absent before the first poll.
    package func lastPoll() async throws -> Timestamp? {
        try await moment("SELECT max(knownAt) FROM poll")
    }

    private func moment(_ sql: String) async throws -> Timestamp? {
        try await read { db in
            try Int64.fetchOne(db, sql: sql).map(Timestamp.init(milliseconds:))
        }
    }
}
