/// What an element means, whatever the format and prefix that bring it.
enum Element: UInt8 {
    case unknown
    // Documents and entries.
    case rss, rdf, channel, feed, item
    case html, opml
    // Parts of a feed or entry.
    case title, mediaTitle, link, id, subtitle, rights, language, published, updated, created
    case category, mediaCategory, itunesCategory, itunesKeywords, mediaKeywords, tags
    case generator, summary, description, mediaDescription, abstract, info
    case content, contentEncoded, body, enclosure, source, comments, ttl
    case image, itunesImage, logo, icon, textInput
    case updatePeriod, updateFrequency, skippedHour, skippedDay, originalLink
    case mediaContent, mediaThumbnail, mediaGroup, replyCount
    // People.
    case author, contributor, publisher, owner, name, uri, email
    // Markup that may stand where text should.
    case div
}

/// A name of at most 16 bytes as two words, ASCII letters in lower case.
///
/// Setting bit 5 changes other bytes than letters too, but none into a letter, and the names that
/// are looked for have only letters.
struct NameKey: Equatable {
    private(set) var low: UInt64 = 0
    private(set) var high: UInt64 = 0

    /// Absent where the name is empty or longer.
    @inline(__always)
    init?(_ name: UnsafeBufferPointer<UInt8>) {
        guard name.count > 0, name.count <= 16 else { return nil }
        let raw = UnsafeRawBufferPointer(name)
        if name.count >= 8 {
            low = raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
            let tail = raw.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
            // The bytes that the first word has already leave the second.
            high = name.count == 8 ? 0 : tail >> UInt64((16 - name.count) * 8)
        } else {
            var shift: UInt64 = 0
            for byte in name {
                low |= UInt64(byte) << shift
                shift += 8
            }
        }
        low |= 0x2020_2020_2020_2020
        high |= 0x2020_2020_2020_2020
    }

    init(_ name: StaticString) {
        self =
            NameKey(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
            ?? NameKey(low: 0, high: 0)
    }

    private init(low: UInt64, high: UInt64) {
        (self.low, self.high) = (low, high)
    }

    var hash: UInt64 {
        let mixed = (low ^ (high &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 32
    }
}

extension Element {
    /// The element that `local`, in any case, is in a vocabulary.
    static func named(
        _ local: UnsafeBufferPointer<UInt8>, in vocabulary: Vocabulary
    ) -> Element {
        guard let key = NameKey(local) else { return .unknown }
        return table.element(key, vocabulary)
    }

    private static let table = ElementTable()
}

/// All elements by vocabulary and name, hashed once for all documents.
private struct ElementTable {
    private struct Slot {
        let key: NameKey
        let vocabulary: Vocabulary
        let element: Element
    }

    private var slots = [Slot?](repeating: nil, count: 512)

    func element(_ key: NameKey, _ vocabulary: Vocabulary) -> Element {
        var place = place(key, vocabulary)
        while let slot = slots[place] {
            if slot.key == key, slot.vocabulary == vocabulary { return slot.element }
            place = (place + 1) & 511
        }
        return .unknown
    }

    private func place(_ key: NameKey, _ vocabulary: Vocabulary) -> Int {
        Int(truncatingIfNeeded: (key.hash &+ UInt64(vocabulary.rawValue) &* 37) & 511)
    }

    private mutating func add(
        _ vocabulary: Vocabulary, _ names: KeyValuePairs<StaticString, Element>
    ) {
        for (name, element) in names {
            let key = NameKey(name)
            var place = place(key, vocabulary)
            while slots[place] != nil { place = (place + 1) & 511 }
            slots[place] = Slot(key: key, vocabulary: vocabulary, element: element)
        }
    }

    init() {
        for vocabulary in [Vocabulary.core, .atom10] { addCore(to: vocabulary) }
        add(
            .dublinCore,
            [
                "author": .author, "creator": .author, "contributor": .contributor,
                "date": .updated, "description": .description, "language": .language,
                "publisher": .publisher, "rights": .rights, "subject": .category, "title": .title,
            ])
        add(.terms, ["created": .created, "issued": .published, "modified": .updated])
        add(.content, ["encoded": .contentEncoded])
        add(
            .itunes,
            [
                "author": .author, "category": .itunesCategory, "email": .email, "name": .name,
                "image": .itunesImage, "link": .itunesImage, "keywords": .itunesKeywords,
                "owner": .owner, "subtitle": .subtitle, "summary": .summary,
            ])
        add(
            .media,
            [
                "category": .mediaCategory, "content": .mediaContent,
                "description": .mediaDescription, "group": .mediaGroup,
                "keywords": .mediaKeywords, "thumbnail": .mediaThumbnail, "title": .mediaTitle,
            ])
        add(
            .syndication, ["updatePeriod": .updatePeriod, "updateFrequency": .updateFrequency])
        add(.feedburner, ["origLink": .originalLink, "browserFriendly": .info])
        add(.threading, ["total": .replyCount])
        add(.slash, ["comments": .replyCount])
        add(.xhtml, ["body": .body, "div": .div, "html": .html])
        add(.rdf, ["RDF": .rdf])
    }

    private mutating func addCore(to vocabulary: Vocabulary) {
        add(
            vocabulary,
            [
                "rss": .rss, "rdf": .rdf, "channel": .channel, "feed": .feed, "item": .item,
                "entry": .item, "html": .html, "opml": .opml, "title": .title, "link": .link,
                "id": .id, "guid": .id, "subtitle": .subtitle, "tagline": .subtitle,
                "rights": .rights, "copyright": .rights, "language": .language,
                "published": .published, "issued": .published, "pubDate": .published,
                "updated": .updated, "modified": .updated, "lastBuildDate": .updated,
                "created": .created, "category": .category, "keywords": .category, "tags": .tags,
                "generator": .generator, "summary": .summary, "description": .description,
                "abstract": .abstract, "info": .info, "content": .content, "body": .body,
                "fullitem": .contentEncoded, "enclosure": .enclosure, "source": .source,
                "comments": .comments, "ttl": .ttl, "hour": .skippedHour, "day": .skippedDay,
                "image": .image, "logo": .logo, "icon": .icon,
                "textInput": .textInput, "author": .author, "managingEditor": .author,
                "contributor": .contributor, "webMaster": .publisher, "name": .name, "uri": .uri,
                "url": .uri, "homepage": .uri, "email": .email, "div": .div,
            ])
    }
}
