package import EarshotDomain

/// What was learned of a mention at one moment: the mention itself first, corrections later.
package struct VoiceReport: Hashable, Sendable {
    package let mention: Identifier<Mention>
    package let story: Identifier<Story>
    package let brand: Identifier<Brand>
    /// The same for the same author; absent where the feed names none.
    package let author: String?
    package let eventAt: Timestamp
    /// Of this report, not of the mention.
    package let knownAt: Timestamp
    /// As the model gave them, for even priors.
    package let sentiment: Sentiment.Probabilities
    /// Keys of the products and aspects it names, as known by then.
    package let topics: [String]

    package init(
        mention: Identifier<Mention>, story: Identifier<Story>, brand: Identifier<Brand>,
        author: String?, eventAt: Timestamp, knownAt: Timestamp,
        sentiment: Sentiment.Probabilities, topics: [String]
    ) {
        self.mention = mention
        self.story = story
        self.brand = brand
        self.author = author
        self.eventAt = eventAt
        self.knownAt = knownAt
        self.sentiment = sentiment
        self.topics = topics
    }

    /// P(positive) − P(negative) for the shares that are usual (`KnownStories`, which learns them
    /// by brand; here they are fixed, so that no later row moves an older vote).
    var vote: Double {
        let usual = KnownStories.usualShares
        let negative = sentiment.negative * usual[0]
        let neutral = sentiment.neutral * usual[1]
        let positive = sentiment.positive * usual[2]
        let sum = negative + neutral + positive
        return sum > 0 ? (positive - negative) / sum : 0
    }
}
