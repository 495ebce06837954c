package import EarshotDomain
import Foundation

/// What is usual for a brand, told from whole local days.
///
/// Days weigh half after 28 (trends note, section 3). What stands out is cut before it is learned,
/// so that a crisis does not become the usual: an hour at 6 × mean + 6 (the note), a day at the
/// median of days + 3 deviations (chosen: three robust deviations keep all but 1 quiet day in 700).
package struct UsualWeek: Sendable {
    /// With fewer, nothing is called usual: each hour of the week must have been seen.
    package static let leastDays = 7
    /// Days that still count: at 70 their weight is 0.18 (the note's ring of 70 days).
    package static let farthestDays = 70

    private let mentionRate: WeeklyRate
    private let negativeRate: WeeklyRate
    private let positiveRate: WeeklyRate
    private let mentionsOfDay: CountInterval
    private let storiesOfDay: CountInterval
    private let storiesOfFourHours: CountInterval
    private let net: WanderingShare
    private let voice: WanderingShare

    /// Absent with fewer than `leastDays`.
    package init?(learning days: [DayCounts]) {
        guard days.count >= Self.leastDays, let last = days.last?.hours.last else { return nil }
        let mentions = Capped(days) { $0.mentions }
        let stories = Capped(days) { $0.stories.all }
        let negative = Capped(days) { $0.stories.negative }
        let positive = Capped(days) { $0.stories.positive }

        func watched(_ counts: Capped, part: Capped?) -> [WatchedHour] {
            var hours: [WatchedHour] = []
            for (d, day) in days.enumerated() {
                for (h, hour) in day.hours.enumerated() {
                    let age = Double((last.end - hour.start).milliseconds) / 86_400_000
                    let weight = exp2(-age / 28)
                    let count = counts.hours[d][h]
                    hours.append(
                        WatchedHour(
                            hourOfWeek: hour.hourOfWeek, exposure: weight * hour.length,
                            count: weight * count,
                            part: weight * min(count, part?.hours[d][h] ?? 0)))
                }
            }
            return hours
        }
        mentionRate = WeeklyRate(watched(mentions, part: nil), usualShare: 0)
        negativeRate = WeeklyRate(
            watched(stories, part: negative), usualShare: KnownStories.usualShares[0])
        positiveRate = WeeklyRate(
            watched(stories, part: positive), usualShare: KnownStories.usualShares[2])
        let (mentionRates, storyRates) = (mentionRate.rates, negativeRate.rates)
        mentionsOfDay = CountInterval(
            observed: mentions.days, expected: days.map { Self.sum(mentionRates, $0.hours) })
        storiesOfDay = CountInterval(
            observed: stories.days, expected: days.map { Self.sum(storyRates, $0.hours) })

        var blocks: (observed: [Double], expected: [Double]) = ([], [])
        for (d, day) in days.enumerated() {
            for range in Self.fourHours(of: day.hours) {
                blocks.observed.append(stories.hours[d][range].reduce(0, +))
                blocks.expected.append(Self.sum(storyRates, day.hours[range]))
            }
        }
        storiesOfFourHours = CountInterval(observed: blocks.observed, expected: blocks.expected)

        let weights = days.map { day in
            exp2(-Double((last.end - day.hours[0].start).milliseconds) / 86_400_000 / 28)
        }
        net = WanderingShare(
            plus: positive.days, minus: negative.days, all: stories.days, weights: weights)
        voice = WanderingShare(
            plus: days.map { Double($0.stories.all) }, minus: days.map { _ in 0 },
            all: days.map { Double($0.marketStories) }, weights: weights)
    }

    /// For stretches of a day, up to whole days.
    package func mentions(in hours: ArraySlice<HourCounts>) -> Usual {
        mentionsOfDay.usual(mean: Self.sum(mentionRate.rates, hours))
    }

    package func stories(in hours: ArraySlice<HourCounts>) -> Usual {
        storiesOfDay.usual(mean: Self.sum(negativeRate.rates, hours))
    }

    /// For stretches of about four hours, which wander more than days do.
    package func storiesOfFourHours(in hours: ArraySlice<HourCounts>) -> Usual {
        storiesOfFourHours.usual(mean: Self.sum(negativeRate.rates, hours))
    }

    package func negative(in hours: ArraySlice<HourCounts>) -> Usual {
        storiesOfDay.usual(mean: Self.sum(negativeRate, hours))
    }

    package func positive(in hours: ArraySlice<HourCounts>) -> Usual {
        storiesOfDay.usual(mean: Self.sum(positiveRate, hours))
    }

    /// What negative and positive stories exceed on one usual day in a hundred.
    package func rare(in hours: ArraySlice<HourCounts>) -> (negative: Double, positive: Double) {
        (
            storiesOfDay.rare(mean: Self.sum(negativeRate, hours)),
            storiesOfDay.rare(mean: Self.sum(positiveRate, hours))
        )
    }

    package func neutral(in hours: ArraySlice<HourCounts>) -> Usual {
        let rest =
            Self.sum(negativeRate.rates, hours) - Self.sum(negativeRate, hours)
            - Self.sum(positiveRate, hours)
        return storiesOfDay.usual(mean: max(0, rest))
    }

    package func netSentiment(stories: Int) -> Usual? { net.usual(count: stories, in: -1...1) }

    package func shareOfVoice(marketStories: Int) -> Usual? {
        voice.usual(count: marketStories, in: 0...1)
    }

    /// The hours of a day whose clock shows 0–3, 4–7, …, 20–23.
    package static func fourHours(of hours: [HourCounts]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for h in hours.indices {
            let next = h + 1
            let goesOn =
                next < hours.count && hours[next].clock.hour / 4 == hours[start].clock.hour / 4
            if !goesOn {
                ranges.append(start..<next)
                start = next
            }
        }
        return ranges
    }

    private static func sum(_ rates: [Double], _ hours: some Sequence<HourCounts>) -> Double {
        hours.reduce(0) { $0 + rates[$1.hourOfWeek] * $1.length }
    }

    private static func sum(_ rate: WeeklyRate, _ hours: some Sequence<HourCounts>) -> Double {
        hours.reduce(0) {
            $0 + rate.rates[$1.hourOfWeek] * rate.shares[$1.hourOfWeek] * $1.length
        }
    }
}

