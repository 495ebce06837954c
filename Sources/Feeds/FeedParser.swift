/// What is known of a document besides its bytes.
package struct FeedContext: Hashable, Sendable {
    /// Address of the document, the base of its relative links; they stay relative without one.
    package var url: String?
    /// By lower-case name; `content-type`, `content-location`, `content-language` and `link` are
    /// read.
    package var headers: [String: String]
    /// How a platform's answer is read; absent for what names its own format.
    package var mapping: Mapping?
    /// Keeps markup as published and makes no text of it.
    package var isRaw: Bool

    package init(
        url: String? = nil, headers: [String: String] = [:], mapping: Mapping? = nil,
        isRaw: Bool = false
    ) {
        self.url = url
        self.headers = headers
        self.mapping = mapping
        self.isRaw = isRaw
    }

    /// RFC 9110, section 8.7: the document's own address where it names one.
    var base: String? {
        let location = headers["content-location"]?.trimmedBlanks ?? ""
        guard let url, !url.isEmpty else { return location.isEmpty ? nil : location }
        let resolved = URLReference(location).resolved(against: URLReference(url))
        let isWeb = resolved.scheme == "http" || resolved.scheme == "https"
        return location.isEmpty || !isWeb ? url : resolved.text
    }

    var charset: String? {
        for part in headers["content-type"]?.split(separator: ";").dropFirst() ?? [] {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, String(pair[0]).trimmedBlanks.lowercased() == "charset" else {
                continue
            }
            return String(pair[1].filter { $0 != "\"" && $0 != "'" }).trimmedBlanks
        }
        return nil
    }

    /// The first tag of a list.
    var language: String? {
        let first = headers["content-language"]?.split(separator: ",").first
        let tag = first.map { String($0).trimmedBlanks } ?? ""
        return tag.isEmpty ? nil : tag
    }
}

/// Bytes of any feed → `FeedDocument`.
///
/// What can be read of a broken document is read, with warnings; only what is no feed throws.
/// Nothing is fetched, no clock is read: the same bytes and context give the same document.
package enum FeedParser {
    /// - Parameter keeping: entries that are of use, the first ones: each further one of an XML
    ///   document is made as ever, then let go, so that one at a time is in memory.
    package static func parse(
        _ bytes: [UInt8], _ context: FeedContext = FeedContext(), keeping: Int = .max
    ) throws(FeedError) -> FeedDocument {
        guard bytes.count <= FeedLimits.document else {
            throw FeedError(
                .tooLarge, "It has \(bytes.count) bytes; \(FeedLimits.document) are read.")
        }
        let decoded = try DocumentDecoder(httpLabel: context.charset).decode(bytes)
        switch DocumentKind(decoded.bytes) {
        case .xml(let start):
            return try parseXML(decoded, from: start, context, keeping: keeping)
        case .json(let start):
            return try JSONDocument.parse(decoded, from: start, context)
        case .empty: throw FeedError(.notAFeed, "The document is empty.")
        case .other(let reason): throw FeedError(.notAFeed, reason)
        }
    }

    private static func parseXML(
        _ decoded: DecodedDocument, from start: Int, _ context: FeedContext, keeping: Int
    ) throws(FeedError) -> FeedDocument {
        let mapping = context.mapping.flatMap { $0.format == .feed ? $0 : nil }
        let builder = FeedBuilder(
            base: context.base, language: context.language, isRaw: context.isRaw,
            keptEntries: mapping == nil ? keeping : .max, warnings: decoded.warnings)
        builder.extras = mapping?.extras
        if start > 0, decoded.bytes[..<start].contains(where: { $0 > 0x20 }) {
            builder.warn(.leadingJunk, line: 1)
        }
        decoded.bytes.withUnsafeBufferPointer {
            XMLReader.read(
                UnsafeBufferPointer(rebasing: $0[start...]), isPlain: decoded.isPlain,
                into: builder)
        }
        let document = try builder.finish(encoding: decoded.encoding)
        guard let mapping else { return document }
        return mapping.refined(document, context, extras: builder.extras?.values ?? [:])
    }
}

/// What the first bytes of a document, decoded, say it is.
enum DocumentKind {
    /// Where the document begins.
    case xml(Int)
    case json(Int)
    case empty
    case other(String)

    /// Bytes before the document that may be somebody's error messages; chosen.
    private static let junk = 4_096

    init(_ bytes: [UInt8]) {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }) else {
            self = .empty
            return
        }
        switch bytes[first] {
        case UInt8(ascii: "<"): self = .xml(first)
        case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json(first)
        default:
            let head = bytes.prefix(Self.junk)
            let starts = ["<?xml", "<rss", "<feed", "<rdf:RDF", "<!DOCTYPE"]
                .compactMap { head.firstRange(of: Array($0.utf8))?.lowerBound }
            if let start = starts.min() {
                self = .xml(start)
            } else {
                self = .other("It is neither XML nor JSON.")
            }
        }
    }
}
