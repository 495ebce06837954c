import EarshotDomain
import EarshotFeeds
import EarshotStore
import EarshotTrends
import Foundation

/// The sources as they stood at a moment, told from what was known by then.
///
/// The state that the fetcher keeps is today's; a digest of the past needs that of its cut.
struct SourceRoll {
    private let store: Store

    /// Entries older than this weigh less than a sixteenth of a new one (half-life 7 days).
    private static let days: Int64 = 28

    init(store: Store) {
        self.store = store
    }

    func readings(at cut: Timestamp) async throws -> [SourceReading] {
        let since = cut - .days(Self.days)
        let hours = Dictionary(
            grouping: try await store.sourceHours(since: since, knownBy: cut), by: \.source)
        return try await store.sourceStandings(knownBy: cut).map { standing in
            SourceReading(
                source: standing.source,
                state: Self.state(of: standing, hours: hours[standing.source.id] ?? []))
        }
    }

    private static func state(of standing: SourceStanding, hours: [SourceHour]) -> SourceState {
        var state = SourceState(nextDue: standing.lastPolled ?? Timestamp(milliseconds: 0))
        state.lastPolled = standing.lastPolled
        state.lastSucceeded = standing.lastSucceeded
        state.lastEntryAt = standing.lastEntryAt
        state.failures = standing.failures
        state.lastError = standing.failures > 0 ? standing.lastError : nil
        guard let polled = standing.lastPolled, let first = standing.firstPolled else {
            return state
        }
        let watchedFrom = min(first, hours.first?.start ?? first)
        state.decayedEntries = hours.reduce(0) { sum, hour in
            sum + Double(hour.entries) * PollSchedule.decay(over: polled - hour.start)
        }
        state.decayedDays =
            PollSchedule.fullDays * (1 - PollSchedule.decay(over: polled - watchedFrom))
        return state
    }
}