/// Counts by day and hour with what stands out cut off.
private struct Capped {
    let hours: [[Double]]
    let days: [Double]

    init(_ counts: [DayCounts], _ count: (HourCounts) -> Int) {
        let raw = counts.map { day in day.hours.map { Double(count($0)) } }
        let totals = raw.map { $0.reduce(0, +) }
        let middle = Self.median(totals)
        // 1.4826 makes the median deviation that of a normal distribution.
        let deviation = max(
            1.4826 * Self.median(totals.map { abs($0 - middle) }), middle.squareRoot(), 1)
        let cap = middle + 3 * deviation
        let scaled = zip(raw, totals).map { hours, total in
            total > cap ? hours.map { $0 * cap / total } : hours
        }
        let hourCount = scaled.reduce(0) { $0 + $1.count }
        let mean = scaled.reduce(0) { $0 + $1.reduce(0, +) } / Double(max(1, hourCount))
        hours = scaled.map { $0.map { min($0, 6 * mean + 6) } }
        days = hours.map { $0.reduce(0, +) }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// (plus − minus) / all, whose own level wanders from day to day.
///
/// For a day of n: variance v/n + τ², v = share of plus and minus − mean² (one story's), τ² by
/// moments over days weighted by their n (DerSimonian and Laird's idea, 1986, Controlled Clinical
/// Trials 7:177); central 90 % by the normal approximation.
private struct WanderingShare {
    private let mean: Double?
    private let ofOne: Double
    private let betweenDays: Double

    init(plus: [Double], minus: [Double], all: [Double], weights: [Double]) {
        var sums = (plus: 0.0, minus: 0.0, all: 0.0)
        for d in all.indices {
            sums.plus += weights[d] * plus[d]
            sums.minus += weights[d] * minus[d]
            sums.all += weights[d] * all[d]
        }
        guard sums.all > 0 else {
            (mean, ofOne, betweenDays) = (nil, 0, 0)
            return
        }
        let mean = (sums.plus - sums.minus) / sums.all
        let ofOne = max(0, (sums.plus + sums.minus) / sums.all - mean * mean)
        var spread = 0.0
        var counted = 0.0
        for d in all.indices where all[d] > 0 {
            let off = (plus[d] - minus[d]) / all[d] - mean
            spread += weights[d] * (all[d] * off * off - ofOne)
            counted += weights[d] * all[d]
        }
        self.mean = mean
        self.ofOne = ofOne
        betweenDays = counted > 0 ? max(0, spread / counted) : 0
    }

    func usual(count: Int, in range: ClosedRange<Double>) -> Usual? {
        guard let mean else { return nil }
        let deviation = (ofOne / Double(max(1, count)) + betweenDays).squareRoot()
        let reach = CountInterval.z * deviation
        return Usual(
            mean: mean, low: max(range.lowerBound, mean - reach),
            high: min(range.upperBound, mean + reach))
    }
}
