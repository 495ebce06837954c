import EarshotDomain
import Foundation

/// How much likelier a window's counts are under a worse share, and under more volume, than under
/// the usual; in nats.
///
/// Two log-likelihood ratios of the observed against the usual rate, binomial and Poisson, each
/// divided by its design effect, because shares and volumes wander more than chance alone lets
/// them: Lai's window-limited generalised likelihood ratio (1995, Journal of the Royal Statistical
/// Society B 57:613) with five windows. Form and constants are the trends note's, section 3; .06
/// and .05 are the variance that quiet weeks do not show.
package enum SpikeTest {
    /// Hours; each window ends at the tick.
    package static let windows = [1, 3, 6, 24, 72]
    /// a: the least share evidence.
    package static let leastShare = 2.6
    /// c: the least of both together.
    package static let leastSum = 8.0
    /// Fewer negative stories, or fewer authors of them, are no crowd.
    package static let crowd = 3

    /// Gs for k negatives of m stories where the share q is usual; 0 where it is not worse.
    ///
    /// - Parameters:
    ///   - deviation: of the logit of the share.
    ///   - learned: stories that q was learned from.
    package static func share(
        negatives: Int, stories: Int, usual: Double, deviation: Double, learned: Double
    ) -> Double {
        let k = Double(negatives)
        let m = Double(stories)
        guard stories > 0, k > m * usual else { return 0 }
        let rest = m - k
        let ratio =
            k * log(k / (m * usual)) + (rest > 0 ? rest * log(rest / (m * (1 - usual))) : 0)
        let spread = (deviation * deviation + 0.06) * usual * (1 - usual)
        let correlation = min(0.3, spread + 0.3 / m + 1 / (learned + 41))
        return ratio / (1 + (m - 1) * correlation)
    }

    /// Gv for m stories where e > 0 are usual in `hours`; 0 where there are not more.
    ///
    /// - Parameter variation: coefficient of variation of six-hour volumes.
    package static func volume(
        stories: Int, expected: Double, hours: Int, variation: Double
    ) -> Double {
        let m = Double(stories)
        guard m > expected, expected > 0 else { return 0 }
        let ratio = m * log(m / expected) - m + expected
        let w = Double(hours)
        let wandering = variation * variation * min(1, 8 / w * (1 - exp(-w / 8))) + 0.05
        return ratio / (1.3 + wandering * expected)
    }
}
