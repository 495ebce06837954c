import EarshotDomain
import EarshotLearning
import Foundation

/// Trains the weights of one language from labelled texts.
///
/// Three scorers are fitted: the columns of the lexicon alone; naive Bayes alone, whose summed
/// weights get two scales by cross-fitting (a text's own fold is left out of the counts that weigh
/// it, or the sums would be overconfident); and both as one log-linear model, all weights fitted
/// together. Labels within a data set weigh the same. One thread, fixed order: the same texts give
/// the same bytes.
package struct SentimentTrainer: Sendable {
    /// Texts that a feature must stand in (research note: 3).
    package var fewestTexts = 3
    /// α of the counts; 1 is Laplace's.
    package var smoothing = 1.0
    /// L2 in the mean loss (research note: 1e-5).
    package var penalty = 1e-5
    /// Of the log-linear model, which starts at the stack of naive Bayes and lexicon; chosen: 60
    /// move no English development figure by more than 0.01.
    package var steps = 30
    package var folds = 5
    private let language: String
    private let lexicon: Lexicon

    package init(language: String, tables: [UnsafeRawBufferPointer]) {
        self.language = language
        lexicon = Lexicon(
            tables: tables, bracketsName: SentimentModel.bracketsName(in: language))
    }

    /// What training made, and of what.
    package struct Result: Sendable {
        /// The file of weights.
        package let file: [UInt8]
        package let texts: Int
        package let features: Int
        /// Features left out because a more frequent one has their 32-bit key.
        package let collisions: Int
    }

    /// Trains on all texts.
    package func train(_ texts: [LabelledText]) -> Result {
        let corpora = Corpora(texts)
        let gathered = Gathered(
            texts, language: language, lexicon: lexicon, fewest: fewestTexts)
        var counts = GramCounts(features: gathered.hashes.count, folds: folds)
        let parts = texts.map { Fold.part(of: $0.text.utf8, parts: folds) }
        for (index, text) in texts.enumerated() where text.purpose == .counts {
            counts.add(
                gathered.ids(of: index), label: text.label,
                hasNeutral: corpora.hasNeutral(index), fold: parts[index])
        }
        let numbers = crossFitted(texts, gathered, counts, parts)
        let rows = rows(texts, corpora)
        let lexiconFit = fit(rows, numbers, bayes: false, lexicon: true)
        let bayesFit = fit(rows, numbers, bayes: true, lexicon: false)
        let bayes = counts.weights(without: nil, smoothing: smoothing, fewest: fewestTexts)
        let stack = fit(rows, numbers, bayes: true, lexicon: true)
        let bothFit = TwoScoreFit(penalty: penalty, steps: steps).weights(
            rows: rows, columns: columns(numbers, bayes: false, lexicon: true),
            features: gathered.sparse, start: Self.unstacked(stack, bayes))
        let tables = [
            Quantised(bayes.polarity, bayes.neutrality),
            Quantised(
                bothFit.featurePolarity.map(Float.init), bothFit.featureNeutrality.map(Float.init)),
        ]
        let weights = [
            SentimentModel.Weights(lexiconFit, polarityScale: 0, neutralityScale: 0),
            SentimentModel.Weights(
                bayesFit, polarityScale: bayesFit.polarity[0] * tables[0].polarityStep,
                neutralityScale: bayesFit.neutrality[1] * tables[0].neutralityStep),
            SentimentModel.Weights(
                bothFit, polarityScale: tables[1].polarityStep,
                neutralityScale: tables[1].neutralityStep),
        ]
        return file(texts, gathered, bayes.isKnown, tables, weights)
    }

    /// Row-major: the naive-Bayes sums for s and u, then the columns.
    private func crossFitted(
        _ texts: [LabelledText], _ gathered: Gathered, _ counts: GramCounts, _ parts: [Int]
    ) -> [Float] {
        let columns = Column.allCases.count
        let width = columns + 2
        var numbers = Array(repeating: Float(0), count: texts.count * width)
        for fold in -1..<folds {
            let weights = counts.weights(
                without: fold < 0 ? nil : fold, smoothing: smoothing, fewest: fewestTexts)
            for (index, text) in texts.enumerated()
            where fold == (text.purpose == .counts ? parts[index] : -1) {
                var polarity: Float = 0
                var neutrality: Float = 0
                var known: Float = 0
                for id in gathered.ids(of: index) where weights.isKnown[Int(id)] {
                    polarity += weights.polarity[Int(id)]
                    neutrality += weights.neutrality[Int(id)]
                    known += 1
                }
                let length = max(known, 1).squareRoot()
                numbers[index * width] = polarity / length
                numbers[index * width + 1] = neutrality / length
                for k in 0..<columns {
                    numbers[index * width + 2 + k] = gathered.columns[index * columns + k]
                }
            }
        }
        return numbers
    }

    private func rows(_ texts: [LabelledText], _ corpora: Corpora) -> [TwoScoreFit.Row] {
        texts.indices.map { index in
            TwoScoreFit.Row(
                truth: texts[index].label.ordered, weight: corpora.weight(index),
                hasMiddle: corpora.hasNeutral(index))
        }
    }

    private func fit(
        _ rows: [TwoScoreFit.Row], _ numbers: [Float], bayes: Bool, lexicon: Bool
    ) -> TwoScoreFit.Weights {
        // A few dozen weights: 100 steps reach the tolerance.
        TwoScoreFit(penalty: penalty, steps: 100).weights(
            rows: rows, columns: columns(numbers, bayes: bayes, lexicon: lexicon))
    }

    private func columns(_ numbers: [Float], bayes: Bool, lexicon: Bool) -> TwoScoreFit.Columns {
        let spanned = Column.allCases.map { lexicon && $0.isSpanned }
        let all = Column.allCases.map { _ in lexicon }
        return TwoScoreFit.Columns(
            values: numbers, inPolarity: [bayes, false] + spanned,
            inNeutrality: [false, bayes] + all)
    }

    /// The stack of naive Bayes and lexicon as weights of the log-linear model.
    private static func unstacked(
        _ stack: TwoScoreFit.Weights,
        _ bayes: (polarity: [Float], neutrality: [Float], isKnown: [Bool])
    ) -> TwoScoreFit.Weights {
        TwoScoreFit.Weights(
            polarityBias: stack.polarityBias, neutralityBias: stack.neutralityBias,
            polarity: [0, 0] + stack.polarity.dropFirst(2),
            neutrality: [0, 0] + stack.neutrality.dropFirst(2),
            featurePolarity: bayes.polarity.map { Double($0) * stack.polarity[0] },
            featureNeutrality: bayes.neutrality.map { Double($0) * stack.neutrality[1] })
    }

    private func file(
        _ texts: [LabelledText], _ gathered: Gathered, _ isKnown: [Bool], _ tables: [Quantised],
        _ weights: [SentimentModel.Weights]
    ) -> Result {
        var records: [WeightTable.Record] = []
        var collisions = 0
        let order = gathered.hashes.indices.filter { isKnown[$0] }.sorted {
            let keys = (
                WeightTable.key(of: gathered.hashes[$0]), WeightTable.key(of: gathered.hashes[$1])
            )
            return keys.0 != keys.1 ? keys.0 < keys.1 : $0 < $1
        }
        for id in order {
            let key = WeightTable.key(of: gathered.hashes[id])
            // Features are numbered by first sight: of two with one key the earlier stays.
            if records.last?.key == key {
                collisions += 1
                continue
            }
            records.append(
                WeightTable.Record(key: key, bayes: tables[0].pair(id), fitted: tables[1].pair(id)))
        }
        let bytes = SentimentModel.file(
            language: language, lexiconFingerprint: lexicon.fingerprint, weights: weights,
            records: records)
        return Result(
            file: bytes, texts: texts.count, features: records.count, collisions: collisions)
    }
}

