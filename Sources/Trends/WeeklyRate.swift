/// An hour that was watched.
package struct WatchedHour: Hashable, Sendable {
    /// On the reader's wall: 0 Monday 00:00 … 167 Sunday 23:00.
    package let hourOfWeek: Int
    /// Hours it lasted × its weight by age, in 0…1.
    package let exposure: Double
    /// Stories (or mentions) × the same weight.
    package let count: Double
    /// Those of `count` that have the trait whose share is learned.
    package let part: Double

    package init(hourOfWeek: Int, exposure: Double, count: Double, part: Double) {
        self.hourOfWeek = hourOfWeek
        self.exposure = exposure
        self.count = count
        self.part = part
    }
}

/// What is expected in each hour of the week, and the share of it that has a trait.
///
/// Gamma-Poisson shrinkage (a Gamma(a, b) prior and n counts in exposure E give (a + n)/(b + E);
/// Gelman et al., Bayesian Data Analysis, chapter 2) in four steps, each towards the one before:
/// level L, hour of day s, day of week d, hour of week f: λ = L s d f. The share of an hour is
/// shrunk towards the share of all. Trends note, section 3; constants are its, where not said.
package struct WeeklyRate: Hashable, Sendable {
    /// λ per hour, 168 of them.
    package let rates: [Double]
    /// In 0…1, 168 of them.
    package let shares: [Double]

    private static let hours = 168
    /// Weights of the hours −2 … +2 round an hour of day.
    private static let kernel = [0.35, 0.8, 1, 0.8, 0.35]

    /// - Parameter usualShare: of the trait where nothing is known; 0.22 for negatives.
    package init(_ watched: [WatchedHour], usualShare: Double) {
        var exposure = [Double](repeating: 0, count: Self.hours)
        var count = exposure
        var part = exposure
        for hour in watched where (0..<Self.hours).contains(hour.hourOfWeek) {
            exposure[hour.hourOfWeek] += hour.exposure
            count[hour.hourOfWeek] += hour.count
            part[hour.hourOfWeek] += hour.part
        }
        let allExposure = exposure.reduce(0, +)
        let all = count.reduce(0, +)
        let level = allExposure > 0 ? all / allExposure : 0
        let hourFactor = Self.hourFactors(exposure: exposure, count: count, level: level)
        let flat = (0..<Self.hours).map { exposure[$0] * level * hourFactor[$0 % 24] }
        let dayFactor = Self.dayFactors(expected: flat, count: count)
        let expected = (0..<Self.hours).map { flat[$0] * dayFactor[$0 / 24] }

        let wholeShare = (part.reduce(0, +) + 40 * usualShare) / (all + 40)
        var rates = [Double](repeating: 0, count: Self.hours)
        var shares = rates
        for hour in 0..<Self.hours {
            let round = [(hour + 167) % 168, hour, (hour + 1) % 168]
            let counted = round.reduce(0) { $0 + count[$1] }
            let hourOfWeekFactor = (counted + 24) / (round.reduce(0) { $0 + expected[$1] } + 24)
            rates[hour] = level * hourFactor[hour % 24] * dayFactor[hour / 24] * hourOfWeekFactor
            let parts = round.reduce(0) { $0 + part[$1] }
            shares[hour] = (parts + 60 * wholeShare) / (counted + 60)
        }
        self.rates = rates
        self.shares = shares
    }

    /// Smoothed over five hours, shrunk to 1 by six hours at the level, mean 1.
    private static func hourFactors(
        exposure: [Double], count: [Double], level: Double
    ) -> [Double] {
        guard level > 0 else { return [Double](repeating: 1, count: 24) }
        var exposureByHour = [Double](repeating: 0, count: 24)
        var countByHour = exposureByHour
        for hour in 0..<hours {
            exposureByHour[hour % 24] += exposure[hour]
            countByHour[hour % 24] += count[hour]
        }
        let raw = (0..<24).map { hour in
            var counted = 6 * level
            var expected = 6 * level
            for (offset, weight) in kernel.enumerated() {
                let near = (hour + offset + 22) % 24
                counted += weight * countByHour[near]
                expected += weight * exposureByHour[near] * level
            }
            return counted / expected
        }
        let mean = raw.reduce(0, +) / 24
        return raw.map { $0 / mean }
    }

    /// Shrunk with 60 expected stories to the factor of weekdays or of the weekend, that in turn
    /// to 1 (the last chosen: a first weekend unseen must not count as empty).
    private static func dayFactors(expected: [Double], count: [Double]) -> [Double] {
        func sum(_ values: [Double], _ days: Range<Int>) -> Double {
            values[(days.lowerBound * 24)..<(days.upperBound * 24)].reduce(0, +)
        }
        return (0..<7).map { day in
            let group = day < 5 ? 0..<5 : 5..<7
            let groupFactor = (sum(count, group) + 60) / (sum(expected, group) + 60)
            let own = day..<(day + 1)
            return (sum(count, own) + 60 * groupFactor) / (sum(expected, own) + 60)
        }
    }
}
