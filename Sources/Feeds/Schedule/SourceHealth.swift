package import EarshotDomain
import Glibc

/// Whether a source does what it usually does.
package enum SourceHealth: Hashable, Sendable {
    case healthy
    /// It answers, but gave no entry since a moment; `probability` is that of so long a silence at
    /// its own rate.
    case silent(since: Timestamp, probability: Double)
    /// It cannot be read since a moment.
    case failing(since: Timestamp, reason: String)

    /// A silence less probable than this is told; chosen: with 50 sources and a digest a day, one
    /// false line in about three weeks.
    private static let improbable = 0.001
    /// Nights and weekends are habits that the rate does not know; chosen.
    private static let shortestSilence = Duration.hours(48)
    /// Entries, decayed, below which a source has no habit; chosen.
    private static let habit = 3.0
    /// A failure that lasts less than this is weather; chosen.
    private static let shortestFailure = Duration.hours(24)

    /// The health of a source at `now`, from its state alone.
    ///
    /// The habit is the gamma posterior of `PollSchedule` as it stood at the last entry: shape
    /// a = 1 + n, rate b = T₀ + t in days. The probability of no entry in s days under it is
    /// (b / (b + s))^a, the predictive distribution of the gamma-Poisson model (Gelman et al.,
    /// Bayesian Data Analysis, 3rd edition, section 2.6).
    package init(of state: SourceState, now: Timestamp) {
        if state.failures > 0, let since = state.lastSucceeded,
            now - since > Self.shortestFailure
        {
            self = .failing(since: since, reason: state.lastError ?? "")
            return
        }
        guard let last = state.lastEntryAt, let polled = state.lastPolled,
            now - last >= Self.shortestSilence
        else {
            self = .healthy
            return
        }
        // Since the last entry the state has only aged: undo that.
        let decay = PollSchedule.decay(over: polled - last)
        let entries = state.decayedEntries / decay
        let watched = (state.decayedDays - PollSchedule.fullDays * (1 - decay)) / decay
        let days = max(0, min(watched, PollSchedule.fullDays))
        let silence = PollSchedule.days(now - last)
        let probability = pow((1 + days) / (1 + days + silence), 1 + entries)
        guard entries >= Self.habit, probability < Self.improbable else {
            self = .healthy
            return
        }
        self = .silent(since: last, probability: probability)
    }
}
