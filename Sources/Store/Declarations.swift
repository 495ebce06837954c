package import EarshotDomain

/// A source as the config declares it: what it will be, before the store gives it an id.
package struct SourceDeclaration: Hashable, Sendable {
    package let key: String
    package let name: String
    package let url: String
    package let kind: Source.Kind
    package let mapping: String?
    package let parameters: [String: String]
    package let language: String?
    package let folder: String?

    package init(
        key: String, name: String, url: String, kind: Source.Kind, mapping: String? = nil,
        parameters: [String: String] = [:], language: String? = nil, folder: String? = nil
    ) {
        self.key = key
        self.name = name
        self.url = url
        self.kind = kind
        self.mapping = mapping
        self.parameters = parameters
        self.language = language
        self.folder = folder
    }
}

/// A brand as the config declares it.
package struct BrandDeclaration: Hashable, Sendable {
    package let key: String
    /// By language tag; `en` always present.
    package let names: [String: String]
    package let query: String
    /// Keys are unique within the brand.
    package let topics: [Topic]
    package let market: String
    package let isCompetitor: Bool

    package init(
        key: String, names: [String: String], query: String, topics: [Topic] = [],
        market: String, isCompetitor: Bool = false
    ) {
        self.key = key
        self.names = names
        self.query = query
        self.topics = topics
        self.market = market
        self.isCompetitor = isCompetitor
    }
}

/// What a synchronisation changed: keys, in declared order, the retired ones in order of their id.
package struct Synchronisation: Hashable, Sendable {
    package internal(set) var added: [String] = []
    /// Another declaration under the same key, or back from retirement.
    package internal(set) var changed: [String] = []
    package internal(set) var retired: [String] = []

    package init() {}
}

/// Who made a source; only what the config declares retires when it is declared no more.
package enum SourceOrigin: String, Hashable, Sendable, CaseIterable {
    case file, command
}

/// A source with what the fetcher knows of it.
package struct SourceRecord: Hashable, Sendable {
    package let source: Source
    package var state: SourceState
    package let origin: SourceOrigin
    /// When it left the config; absent while it is declared.
    package let retiredAt: Timestamp?

    /// Where it is fetched from: where its declared address has moved to, if it has.
    package var address: String { state.movedTo ?? source.url }
}

/// A source as its poll log and its entries tell, as known at a cut.
package struct SourceStanding: Hashable, Sendable {
    package let source: Source
    package let firstPolled: Timestamp?
    package let lastPolled: Timestamp?
    /// When a poll last ended well, changed or not.
    package let lastSucceeded: Timestamp?
    /// Failed polls since then, and why the last of them failed.
    package let failures: Int
    package let lastError: String?
    /// `eventAt` of its newest entry.
    package let lastEntryAt: Timestamp?
    /// All its entries.
    package let entries: Int
}

/// How many entries of a source were published in one hour.
package struct SourceHour: Hashable, Sendable {
    package let source: Identifier<Source>
    /// The hour's first moment.
    package let start: Timestamp
    package let entries: Int
}
