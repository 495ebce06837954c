import EarshotDomain
import Foundation

/// What a brand's hours usually hold, and how far they wander from it: the trends note, section 3.
///
/// Hours are hours of UTC, so that an alert does not depend on who reads it.
struct SpikeBaseline: Hashable, Sendable {
    /// Stories an hour, by hour of the week; from Monday 00:00 on.
    private let rates: [Double]
    /// Negative ones of them, an hour.
    private let negativeRates: [Double]
    /// T: stories learned from, weighed by age.
    let learned: Double
    /// Of the logit of the share, kept in 0.08…0.5.
    let deviation: Double
    /// Of six-hour volumes, kept in 0.12…0.6.
    let variation: Double

    /// Stories an hour that are always expected, so that the first ones ever are no infinite
    /// surprise; chosen: one in two weeks.
    private static let leastRate = 1.0 / 336
    /// Age at which an hour weighs half, in hours: 28 days.
    private static let halfLife = 672.0
    private static let block = 6

    /// An hour that was watched and in which no alert was open.
    struct Hour: Hashable, Sendable {
        /// Hours since 1970-01-01T00:00Z.
        let number: Int
        let stories: Int
        let negatives: Int
    }

    /// - Parameters:
    ///   - hours: ascending.
    ///   - end: the hour that follows the last.
    init(_ hours: [Hour], end: Int) {
        let mean = Double(hours.reduce(0) { $0 + $1.stories }) / Double(max(1, hours.count))
        // What stands out is cut, as the note says: 6 × mean + 6.
        let cap = 6 * mean + 6
        let watched = hours.map { hour in
            let weight = exp2(-Double(end - hour.number) / Self.halfLife)
            let stories = min(Double(hour.stories), cap)
            let scale = hour.stories > 0 ? stories / Double(hour.stories) : 0
            return WatchedHour(
                hourOfWeek: Self.hourOfWeek(hour.number), exposure: weight,
                count: weight * stories, part: weight * scale * Double(hour.negatives))
        }
        let week = WeeklyRate(watched, usualShare: KnownStories.usualShares[0])
        let rates = week.rates.map { max($0, Self.leastRate) }
        self.rates = rates
        negativeRates = zip(rates, week.shares).map { $0 * $1 }
        learned = watched.reduce(0) { $0 + $1.count }
        (deviation, variation) = Self.wandering(hours, cap: cap, rates: rates, shares: week.shares)
    }

    /// e and μ of the window of `hours` that ends at `end`.
    func expected(until end: Timestamp, hours: Int) -> (stories: Double, negatives: Double) {
        let (hour, rest) = end.milliseconds.flooredByHour
        let passed = Double(rest) / 3_600_000
        let now = Self.hourOfWeek(hour)
        var stories = passed * rates[now]
        var negatives = passed * negativeRates[now]
        for back in 1..<hours {
            let place = Self.hourOfWeek(hour - back)
            stories += rates[place]
            negatives += negativeRates[place]
        }
        let first = Self.hourOfWeek(hour - hours)
        stories += (1 - passed) * rates[first]
        negatives += (1 - passed) * negativeRates[first]
        return (stories, negatives)
    }

    /// 0 Monday 00:00 … 167; the first hour of 1970 was on a Thursday.
    static func hourOfWeek(_ hour: Int) -> Int {
        let place = (hour + 72) % 168
        return place < 0 ? place + 168 : place
    }

    /// Deviation of the logit share and variation of volume, by moments over blocks of six hours.
    ///
    /// What the squares of (observed − expected) hold beyond chance, shrunk to .18 with the weight
    /// of 200 stories and to .22 with that of 40 blocks (the last chosen: ten days).
    private static func wandering(
        _ hours: [Hour], cap: Double, rates: [Double], shares: [Double]
    ) -> (deviation: Double, variation: Double) {
        var share = (beyond: 0.0, scale: 0.0, stories: 0.0)
        var volume = (beyond: 0.0, scale: 0.0, blocks: 0.0)
        var next = 0
        while next < hours.count {
            let start = hours[next].number
            let end = min(next + block, hours.count)
            let isWhole =
                start % block == 0 && end == next + block
                && hours[end - 1].number == start + block - 1
            guard isWhole else {
                next += 1
                continue
            }
            var (stories, negatives, expected, expectedNegatives) = (0.0, 0.0, 0.0, 0.0)
            for hour in hours[next..<end] {
                let place = hourOfWeek(hour.number)
                let counted = min(Double(hour.stories), cap)
                stories += counted
                negatives +=
                    hour.stories > 0 ? counted / Double(hour.stories) * Double(hour.negatives) : 0
                expected += rates[place]
                expectedNegatives += counted * shares[place]
            }
            let off = stories - expected
            volume.beyond += off * off - expected
            volume.scale += expected * expected
            volume.blocks += 1
            if stories > 0 {
                let q = expectedNegatives / stories
                let chance = stories * q * (1 - q)
                let wrong = negatives - expectedNegatives
                share.beyond += wrong * wrong - chance
                share.scale += chance * chance
                share.stories += stories
            }
            next = end
        }
        let shareVariance = shrunk(
            share.scale > 0 ? share.beyond / share.scale : 0, weight: share.stories,
            to: 0.18 * 0.18, priorWeight: 200)
        let volumeVariance = shrunk(
            volume.scale > 0 ? volume.beyond / volume.scale : 0, weight: volume.blocks,
            to: 0.22 * 0.22, priorWeight: 40)
        return (
            min(0.5, max(0.08, shareVariance.squareRoot())),
            min(0.6, max(0.12, volumeVariance.squareRoot()))
        )
    }

    private static func shrunk(
        _ value: Double, weight: Double, to prior: Double, priorWeight: Double
    ) -> Double {
        max(0, (max(0, value) * weight + prior * priorWeight) / (weight + priorWeight))
    }
}

extension Int64 {
    /// Whole hours since 1970 of milliseconds, and the milliseconds beyond them.
    var flooredByHour: (hour: Int, rest: Int64) {
        let hour = (self >= 0 ? self : self - 3_599_999) / 3_600_000
        return (Int(hour), self - hour * 3_600_000)
    }
}
