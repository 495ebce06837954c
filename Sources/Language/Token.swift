/// A word, part of a hashtag, mention, cashtag or emoji of a text.
package struct Token: Hashable, Sendable {
    package enum Kind: UInt8, Hashable, Sendable {
        case word
        /// A part of a hashtag, cut at case, digits and `_`.
        case hashtagPart
        /// Two to six neighbouring parts of a hashtag, joined; `first < last`.
        case joinedParts
        /// The handle without `@`, the ticker without `$`.
        case mention, cashtag
        case emoji
    }

    package let kind: Kind
    /// First and last position, counted from 0 in its text; addresses take a position too.
    package let first: Int32
    package let last: Int32
    /// UTF-8 bytes of the text as given.
    package let start: Int32
    package let end: Int32
    /// Its bytes in `TextAnalysis.folded`.
    package let foldedStart: Int32
    package let foldedEnd: Int32
    /// Its bytes in the prepared text, or in the joined parts where `rawIsJoined`.
    let rawStart: Int32
    let rawEnd: Int32
    let rawIsJoined: Bool
    /// Index in `TextAnalysis.marks` of the hashtag, mention or cashtag it stands in; -1: in none.
    package let mark: Int32
    /// Of the folded bytes.
    package let hash: UInt64

    /// Joined parts repeat what their parts say; everything that counts words leaves them out.
    package var isSingle: Bool { first == last }
    package var source: Range<Int> { Int(start)..<Int(end) }
}

/// A hashtag, mention, cashtag or address of a text.
package struct Mark: Hashable, Sendable {
    package enum Kind: UInt8, Hashable, Sendable {
        case hashtag, mention, cashtag
        /// An address: its bytes are as written, neither folded nor lower case.
        case url
    }

    package let kind: Kind
    /// UTF-8 bytes of the text as given, sign included.
    package let start: Int32
    package let end: Int32
    /// Its folded text without the sign, in `TextAnalysis.folded`.
    package let foldedStart: Int32
    package let foldedEnd: Int32
    /// Of the folded bytes.
    package let hash: UInt64

    package var source: Range<Int> { Int(start)..<Int(end) }
}
