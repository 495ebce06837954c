/// A unit of sentiment: a word, a Han character, a mark, a picture.
struct Token: Sendable {
    enum Kind: UInt8, Sendable {
        case word, ideograph, number, link, name, tag, emoticon, emoji, mark
    }

    /// UTF-8 bytes of the text, `start < end`.
    let start: Int32
    let end: Int32
    /// Of the normal form; equal forms have equal hashes.
    let hash: UInt64
    /// Of the form with each lengthened letter written once ("happyyy" → "happy"); else `hash`.
    let shortHash: UInt64
    let kind: Kind
    /// The mark's ASCII character for `.mark`; 0 else.
    let mark: UInt8
    /// Marks in a run, letters of a lengthened word's longest run; at least 1.
    let run: UInt8
    /// Two letters or more, all of them capitals.
    let isShouted: Bool
    /// Ends in "n't" or "nt" after an auxiliary: a negator by its form.
    let isContracted: Bool

    /// Whether a line feed stands before it: no clause, phrase or span of evidence reaches across,
    /// so that each lies in the title or in the text.
    var startsLine = false

    /// Whether a clause ends here (Hutto & Gilbert 2014 end negation at these marks).
    var endsClause: Bool {
        guard kind == .mark else { return false }
        switch mark {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
            UInt8(ascii: "!"), UInt8(ascii: "?"):
            return true
        default:
            return false
        }
    }

    var isEllipsis: Bool { mark == UInt8(ascii: ".") && run > 1 }
}

/// FNV-1a over bytes (Noll, 64 bits), finished by murmur3's mixer.
struct TokenHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    @inline(__always)
    mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// Adds a scalar in seven-bit groups, low first; ASCII stays one byte.
    @inline(__always)
    mutating func add(_ scalar: UInt32) {
        if scalar < 0x80 {
            add(UInt8(truncatingIfNeeded: scalar))
        } else {
            add(UInt8(truncatingIfNeeded: scalar) | 0x80)
            add(UInt8(truncatingIfNeeded: scalar >> 7) | 0x80)
            add(UInt8(truncatingIfNeeded: scalar >> 14) | 0x80)
        }
    }

    @inline(__always)
    var value: UInt64 { mixed(state) }
}

/// murmur3's 64-bit finaliser (Appleby 2011).
@inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
    var x = value
    x ^= x >> 33
    x = x &* 0xff51_afd7_ed55_8ccd
    x ^= x >> 33
    x = x &* 0xc4ce_b9fe_1a85_ec53
    x ^= x >> 33
    return x
}

/// The hash of a sequence from that of its front and its next member; order matters.
@inline(__always)
func joined(_ front: UInt64, _ next: UInt64) -> UInt64 {
    mixed(front &* 0x9e37_79b9_7f4a_7c15 &+ next)
}
