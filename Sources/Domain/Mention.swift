/// A part of an entry by which text is found again.
package enum Field: String, Hashable, Sendable, Codable, CaseIterable {
    case title, text
}

/// A place where a query matched.
package struct Hit: Hashable, Sendable, Codable {
    package let field: Field
    /// UTF-8 bytes of the field as stored, on token boundaries, `start < end`.
    package let start: Int
    package let end: Int
    /// The part of the query that matched, folded.
    package let term: String
    /// Key of the product or aspect whose query matched; absent for the brand's own.
    package let topic: String?

    package init(field: Field, start: Int, end: Int, term: String, topic: String? = nil) {
        self.field = field
        self.start = start
        self.end = end
        self.term = term
        self.topic = topic
    }
}

/// An entry that speaks of a brand.
package struct Mention: Hashable, Sendable {
    package let id: Identifier<Mention>
    package let brand: Identifier<Brand>
    package let entry: Identifier<Entry>
    /// The near-identical mentions that it counts with.
    package let story: Identifier<Story>
    /// When the entry was published, as its publisher claims.
    package let eventAt: Timestamp
    /// When Earshot learned of it; whatever is computed for a moment reads only rows known by then.
    package let knownAt: Timestamp
    /// Where the brand and its topics are named, in reading order: title before text.
    package let hits: [Hit]

    package init(
        id: Identifier<Mention>, brand: Identifier<Brand>, entry: Identifier<Entry>,
        story: Identifier<Story>, eventAt: Timestamp, knownAt: Timestamp, hits: [Hit]
    ) {
        self.id = id
        self.brand = brand
        self.entry = entry
        self.story = story
        self.eventAt = eventAt
        self.knownAt = knownAt
        self.hits = hits
    }
}

/// Near-identical mentions of one brand: one voice.
package struct Story: Hashable, Sendable {
    package let id: Identifier<Story>
    package let brand: Identifier<Brand>
    /// `eventAt` of its first member.
    package let startedAt: Timestamp

    package init(id: Identifier<Story>, brand: Identifier<Brand>, startedAt: Timestamp) {
        self.id = id
        self.brand = brand
        self.startedAt = startedAt
    }
}
