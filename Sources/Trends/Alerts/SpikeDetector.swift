package import EarshotDomain

/// Finds spikes of a brand's negative stories: the rule of the trends note, section 3.
///
/// At a tick, five windows end; in each, stories (near-identical mentions count once) are held
/// against what is usual for those hours. An alert opens where, in one window, the share evidence
/// Gs ≥ a and Gs + Gv ≥ c, with at least three negative stories by three authors. While it is open
/// nothing is learned; it is told again when it has risen by nine nats or twofold, six hours or
/// more after what was told last, and resolved after two calm hours. The next one opens a day after it at the
/// earliest.
///
/// What a tick answers depends on the mentions known by then, not on the order of their coming, and
/// on `standing`: with both it is rebuilt.
package struct SpikeDetector: Sendable {
    package private(set) var standing: SpikeStanding
    private var ledger = StoryLedger()
    private var baseline: SpikeBaseline?

    /// How far below the bars, in nats of share and of both, a window must lie to be calm.
    private static let shareRelief = 1.5
    private static let sumRelief = 3.0
    private static let calm = Duration.hours(2)
    private static let coolDown = Duration.hours(24)
    /// An update: nats that the height has risen (the note) or factor by which the excess has grown
    /// (chosen: a reader wants to hear that it is twice as bad), and the time since the last report.
    private static let rise = 9.0
    private static let growth = 2
    private static let updatePause = Duration.hours(6)

    /// - Parameter standing: as it was left; for a new brand, when listening began.
    package init(_ standing: SpikeStanding) {
        self.standing = standing
    }

    /// How far before a moment mentions still matter.
    package static func memory(before now: Timestamp) -> Timestamp {
        now - .days(StoryLedger.keptDays + StoryLedger.lagDays + 1)
    }

    /// Takes a mention of the brand, or what is now known of it.
    package mutating func learn(_ mention: TrendMention) {
        ledger.learn(mention)
    }

    /// Looks at the windows that end at `now`, which never goes back.
    package mutating func tick(at now: Timestamp) -> SpikeSignal? {
        if ledger.advance(to: now) { learnBaseline() }
        guard let baseline else { return nil }
        let windows = SpikeTest.windows.map { Window($0, until: now, ledger, baseline) }
        guard let open = standing.open else {
            return openingSignal(windows, at: now)
        }
        return signal(of: open, windows, at: now)
    }

    /// The reading of one window as known now; absent while too few days are known.
    package mutating func reading(hours: Int, at now: Timestamp) -> SpikeReading? {
        if ledger.advance(to: now) { learnBaseline() }
        return baseline.map { Window(hours, until: now, ledger, $0).reading(ledger, at: now) }
    }

    /// The excess of a reading of the last tick and the mentions behind it.
    package func facts(
        of reading: SpikeReading, sources: [Identifier<Source>: Source], aspects: [Topic]
    ) -> AlertFacts {
        let before = [7, 14].flatMap { days in
            ledger.negatives(from: reading.start - .days(days), to: reading.end - .days(days))
        }
        return AlertFacts(
            reading: reading, told: ledger.negatives(from: reading.start, to: reading.end),
            before: before, sources: sources, aspects: aspects)
    }

    private mutating func openingSignal(_ windows: [Window], at now: Timestamp) -> SpikeSignal? {
        if let last = standing.lastOpenedAt, now < last + Self.coolDown { return nil }
        let firing = windows.filter { window in
            window.height >= 0 && window.negatives >= SpikeTest.crowd
                && window.reading(ledger, at: now).authors >= SpikeTest.crowd
        }
        guard let window = Self.highest(firing) else { return nil }
        // Told from the baseline that raised it; what follows must not learn from its hours.
        let reading = window.reading(ledger, at: now)
        standing.open = SpikeStanding.Open(
            openedAt: now, hours: window.hours, reportedAt: now, height: window.height,
            excess: reading.excessThousandths, calmSince: nil)
        standing.lastOpenedAt = now
        learnBaseline()
        return SpikeSignal(kind: .opened, openedAt: now, reading: reading)
    }

    private mutating func signal(
        of before: SpikeStanding.Open, _ windows: [Window], at now: Timestamp
    ) -> SpikeSignal? {
        var open = before
        let isCalm = !windows.contains {
            $0.shareEvidence >= SpikeTest.leastShare - Self.shareRelief
                && $0.shareEvidence + $0.volumeEvidence >= SpikeTest.leastSum - Self.sumRelief
        }
        open.calmSince = isCalm ? open.calmSince ?? now : nil
        if let since = open.calmSince, now >= since + Self.calm {
            let window = windows.first { $0.hours == open.hours } ?? windows[0]
            let unlearned = open.unlearned
            standing.unlearned.append(unlearned.lowerBound..<min(now, unlearned.upperBound))
            standing.open = nil
            return SpikeSignal(
                kind: .resolved, openedAt: open.openedAt, reading: window.reading(ledger, at: now))
        }
        defer { standing.open = open }
        guard !isCalm, now >= open.reportedAt + Self.updatePause,
            let window = Self.highest(windows)
        else { return nil }
        let reading = window.reading(ledger, at: now)
        guard
            window.height >= open.height + Self.rise
                || reading.excessThousandths >= Self.growth * open.excess
        else { return nil }
        open.reportedAt = now
        open.height = max(open.height, window.height)
        open.excess = reading.excessThousandths
        return SpikeSignal(kind: .updated, openedAt: open.openedAt, reading: reading)
    }

    /// Of equals, the shortest.
    private static func highest(_ windows: [Window]) -> Window? {
        windows.reduce(nil) { best, window in
            guard let best, best.height >= window.height else { return window }
            return best
        }
    }

    /// From whole hours that were watched and not set aside.
    private mutating func learnBaseline() {
        let learnedBefore = ledger.learnedBefore
        let farthest = learnedBefore - .days(Int64(UsualWeek.farthestDays))
        standing.unlearned.removeAll { $0.upperBound <= farthest }
        let began = standing.observedFrom ?? ledger.all.first?.eventAt ?? learnedBefore
        guard began + .days(Int64(UsualWeek.leastDays)) <= learnedBefore else {
            baseline = nil
            return
        }
        let first = (max(began, farthest) + .milliseconds(3_599_999)).milliseconds.flooredByHour
        let end = learnedBefore.milliseconds.flooredByHour.hour
        let asides = standing.unlearned + (standing.open.map { [$0.unlearned] } ?? [])
        var hours: [SpikeBaseline.Hour] = []
        hours.reserveCapacity(max(0, end - first.hour))
        for number in first.hour..<max(first.hour, end) {
            let start = Timestamp(seconds: Int64(number) * 3_600)
            let stop = start + .hours(1)
            guard !asides.contains(where: { $0.lowerBound < stop && start < $0.upperBound })
            else { continue }
            let counts = ledger.counts(from: start, to: stop)
            hours.append(
                SpikeBaseline.Hour(
                    number: number, stories: counts.stories, negatives: counts.negatives))
        }
        baseline = SpikeBaseline(hours, end: end)
    }
}

