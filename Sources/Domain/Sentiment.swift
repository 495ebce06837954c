/// How a text speaks of its target, with reasons that add up.
package struct Sentiment: Hashable, Sendable, Codable {
    package enum Label: String, Hashable, Sendable, Codable, CaseIterable {
        case negative, neutral, positive
    }

    /// Each in 0…1; they sum to 1.
    package struct Probabilities: Hashable, Sendable, Codable {
        package let negative: Double
        package let neutral: Double
        package let positive: Double

        package init(negative: Double, neutral: Double, positive: Double) {
            self.negative = negative
            self.neutral = neutral
            self.positive = positive
        }
    }

    /// A span of the text and what it adds.
    package struct Evidence: Hashable, Sendable, Codable {
        /// UTF-8 bytes of the scored text, `start < end`.
        package let start: Int
        package let end: Int
        /// Added to ln(P(positive) / P(negative)), in nats.
        package let weight: Double

        package init(start: Int, end: Int, weight: Double) {
            self.start = start
            self.end = end
            self.weight = weight
        }
    }

    package let label: Label
    /// P(positive) − P(negative), in −1…1.
    package let score: Double
    package let probabilities: Probabilities
    /// ln(P(positive) / P(negative)) = prior + Σ evidence weights, in nats.
    package let prior: Double
    /// In reading order, never overlapping.
    package let evidence: [Evidence]
    /// Name of the model and lexicon that gave it.
    package let version: String

    package init(
        label: Label, score: Double, probabilities: Probabilities, prior: Double,
        evidence: [Evidence], version: String
    ) {
        self.label = label
        self.score = score
        self.probabilities = probabilities
        self.prior = prior
        self.evidence = evidence
        self.version = version
    }
}
