package import EarshotDomain

/// What series and digests read of a mention.
package struct TrendMention: Hashable, Sendable {
    package let id: Identifier<Mention>
    package let story: Identifier<Story>
    package let brand: Identifier<Brand>
    package let source: Identifier<Source>
    /// The same for the same author; absent where the feed names none.
    package let author: String?
    package let eventAt: Timestamp
    package let knownAt: Timestamp
    /// As the model gave them, for even priors; a mention without counts as neutral.
    package let sentiment: Sentiment.Probabilities?
    /// Keys of the products and aspects it names.
    package let topics: [String]

    package init(
        id: Identifier<Mention>, story: Identifier<Story>, brand: Identifier<Brand>,
        source: Identifier<Source>, author: String?, eventAt: Timestamp, knownAt: Timestamp,
        sentiment: Sentiment.Probabilities?, topics: [String]
    ) {
        self.id = id
        self.story = story
        self.brand = brand
        self.source = source
        self.author = author
        self.eventAt = eventAt
        self.knownAt = knownAt
        self.sentiment = sentiment
        self.topics = topics
    }
}

extension TrendMention {
    /// An author, or, where the feed names none, the source itself.
    var voice: String {
        author ?? "source \(source.rawValue)"
    }
}

/// What a digest quotes of a mention.
package struct MentionDetail: Hashable, Sendable {
    package let title: String
    package let text: String
    /// As the publisher wrote it: hostile.
    package let url: String?
    /// Of title, line feed, text, as `Sentiment` gives it.
    package let evidence: [Sentiment.Evidence]

    package init(title: String, text: String, url: String?, evidence: [Sentiment.Evidence]) {
        self.title = title
        self.text = text
        self.url = url
        self.evidence = evidence
    }
}
