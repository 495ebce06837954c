import CXML2

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
    case updatePeriod, updateFrequency, originalLink
    case mediaContent, mediaThumbnail, mediaGroup, replyCount
    // People.
    case author, contributor, publisher, owner, name, uri, email
    // Markup that may stand where text should.
    case div
}

/// The vocabulary of an element's namespace.
enum Vocabulary: UInt8 {
    /// RSS, Atom and CDF, and what names no namespace.
    case core
    case dublinCore, terms, content, itunes, media, syndication, feedburner, threading, slash
    case wfw, xhtml, rdf, other

    /// Usual URIs, lower case; feedparser's table, which is read off feeds.
    private static let uris: [String: Vocabulary] = [
        "": .core,
        "http://www.w3.org/2005/atom": .core,
        "http://purl.org/atom/ns#": .core,
        "http://purl.org/rss/1.0/": .core,
        "http://purl.org/rss/1.0/modules/rss091#": .core,
        "http://my.netscape.com/rdf/simple/0.9/": .core,
        "http://channel.netscape.com/rdf/simple/0.9/": .core,
        "http://blogs.law.harvard.edu/tech/rss": .core,
        "http://cyber.law.harvard.edu/rss": .core,
        "http://example.com/newformat#": .core,
        "http://example.com/necho": .core,
        "http://purl.org/echo/": .core,
        "uri/of/echo/namespace#": .core,
        "http://purl.org/pie/": .core,
        "http://purl.org/dc/elements/1.1/": .dublinCore,
        "http://purl.org/dc/elements/1.0/": .dublinCore,
        "http://purl.org/dc/terms/": .terms,
        "http://purl.org/rss/1.0/modules/content/": .content,
        "http://www.itunes.com/dtds/podcast-1.0.dtd": .itunes,
        "http://example.com/dtds/podcast-1.0.dtd": .itunes,
        "http://search.yahoo.com/mrss/": .media,
        "http://search.yahoo.com/mrss": .media,
        "http://purl.org/rss/1.0/modules/syndication/": .syndication,
        "http://rssnamespace.org/feedburner/ext/1.0": .feedburner,
        "http://purl.org/syndication/thread/1.0": .threading,
        "http://purl.org/rss/1.0/modules/slash/": .slash,
        "http://wellformedweb.org/commentapi/": .wfw,
        "http://www.w3.org/1999/xhtml": .xhtml,
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": .rdf,
        "http://www.w3.org/2000/svg": .other,
        "http://www.w3.org/1998/math/mathml": .other,
    ]

    /// What a prefix means where nothing declares it.
    private static let prefixes: [String: Vocabulary] = [
        "": .core, "atom": .core, "atom10": .core, "dc": .dublinCore, "dcterms": .terms,
        "content": .content, "itunes": .itunes, "media": .media, "sy": .syndication,
        "feedburner": .feedburner, "thr": .threading, "slash": .slash, "wfw": .wfw,
        "xhtml": .xhtml, "rdf": .rdf, "rss": .core,
    ]

    init(uri: String, prefix: String) {
        let lower = uri.lowercased()
        if let known = Self.uris[lower], !lower.isEmpty {
            self = known
        } else if lower.utf8.starts(with: "http://backend.userland.com/rss".utf8) {
            self = .core
        } else if uri.isEmpty {
            self = Self.prefixes[prefix.lowercased()] ?? .other
        } else {
            // A default namespace nobody knows is somebody's own idea of RSS.
            self = prefix.isEmpty ? .core : .other
        }
    }
}

/// Elements by name; remembers them by the addresses of libxml2's interned strings, so that a
/// name is compared once a document.
struct ElementNames {
    private struct Slot {
        var local: UnsafePointer<xmlChar>?
        var uri: UnsafePointer<xmlChar>?
        var prefix: UnsafePointer<xmlChar>?
        var element = Element.unknown
    }

    private var slots = [Slot](repeating: Slot(), count: 256)

