package import EarshotDomain

/// Makes drafts of a document's entries: who wrote them, when they happened, and the two keys by
/// which each is known again.
///
/// Keys hang on the source's text key, not on its number in a store, so that they are the same in
/// every store.
package struct EntryIdentity {
    private let sourceKey: String
    private let host: String
    private let language: String?

    /// 1990-01-01T00:00:00Z: claims before it are noise, since the oldest feeds are of 1999.
    private static let earliest = Timestamp(seconds: 631_152_000)
    /// Claims so far ahead of the clock are noise; a day covers every time zone.
    private static let ahead = Duration.days(1)

    package init(_ source: Source) {
        sourceKey = source.key
        host = URLReference(source.url).host ?? source.key
        language = source.language
    }

    /// For documents of no source.
    init() {
        (sourceKey, host, language) = ("", "", nil)
    }

    /// One draft an entry, in document order; an entry whose key another one before it has is
    /// left out.
    package func drafts(of document: FeedDocument, knownAt: Timestamp) -> [EntryDraft] {
        var taken: Set<EntryKey> = []
        var drafts: [EntryDraft] = []
        for (entry, keys) in zip(document.entries, keys(of: document))
        where taken.insert(keys.key).inserted {
            let claimed = entry.published ?? entry.updated
            let content = EntryContent(
                url: entry.url, title: entry.title ?? "", text: entry.text,
                author: author(of: entry), language: (entry.language ?? language)?.lowercased(),
                published: claimed, engagement: entry.engagement)
            drafts.append(
                EntryDraft(
                    key: keys.key, secondKey: keys.secondKey,
                    eventAt: Self.eventAt(claimed, knownAt: knownAt), content: content))
        }
        return drafts
    }

    /// The two keys of each entry, in document order.
    func keys(of document: FeedDocument) -> [(key: EntryKey, secondKey: EntryKey)] {
        var links: [String: String] = [:]
        return document.entries.map { entry in
            let link = entry.url.map(LinkIdentity.canonical) ?? ""
            let claimed = entry.published ?? entry.updated
            let texts = ContentHash.key([
                Self.squeezed(entry.title ?? ""), Self.squeezed(entry.text),
            ])
            let key: EntryKey
            if let id = entry.id, !id.isEmpty {
                // One id under two links in one document is two entries.
                let isShared = links[id].map { $0 != link } ?? false
                if links[id] == nil { links[id] = link }
                key = ContentHash.key([sourceKey, "id", id] + (isShared ? [link] : []))
            } else if !link.isEmpty {
                key = ContentHash.key([sourceKey, "link", link])
            } else {
                key = ContentHash.key([sourceKey, "content", texts.hex])
            }
            let moment = claimed.map { "\($0.milliseconds)" } ?? ""
            return (key, ContentHash.key([sourceKey, "second", link, moment, texts.hex]))
        }
    }

    /// The publisher's claim where it can be true.
    static func eventAt(_ claimed: Timestamp?, knownAt: Timestamp) -> Timestamp {
        guard let claimed, claimed >= earliest, claimed <= knownAt + ahead else { return knownAt }
        return claimed
    }

    private func author(of entry: FeedEntry) -> Author? {
        guard let person = entry.authors.first else { return nil }
        guard var handle = person.handle ?? person.name ?? person.email ?? person.url else {
            return nil
        }
        var platform = host
        if person.handle != nil {
            if handle.hasPrefix("@") { handle.removeFirst() }
            // Federated platforms write `user@host` for people of other hosts.
            let parts = handle.split(separator: "@")
            if parts.count == 2 { (handle, platform) = (String(parts[0]), parts[1].lowercased()) }
        }
        return Author(platform: platform, handle: handle, name: person.name)
    }

    private static func squeezed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
