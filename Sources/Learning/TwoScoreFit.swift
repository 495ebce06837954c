import Foundation

/// Fits two linear scores to rows of three ordered classes: polarity `s` and neutrality `u`.
///
/// The logits of low, middle and high are (−s/2, u, +s/2), so ln(P(high)/P(low)) = s exactly. A row
/// whose data set has no middle class is fitted by the two-class softmax (which is logistic
/// regression on `s`): it shapes `s` and never `u`. Minimised is the mean weighted cross-entropy
/// plus `penalty / 2` times the squared weights; biases are free. Columns are scaled to a root
/// mean square of 1 inside, which the penalty refers to; sparse features are taken as they are.
package struct TwoScoreFit: Sendable {
    package enum Class: Int, Hashable, Sendable {
        case low, middle, high
    }

    /// One row's class, its weight in the loss, and whether the middle class could have been it.
    package struct Row: Hashable, Sendable {
        package let truth: Class
        package let weight: Double
        package let hasMiddle: Bool

        package init(truth: Class, weight: Double, hasMiddle: Bool) {
            self.truth = truth
            self.weight = weight
            self.hasMiddle = hasMiddle
        }
    }

    /// A few numbers for every row, row-major; flags tell which may enter `s` and which `u`.
    package struct Columns: Sendable {
        package let values: [Float]
        package let inPolarity: [Bool]
        package let inNeutrality: [Bool]

        package init(values: [Float], inPolarity: [Bool], inNeutrality: [Bool]) {
            precondition(inPolarity.count == inNeutrality.count, "two flags a column")
            self.values = values
            self.inPolarity = inPolarity
            self.inNeutrality = inNeutrality
        }

        var width: Int { inPolarity.count }
    }

    /// What was learned, in the units of the columns as given.
    package struct Weights: Hashable, Sendable {
        package let polarityBias: Double
        package let neutralityBias: Double
        package let polarity: [Double]
        package let neutrality: [Double]
        /// Of the sparse features.
        package let featurePolarity: [Double]
        package let featureNeutrality: [Double]

        package init(
            polarityBias: Double, neutralityBias: Double, polarity: [Double],
            neutrality: [Double], featurePolarity: [Double], featureNeutrality: [Double]
        ) {
            self.polarityBias = polarityBias
            self.neutralityBias = neutralityBias
            self.polarity = polarity
            self.neutrality = neutrality
            self.featurePolarity = featurePolarity
            self.featureNeutrality = featureNeutrality
        }

        fileprivate func point(_ scales: [Double]) -> [Double] {
            func scaled(_ weights: [Double]) -> [Double] {
                zip(weights, scales).map { $1 > 0 ? $0 / $1 : 0 }
            }
            return [polarityBias] + scaled(polarity) + featurePolarity + [neutralityBias]
                + scaled(neutrality) + featureNeutrality
        }
    }

    package var penalty: Double
    package var steps: Int

    package init(penalty: Double, steps: Int) {
        self.penalty = penalty
        self.steps = steps
    }

    /// Learns from rows with columns and, where given, sparse features.
    ///
    /// - Parameter start: weights from which the search starts; 0 where absent.
    package func weights(
        rows: [Row], columns: Columns, features: SparseRows? = nil, start: Weights? = nil
    ) -> Weights {
        let features = features ?? .none(rows: rows.count)
        precondition(columns.values.count == rows.count * columns.width, "a number for each cell")
        precondition(features.starts.count == rows.count + 1, "features for each row")
        let scales = Self.scales(rows: rows.count, columns)
        let layout = Layout(width: columns.width, features: features.features)
        let total = rows.reduce(0) { $0 + $1.weight }
        var point = start?.point(scales) ?? Array(repeating: 0.0, count: layout.size)
        precondition(point.count == layout.size, "a start for each weight")
        if total > 0 {
            let scaled = columns.values.indices.map {
                columns.values[$0] * Float(scales[$0 % columns.width])
            }
            let problem = Problem(
                rows: rows, columns: columns, scaled: scaled, features: features, layout: layout,
                total: total, penalty: penalty)
            point = QuasiNewton(steps: steps, tolerance: 1e-7).minimum(
                from: point, curvature: problem.curvature(), of: problem.loss)
        }
        return Weights(
            polarityBias: point[0], neutralityBias: point[layout.half],
            polarity: scales.indices.map { point[1 + $0] * scales[$0] },
            neutrality: scales.indices.map { point[layout.half + 1 + $0] * scales[$0] },
            featurePolarity: Array(point[layout.sparse..<layout.half]),
            featureNeutrality: Array(point[layout.half + layout.sparse..<layout.size]))
    }

    /// P(low), P(middle), P(high) of two scores.
    package static func probabilities(polarity s: Double, neutrality u: Double) -> (
        low: Double, middle: Double, high: Double
    ) {
        let top = max(abs(s) / 2, u)
        let low = exp(-s / 2 - top)
        let middle = exp(u - top)
        let high = exp(s / 2 - top)
        let sum = low + middle + high
        return (low / sum, middle / sum, high / sum)
    }

    private static func scales(rows: Int, _ columns: Columns) -> [Double] {
        (0..<columns.width).map { k in
            var squares = 0.0
            for index in 0..<rows {
                let x = Double(columns.values[index * columns.width + k])
                squares += x * x
            }
            return squares > 0 ? (Double(rows) / squares).squareRoot() : 0
        }
    }
}

