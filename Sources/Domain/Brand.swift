/// A product or aspect of a brand, found by a query of its own.
package struct Topic: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
        case product, aspect
    }

    /// Unique within its brand.
    package let key: String
    package let kind: Kind
    /// What a reader sees, by language tag; `en` always present.
    package let names: [String: String]
    package let query: String

    package init(key: String, kind: Kind, names: [String: String], query: String) {
        self.key = key
        self.kind = kind
        self.names = names
        self.query = query
    }
}

/// What we listen for.
package struct Brand: Hashable, Sendable {
    package let id: Identifier<Brand>
    /// The user's text key, unique among brands.
    package let key: String
    /// What a reader sees, by language tag; `en` always present.
    package let names: [String: String]
    package let query: String
    package let topics: [Topic]
    /// Key of the market whose stories its share of voice is a share of.
    package let market: String
    /// A competitor is listened to for share of voice; it gets no digest of its own.
    package let isCompetitor: Bool

    package init(
        id: Identifier<Brand>, key: String, names: [String: String], query: String,
        topics: [Topic], market: String, isCompetitor: Bool
    ) {
        self.id = id
        self.key = key
        self.names = names
        self.query = query
        self.topics = topics
        self.market = market
        self.isCompetitor = isCompetitor
    }

    package func name(in language: String) -> String {
        names[language] ?? names["en"] ?? key
    }
}
