package import EarshotDomain
import Foundation

/// A source and what the fetcher knows of it.
package struct SourceReading: Hashable, Sendable {
    package let source: Source
    package let state: SourceState

    package init(source: Source, state: SourceState) {
        self.source = source
        self.state = state
    }
}

extension SourceHealth {
    /// A silence less probable than this is told; chosen: with 50 sources and a digest a day, one
    /// false line in about three weeks.
    private static let improbable = 0.001
    /// Nights and weekends are habits that the rate does not know; chosen.
    private static let shortestSilence = Duration.hours(48)
    /// Entries, decayed, below which a source has no habit; chosen.
    private static let habit = 3.0
    /// Half-life of `SourceState`'s sums, in days.
    private static let halfLife = 7.0

    package init(_ readings: [SourceReading], at cut: Timestamp) {
        var silent: [(probability: Double, entry: Silent)] = []
        for reading in readings {
            if let found = Self.silence(of: reading, at: cut) { silent.append(found) }
        }
        silent.sort { ($0.probability, $0.entry.key) < ($1.probability, $1.entry.key) }
        let silentKeys = Set(silent.map(\.entry.key))
        let failing = readings.filter { $0.state.failures > 0 }
        let late = silentKeys.union(failing.map(\.source.key))
        self.init(
            total: readings.count, onTime: readings.count - late.count, failing: failing.count,
            silent: silent.map(\.entry))
    }

    /// A silence that the source's own habit does not explain.
    ///
    /// The habit is the gamma posterior of the source's rate at its last entry: shape a = 1 + n
    /// decayed entries, rate b = 1 day + t decayed days watched. The probability of no entry in s
    /// days under it is (b / (b + s))^a, the predictive distribution of the gamma-Poisson model
    /// (Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.6). The silence itself has
    /// aged both sums by 2^(−s/7) and is taken out of the days.
    private static func silence(
        of reading: SourceReading, at cut: Timestamp
    ) -> (probability: Double, entry: Silent)? {
        let state = reading.state
        guard let last = state.lastEntryAt, cut - last >= shortestSilence else { return nil }
        let polled = min(cut, state.lastPolled ?? cut)
        let decay = exp2(-max(0, days(polled - last)) / halfLife)
        let all = halfLife / log(2)
        let entries = state.decayedEntries / decay
        let watched = max(0, min(all, (state.decayedDays - all * (1 - decay)) / decay))
        guard entries >= habit else { return nil }
        let silence = cut - last
        let probability = pow((1 + watched) / (1 + watched + days(silence)), 1 + entries)
        guard probability < improbable else { return nil }
        return (
            probability,
            Silent(
                key: reading.source.key, name: reading.source.name, silence: silence,
                usualGap: .milliseconds(Int64(86_400_000 * (1 + watched) / (1 + entries))),
                error: state.lastError)
        )
    }

    private static func days(_ span: Duration) -> Double {
        Double(span.milliseconds) / 86_400_000
    }
}
