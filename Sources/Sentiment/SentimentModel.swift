/// The trained weights of one language.
package struct SentimentModel: Sendable {
    /// Weights of one scorer: biases, the factors of the n-gram sums, one pair for each column.
    package struct Weights: Hashable, Sendable {
        /// Added to `s` and `u` whatever the text.
        var polarityBias = 0.0
        var neutralityBias = 0.0
        /// Factors of the summed int8 weights of the n-grams over √(known n-grams).
        var polarityScale = 0.0
        var neutralityScale = 0.0
        /// By `Column.rawValue`.
        var polarity = Array(repeating: 0.0, count: Column.allCases.count)
        var neutrality = Array(repeating: 0.0, count: Column.allCases.count)
    }

    /// BCP 47 tag of the language.
    package let language: String
    /// Of the lexicon that it was trained with.
    package let lexiconFingerprint: UInt32
    /// By `Scorer.rawValue`.
    let weights: [Weights]
    let table: WeightTable
    /// Low half of the file's checksum: names the weights.
    package let fingerprint: UInt32

    package var features: Int { table.count }

    /// Which parts speak: the lexicon alone, the n-grams alone, or both.
    package enum Scorer: Int, Sendable, CaseIterable {
        case lexicon, bayes, combined

        package init?(name: String) {
            guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = found
        }

        package var name: String {
            switch self {
            case .lexicon: "lexicon"
            case .bayes: "bayes"
            case .combined: "combined"
            }
        }
    }

    /// Whether the language writes each character as a unit and Weibo's [emoticon] names.
    package static func bracketsName(in language: String) -> Bool { language == "zh" }

    /// Tokens behind a negator that it reaches: four words in English (note of this project,
    /// after Hutto & Gilbert's three), two characters in Chinese.
    static func reach(in language: String) -> Int { language == "zh" ? 3 : 4 }
}

/// Why a file of weights was refused.
package struct SentimentModelError: Error, Hashable {
    package enum Reason: String, Hashable, Sendable {
        case notAModel, unknownVersion, truncated, damaged
    }

    package let reason: Reason

    package init(reason: Reason) {
        self.reason = reason
    }
}
