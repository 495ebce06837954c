package import EarshotDomain
import EarshotLearning

/// How a text speaks, as a whole and of each target asked about.
package struct Judgement: Hashable, Sendable {
    package let whole: Sentiment
    /// In the order of the targets.
    package let targets: [Sentiment]
}

/// Reads the sentiment of texts.
///
/// For a text with features x: s = b + Σ p·x and u = b' + Σ u·x; the logits of negative, neutral
/// and positive are (−s/2, u, s/2). So ln(P(positive)/P(negative)) = s, and each feature's share of
/// s belongs to the bytes where it stands: prior + Σ weights = s, exactly. An n-gram's share is
/// split evenly among its tokens.
package struct SentimentReader: Sendable {
    /// A language with what the scorer needs of it.
    private struct Voice {
        let lexicon: Lexicon
        let model: SentimentModel
        let weights: SentimentModel.Weights
        let target: TargetRule
        let version: String
    }

    /// By language tag.
    private let voices: [String: Voice]
    private let scorer: SentimentModel.Scorer

    package init(_ languages: [LanguageSentiment], scorer: SentimentModel.Scorer = .combined) {
        self.scorer = scorer
        voices = Dictionary(
            languages.map { language in
                let voice = Voice(
                    lexicon: language.lexicon, model: language.model,
                    weights: language.model.weights[scorer.rawValue],
                    target: TargetRule(language: language.model.language),
                    version: "\(language.name) \(scorer.name)")
                return (language.model.language, voice)
            }, uniquingKeysWith: { _, last in last })
    }

    /// Judges a text.
    ///
    /// - Parameters:
    ///   - text: UTF-8; any bytes are read.
    ///   - kind: what kind of source it is from, absent where unknown.
    ///   - language: BCP 47 tag, absent or `und` where unknown; then the script of the text tells.
    ///     A text of a language without a model is not scored: neutral, no evidence, version `und`.
    ///   - targets: byte ranges of the text; ranges beyond it are judged as the whole text.
    package func judge(
        _ text: UnsafeBufferPointer<UInt8>, language: String?, kind: Source.Kind? = nil,
        targets: [Range<Int>] = [], scratch: inout ScoringScratch
    ) -> Judgement {
        guard let voice = choose(text, language) else {
            let silent = Sentiment(
                polarity: 0, neutrality: 0, prior: 0, evidence: [], version: "und")
            return Judgement(whole: silent, targets: targets.map { _ in silent })
        }
        weigh(text, kind, with: voice, &scratch)
        let whole = sentiment(voice, scratch, factors: nil)
        let towards = targets.map { target in
            voice.target.factors(of: target, scratch).map {
                sentiment(voice, scratch, factors: $0)
            } ?? whole
        }
        return Judgement(whole: whole, targets: towards)
    }

    /// Judges a string as a whole.
    package func judge(
        _ text: String, language: String?, kind: Source.Kind? = nil, targets: [Range<Int>] = [],
        scratch: inout ScoringScratch
    ) -> Judgement {
        var text = text
        return text.withUTF8 {
            judge($0, language: language, kind: kind, targets: targets, scratch: &scratch)
        }
    }

    /// The language that reads the text: the tagged one where its script is there, none where the
    /// tag is of a language without a model, by script where there is no tag.
    private func choose(
        _ text: UnsafeBufferPointer<UInt8>, _ language: String?
    ) -> Voice? {
        var han = 0
        var latin = 0
        var index = 0
        // The first 4,096 bytes tell the script of a text.
        while index < min(text.count, 4_096) {
            let read = readScalar(text, at: index)
            han += isHan(read.value) || 0xff01...0xff5e ~= read.value ? 1 : 0
            latin += read.value < 0x250 && isLetterForm(asciiForm(read.value)) ? 1 : 0
            index += read.length
        }
        let tag = language?.prefix { $0 != "-" && $0 != "_" }.lowercased()
        if let tag, tag != "und", voices[tag] == nil { return nil }
        if let tag, let tagged = voices[tag], tag == "zh" ? latin <= 20 * han : han <= latin {
            return tagged
        }
        if han * 20 >= latin, han > 0 { return voices["zh"] }
        if latin > 0 { return voices["en"] }
        return tag.flatMap { voices[$0] }
    }
}

