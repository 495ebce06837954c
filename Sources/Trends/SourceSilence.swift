package import EarshotDomain
import Foundation

/// A source, its pace until its newest entry, and how its polls go.
package struct SourceReading: Hashable, Sendable {
    package let source: Source
    /// `eventAt` of its newest entry; absent where it never gave one.
    package let lastEntryAt: Timestamp?
    /// Entries of the days watched, at most `daysWatched` of them, up to the newest entry.
    package let entries: Int
    package let watched: Duration
    /// Failed polls since the last good one, and why the last of them failed.
    package let failures: Int
    package let lastError: String?

    /// How far back from its newest entry a source's pace is read; chosen: four of each weekday.
    package static let daysWatched: Int64 = 28

    package init(
        source: Source, lastEntryAt: Timestamp?, entries: Int, watched: Duration,
        failures: Int = 0, lastError: String? = nil
    ) {
        self.source = source
        self.lastEntryAt = lastEntryAt
        self.entries = entries
        self.watched = watched
        self.failures = failures
        self.lastError = lastError
    }
}

extension SourceHealth {
    /// A silence less probable than this is told; chosen: a source that publishes once a day is
    /// missed after five days, and of 50 that publish at random one is told wrongly every other
    /// day.
    private static let improbable = 0.01
    /// Nights and weekends are habits that the pace does not know; chosen.
    private static let shortestSilence = Duration.hours(48)
    /// Entries below which a source has no habit; chosen.
    private static let habit = 5

    package init(_ readings: [SourceReading], at cut: Timestamp) {
        var silent: [(probability: Double, entry: Silent)] = []
        for reading in readings {
            if let found = Self.silence(of: reading, at: cut) { silent.append(found) }
        }
        silent.sort { ($0.probability, $0.entry.key) < ($1.probability, $1.entry.key) }
        let silentKeys = Set(silent.map(\.entry.key))
        let failing = readings.filter { $0.failures > 0 }
        let late = silentKeys.union(failing.map(\.source.key))
        self.init(
            total: readings.count, onTime: readings.count - late.count, failing: failing.count,
            silent: silent.map(\.entry))
    }

    /// A silence that the source's own habit does not explain.
    ///
    /// The habit is the gamma posterior of the source's rate at its last entry: shape a = 1 + n
    /// entries, rate b = 1 + t days watched, a prior of one entry a day. The probability of no
    /// entry in s days under it is (b / (b + s))^a, the predictive distribution of the
    /// gamma-Poisson model (Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.6).
    private static func silence(
        of reading: SourceReading, at cut: Timestamp
    ) -> (probability: Double, entry: Silent)? {
        guard let last = reading.lastEntryAt, cut - last >= shortestSilence,
            reading.entries >= habit
        else { return nil }
        let a = 1 + Double(reading.entries)
        let b = 1 + max(0, days(reading.watched))
        let silence = cut - last
        let probability = pow(b / (b + days(silence)), a)
        guard probability < improbable else { return nil }
        return (
            probability,
            Silent(
                key: reading.source.key, name: reading.source.name, silence: silence,
                usualGap: .milliseconds(Int64(86_400_000 * b / a)), error: reading.lastError)
        )
    }

    private static func days(_ span: Duration) -> Double {
        Double(span.milliseconds) / 86_400_000
    }
}
