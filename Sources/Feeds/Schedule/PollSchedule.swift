package import EarshotDomain
import Glibc

/// How a poll ended.
package enum PollEnding: Hashable, Sendable {
    /// A document came; `eventAt` of each entry that was new in it.
    case entries([Timestamp])
    /// 304, or the same body as last time.
    case unchanged
    /// `pause` is what the server asked for; `isGone` is 410, `isMissing` 404.
    case failed(
        reason: String, pause: Duration? = nil, isGone: Bool = false, isMissing: Bool = false)
}

/// When a source is polled next, told from its own habit.
///
/// The rate is the mean of a gamma-Poisson estimate: λ = (1 + Σ n·w) / (T₀ + Σ t·w), where the
/// weight w of an entry, and of a moment watched, halves every 7 days, and T₀ is a day: a prior of
/// one entry a day. The interval is 1/λ within 5 minutes and 6 hours (Cho and Garcia-Molina, ACM
/// TODS 28:390, 2003, on why very fast sources should not eat the budget), 24 hours after 30 days
/// of silence, and at most 10 minutes while a brand that it speaks of has an open alert. Pure: no
/// clock, no chance; the jitter is a hash of source and moment.
package enum PollSchedule {
    /// Days after which a past entry counts half.
    static let halfLife = 7.0
    private static let shortest = Duration.minutes(5)
    private static let longest = Duration.hours(6)
    private static let asleep = Duration.hours(24)
    private static let asleepAfter = Duration.days(30)
    /// At most so long between two polls of a source that speaks of an alerting brand.
    package static let alertInterval = Duration.minutes(10)
    /// A source speaks of a brand for so long after it did; chosen: as its rate forgets.
    package static let speaksFor = Duration.days(7)
    /// 404 counts as 410 after this long.
    private static let missingFor = Duration.days(7)
    /// What becomes due at the end of skipped hours is spread over so long (chosen).
    private static let spreadAfterSkipping = Duration.minutes(10)
    /// Where a source stands that is polled no more: 9999-12-31T23:59:59Z.
    package static let never = Timestamp(seconds: 253_402_300_799)

    /// The state after a poll at `now`; validators, body hash and address are the caller's.
    ///
    /// - Parameter isAlerting: whether a brand that the source speaks of has an open alert.
    package static func state(
        of source: Source, after outcome: PollEnding, from old: SourceState,
        hints: PollHints = PollHints(), isAlerting: Bool = false, now: Timestamp
    ) -> SourceState {
        var state = old
        switch outcome {
        case .entries(let moments):
            watch(&state, entries: moments, now: now)
            // Only a document says what it asks for; an answer without one leaves that as it was.
            state.feedInterval = hints.feedInterval
            state.skipped = hints.skipped
        case .unchanged:
            watch(&state, entries: [], now: now)
            state.feedInterval = hints.feedInterval ?? old.feedInterval
        case .failed(let reason, let pause, let isGone, let isMissing):
            watch(&state, entries: [], now: now)
            state.lastPolled = now
            state.failures = min(old.failures + 1, 1_000)
            state.lastError = reason
            // Another failure says nothing of the document: it breaks the row.
            state.missingSince = isMissing ? old.missingSince ?? now : nil
            let missing = isMissing ? now - (state.missingSince ?? now) : .zero
            fail(&state, source, pause: pause, isOver: isGone || missing > missingFor, now: now)
            return state
        }
        succeed(&state, now: now)
        setNextDue(&state, source, hints: hints, isAlerting: isAlerting, now: now)
        return state
    }

    /// The interval of a source by its rate, before what the server asks for and before jitter.
    package static func interval(_ state: SourceState, now: Timestamp) -> Duration {
        if isAsleep(state, now: now) { return asleep }
        return max(shortest, min(longest, .milliseconds(Int64(86_400_000 / rate(state)))))
    }

    /// Entries a day.
    package static func rate(_ state: SourceState) -> Double {
        (1 + state.decayedEntries) / (1 + state.decayedDays)
    }

    /// The state of a source of a brand whose alert is open at `now`; absent where it is due early
    /// enough, fails, or is polled no more.
    package static func hurried(_ state: SourceState, now: Timestamp) -> SourceState? {
        guard state.failures == 0, state.dueReason != .disabled, let last = state.lastPolled else {
            return nil
        }
        let due = max(now, last + alertInterval, state.notBefore ?? last)
        guard due < state.nextDue else { return nil }
        var hurried = state
        hurried.nextDue = due
        hurried.dueReason = .alert
        return hurried
    }

    /// By rate and jitter, then not before server and document want it.
    private static func setNextDue(
        _ state: inout SourceState, _ source: Source, hints: PollHints, isAlerting: Bool,
        now: Timestamp
    ) {
        let usual = interval(state, now: now)
        // With the jitter on top an alerting source stays within its ten minutes.
        let wished = isAlerting ? min(usual, scaled(alertInterval, 1 / 1.1)) : usual
        state.nextDue = now + scaled(wished, 0.9 + 0.2 * fraction(source, now, "poll"))
        state.dueReason =
            wished < usual ? .alert : isAsleep(state, now: now) ? .asleep : .rate
        let freshness = min(hints.freshness ?? .zero, longest)
        let feedInterval = min(state.feedInterval ?? .zero, asleep)
        let floor = now + max(freshness, feedInterval)
        if floor > state.nextDue {
            state.nextDue = floor
            state.dueReason = freshness > feedInterval ? .freshness : .feedInterval
        }
        state.notBefore = state.skipped.next(from: floor)
        let allowed = state.skipped.next(from: state.nextDue)
        if allowed > state.nextDue {
            state.nextDue = allowed + scaled(spreadAfterSkipping, fraction(source, now, "skip"))
            state.dueReason = .skippedTimes
        }
    }

    private static func fail(
        _ state: inout SourceState, _ source: Source, pause: Duration?, isOver: Bool,
        now: Timestamp
    ) {
        state.notBefore = nil
        guard !isOver else {
            state.nextDue = never
            state.dueReason = .disabled
            return
        }
        let wait = backOff(state, source: source, now: now)
        let pause = min(pause ?? .zero, .days(1))
        state.nextDue = now + max(wait, pause)
        state.dueReason = pause > wait ? .retryAfter : .backOff
    }

    /// Interval x 2^k after k failures, at most a day, spread over all that lies between so that
    /// sources of one host do not come back together ("full jitter", AWS Architecture Blog, 2015).
    private static func backOff(
        _ state: SourceState, source: Source, now: Timestamp
    ) -> Duration {
        let base = interval(state, now: now)
        let doubled = scaled(base, exp2(Double(min(state.failures, 20))))
        let most = max(base, min(doubled, asleep))
        return base + scaled(most - base, fraction(source, now, "back-off"))
    }

    private static func isAsleep(_ state: SourceState, now: Timestamp) -> Bool {
        state.lastEntryAt.map { now - $0 > asleepAfter } ?? false
    }

    private static func succeed(_ state: inout SourceState, now: Timestamp) {
        state.lastPolled = now
        state.lastSucceeded = now
        state.failures = 0
        state.lastError = nil
        state.missingSince = nil
    }

    /// Ages what was seen, and adds what is new.
    ///
    /// The first good poll finds a history: its entries count by their age, and the days since the
    /// oldest of them as watched.
    private static func watch(_ state: inout SourceState, entries: [Timestamp], now: Timestamp) {
        if state.lastSucceeded != nil, let last = state.lastPolled {
            let decay = self.decay(over: now - last)
            state.decayedEntries = state.decayedEntries * decay + Double(entries.count)
            state.decayedDays = state.decayedDays * decay + fullDays * (1 - decay)
        } else if let oldest = entries.min() {
            state.decayedEntries = entries.reduce(0) { $0 + decay(over: now - $1) }
            state.decayedDays = fullDays * (1 - decay(over: now - oldest))
        }
        if let newest = entries.max() {
            state.lastEntryAt = max(newest, state.lastEntryAt ?? newest)
        }
    }

    /// Decayed days of a source that was always watched: ∫ 2^(−t/7) dt, in days.
    static let fullDays = halfLife / 0.693_147_180_559_945_3

    static func decay(over span: Duration) -> Double {
        exp2(-max(0, days(span)) / halfLife)
    }

    static func days(_ span: Duration) -> Double { Double(span.milliseconds) / 86_400_000 }

    private static func scaled(_ span: Duration, _ factor: Double) -> Duration {
        .milliseconds(Int64(min(Double(span.milliseconds) * factor, 1e15)))
    }

    /// In 0..<1, the same for the same source and moment.
    private static func fraction(_ source: Source, _ now: Timestamp, _ use: String) -> Double {
        let word = ContentHash.word([source.key, "\(now.milliseconds)", use])
        return Double(word >> 11) / Double(1 << 53 as UInt64)
    }
}
