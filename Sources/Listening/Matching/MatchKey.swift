import EarshotLanguage

/// 64-bit keys by which the index knows what a query needs and what a document holds.
///
/// Both sides
/// make them here; equal keys of different things only cost a needless verification.
enum MatchKey {
    private enum Seed {
        static let pair: UInt64 = 1
        static let prefix: UInt64 = 2
        static let hashtag: UInt64 = 3
        static let mention: UInt64 = 4
        static let cashtag: UInt64 = 5
        static let author: UInt64 = 6
        static let site: UInt64 = 7
        static let language: UInt64 = 8
        static let url: UInt64 = 9
    }

    /// Bytes of a prefix or address that its key covers at most: one machine word.
    static let prefixBytes = 8

    static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
        Hash64.mix(Hash64.mix(first, Seed.pair), second)
    }

    /// Whether a folded word is common as such, being one character of an unspaced script (any
    /// character of three bytes or more), so that phrases are known by pairs of it.
    @inline(__always)
    static func formsPairs(_ first: UInt8, count: Int) -> Bool {
        count == 3 && first >= 0xE0 || count == 4 && first >= 0xF0
    }

    /// Of the first `length` bytes of a word, in `head`.
    static func prefix(_ head: UInt64, _ length: Int) -> UInt64 {
        Hash64.mix(masked(head, length), Seed.prefix << 8 | UInt64(length))
    }

    static func url(_ head: UInt64, _ length: Int) -> UInt64 {
        Hash64.mix(masked(head, length), Seed.url << 8 | UInt64(length))
    }

    private static func masked(_ head: UInt64, _ length: Int) -> UInt64 {
        length >= prefixBytes ? head : head & (1 << UInt64(8 * length) - 1)
    }

    static func mark(_ kind: Mark.Kind, _ hash: UInt64) -> UInt64 {
        switch kind {
        case .hashtag: Hash64.mix(hash, Seed.hashtag)
        case .mention: Hash64.mix(hash, Seed.mention)
        case .cashtag: Hash64.mix(hash, Seed.cashtag)
        case .url: Hash64.mix(hash, Seed.url)
        }
    }

    static func author(_ bytes: [UInt8]) -> UInt64 { Hash64.of(bytes, seed: Seed.author) }

    static func site(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer { Hash64.of($0, seed: Seed.site) }
    }

    static func language(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer { Hash64.of($0, seed: Seed.language) }
    }

    /// The first bytes as a number, for `prefix` and `url`.
    static func head(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer {
            Hash64.load($0, 0, min(prefixBytes, $0.count))
        }
    }
}
