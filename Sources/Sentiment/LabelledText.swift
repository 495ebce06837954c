package import EarshotDomain

/// A text with the sentiment that people found in it.
package struct LabelledText: Hashable, Sendable {
    /// What a text is used for.
    package enum Purpose: Hashable, Sendable {
        /// Its n-grams become features and are counted, and its label helps to fit all weights.
        case counts
        /// Its label helps to fit the weights; it brings no feature and is not counted.
        case scales
    }

    package let text: String
    package let label: Sentiment.Label
    /// The data set that it belongs to; how much it weighs does not grow with its size alone.
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
