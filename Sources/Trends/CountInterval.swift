package import EarshotDomain
import Foundation

/// How far a count strays from what is expected: negative binomial, whose variance is
/// mean + cv² mean² (a Poisson count whose rate itself wanders by `cv`).
package struct CountInterval: Hashable, Sendable {
    /// Variance of the rate relative to its square.
    package let squaredVariation: Double

    package init(squaredVariation: Double) {
        self.squaredVariation = squaredVariation
    }

    /// Fitted by moments on blocks of equal length: cv² = (Σ(o − e)² − Σe) / Σe², shrunk to .22²
    /// with the weight of `priorBlocks` and kept in .12² … .6² (trends note, section 3).
    package init(observed: [Double], expected: [Double]) {
        var excess = 0.0
        var scale = 0.0
        for (o, e) in zip(observed, expected) {
            excess += (o - e) * (o - e) - e
            scale += e * e
        }
        let fitted = scale > 0 ? max(0, excess / scale) : 0
        let blocks = Double(observed.count)
        let shrunk =
            (blocks * fitted + Self.priorBlocks * Self.priorVariation)
            / (blocks + Self.priorBlocks)
        squaredVariation = min(max(shrunk, 0.12 * 0.12), 0.6 * 0.6)
    }

    /// Chosen: three weeks of days before the fit outweighs what is usual elsewhere.
    private static let priorBlocks = 20.0
    private static let priorVariation = 0.22 * 0.22
    /// Standard normal quantile of a central 90 % interval.
    static let z = 1.644_853_626_951_472_2
    /// Standard normal quantile of 99 %.
    private static let rareZ = 2.326_347_874_040_841
    /// Above, the normal approximation is off by less than a thousandth of the mean.
    private static let largestExactMean = 20_000.0

    /// The central 90 % interval of a count with this mean.
    package func usual(mean: Double) -> Usual {
        guard mean > 0 else { return Usual(mean: 0, low: 0, high: 0) }
        guard mean <= Self.largestExactMean else {
            let deviation = (mean + squaredVariation * mean * mean).squareRoot()
            return Usual(
                mean: mean, low: max(0, mean - Self.z * deviation), high: mean + Self.z * deviation)
        }
        return Usual(mean: mean, low: quantile(0.05, mean: mean), high: quantile(0.95, mean: mean))
    }

    /// What a count with this mean exceeds on one day in a hundred.
    package func rare(mean: Double) -> Double {
        guard mean > 0 else { return 0 }
        guard mean <= Self.largestExactMean else {
            return mean + Self.rareZ * (mean + squaredVariation * mean * mean).squareRoot()
        }
        return quantile(0.99, mean: mean)
    }

    /// The least k with P(count ≤ k) ≥ `level`, by the recurrence of the probabilities.
    private func quantile(_ level: Double, mean: Double) -> Double {
        let size = 1 / squaredVariation
        let step = mean / (mean + size)
        let farthest = mean + 20 * (mean + squaredVariation * mean * mean).squareRoot() + 50
        var probability = exp(-size * log(1 + mean * squaredVariation))
        var cumulated = probability
        var k = 0.0
        while cumulated < level, k < farthest {
            probability *= (k + size) / (k + 1) * step
            cumulated += probability
            k += 1
        }
        return k
    }
}
