package import EarshotDomain
package import EarshotStore
import EarshotTrends

/// How the sources stand: what came when, what went wrong, when each is tried next.
package struct SourceDesk: Sendable {
    package struct Standing: Sendable {
        package let record: SourceRecord
        /// All its entries.
        package let entries: Int
        package let firstPolled: Timestamp?
        /// A silence that its own habit does not explain.
        package let silence: SourceHealth.Silent?
        /// Its host asked to be left alone.
        package let pause: HostPause?

        /// Whether its host's pause keeps it from being polled in time.
        package var isHeld: Bool {
            pause.map { $0.until > record.state.nextDue } ?? false && nextPoll != nil
        }

        /// When it is polled next; absent where it is polled no more.
        package var nextPoll: Timestamp? {
            let state = record.state
            guard state.dueReason != .disabled, record.retiredAt == nil else { return nil }
            return max(state.nextDue, pause?.until ?? state.nextDue)
        }
    }

    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// In the order of their ids, as they stand at `now`.
    package func standings(
        at now: Timestamp, includingRetired: Bool = false
    ) async throws -> [Standing] {
        let told = Dictionary(
            try await store.sourceStandings(knownBy: now).map { ($0.source.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let readings = try await SourceRoll(store: store).readings(at: now)
        let silent = Dictionary(
            SourceHealth(readings, at: now).silent.map { ($0.key, $0) },
            uniquingKeysWith: { first, _ in first })
        let pauses = Dictionary(
            try await store.pauses(after: now).map { ($0.host, $0) },
            uniquingKeysWith: { first, _ in first })
        return try await store.sources(includingRetired: includingRetired).map { record in
            let standing = told[record.source.id]
            return Standing(
                record: record, entries: standing?.entries ?? 0,
                firstPolled: standing?.firstPolled, silence: silent[record.source.key],
                pause: pauses[record.host])
        }
    }
}
