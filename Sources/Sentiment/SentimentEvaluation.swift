import EarshotDomain
import EarshotLearning

/// How well a reader does on the texts of one data set.
///
/// Counted as the project's grader counts: where a data set has no neutral texts, a neutral answer
/// counts as the sign of its score, and confidence is that of the two classes.
package struct SentimentEvaluation: Hashable, Sendable {
    package let texts: Int
    package let macroRecall: Double
    package let macroF1: Double
    package let accuracy: Double
    /// Expected calibration error of the likeliest class.
    package let ece: Double

    /// Judges all texts.
    ///
    /// - Parameter languages: BCP 47 tag of each text, absent where unknown.
    package init(_ texts: [LabelledText], languages: [String?], reader: SentimentReader) {
        precondition(texts.count == languages.count, "a language for each text")
        let hasNeutral = texts.contains { $0.label == .neutral }
        var scratch = ScoringScratch()
        var tally = Tally()
        for (text, language) in zip(texts, languages) {
            let judged = reader.judge(
                text.text, language: language, kind: text.kind, scratch: &scratch
            ).whole
            let p = judged.probabilities
            if hasNeutral {
                tally.record(
                    text.label, judged.label, confidence: max(p.negative, p.neutral, p.positive))
            } else {
                tally.record(
                    text.label, judged.score > 0 ? .positive : .negative,
                    confidence: max(p.negative, p.positive) / (p.negative + p.positive))
            }
        }
        self.init(tally)
    }

    /// The figures of always answering the most frequent label, with its share as confidence; of
    /// labels equally frequent, the first of negative, neutral and positive.
    package init(majorityOf texts: [LabelledText]) {
        let counts = Sentiment.Label.allCases.map { label in texts.count { $0.label == label } }
        let most = counts.max() ?? 0
        let answer = counts.firstIndex(of: most).map { Sentiment.Label.allCases[$0] } ?? .neutral
        var tally = Tally()
        for text in texts {
            tally.record(text.label, answer, confidence: Double(most) / Double(texts.count))
        }
        self.init(tally)
    }

    private init(_ tally: Tally) {
        texts = tally.table.total
        macroRecall = tally.table.macroRecall
        macroF1 = tally.table.macroF1
        accuracy = tally.table.accuracy
        ece = tally.calibration.value
    }

    private struct Tally {
        var table = ConfusionTable(classes: 3)
        var calibration = CalibrationError()

        mutating func record(
            _ truth: Sentiment.Label, _ answer: Sentiment.Label, confidence: Double
        ) {
            table.record(truth: truth.ordered.rawValue, answer: answer.ordered.rawValue)
            calibration.record(confidence: confidence, isRight: answer == truth)
        }
    }
}
