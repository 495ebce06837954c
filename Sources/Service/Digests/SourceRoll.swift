import EarshotDomain
import EarshotStore
import EarshotTrends

/// The sources as they stood at a moment, told from what was known by then.
///
/// The state that the fetcher keeps is today's; a digest of the past needs that of its cut.
struct SourceRoll {
    private let store: Store

    /// A source that is silent for longer than this is old news; chosen.
    private static let longestSilence: Int64 = 28

    init(store: Store) {
        self.store = store
    }

    func readings(at cut: Timestamp) async throws -> [SourceReading] {
        let since = cut - .days(Self.longestSilence + SourceReading.daysWatched)
        let hours = Dictionary(
            grouping: try await store.sourceHours(since: since, knownBy: cut), by: \.source)
        return try await store.sourceStandings(knownBy: cut).map { standing in
            Self.reading(of: standing, hours: hours[standing.source.id] ?? [])
        }
    }

    private static func reading(of standing: SourceStanding, hours: [SourceHour]) -> SourceReading {
        let last = standing.lastEntryAt ?? Timestamp(milliseconds: 0)
        let from = last - .days(SourceReading.daysWatched)
        let seen = hours.filter { $0.start >= from }
        let first = min(standing.firstPolled ?? last, seen.first?.start ?? last)
        return SourceReading(
            source: standing.source, lastEntryAt: standing.lastEntryAt,
            entries: seen.reduce(0) { $0 + $1.entries }, watched: last - max(from, first),
            failures: standing.failures,
            lastError: standing.failures > 0 ? standing.lastError : nil)
    }
}
