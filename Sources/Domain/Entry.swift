/// Who wrote an entry: a handle on a platform or host.
package struct Author: Hashable, Sendable, Codable {
    /// Host of the platform, lower case; the source's host where the feed names none.
    package let platform: String
    /// As the platform writes it, without a leading `@`.
    package let handle: String
    package let name: String?

    package init(platform: String, handle: String, name: String? = nil) {
        self.platform = platform
        self.handle = handle
        self.name = name
    }
}

/// How far an entry came, as its platform tells; each absent where it does not.
package struct Engagement: Hashable, Sendable, Codable {
    package var likes: Int?
    package var reposts: Int?
    package var replies: Int?
    /// Followers of the author, or visitors of the page.
    package var reach: Int?

    package init(
        likes: Int? = nil, reposts: Int? = nil, replies: Int? = nil, reach: Int? = nil
    ) {
        self.likes = likes
        self.reposts = reposts
        self.replies = replies
        self.reach = reach
    }
}

/// What a publisher wrote: the part of an entry that matching and scoring read.
package struct EntryContent: Hashable, Sendable {
    /// Absolute; absent where the feed gives none.
    package var url: String?
    /// Plain text, spaces squeezed; empty where there is none.
    package var title: String
    /// Plain text, blocks parted by line feeds.
    package var text: String
    package var author: Author?
    /// BCP 47 tag, lower case; the feed's claim where Earshot has no better knowledge.
    package var language: String?
    /// As the publisher claims; absent where unreadable.
    package var published: Timestamp?
    package var engagement: Engagement

    package init(
        url: String? = nil, title: String, text: String, author: Author? = nil,
        language: String? = nil, published: Timestamp? = nil,
        engagement: Engagement = Engagement()
    ) {
        self.url = url
        self.title = title
        self.text = text
        self.author = author
        self.language = language
        self.published = published
        self.engagement = engagement
    }

    /// What is scored: title, line feed, text; the text alone where there is no title.
    package var scoredText: String {
        title.isEmpty ? text : title + "\n" + text
    }

    /// UTF-8 offset in `scoredText` at which `text` begins.
    package var textOffset: Int {
        title.isEmpty ? 0 : title.utf8.count + 1
    }
}

/// 128 bits by which an entry is known again.
package struct EntryKey: Hashable, Sendable, Comparable {
    /// 32 lower-case hex digits.
    package let hex: String

    package init(hex: String) {
        self.hex = hex
    }

    package static func < (left: EntryKey, right: EntryKey) -> Bool { left.hex < right.hex }
}

/// An entry on its way into the store.
package struct EntryDraft: Hashable, Sendable {
    /// From the publisher's id, else the link, else the content.
    package let key: EntryKey
    /// From link, publication time and content; either key known means no new entry.
    package let secondKey: EntryKey
    package let eventAt: Timestamp
    package let content: EntryContent

    package init(
        key: EntryKey, secondKey: EntryKey, eventAt: Timestamp, content: EntryContent
    ) {
        self.key = key
        self.secondKey = secondKey
        self.eventAt = eventAt
        self.content = content
    }
}

/// One item as its publisher wrote it.
package struct Entry: Hashable, Sendable {
    package let id: Identifier<Entry>
    package let source: Identifier<Source>
    /// When it was published, as its publisher claims; `knownAt` where the claim is absent,
    /// before 1990 or more than a day in the future.
    package let eventAt: Timestamp
    package let knownAt: Timestamp
    package let content: EntryContent

    package init(
        id: Identifier<Entry>, source: Identifier<Source>, eventAt: Timestamp,
        knownAt: Timestamp, content: EntryContent
    ) {
        self.id = id
        self.source = source
        self.eventAt = eventAt
        self.knownAt = knownAt
        self.content = content
    }
}