/// Feature weights as int8 and the value of 1 in them.
private struct Quantised {
    private let polarity: [Float]
    private let neutrality: [Float]
    let polarityStep: Double
    let neutralityStep: Double

    init(_ polarity: [Float], _ neutrality: [Float]) {
        self.polarity = polarity
        self.neutrality = neutrality
        // Without features any step will do, but 0 would be divided by.
        polarityStep = max(Double(polarity.map(abs).max() ?? 0) / 127, 1e-9)
        neutralityStep = max(Double(neutrality.map(abs).max() ?? 0) / 127, 1e-9)
    }

    func pair(_ id: Int) -> WeightTable.Weights {
        WeightTable.Weights(
            polarity: Int8((Double(polarity[id]) / polarityStep).rounded()),
            neutrality: Int8((Double(neutrality[id]) / neutralityStep).rounded()))
    }
}

extension SentimentModel.Weights {
    fileprivate init(
        _ fit: TwoScoreFit.Weights, polarityScale: Double, neutralityScale: Double
    ) {
        polarityBias = fit.polarityBias
        neutralityBias = fit.neutralityBias
        self.polarityScale = polarityScale
        self.neutralityScale = neutralityScale
        polarity = Array(fit.polarity[2...])
        neutrality = Array(fit.neutrality[2...])
    }
}

