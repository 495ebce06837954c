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
                try db.change(record.source, to: declared, origin: .file, now: now)
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

    /// Adds a source beside those that the config declares, due at once.
    ///
    /// One that had retired comes back with its history. False, and nothing is done, where its key
    /// is taken.
    package func add(_ declared: SourceDeclaration, now: Timestamp) async throws -> Bool {
        try await write { db in
            let known = try db.sourceRecords(sql: "WHERE o.key = ?", [declared.key.storable])
            guard let record = known.first else {
                try db.add(declared, origin: .command, now: now)
                return true
            }
            guard record.retiredAt != nil else { return false }
            try db.change(record.source, to: declared, origin: .command, now: now)
            return true
        }
    }

    /// Retires a source that no file declares, with its history; whether there was one.
    package func retire(_ source: Identifier<Source>, now: Timestamp) async throws -> Bool {
        try await write { db in
            let retired: Int64? = try db.first(
                """
                UPDATE source SET retiredAt = ?
                WHERE id = ? AND origin = 'command' AND retiredAt IS NULL RETURNING id
                """, [now.milliseconds, source.rawValue]
            ) { try $0.next() }
            return retired != nil
        }
    }

    /// Polls a source from `now` on as if it were new there, whatever had stopped it.
    package func enable(_ source: Identifier<Source>, now: Timestamp) async throws {
        try await write { db in
            try db.forgetAnswers(source)
            try db.makeDue(source, at: now)
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
}

extension Source {
    fileprivate func isDeclared(by declared: SourceDeclaration) -> Bool {
        name == declared.name && url == declared.url && kind == declared.kind
            && mapping == declared.mapping && parameters == declared.parameters
            && language == declared.language && folder == declared.folder
    }
}

extension Columns {
    mutating func source() throws -> Source {
        Source(
            id: try identifier(), key: try next(), name: try next(), url: try next(),
            kind: try choice(), mapping: try optional(),
            parameters: try StoredText.names(next()), language: try optional(),
            folder: try optional())
    }

    fileprivate mutating func sourceState() throws -> SourceState {
        var state = SourceState(nextDue: try moment())
        state.dueReason = try choice()
        state.notBefore = try optionalMoment()
        state.etag = try optional()
        state.lastModified = try optional()
        state.validatorsSince = try optionalMoment()
        state.unchangedInRow = try next()
        state.bodyHash = try optional()
        state.mark = try optional()
        state.movedTo = try optional()
        state.movedAt = try optionalMoment()
        state.host = try optional()
        state.lastPolled = try optionalMoment()
        state.lastSucceeded = try optionalMoment()
        state.lastEntryAt = try optionalMoment()
        state.failures = try next()
        state.lastError = try optional()
        state.warnings = try optional()
        state.missingSince = try optionalMoment()
        state.decayedEntries = try next()
        state.decayedDays = try next()
        let interval: Int64? = try optional()
        state.feedInterval = interval.map { .milliseconds($0) }
        let hours: Int64 = try next()
        let days: Int64 = try next()
        state.skipped = SkippedTimes(
            hours: UInt32(truncatingIfNeeded: hours), days: UInt8(truncatingIfNeeded: days))
        return state
    }
}

extension Database {
    func sourceRecords(
        sql condition: String, _ arguments: StatementArguments
    ) throws -> [SourceRecord] {
        try all(
            """
            SELECT o.id, o.key, o.name, o.url, o.kind, o.mapping, o.parameters, o.language,
                o.folder,
                t.nextDue, t.dueReason, t.notBefore, t.etag, t.lastModified, t.validatorsSince,
                t.unchangedInRow, t.bodyHash, t.mark, t.movedTo, t.movedAt, t.host, t.lastPolled,
                t.lastSucceeded, t.lastEntryAt, t.failures, t.lastError, t.warnings,
                t.missingSince,
                t.decayedEntries, t.decayedDays, t.feedInterval, t.skipHours, t.skipDays,
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
            INSERT INTO source (key, name, url, kind, mapping, parameters, language, folder, origin,
                knownAt, changedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [
                declared.key.storable, declared.name.storable, declared.url.storable,
                declared.kind.rawValue, declared.mapping?.storable,
                StoredText.text(names: declared.parameters), declared.language?.storable,
                declared.folder?.storable, origin.rawValue, now.milliseconds, now.milliseconds,
            ])
        try run(
            """
            INSERT INTO sourceState (source, nextDue, failures, decayedEntries, decayedDays)
            VALUES (?, ?, 0, 0, 0)
            """, [id.rawValue, now.milliseconds])
    }

    /// A source that moved to another address, or is read in another way, forgets what its last
    /// answers said.
    fileprivate func change(
        _ source: Source, to declared: SourceDeclaration, origin: SourceOrigin, now: Timestamp
    ) throws {
        try run(
            """
            UPDATE source SET name = ?, url = ?, kind = ?, mapping = ?, parameters = ?,
                language = ?, folder = ?, origin = ?, changedAt = ?, retiredAt = NULL
            WHERE id = ?
            """,
            [
                declared.name.storable, declared.url.storable, declared.kind.rawValue,
                declared.mapping?.storable, StoredText.text(names: declared.parameters),
                declared.language?.storable, declared.folder?.storable, origin.rawValue,
                now.milliseconds, source.id.rawValue,
            ])
        let asksAlike = source.url == declared.url && source.parameters == declared.parameters
        if !asksAlike || source.mapping != declared.mapping {
            try forgetAnswers(source.id)
            // Another place's pages say nothing of where this one's go on.
            try run(
                "UPDATE sourceState SET mark = NULL, warnings = NULL WHERE source = ?",
                [source.id.rawValue])
        }
        try makeDue(source.id, at: now)
    }

    /// What its pages are known up to stays.
    fileprivate func forgetAnswers(_ source: Identifier<Source>) throws {
        try run(
            """
            UPDATE sourceState SET etag = NULL, lastModified = NULL, validatorsSince = NULL,
                unchangedInRow = 0, bodyHash = NULL, movedTo = NULL, movedAt = NULL, host = NULL,
                notBefore = NULL, failures = 0, lastError = NULL, missingSince = NULL,
                feedInterval = NULL, skipHours = 0, skipDays = 0
            WHERE source = ?
            """, [source.rawValue])
    }

    fileprivate func makeDue(_ source: Identifier<Source>, at moment: Timestamp) throws {
        try run(
            "UPDATE sourceState SET nextDue = ?, dueReason = 'new' WHERE source = ?",
            [moment.milliseconds, source.rawValue])
    }
}
