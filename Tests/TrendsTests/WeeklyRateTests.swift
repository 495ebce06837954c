import EarshotDomain
import EarshotTrends
import Foundation
import Testing

/// Second source of every figure: NumPy 2.4 and SciPy 1.17, written from the trends note's
/// section 3 with array operations (`bincount`, `roll`, `repeat`) instead of loops.
@Suite struct WeeklyRateTests {
    /// Five weeks of counts by a formula that both sides know, the newest hour one hour old.
    private static let watched: [WatchedHour] = (0..<5).flatMap { week in
        (0..<168).map { hour in
            let busy = (9..<18).contains(hour % 24) ? 3 : 0
            let count = (7 * hour + 3 * week * week) % 5 + busy
            let part = min(count, (hour * (week + 1)) % 3)
            let age = Double(5 * 168 - (week * 168 + hour)) / 24
            let weight = exp2(-age / 28)
            return WatchedHour(
                hourOfWeek: hour, exposure: weight, count: weight * Double(count),
                part: weight * Double(part))
        }
    }

    @Test(arguments: [
        (hour: 0, rate: 2.052_130_529_3, share: 0.219_178_155_5),
        (hour: 10, rate: 4.718_728_816, share: 0.196_823_958_4),
        (hour: 30, rate: 1.828_564_398_7, share: 0.214_580_294_9),
        (hour: 100, rate: 1.883_574_732_3, share: 0.248_300_125_8),
        (hour: 167, rate: 2.021_096_010_6, share: 0.218_721_586_1),
    ])
    func agreesWithAnotherImplementation(hour: Int, rate: Double, share: Double) {
        let weekly = WeeklyRate(Self.watched, usualShare: 0.22)
        #expect(abs(weekly.rates[hour] - rate) < 1e-9)
        #expect(abs(weekly.shares[hour] - share) < 1e-9)
    }

    @Test func expectsNothingOfABrandNeverHeardOf() {
        let weekly = WeeklyRate([], usualShare: 0.22)
        #expect(weekly.rates == [Double](repeating: 0, count: 168))
        #expect(weekly.shares.allSatisfy { abs($0 - 0.22) < 1e-12 })
    }

    /// `scipy.stats.nbinom.ppf([.05, .95], 1/cv**2, 1/(1 + mean * cv**2))`.
    @Test(arguments: [
        (mean: 0.4, variation: 0.22, low: 0.0, high: 2.0),
        (mean: 3, variation: 0.22, low: 0, high: 6),
        (mean: 11, variation: 0.22, low: 5, high: 18),
        (mean: 60, variation: 0.12, low: 43, high: 78),
        (mean: 60, variation: 0.6, low: 14, high: 130),
        (mean: 2_500, variation: 0.3, low: 1_404, high: 3_851),
    ])
    func intervalAgreesWithAnotherImplementation(
        mean: Double, variation: Double, low: Double, high: Double
    ) {
        let usual = CountInterval(squaredVariation: variation * variation).usual(mean: mean)
        #expect(usual == Usual(mean: mean, low: low, high: high))
    }

    /// `scipy.stats.nbinom.ppf(.99, 1/.22**2, 1/(1 + mean * .22**2))`.
    @Test(arguments: [(mean: 0.7, bar: 3.0), (mean: 3, bar: 8), (mean: 40, bar: 69)])
    func rareAgreesWithAnotherImplementation(mean: Double, bar: Double) {
        #expect(CountInterval(squaredVariation: 0.22 * 0.22).rare(mean: mean) == bar)
    }

    @Test func dispersionAgreesWithAnotherImplementation() {
        let interval = CountInterval(
            observed: [10, 14, 9, 30, 11, 8, 12], expected: [11, 12, 10, 13, 12, 10, 11])
        #expect(abs(interval.squaredVariation - 0.099_873_604_416) < 1e-9)
    }
}
