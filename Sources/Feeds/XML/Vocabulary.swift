/// The vocabulary of an element's namespace.
enum Vocabulary: UInt8 {
    /// RSS, older Atom and CDF, and what names no namespace.
    case core
    /// Atom 1.0, with the same names.
    case atom10
    case dublinCore, terms, content, itunes, media, syndication, feedburner, threading, slash
    case wfw, xhtml, rdf, other

    /// Usual URIs, lower case; feedparser's table, which is read off feeds.
    private static let uris: [UInt64: (uri: StaticString, vocabulary: Vocabulary)] = {
        let known: KeyValuePairs<StaticString, Vocabulary> = [
            "http://www.w3.org/2005/atom": .atom10,
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
        var uris: [UInt64: (uri: StaticString, vocabulary: Vocabulary)] = [:]
        for (uri, vocabulary) in known {
            let bytes = UnsafeBufferPointer(start: uri.utf8Start, count: uri.utf8CodeUnitCount)
            uris[hash(bytes)] = (uri, vocabulary)
        }
        return uris
    }()

    /// FNV-1a (Fowler, Noll and Vo) of the bytes with ASCII letters in lower case.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte.asciiLowercased)) &* 0x100_0000_01B3 }
        return hash
    }

    /// What a prefix means where nothing declares it.
    private static let prefixes: [String: Vocabulary] = [
        "": .core, "atom": .core, "atom10": .core, "dc": .dublinCore, "dcterms": .terms,
        "content": .content, "itunes": .itunes, "media": .media, "sy": .syndication,
        "feedburner": .feedburner, "thr": .threading, "slash": .slash, "wfw": .wfw,
        "xhtml": .xhtml, "rdf": .rdf, "rss": .core,
    ]

    /// That of a declared URI; an empty one takes a declaration back.
    init(uri: UnsafeBufferPointer<UInt8>, prefix: UnsafeBufferPointer<UInt8>) {
        guard !uri.isEmpty else {
            self.init(undeclared: prefix)
            return
        }
        if let known = Self.uris[Self.hash(uri)], uri.equalsIgnoringCase(known.uri) {
            self = known.vocabulary
        } else if UnsafeBufferPointer(rebasing: uri.prefix(31))
            .equalsIgnoringCase("http://backend.userland.com/rss")
        {
            self = .core
        } else {
            // A default namespace nobody knows is somebody's own idea of RSS.
            self = prefix.isEmpty ? .core : .other
        }
    }

    init(undeclared prefix: UnsafeBufferPointer<UInt8>) {
        let lower = String(decoding: prefix, as: UTF8.self).lowercased()
        self = Self.prefixes[lower] ?? .other
    }
}

/// What prefixes mean where the reader stands.
struct Namespaces {
    private struct Binding {
        /// Number of open elements with the one that declares it; 0 for what is only usual.
        let depth: Int
        let prefix: UnsafeBufferPointer<UInt8>
        let vocabulary: Vocabulary
    }

    private var bindings: [Binding] = []
    /// Of names without a prefix.
    private var plain = Vocabulary.core

    /// Declarations that are kept at a time, and prefixes without one that are remembered; chosen:
    /// far above what documents have, and few enough to be searched one by one.
    private static let limit = 128
    private static let remembered = 32

    /// - Parameters:
    ///   - prefix: empty for the default namespace; as long valid as this value.
    ///   - depth: number of open elements with the declaring one.
    mutating func declare(
        _ prefix: UnsafeBufferPointer<UInt8>, _ uri: UnsafeBufferPointer<UInt8>, depth: Int
    ) {
        guard bindings.count < Self.limit else { return }
        let vocabulary = Vocabulary(uri: uri, prefix: prefix)
        bindings.append(Binding(depth: depth, prefix: prefix, vocabulary: vocabulary))
        if prefix.isEmpty { plain = vocabulary }
    }

    /// Forgets what the element that makes `depth` declares.
    mutating func leave(depth: Int) {
        guard let last = bindings.last, last.depth >= depth else { return }
        while let last = bindings.last, last.depth >= depth { bindings.removeLast() }
        plain = bindings.last { $0.prefix.isEmpty }?.vocabulary ?? .core
    }

    mutating func vocabulary(of prefix: UnsafeBufferPointer<UInt8>) -> Vocabulary {
        if prefix.isEmpty { return plain }
        for binding in bindings.reversed() where binding.prefix.equals(prefix) {
            return binding.vocabulary
        }
        let usual = Vocabulary(undeclared: prefix)
        guard bindings.count < Self.remembered else { return usual }
        bindings.insert(Binding(depth: 0, prefix: prefix, vocabulary: usual), at: 0)
        return usual
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }

    func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count
        where self[index].asciiLowercased != text.utf8Start[index].asciiLowercased {
            return false
        }
        return true
    }
}
