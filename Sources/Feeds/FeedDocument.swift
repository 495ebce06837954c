package import EarshotDomain

/// What a document calls itself; the names are those of feedparser, on the wire too.
package enum FeedFormat: String, Hashable, Sendable {
    case rss090, rss091u, rss091n, rss092, rss093, rss094, rss20, rss, rss10
    case atom01, atom02, atom03, atom10, atom
    case cdf, json1, json11
    /// JSON of a platform, read through a mapping.
    case mapped

    var isAtom: Bool {
        switch self {
        case .atom01, .atom02, .atom03, .atom10, .atom: true
        default: false
        }
    }
}

/// A document that was read, whole or in part.
package struct FeedDocument: Hashable, Sendable {
    package var format: FeedFormat
    /// Name of the encoding that the bytes were decoded from, lower case.
    package var encoding: String
    package var feed: FeedInfo
    /// In document order; the first ones where not all were to be kept.
    package var entries: [FeedEntry]
    /// Entries that were read, where not all were kept.
    var entryCount: Int?
    /// By line, those without one last; at most `FeedLimits.warnings`.
    package var warnings: [FeedWarning]
    /// Absent where no mapping has read it.
    package var page: FeedPage?
}

extension FeedDocument {
    /// Entries that were read, kept or not.
    package var count: Int { entryCount ?? entries.count }
}

/// What a feed says of itself; all links absolute where a base was known.
package struct FeedInfo: Hashable, Sendable {
    package var id: String?
    /// Plain text.
    package var title: String?
    /// Sanitised markup.
    package var subtitleHTML: String?
    /// Where people read it.
    package var link: String?
    /// As the feed writes it, `_` as `-`.
    package var language: String?
    package var updated: Timestamp?
    package var published: Timestamp?
    package var authors: [FeedPerson] = []
    package var categories: [FeedCategory] = []
    package var image: String?
    package var icon: String?
    package var generator: String?
    /// Minutes that RSS asks to wait between polls.
    package var ttl: Int?
    /// What the Syndication module (`sy:updatePeriod`, `sy:updateFrequency`) asks to wait.
    package var updateInterval: Duration?
    /// `skipHours` and `skipDays` of RSS.
    package var skipped = SkippedTimes()
    package var links: [FeedLink] = []
}

/// One entry as its publisher wrote it.
package struct FeedEntry: Hashable, Sendable {
    /// Trimmed, otherwise untouched.
    package var id: String?
    package var url: String?
    /// Plain text.
    package var title: String?
    package var authors: [FeedPerson] = []
    /// As claimed; absent where unreadable.
    package var published: Timestamp?
    package var updated: Timestamp?
    /// Sanitised markup with absolute links; as published when parsed raw.
    package var summaryHTML: String?
    package var contentHTML: String?
    /// Plain text of the fuller of content and summary; empty when parsed raw.
    package var text = ""
    package var language: String?
    package var categories: [FeedCategory] = []
    package var enclosures: [FeedEnclosure] = []
    package var links: [FeedLink] = []
    package var commentsURL: String?
    package var image: String?
    package var source: FeedOrigin?
    package var engagement = Engagement()
    /// What a reviewer gave, or votes up less votes down, as the platform counts; only mappings
    /// know one, as they do the two below.
    package var score: Double?
    /// Id of what it answers, as its platform writes it.
    package var parent: String?
    /// Whether its platform only says that it is gone.
    package var isDeleted = false
}

package struct FeedPerson: Hashable, Sendable {
    package var name: String?
    package var email: String?
    package var url: String?
    /// Handle on the platform, without a leading `@`; only mappings know one.
    package var handle: String?

    package init(
        name: String? = nil, email: String? = nil, url: String? = nil, handle: String? = nil
    ) {
        self.name = name
        self.email = email
        self.url = url
        self.handle = handle
    }

    var isEmpty: Bool { name == nil && email == nil && url == nil && handle == nil }
}

package struct FeedCategory: Hashable, Sendable {
    package var term: String?
    package var scheme: String?
    package var label: String?
}

package struct FeedEnclosure: Hashable, Sendable {
    package var url: String?
    package var type: String?
    /// Bytes, as claimed.
    package var length: String?
}

package struct FeedLink: Hashable, Sendable {
    package var rel: String?
    package var href: String?
    package var type: String?
    package var title: String?
    package var hreflang: String?
    package var length: String?
}

/// The feed that an entry was taken from, by `source` in RSS and Atom.
package struct FeedOrigin: Hashable, Sendable {
    package var id: String?
    package var title: String?
    package var url: String?
    package var updated: Timestamp?
    package var authors: [FeedPerson] = []
    package var categories: [FeedCategory] = []
    package var links: [FeedLink] = []
}
