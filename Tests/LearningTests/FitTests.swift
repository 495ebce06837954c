import EarshotLearning
import Foundation
import Testing

@Suite struct FitTests {
    /// Rows of two columns, the same in the second source.
    private static func columns(_ count: Int) -> [Float] {
        (0..<count).flatMap { (k: Int) -> [Float] in
            let first = Float((k * 7) % 11) - 5
            let second = Float((k * 5) % 13) / 4 - 1
            return [first, second]
        }
    }

    private static func classes(_ count: Int) -> [TwoScoreFit.Class] {
        (0..<count).map { (k: Int) -> TwoScoreFit.Class in
            let x = (k * 7) % 11 - 5 + (k * 3) % 5 - 2
            return x < -2 ? .low : x > 2 ? .high : .middle
        }
    }

    /// The Rosenbrock function's only minimum is at (1, 1): Rosenbrock 1960, Computer Journal 3:175.
    @Test func findsTheMinimumOfABentValley() {
        let found = QuasiNewton(steps: 200, tolerance: 1e-10).minimum(from: [-1.2, 1]) {
            x, gradient in
            let a = 1 - x[0]
            let b = x[1] - x[0] * x[0]
            gradient[0] = -2 * a - 400 * x[0] * b
            gradient[1] = 200 * b
            return a * a + 100 * b * b
        }
        #expect(abs(found[0] - 1) < 1e-6)
        #expect(abs(found[1] - 1) < 1e-6)
    }

    /// Second source: `scipy.optimize.minimize` (BFGS, tolerance 1e-10) of the same loss, written
    /// out in numpy.
    @Test func threeClassesAgreeWithAnotherImplementation() {
        let rows = Self.classes(60).enumerated().map { k, truth in
            TwoScoreFit.Row(truth: truth, weight: Double(1 + k % 3), hasMiddle: true)
        }
        let found = fit(rows, inPolarity: [true, true], inNeutrality: [true, true])
        let expected = [0.226147, 1.314046, -0.288544, 1.958734, 0.009887, -0.731831]
        let given =
            [found.polarityBias] + found.polarity + [found.neutralityBias] + found.neutrality
        for (a, b) in zip(given, expected) { #expect(abs(a - b) < 1e-4) }
    }

    /// Second source: scikit-learn's `LogisticRegression` (lbfgs, tolerance 1e-10) on columns of unit
    /// size, C = 1/(penalty · rows): without a middle class the fit is logistic regression.
    @Test func twoClassesAreLogisticRegression() {
        let kept = Self.classes(60).enumerated().filter { $0.element != .middle }
        let all = Self.columns(60)
        let columns = kept.flatMap { [all[2 * $0.offset], all[2 * $0.offset + 1]] }
        let rows = kept.map { TwoScoreFit.Row(truth: $0.element, weight: 1, hasMiddle: false) }
        let found = TwoScoreFit(penalty: 0.01, steps: 200).weights(
            rows: rows,
            columns: TwoScoreFit.Columns(
                values: columns, inPolarity: [true, true], inNeutrality: [true, true]))
        let expected = [0.369608, 0.915079, -0.383969]
        for (a, b) in zip([found.polarityBias] + found.polarity, expected) {
            #expect(abs(a - b) < 1e-4)
        }
        #expect(found.neutralityBias == 0)
        #expect(found.neutrality == [0, 0])
    }

    @Test func aColumnStaysOutOfTheScoreItIsBarredFrom() {
        let rows = Self.classes(60).map {
            TwoScoreFit.Row(truth: $0, weight: 1, hasMiddle: true)
        }
        let found = fit(rows, inPolarity: [true, false], inNeutrality: [false, true])
        #expect(found.polarity[0] != 0)
        #expect(found.polarity[1] == 0)
        #expect(found.neutrality[0] == 0)
        #expect(found.neutrality[1] != 0)
    }

    /// A feature that a row has alone has the value 1, as a column of ones and zeros would.
    @Test func sparseFeaturesAreColumnsOfLengthOne() {
        let classes = Self.classes(60)
        let rows = classes.map { TwoScoreFit.Row(truth: $0, weight: 1, hasMiddle: true) }
        let ids = (0..<60).map { Int32(($0 * 7) % 3) }
        let sparse = TwoScoreFit(penalty: 0.01, steps: 300).weights(
            rows: rows,
            columns: TwoScoreFit.Columns(values: [], inPolarity: [], inNeutrality: []),
            features: SparseRows(features: 3, ids: ids, starts: Array(0...60)))
        // The columns, of a third of the rows each, are scaled by √3 to a size of 1, so that a
        // penalty bears on them as a third of it on unscaled ones.
        let dense = TwoScoreFit(penalty: 0.03, steps: 300)
        let columns = ids.flatMap { id in (0..<3).map { Float($0 == Int(id) ? 1 : 0) } }
        let same = dense.weights(
            rows: rows,
            columns: TwoScoreFit.Columns(
                values: columns, inPolarity: [true, true, true],
                inNeutrality: [true, true, true]))
        for k in 0..<3 {
            #expect(abs(sparse.featurePolarity[k] - same.polarity[k]) < 1e-3)
            #expect(abs(sparse.featureNeutrality[k] - same.neutrality[k]) < 1e-3)
        }
    }

    @Test func theSameRowsGiveTheSameBits() {
        let rows = Self.classes(60).map { TwoScoreFit.Row(truth: $0, weight: 1, hasMiddle: true) }
        let first = fit(rows, inPolarity: [true, true], inNeutrality: [true, true])
        #expect(first == fit(rows, inPolarity: [true, true], inNeutrality: [true, true]))
    }

    @Test(arguments: [(0.0, 0.0), (700.0, 3.0), (-700.0, 900.0), (2.0, -900.0)])
    func probabilitiesSumToOne(s: Double, u: Double) {
        let p = TwoScoreFit.probabilities(polarity: s, neutrality: u)
        #expect(abs(p.low + p.middle + p.high - 1) < 1e-12)
        #expect(min(p.low, p.middle, p.high) >= 0)
    }

    private func fit(
        _ rows: [TwoScoreFit.Row], inPolarity: [Bool], inNeutrality: [Bool]
    ) -> TwoScoreFit.Weights {
        TwoScoreFit(penalty: 0.01, steps: 300).weights(
            rows: rows,
            columns: TwoScoreFit.Columns(
                values: Self.columns(rows.count), inPolarity: inPolarity,
                inNeutrality: inNeutrality))
    }
}
