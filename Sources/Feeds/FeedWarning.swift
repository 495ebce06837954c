/// Something that was repaired or left out on the way.
package struct FeedWarning: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Broken XML that libxml2 or the pre-pass mended.
        case malformed = "xml_malformed"
        /// External entities, or a tag of unreasonable size; not followed, not read.
        case forbidden = "xml_forbidden"
        /// Elements below the depth limit were passed over.
        case tooDeep = "xml_too_deep"
        /// The document ends before its root element does.
        case truncated
        /// Bytes that are no character of the encoding became U+FFFD.
        case badEncoding = "bad_encoding"
        /// The label of the encoding is not the encoding.
        case encodingMismatch = "encoding_mismatch"
        /// A date is written in no way that is known.
        case unreadableDate = "unreadable_date"
        /// A value was longer than its limit and is cut.
        case cut
        /// A member of a JSON document has a type that the format does not give it.
        case wrongType = "wrong_type"
        /// Bytes before the document that are no part of it.
        case leadingJunk = "leading_junk"
        /// A platform has pages that did not come; the next poll asks for them.
        case missingPages = "missing_pages"
        /// More entries than are taken from one document.
        case tooManyEntries = "too_many_entries"
    }

    package let kind: Kind
    /// 1-based line of the document; absent where it has none.
    package let line: Int?

    package init(_ kind: Kind, line: Int? = nil) {
        self.kind = kind
        self.line = line
    }
}

/// Why a document is no feed.
package struct FeedError: Error, Hashable {
    /// Closed: a part of the error kinds of `earshot fetch`.
    package enum Kind: String, Hashable, Sendable {
        case notAFeed = "not_a_feed"
        case badEncoding = "bad_encoding"
        case forbiddenXML = "xml_forbidden"
        case malformedJSON = "json_malformed"
        case tooDeepJSON = "json_too_deep"
        case tooLarge = "too_large"
        case truncated
    }

    package let kind: Kind
    /// One sentence for a person.
    package let reason: String
    package let line: Int?

    package init(_ kind: Kind, _ reason: String, line: Int? = nil) {
        self.kind = kind
        self.reason = reason
        self.line = line
    }
}

/// Bounds that hostile documents meet; chosen, far above what real feeds need.
package enum FeedLimits {
    /// Bytes of a document, before and after decoding.
    package static let document = 32 << 20
    package static let entries = 100_000
    package static let warnings = 100
    package static let depth = 256
    package static let attributes = 1_000
    /// Bytes of one start tag.
    package static let tag = 256 << 10
    /// Bytes of one element's text, markup included.
    package static let element = 16 << 20
    /// Bytes of an address that relative links are resolved against: each of them repeats it.
    package static let base = 2_048
    /// Characters of a title.
    package static let title = 1_024
    /// Bytes of an entry's plain text.
    package static let text = 1 << 20
    /// Authors, categories, links or enclosures of one entry.
    package static let list = 1_000
}