    mutating func element(
        local: UnsafePointer<xmlChar>?, prefix: UnsafePointer<xmlChar>?,
        uri: UnsafePointer<xmlChar>?
    ) -> Element {
        let mixed =
            UInt(bitPattern: local) &* 0x9E37_79B9_7F4A_7C15
            ^ UInt(bitPattern: uri) &* 0xC2B2_AE3D_27D4_EB4F ^ UInt(bitPattern: prefix) >> 4
        let slot = Int(truncatingIfNeeded: mixed >> 40 & 255)
        let known = slots[slot]
        if known.local == local, known.uri == uri, known.prefix == prefix, local != nil {
            return known.element
        }
        func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
            pointer.map { String(cString: $0) } ?? ""
        }
        let vocabulary = Vocabulary(uri: text(uri), prefix: text(prefix))
        let element = Element(vocabulary, text(local).lowercased())
        slots[slot] = Slot(local: local, uri: uri, prefix: prefix, element: element)
        return element
    }
}

extension Element {
    /// The element that `local`, lower case, is in a vocabulary.
    init(_ vocabulary: Vocabulary, _ local: String) {
        let table: [String: Element] =
            switch vocabulary {
            case .core: Self.core
            case .dublinCore: Self.dublinCore
            case .terms: ["created": .created, "issued": .published, "modified": .updated]
            case .content: ["encoded": .contentEncoded]
            case .itunes: Self.itunes
            case .media: Self.media
            case .syndication:
                ["updateperiod": .updatePeriod, "updatefrequency": .updateFrequency]
            case .feedburner: ["origlink": .originalLink, "browserfriendly": .info]
            case .threading: ["total": .replyCount]
            case .slash: ["comments": .replyCount]
            case .wfw, .other: [:]
            case .xhtml: ["body": .body, "div": .div, "html": .html]
            case .rdf: ["rdf": .rdf]
            }
        self = table[local] ?? .unknown
    }

    private static let core: [String: Element] = [
        "rss": .rss, "rdf": .rdf, "channel": .channel, "feed": .feed, "item": .item,
        "entry": .item, "html": .html, "opml": .opml, "title": .title, "link": .link,
        "id": .id, "guid": .id, "subtitle": .subtitle, "tagline": .subtitle, "rights": .rights,
        "copyright": .rights, "language": .language, "published": .published,
        "issued": .published, "pubdate": .published, "updated": .updated,
        "modified": .updated, "lastbuilddate": .updated, "created": .created,
        "category": .category, "keywords": .category, "tags": .tags, "generator": .generator,
        "summary": .summary, "description": .description, "abstract": .abstract,
        "info": .info, "content": .content, "body": .body, "fullitem": .contentEncoded,
        "enclosure": .enclosure, "source": .source, "comments": .comments, "ttl": .ttl,
        "image": .image, "logo": .logo, "icon": .icon, "textinput": .textInput,
        "author": .author, "managingeditor": .author, "contributor": .contributor,
        "webmaster": .publisher, "name": .name, "uri": .uri, "url": .uri, "homepage": .uri,
        "email": .email, "div": .div,
    ]

    private static let dublinCore: [String: Element] = [
        "author": .author, "creator": .author, "contributor": .contributor, "date": .updated,
        "description": .description, "language": .language, "publisher": .publisher,
        "rights": .rights, "subject": .category, "title": .title,
    ]

    private static let itunes: [String: Element] = [
        "author": .author, "category": .itunesCategory, "email": .email, "name": .name,
        "image": .itunesImage, "link": .itunesImage, "keywords": .itunesKeywords, "owner": .owner,
        "subtitle": .subtitle, "summary": .summary,
    ]

    private static let media: [String: Element] = [
        "category": .mediaCategory, "content": .mediaContent, "description": .mediaDescription,
        "group": .mediaGroup, "keywords": .mediaKeywords, "thumbnail": .mediaThumbnail,
        "title": .mediaTitle,
    ]
}
