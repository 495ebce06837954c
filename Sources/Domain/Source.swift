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
    /// What the mapping's request is made for, such as `query`; empty for a plain address.
    ///
    /// A secret stands here by its reference, never itself.
    package let parameters: [String: String]
    /// BCP 47 tag of the language it declares, as a prior; absent where it writes in several.
    package let language: String?
    /// Where people keep it, as a path whose names are parted by `/`; absent at the top.
    package let folder: String?

    package init(
        id: Identifier<Source>, key: String, name: String, url: String, kind: Kind,
        mapping: String? = nil, parameters: [String: String] = [:], language: String? = nil,
        folder: String? = nil
    ) {
        self.id = id
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

/// What the fetcher knows of a source between two polls.
package struct SourceState: Hashable, Sendable {
    /// `ETag` and `Last-Modified` as the server sent them, byte for byte.
    package var etag: String?
    package var lastModified: String?
    /// When the document came that they belong to.
    package var validatorsSince: Timestamp?
    /// Answers of 304 since the last whole document.
    package var unchangedInRow = 0
    /// SHA-256 of the last body that was parsed, in lower-case hex.
    package var bodyHash: String?
    /// Up to where the pages of a mapped source are stored, as its mapping writes it; absent before
    /// the first poll and where a source has no pages.
    package var mark: String?
    /// Where the server says that the document has moved for good, and since when it was known;
    /// absent where it has not.
    package var movedTo: String?
    package var movedAt: Timestamp?
    /// The host that answered last, behind all redirects, in lower case.
    package var host: String?
    package var nextDue: Timestamp
    /// Why then.
    package var dueReason = DueReason.new
    /// Before this the server, or the feed, does not want to be asked again.
    package var notBefore: Timestamp?
    package var lastPolled: Timestamp?
    /// When a poll last ended well, changed or not.
    package var lastSucceeded: Timestamp?
    /// `eventAt` of the newest entry it ever gave.
    package var lastEntryAt: Timestamp?
    /// Failed polls since the last good one.
    package var failures: Int
    /// Why the last poll failed, in one line; absent after a good one.
    package var lastError: String?
    /// What was wrong with the last document or page that was read all the same, in one line;
    /// absent where nothing was.
    package var warnings: String?
    /// Of the first 404 since the last good poll.
    package var missingSince: Timestamp?
    /// Gamma-Poisson state of its rate: entries seen and days watched, both decayed with a
    /// half-life of seven days; as of `lastPolled`.
    package var decayedEntries: Double
    package var decayedDays: Double
    /// How long the document itself asks to wait between polls.
    package var feedInterval: Duration?
    package var skipped = SkippedTimes()

    package init(nextDue: Timestamp) {
        self.nextDue = nextDue
        self.failures = 0
        self.decayedEntries = 0
        self.decayedDays = 0
    }
}

/// Why a source is polled next when it is.
package enum DueReason: String, Hashable, Sendable, CaseIterable {
    /// It was just declared, changed or enabled.
    case new
    /// Its own rate.
    case rate
    /// Nothing came for a month.
    case asleep
    /// A brand that it speaks of has an open alert.
    case alert
    /// The server called its answer fresh until then.
    case freshness
    /// The document asks for so long a wait.
    case feedInterval
    /// The document wants to be left alone at the hours or on the days before.
    case skippedTimes
    /// It failed.
    case backOff
    /// It failed, and the server named the time.
    case retryAfter
    /// It is polled no more.
    case disabled
}

/// Hours and weekdays, GMT, at which a feed wants to be left alone (`skipHours` and `skipDays` of
/// RSS 2.0).
package struct SkippedTimes: Hashable, Sendable {
    /// Bit h stands for the hour from h to h + 1.
    package var hours: UInt32
    /// Bit 0 stands for Monday.
    package var days: UInt8

    package init(hours: UInt32 = 0, days: UInt8 = 0) {
        self.hours = hours & 0xFF_FFFF
        self.days = days & 0x7F
    }

    package var isEmpty: Bool { hours == 0 && days == 0 }
}

/// A host that is left alone because it said so.
package struct HostPause: Hashable, Sendable {
    /// Lower case.
    package let host: String
    package let until: Timestamp

    package init(host: String, until: Timestamp) {
        self.host = host
        self.until = until
    }
}