extension SentimentReader {
    /// Fills the scratch with what each token adds to s and u.
    private func weigh(
        _ text: UnsafeBufferPointer<UInt8>, _ kind: Source.Kind?, with voice: Voice,
        _ scratch: inout ScoringScratch
    ) {
        let weights = voice.weights
        TextFeatures.gather(
            text, language: voice.model.language, lexicon: voice.lexicon, &scratch)
        let count = scratch.tokens.count
        scratch.polarity.removeAll(keepingCapacity: true)
        scratch.neutrality.removeAll(keepingCapacity: true)
        for _ in 0..<count {
            scratch.polarity.append(0)
            scratch.neutrality.append(0)
        }
        scratch.neutralityBase = weights.neutralityBias
        for (column, value) in TextFeatures.indicators(isBare: scratch.isBare, kind: kind) {
            scratch.neutralityBase += weights.neutrality[column.rawValue] * value
        }
        guard count > 0 else { return }
        if weights.polarityScale != 0 || weights.neutralityScale != 0 {
            addGrams(voice, &scratch)
        }
        let damping = TextFeatures.damping(tokens: count)
        for signal in scratch.signals {
            let value = Double(signal.value) * damping
            let column = signal.column.rawValue
            let share = 1 / Double(signal.last - signal.first + 1)
            for k in Int(signal.first)...Int(signal.last) {
                scratch.polarity[k] += weights.polarity[column] * value * share
                scratch.neutrality[k] += weights.neutrality[column] * value * share
            }
        }
    }

    private func addGrams(_ voice: Voice, _ scratch: inout ScoringScratch) {
        let table = voice.model.table
        var known = 0
        for gram in scratch.grams.grams {
            guard let found = table.weights(gram.hash, fitted: scorer == .combined) else {
                continue
            }
            known += 1
            let share = 1 / Double(gram.last - gram.first + 1)
            for k in Int(gram.first)...Int(gram.last) {
                scratch.polarity[k] += Double(found.polarity) * share
                scratch.neutrality[k] += Double(found.neutrality) * share
            }
        }
        guard known > 0 else { return }
        let length = Double(known).squareRoot()
        let polarity = voice.weights.polarityScale / length
        let neutrality = voice.weights.neutralityScale / length
        for k in scratch.polarity.indices {
            scratch.polarity[k] *= polarity
            scratch.neutrality[k] *= neutrality
        }
    }

    /// The sentiment of tokens weighed by `factors`, each 1 where there are none.
    private func sentiment(
        _ voice: Voice, _ scratch: ScoringScratch, factors: [Double]?
    ) -> Sentiment {
        let prior = voice.weights.polarityBias
        guard !scratch.tokens.isEmpty else {
            return Sentiment(
                polarity: prior, neutrality: scratch.neutralityBase, prior: prior, evidence: [],
                version: voice.version)
        }
        let evidence = EvidenceSpans.bounded(
            EvidenceSpans.spans(scratch, factors: factors), prior: prior)
        var polarity = prior
        for span in evidence { polarity += span.weight }
        var neutrality = scratch.neutralityBase
        for k in scratch.neutrality.indices {
            neutrality += scratch.neutrality[k] * (factors?[k] ?? 1)
        }
        return Sentiment(
            polarity: polarity, neutrality: min(EvidenceSpans.most, neutrality),
            prior: prior, evidence: evidence, version: voice.version)
    }
}

extension Sentiment {
    /// From the two scores; the label is the likeliest class, neutral where two are equal.
    fileprivate init(
        polarity s: Double, neutrality u: Double, prior: Double, evidence: [Evidence],
        version: String
    ) {
        let p = TwoScoreFit.probabilities(polarity: s, neutrality: u)
        let label: Label =
            p.middle >= max(p.low, p.high) ? .neutral : p.high >= p.low ? .positive : .negative
        self.init(
            label: label, score: p.high - p.low,
            probabilities: Probabilities(negative: p.low, neutral: p.middle, positive: p.high),
            prior: prior, evidence: evidence, version: version)
    }
}