extension Sentiment.Label {
    var ordered: TwoScoreFit.Class {
        switch self {
        case .negative: .low
        case .neutral: .middle
        case .positive: .high
        }
    }
}

/// The data sets of the texts: which have neutral ones, and what a text of each weighs.
private struct Corpora {
    private var counts: [String: [Sentiment.Label: Int]] = [:]
    private let keys: [(corpus: String, label: Sentiment.Label)]

    init(_ texts: [LabelledText]) {
        keys = texts.map { ($0.corpus, $0.label) }
        for key in keys { counts[key.corpus, default: [:]][key.label, default: 0] += 1 }
    }

    func hasNeutral(_ index: Int) -> Bool { counts[keys[index].corpus]?[.neutral] != nil }

    /// Such that a data set weighs as the fourth root of its size (chosen: between all alike, where small
    /// ones shift the scales, and by size, where one drowns the rest), and labels within it alike.
    func weight(_ index: Int) -> Double {
        guard let labels = counts[keys[index].corpus], let count = labels[keys[index].label]
        else { return 0 }
        let size = labels.values.reduce(0, +)
        return Double(size).squareRoot().squareRoot() / Double(labels.count * count)
    }
}

/// Features and columns of all texts.
private struct Gathered {
    private(set) var hashes: [UInt64] = []
    /// Row-major, `Column.allCases.count` a text.
    private(set) var columns: [Float] = []
    private var ids: [Int32] = []
    private var starts: [Int] = [0]

    init(_ texts: [LabelledText], language: String, lexicon: Lexicon, fewest: Int) {
        var scratch = ScoringScratch()
        var vocabulary = Vocabulary(fewest: fewest)
        func gather(_ text: LabelledText) {
            var string = text.text
            string.withUTF8 {
                TextFeatures.gather($0, language: language, lexicon: lexicon, &scratch)
            }
        }
        for text in texts where text.purpose == .counts {
            gather(text)
            vocabulary.count(scratch.grams.grams)
        }
        for text in texts where text.purpose == .counts {
            gather(text)
            vocabulary.admit(scratch.grams.grams)
        }
        vocabulary.closeCounting()
        let width = Column.allCases.count
        columns = Array(repeating: 0, count: texts.count * width)
        for (index, text) in texts.enumerated() {
            gather(text)
            for gram in scratch.grams.grams {
                if let id = vocabulary.number(of: gram.hash) { ids.append(id) }
            }
            starts.append(ids.count)
            let damping = Float(TextFeatures.damping(tokens: scratch.tokens.count))
            for signal in scratch.signals {
                columns[index * width + signal.column.rawValue] += signal.value * damping
            }
            let indicators = TextFeatures.indicators(isBare: scratch.isBare, kind: text.kind)
            for (column, value) in indicators {
                columns[index * width + column.rawValue] = Float(value)
            }
        }
        hashes = vocabulary.hashes
    }

    var sparse: SparseRows {
        SparseRows(features: hashes.count, ids: ids, starts: starts)
    }

    func ids(of index: Int) -> ArraySlice<Int32> { ids[starts[index]..<starts[index + 1]] }
}