/// Where each weight stands: bias, columns and features of `s`, then the same of `u`.
private struct Layout {
    let width: Int
    let features: Int
    /// Where the features begin within a half.
    var sparse: Int { 1 + width }
    var half: Int { 1 + width + features }
    var size: Int { 2 * half }
}

/// The loss and its gradient.
private struct Problem {
    let rows: [TwoScoreFit.Row]
    let columns: TwoScoreFit.Columns
    /// The columns' values at a root mean square of 1.
    let scaled: [Float]
    let features: SparseRows
    let layout: Layout
    let total: Double
    let penalty: Double

    /// An upper bound of the second derivative by each weight, the penalty included: the variance of
    /// a logit's derivative is at most 1/4.
    func curvature() -> [Double] {
        var bound = Array(repeating: penalty, count: layout.size)
        for (index, row) in rows.enumerated() where row.weight > 0 {
            let share = row.weight / total / 4
            let range = features.starts[index]..<features.starts[index + 1]
            for half in row.hasMiddle ? [0, layout.half] : [0] {
                bound[half] += share
                for k in 0..<layout.width {
                    let x = Double(scaled[index * layout.width + k])
                    bound[half + 1 + k] += share * x * x
                }
                for id in features.ids[range] {
                    bound[half + layout.sparse + Int(id)] += share / Double(range.count)
                }
            }
        }
        return bound.map { max($0, 1e-12) }
    }

    func loss(_ point: [Double], _ gradient: inout [Double]) -> Double {
        var loss = 0.0
        point.withUnsafeBufferPointer { point in
            gradient.withUnsafeMutableBufferPointer { gradient in
                features.ids.withUnsafeBufferPointer { ids in
                    for index in rows.indices {
                        loss += add(index, point, ids, gradient)
                    }
                }
                for k in point.indices where k != 0 && k != layout.half {
                    loss += penalty / 2 * point[k] * point[k]
                    gradient[k] += penalty * point[k]
                }
            }
        }
        return loss
    }

    /// Adds a row's share of the gradient; answers its share of the loss.
    @inline(__always)
    private func add(
        _ index: Int, _ point: UnsafeBufferPointer<Double>, _ ids: UnsafeBufferPointer<Int32>,
        _ gradient: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        let row = rows[index]
        guard row.weight > 0 else { return 0 }
        let base = index * layout.width
        let half = layout.half
        let range = features.starts[index]..<features.starts[index + 1]
        let value = range.isEmpty ? 0 : 1 / Double(range.count).squareRoot()
        var s = point[0]
        var u = point[half]
        for k in 0..<layout.width {
            let x = Double(scaled[base + k])
            if columns.inPolarity[k] { s += point[1 + k] * x }
            if columns.inNeutrality[k] { u += point[half + 1 + k] * x }
        }
        var sums = (0.0, 0.0)
        for id in ids[range] {
            sums.0 += point[layout.sparse + Int(id)]
            if row.hasMiddle { sums.1 += point[half + layout.sparse + Int(id)] }
        }
        s += sums.0 * value
        u += sums.1 * value
        let (cost, slopeS, slopeU) = Self.cost(row, s, u)
        let weight = row.weight / total
        let shareS = weight * slopeS
        let shareU = weight * slopeU
        gradient[0] += shareS
        gradient[half] += shareU
        for k in 0..<layout.width {
            let x = Double(scaled[base + k])
            if columns.inPolarity[k] { gradient[1 + k] += shareS * x }
            if columns.inNeutrality[k] { gradient[half + 1 + k] += shareU * x }
        }
        for id in ids[range] {
            gradient[layout.sparse + Int(id)] += shareS * value
            if row.hasMiddle { gradient[half + layout.sparse + Int(id)] += shareU * value }
        }
        return weight * cost
    }

    /// Cross-entropy of a row and its derivatives by s and u.
    private static func cost(_ row: TwoScoreFit.Row, _ s: Double, _ u: Double) -> (
        cost: Double, slopeS: Double, slopeU: Double
    ) {
        let (low, middle, high) = TwoScoreFit.probabilities(
            polarity: s, neutrality: row.hasMiddle ? u : -.infinity)
        // Below 1e-300 the logarithm would be no number; no finite score of ours gets there.
        switch row.truth {
        case .low: return (-log(max(low, 1e-300)), (high - low + 1) / 2, middle)
        case .middle: return (-log(max(middle, 1e-300)), (high - low) / 2, middle - 1)
        case .high: return (-log(max(high, 1e-300)), (high - low - 1) / 2, middle)
        }
    }
}
