/// Where entries come from: one address that is polled.
package struct Source: Hashable, Sendable {
    /// What its entries are made of; sentiment has weights of its own for each.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case social, review, news
    }

    package let id: Identifier<Source>
    /// The user's text key, unique among sources.
    package let key: String
    package let name: String
    package let url: String
    package let kind: Kind
    /// Name of the mapping that reads its JSON; absent for feeds that name their own format.
    package let mapping: String?
    /// BCP 47 tag of the language it declares, as a prior; absent where it writes in several.
    package let language: String?

    package init(
        id: Identifier<Source>, key: String, name: String, url: String, kind: Kind,
        mapping: String? = nil, language: String? = nil
    ) {
        self.id = id
        self.key = key
        self.name = name
        self.url = url
        self.kind = kind
        self.mapping = mapping
        self.language = language
    }
}

/// What the fetcher knows of a source between two polls.
package struct SourceState: Hashable, Sendable {
    /// `ETag` and `Last-Modified` as the server sent them, byte for byte.
    package var etag: String?
    package var lastModified: String?
    /// SHA-256 of the last body that was parsed, in lower-case hex.
    package var bodyHash: String?
    package var nextDue: Timestamp
    package var lastPolled: Timestamp?
    /// When a poll last ended well, changed or not.
    package var lastSucceeded: Timestamp?
    /// `eventAt` of the newest entry it ever gave.
    package var lastEntryAt: Timestamp?
    /// Failed polls since the last good one.
    package var failures: Int
    /// Why the last poll failed, in one line; absent after a good one.
    package var lastError: String?
    /// Gamma-Poisson state of its rate: entries seen and days watched, both decayed with a
    /// half-life of seven days; as of `lastPolled`.
    package var decayedEntries: Double
    package var decayedDays: Double

    package init(nextDue: Timestamp) {
        self.nextDue = nextDue
        self.failures = 0
        self.decayedEntries = 0
        self.decayedDays = 0
    }
}
