package import EarshotDomain

/// Which mentions are asked for; an absent part lets all pass.
package struct MentionFilter: Hashable, Sendable {
    package var brands: [Identifier<Brand>]?
    /// `eventAt` at or after.
    package var from: Timestamp?
    /// `eventAt` before.
    package var to: Timestamp?
    /// Mentions, topics and sentiments known at or before: the world as it looked then.
    package var knownBy: Timestamp?
    /// Of the sentiment in force.
    package var label: Sentiment.Label?
    package var source: Identifier<Source>?
    /// Key of a product or aspect.
    package var topic: String?

    package init(
        brands: [Identifier<Brand>]? = nil, from: Timestamp? = nil, to: Timestamp? = nil,
        knownBy: Timestamp? = nil, label: Sentiment.Label? = nil,
        source: Identifier<Source>? = nil, topic: String? = nil
    ) {
        self.brands = brands
        self.from = from
        self.to = to
        self.knownBy = knownBy
        self.label = label
        self.source = source
        self.topic = topic
    }
}

/// A mention with all that a person wants to see of it.
package struct MentionRecord: Hashable, Sendable {
    package let mention: Mention
    /// As first reported.
    package let entry: Entry
    /// The one in force.
    package let sentiment: Sentiment

    package var place: MentionPlace {
        MentionPlace(eventAt: mention.eventAt, id: mention.id)
    }
}

/// A place in the order of mentions, oldest first.
package struct MentionPlace: Hashable, Comparable, Sendable {
    package let eventAt: Timestamp
    package let id: Identifier<Mention>

    package init(eventAt: Timestamp, id: Identifier<Mention>) {
        self.eventAt = eventAt
        self.id = id
    }

    package static func < (left: MentionPlace, right: MentionPlace) -> Bool {
        (left.eventAt, left.id) < (right.eventAt, right.id)
    }
}

/// A mention as the clusterer of stories needs it.
package struct RecentMention: Hashable, Sendable {
    package let mention: Identifier<Mention>
    package let story: Identifier<Story>
    package let eventAt: Timestamp
    package let title: String
    package let text: String
}
