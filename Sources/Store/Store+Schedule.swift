package import EarshotDomain
import GRDB

/// What the scheduler asks of the store.
extension Store {
    /// The sources that are polled, the longest overdue first, ties in the order of their keys.
    package func schedule() async throws -> [SourceRecord] {
        try await read { db in
            try db.sourceRecords(
                sql: "WHERE o.retiredAt IS NULL ORDER BY t.nextDue, o.key", [])
        }
    }

    /// Hosts that are to be left alone beyond `moment`, in the order of their names.
    package func pauses(after moment: Timestamp) async throws -> [HostPause] {
        try await read { db in
            try db.all(
                "SELECT host, until FROM hostPause WHERE until > ? ORDER BY host",
                [moment.milliseconds]
            ) { HostPause(host: try $0.next(), until: try $0.moment()) }
        }
    }

    /// Whether a brand that was found in what the source published from `since` on has an open
    /// alert.
    package func isAlerting(
        _ source: Identifier<Source>, since: Timestamp
    ) async throws -> Bool {
        try await read { db in
            let found: Int64? = try db.first(
                "SELECT 1 WHERE ? IN (\(speakingOfOpenAlerts))",
                [source.rawValue, since.milliseconds]
            ) { try $0.next() }
            return found != nil
        }
    }

    /// The sources that published, from `since` on, something of a brand whose alert is open; in
    /// the order of `schedule`.
    package func sourcesOfOpenAlerts(since: Timestamp) async throws -> [SourceRecord] {
        try await read { db in
            try db.sourceRecords(
                sql: """
                    WHERE o.retiredAt IS NULL AND o.id IN (\(speakingOfOpenAlerts))
                    ORDER BY t.nextDue, o.key
                    """, [since.milliseconds])
        }
    }

    /// Gives sources other times, as their states say.
    package func reschedule(_ records: [SourceRecord]) async throws {
        guard !records.isEmpty else { return }
        try await write { db in
            for record in records {
                try db.run(
                    "UPDATE sourceState SET nextDue = ?, dueReason = ? WHERE source = ?",
                    [
                        record.state.nextDue.milliseconds, record.state.dueReason.rawValue,
                        record.source.id.rawValue,
                    ])
            }
        }
    }
}

/// Ids of sources that spoke, from a moment on, of a brand whose alert is open.
private let speakingOfOpenAlerts = """
    SELECT e.source FROM alert a
    JOIN mention m ON m.brand = a.brand
    JOIN entry e ON e.id = m.entry
    WHERE m.eventAt >= ? AND NOT EXISTS
        (SELECT 1 FROM alertEvent v WHERE v.alert = a.id AND v.kind = 'resolved')
    """
