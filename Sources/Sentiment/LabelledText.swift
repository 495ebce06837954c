package import EarshotDomain

/// A text with the sentiment that people found in it.
package struct LabelledText: Hashable, Sendable {
    /// What a text is used for.
    package enum Purpose: Hashable, Sendable {
        /// Its n-grams are counted, and it helps to set the scales.
        case counts
        /// It helps to set the scales only: for texts whose words should not enter the weights.
        case scales
    }

    package let text: String
    package let label: Sentiment.Label
    /// The data set that it belongs to; rows of one weigh as much as those of another.
    package let corpus: String
    /// What kind of source it is from, absent where unknown.
    package let kind: Source.Kind?
    package let purpose: Purpose

    package init(
        text: String, label: Sentiment.Label, corpus: String, kind: Source.Kind? = nil,
        purpose: Purpose = .counts
    ) {
        self.text = text
        self.label = label
        self.corpus = corpus
        self.kind = kind
        self.purpose = purpose
    }
}
