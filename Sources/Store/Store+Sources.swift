package import EarshotDomain
import GRDB

extension Store {
    /// Makes the store's sources those that are declared: by key, new ones come in due at once,
    /// changed ones keep their id, those no longer declared retire with their history.
    ///
    /// A source that moved to another URL forgets its validators, for they were the old server's.
    package func synchronise(
        sources: [SourceDeclaration], now: Timestamp
    ) async throws -> Synchronisation {
        try await write { db in
            var result = Synchronisation()
            let known = try db.sourceRecords(sql: "", [])
            let knownByKey = Dictionary(uniqueKeysWithValues: known.map { ($0.source.key, $0) })
            for declared in sources {
                guard let record = knownByKey[declared.key] else {
                    try db.add(declared, origin: .file, now: now)
                    result.added.append(declared.key)
                    continue
                }
                let isAsDeclared = record.source.isDeclared(by: declared)
                guard record.retiredAt != nil || record.origin != .file || !isAsDeclared else {
                    continue
                }
                try db.change(record.source, to: declared, now: now)
                if record.source.url != declared.url { try db.forgetValidators(record.source) }
                try db.run(
                    "UPDATE sourceState SET nextDue = ? WHERE source = ?",
                    [now.milliseconds, record.source.id.rawValue])
                result.changed.append(declared.key)
            }
            let declaredKeys = Set(sources.map(\.key))
            for record in known
            where record.retiredAt == nil && record.origin == .file
                && !declaredKeys.contains(record.source.key)
            {
                try db.run(
                    "UPDATE source SET retiredAt = ? WHERE id = ?",
                    [now.milliseconds, record.source.id.rawValue])
                result.retired.append(record.source.key)
            }
            return result
        }
    }

    /// Adds a source beside those that the config declares, due at once; false, and nothing is
    /// done, where its key is taken.
    package func add(_ declared: SourceDeclaration, now: Timestamp) async throws -> Bool {
        try await write { db in
            let known = try db.sourceRecords(sql: "WHERE o.key = ?", [declared.key.storable])
            guard known.isEmpty else { return false }
            try db.add(declared, origin: .command, now: now)
            return true
        }
    }

    /// In order of their ids, which is the order in which they were first declared.
    package func sources(includingRetired: Bool = false) async throws -> [SourceRecord] {
        try await read { db in
            try db.sourceRecords(
                sql: includingRetired ? "ORDER BY o.id" : "WHERE o.retiredAt IS NULL ORDER BY o.id",
                [])
        }
    }

    /// What is due at `moment`: the longest overdue first, ties in the order of their keys.
    package func sources(dueBy moment: Timestamp) async throws -> [SourceRecord] {
        try await read { db in
            try db.sourceRecords(
                sql: """
                    WHERE o.retiredAt IS NULL AND t.nextDue <= ? ORDER BY t.nextDue, o.key
                    """,
                [moment.milliseconds])
        }
    }

    /// When the next source is due; absent where there is none.
    package func nextDue() async throws -> Timestamp? {
        try await read { db in
            let earliest = try Int64.fetchOne(
                db,
                sql: """
                    SELECT min(t.nextDue) FROM sourceState t
                    JOIN source o ON o.id = t.source WHERE o.retiredAt IS NULL
                    """)
            return earliest.map(Timestamp.init(milliseconds:))
        }
    }

    /// Declared sources in order of their ids, from rows known by `cut` only.
    package func sourceStandings(knownBy cut: Timestamp) async throws -> [SourceStanding] {
        try await read { db in
            try db.all(
                """
                SELECT o.id, o.key, o.name, o.url, o.kind, o.mapping, o.language,
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

extension Source {
    fileprivate func isDeclared(by declared: SourceDeclaration) -> Bool {
        name == declared.name && url == declared.url && kind == declared.kind
            && mapping == declared.mapping && language == declared.language
    }
}

extension Columns {
    fileprivate mutating func source() throws -> Source {
        Source(
            id: try identifier(), key: try next(), name: try next(), url: try next(),
            kind: try choice(), mapping: try optional(), language: try optional())
    }

    fileprivate mutating func sourceState() throws -> SourceState {
        let etag: String? = try optional()
        let lastModified: String? = try optional()
        let bodyHash: String? = try optional()
        var state = SourceState(nextDue: try moment())
        state.etag = etag
        state.lastModified = lastModified
        state.bodyHash = bodyHash
        state.lastPolled = try optionalMoment()
        state.lastSucceeded = try optionalMoment()
        state.lastEntryAt = try optionalMoment()
        state.failures = try next()
        state.lastError = try optional()
        state.decayedEntries = try next()
        state.decayedDays = try next()
        return state
    }
}

extension Database {
    fileprivate func sourceRecords(
        sql condition: String, _ arguments: StatementArguments
    ) throws -> [SourceRecord] {
        try all(
            """
            SELECT o.id, o.key, o.name, o.url, o.kind, o.mapping, o.language,
                t.etag, t.lastModified, t.bodyHash, t.nextDue, t.lastPolled, t.lastSucceeded,
                t.lastEntryAt, t.failures, t.lastError, t.decayedEntries, t.decayedDays,
                o.origin, o.retiredAt
            FROM source o JOIN sourceState t ON t.source = o.id \(condition)
            """, arguments
        ) { columns in
            SourceRecord(
                source: try columns.source(), state: try columns.sourceState(),
                origin: try columns.choice(), retiredAt: try columns.optionalMoment())
        }
    }

    fileprivate func add(
        _ declared: SourceDeclaration, origin: SourceOrigin, now: Timestamp
    ) throws {
        let id: Identifier<Source> = try insert(
            """
            INSERT INTO source (key, name, url, kind, mapping, language, origin, knownAt, changedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [
                declared.key.storable, declared.name.storable, declared.url.storable,
                declared.kind.rawValue, declared.mapping?.storable, declared.language?.storable,
                origin.rawValue, now.milliseconds, now.milliseconds,
            ])
        try run(
            """
            INSERT INTO sourceState (source, nextDue, failures, decayedEntries, decayedDays)
            VALUES (?, ?, 0, 0, 0)
            """, [id.rawValue, now.milliseconds])
    }

    fileprivate func change(
        _ source: Source, to declared: SourceDeclaration, now: Timestamp
    ) throws {
        try run(
            """
            UPDATE source SET name = ?, url = ?, kind = ?, mapping = ?, language = ?,
                origin = 'file', changedAt = ?, retiredAt = NULL
            WHERE id = ?
            """,
            [
                declared.name.storable, declared.url.storable, declared.kind.rawValue,
                declared.mapping?.storable, declared.language?.storable, now.milliseconds,
                source.id.rawValue,
            ])
    }

    fileprivate func forgetValidators(_ source: Source) throws {
        try run(
            """
            UPDATE sourceState SET etag = NULL, lastModified = NULL, bodyHash = NULL, failures = 0,
                lastError = NULL
            WHERE source = ?
            """, [source.id.rawValue])
    }
}
