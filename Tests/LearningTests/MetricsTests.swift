import EarshotLearning
import Testing

@Suite struct MetricsTests {
    /// Rows of (truth, answer); small enough to check by hand, and checked below with another
    /// implementation.
    private static let pairs = [
        (0, 0), (0, 0), (0, 2), (1, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 2), (2, 1), (2, 2),
        (2, 0),
    ]

    private func table() -> ConfusionTable {
        var table = ConfusionTable(classes: 3)
        for (truth, answer) in Self.pairs { table.record(truth: truth, answer: answer) }
        return table
    }

    /// Second source: scikit-learn 1.9.1, `recall_score` and `f1_score` with average="macro",
    /// `accuracy_score`, on the same pairs.
    @Test func confusionAgreesWithAnotherImplementation() {
        #expect(abs(table().macroRecall - 0.588888888889) < 1e-9)
        #expect(abs(table().macroF1 - 0.580952380952) < 1e-9)
        #expect(abs(table().accuracy - 0.583333333333) < 1e-9)
    }

    @Test func classesWithoutRowsDoNotCount() {
        var table = ConfusionTable(classes: 3)
        table.record(truth: 0, answer: 0)
        table.record(truth: 2, answer: 0)
        #expect(table.macroRecall == 0.5)
        #expect(ConfusionTable(classes: 3).macroRecall == 0)
        #expect(ConfusionTable(classes: 3).accuracy == 0)
    }

    /// Second source: numpy, `abs(confidence.sum() - right.sum())` over the rows of each of 15
    /// equal bins, on the sequence made below.
    @Test func calibrationErrorAgreesWithAnotherImplementation() {
        var error = CalibrationError()
        for k in 0..<200 {
            let confidence = Double((k * 37) % 101) / 100
            error.record(confidence: confidence, isRight: (k * k) % 7 < 4)
        }
        #expect(abs(error.value - 0.324350000000) < 1e-9)
        #expect(CalibrationError().value == 0)
    }

    @Test func calibrationErrorTakesWhatIsNoNumber() {
        var error = CalibrationError()
        error.record(confidence: .nan, isRight: false)
        error.record(confidence: 7, isRight: true)
        #expect(error.value == 0)
    }

    @Test func foldsAreStableAndEven() {
        let parts = (0..<10_000).map { Fold.part(of: "row \($0)".utf8, parts: 5) }
        #expect(parts == (0..<10_000).map { Fold.part(of: "row \($0)".utf8, parts: 5) })
        for part in 0..<5 {
            // 2,000 expected with a standard deviation of 40.
            #expect((1_840...2_160).contains(parts.count { $0 == part }))
        }
    }
}
