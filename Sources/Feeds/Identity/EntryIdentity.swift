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
    /// left out, and so is one that its platform has deleted.
    package func drafts(of document: FeedDocument, knownAt: Timestamp) -> [EntryDraft] {
        var taken: Set<EntryKey> = []
        var drafts: [EntryDraft] = []
        for (entry, keys) in zip(document.entries, keys(of: document))
        where !entry.isDeleted && taken.insert(keys.key).inserted {
            let claimed = entry.published ?? entry.updated
            let content = EntryContent(
                url: entry.url.flatMap(LinkIdentity.web), title: entry.title ?? "",
                text: entry.text,
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
            let link = entry.url.flatMap(LinkIdentity.web).map(LinkIdentity.canonical) ?? ""
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

    /// Words parted by one space each, whatever white space stands between and around them.
    private static func squeezed(_ text: String) -> String {
        var text = text
        return text.withUTF8 { text in
            var words = ByteBuffer(capacity: text.count + 1)
            var start = 0
            var index = 0
            while index < text.count {
                let blank = blankLength(text, at: index)
                if blank == 0 {
                    index += 1
                    continue
                }
                add(text[start..<index], to: &words)
                index += blank
                start = index
            }
            add(text[start...], to: &words)
            return String(checked: words.bytes)
        }
    }

    private static func add(
        _ word: Slice<UnsafeBufferPointer<UInt8>>, to words: inout ByteBuffer
    ) {
        guard !word.isEmpty else { return }
        if words.count > 0 { words.append(0x20) }
        words.append(UnsafeBufferPointer(rebasing: word))
    }

    /// Bytes of the character at `index`, where it has the property White_Space (Unicode 15,
    /// PropList.txt); else 0.
    @inline(__always)
    private static func blankLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = text[index]
        if byte <= 0x20 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
        if byte < 0xC2 || byte > 0xE3 { return 0 }
        if byte == 0xC2 {
            let isBlank =
                index + 1 < text.count && (text[index + 1] == 0x85 || text[index + 1] == 0xA0)
            return isBlank ? 2 : 0
        }
        guard byte >= 0xE1, index + 2 < text.count else { return 0 }
        let isBlank =
            switch (byte, text[index + 1], text[index + 2]) {
            case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9),
                (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
                true
            default: false
            }
        return isBlank ? 3 : 0
    }
}