/// A window's counts against the usual, before anyone asks who told them.
private struct Window {
    let hours: Int
    let stories: Int
    let negatives: Int
    let expectedStories: Double
    let expectedNegatives: Double
    let usualShare: Double
    let shareEvidence: Double
    let volumeEvidence: Double

    init(_ hours: Int, until now: Timestamp, _ ledger: StoryLedger, _ baseline: SpikeBaseline) {
        self.hours = hours
        (stories, negatives) = ledger.counts(from: now - .hours(Int64(hours)), to: now)
        (expectedStories, expectedNegatives) = baseline.expected(until: now, hours: hours)
        usualShare = min(0.9, max(0.02, expectedNegatives / expectedStories))
        shareEvidence = SpikeTest.share(
            negatives: negatives, stories: stories, usual: usualShare,
            deviation: baseline.deviation, learned: baseline.learned)
        volumeEvidence = SpikeTest.volume(
            stories: stories, expected: expectedStories, hours: hours,
            variation: baseline.variation)
    }

    /// Nats above the nearer bar, the sum's counted half; below 0 where it does not fire.
    var height: Double {
        min(
            shareEvidence - SpikeTest.leastShare,
            (shareEvidence + volumeEvidence - SpikeTest.leastSum) / 2)
    }

    func reading(_ ledger: StoryLedger, at now: Timestamp) -> SpikeReading {
        SpikeReading(
            hours: hours, end: now, stories: stories, negatives: negatives,
            expectedStories: expectedStories, expectedNegatives: expectedNegatives,
            usualShare: usualShare, shareEvidence: shareEvidence, volumeEvidence: volumeEvidence,
            authors: ledger.authors(from: now - .hours(Int64(hours)), to: now))
    }
}
