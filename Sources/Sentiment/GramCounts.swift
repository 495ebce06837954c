import EarshotDomain
import EarshotLearning
import Foundation

/// How many texts of each label hold each feature, by fold.
///
/// Polarity is counted over all data sets, neutrality over those with neutral texts only, so that
/// it does not learn to tell the data sets apart.
struct GramCounts {
    /// negative and positive over all; negative, neutral and positive over sets with all three.
    private static let kinds = 5

    let features: Int
    let folds: Int
    /// At `(fold * features + feature) * kinds + kind`.
    private var counts: [Int32]

    init(features: Int, folds: Int) {
        self.features = features
        self.folds = folds
        counts = Array(repeating: 0, count: features * folds * Self.kinds)
    }

    mutating func add(
        _ ids: ArraySlice<Int32>, label: Sentiment.Label, hasNeutral: Bool, fold: Int
    ) {
        for id in ids {
            let base = (fold * features + Int(id)) * Self.kinds
            switch label {
            case .negative:
                counts[base] += 1
                counts[base + 2] += hasNeutral ? 1 : 0
            case .neutral:
                counts[base + 3] += 1
            case .positive:
                counts[base + 1] += 1
                counts[base + 4] += hasNeutral ? 1 : 0
            }
        }
    }

    /// The naive-Bayes weights of each feature, from all folds but one.
    ///
    /// p = ln P(f|+) − ln P(f|−), u = ln P(f|0) − (ln P(f|−) + ln P(f|+))/2, with
    /// P(f|c) = (α + n_fc)/Σ_g(α + n_gc) (McCallum & Nigam 1998) and equal priors; both are 0 for a
    /// feature that fewer than `fewest` texts hold.
    func weights(without fold: Int?, smoothing: Double, fewest: Int) -> (
        polarity: [Float], neutrality: [Float], isKnown: [Bool]
    ) {
        var sums = Array(repeating: Int32(0), count: features * Self.kinds)
        for part in 0..<folds where part != fold {
            let base = part * features * Self.kinds
            for k in sums.indices { sums[k] += counts[base + k] }
        }
        var isKnown = Array(repeating: false, count: features)
        var totals = Array(repeating: 0.0, count: Self.kinds)
        for id in 0..<features {
            let row = id * Self.kinds
            isKnown[id] = Int(sums[row] + sums[row + 1] + sums[row + 3]) >= fewest
            guard isKnown[id] else { continue }
            for k in 0..<Self.kinds { totals[k] += smoothing + Double(sums[row + k]) }
        }
        var polarity = Array(repeating: Float(0), count: features)
        var neutrality = polarity
        for id in 0..<features where isKnown[id] {
            let rates = (0..<Self.kinds).map { k in
                log((smoothing + Double(sums[id * Self.kinds + k])) / totals[k])
            }
            polarity[id] = Float(rates[1] - rates[0])
            neutrality[id] = Float(rates[3] - (rates[2] + rates[4]) / 2)
        }
        return (polarity, neutrality, isKnown)
    }
}
