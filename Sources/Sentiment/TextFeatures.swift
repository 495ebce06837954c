import EarshotDomain

/// The features of a text, the same in training and in use.
enum TextFeatures {
    /// Fills tokens, signals, units and n-grams of `scratch`.
    static func gather(
        _ text: UnsafeBufferPointer<UInt8>, language: String, lexicon: Lexicon,
        _ scratch: inout ScoringScratch
    ) {
        let bracketsName = SentimentModel.bracketsName(in: language)
        scratch.tokens.removeAll(keepingCapacity: true)
        Tokenizer(text, bracketsName: bracketsName).tokenize(into: &scratch.tokens)
        LexiconWalk(
            lexicon: lexicon, reach: SentimentModel.reach(in: language),
            joinsPhrases: !bracketsName
        ).walk(&scratch)
        scratch.grams.gather(scratch.units)
    }

    /// Values of the columns without a span, in the order of `Column`.
    static func indicators(isBare: Bool, kind: Source.Kind?) -> [(column: Column, value: Double)] {
        let unknown = 1 / Double(Source.Kind.allCases.count)
        return [
            (.bare, isBare ? 1 : 0),
            (.review, kind.map { $0 == .review ? 1 : 0 } ?? unknown),
            (.news, kind.map { $0 == .news ? 1 : 0 } ?? unknown),
        ]
    }

    /// The factor of every column with a span; see `Column`.
    static func damping(tokens: Int) -> Double {
        0.5 / max(Double(tokens), Column.fewest).squareRoot()
    }
}
