/// One Unicode scalar read from UTF-8 bytes, or one byte that is no UTF-8.
struct ScalarRead {
    /// U+FFFD where the bytes are no UTF-8.
    let value: UInt32
    /// Bytes taken, at least 1.
    let length: Int
    let isValid: Bool
}

/// Reads the scalar at `index`; bytes that break RFC 3629 are taken one at a time.
@inline(__always)
func readScalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> ScalarRead {
    let first = UInt32(bytes[index])
    if first < 0x80 { return ScalarRead(value: first, length: 1, isValid: true) }
    let (size, floor): (Int, UInt32) =
        switch first {
        case 0xc2...0xdf: (2, 0x80)
        case 0xe0...0xef: (3, 0x800)
        case 0xf0...0xf4: (4, 0x1_0000)
        default: (0, 0)
        }
    let broken = ScalarRead(value: 0xfffd, length: 1, isValid: false)
    guard size > 0, index + size <= bytes.count else { return broken }
    var value = first & (0xff >> UInt32(size + 1))
    for k in 1..<size {
        let next = UInt32(bytes[index + k])
        guard next & 0xc0 == 0x80 else { return broken }
        value = value << 6 | next & 0x3f
    }
    guard value >= floor, value <= 0x10_ffff, !(0xd800...0xdfff ~= value) else { return broken }
    return ScalarRead(value: value, length: size, isValid: true)
}

/// Han characters, kana and Hangul syllables: scripts in which each character is a unit.
@inline(__always)
func isIdeograph(_ value: UInt32) -> Bool {
    switch value {
    case 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x2_0000...0x3_ffff: true
    case 0x3005...0x3007, 0x3041...0x30ff, 0xac00...0xd7a3: true
    default: false
    }
}

/// Han characters alone, which tell Chinese from other scripts.
@inline(__always)
func isHan(_ value: UInt32) -> Bool {
    0x4e00...0x9fff ~= value || 0x3400...0x4dbf ~= value || 0x2_0000...0x3_ffff ~= value
}

/// Pictures that stand for a feeling or a thing: emoji proper, dingbats, symbols, flags.
@inline(__always)
func isEmoji(_ value: UInt32) -> Bool {
    switch value {
    case 0x1_f000...0x1_f3fa, 0x1_f400...0x1_faff, 0x2600...0x27bf: true
    case 0x2190...0x21ff, 0x2300...0x23ff, 0x25a0...0x25ff, 0x2b00...0x2bff: true
    default: false
    }
}

/// What an emoji carries beside itself: variation selectors, joiner, skin tones, tags, keycap.
@inline(__always)
func isEmojiModifier(_ value: UInt32) -> Bool {
    switch value {
    case 0xfe00...0xfe0f, 0x200d, 0x1_f3fb...0x1_f3ff, 0xe_0000...0xe_007f, 0x20e3: true
    default: false
    }
}

/// Lower case of Latin-1, Greek and Cyrillic capitals; any other scalar as it is.
@inline(__always)
func lowercased(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x41...0x5a, 0xc0...0xd6, 0xd8...0xde, 0x391...0x3a1, 0x3a3...0x3a9, 0x410...0x42f:
        value + 32
    case 0x400...0x40f: value + 80
    case 0x100...0x137, 0x14a...0x177: value | 1
    default: value
    }
}

/// The ASCII form of full-width characters and of the usual Chinese and typographic punctuation;
/// 0 where there is none.
///
/// U+2026 is answered as a full stop: its reader counts it as an ellipsis.
@inline(__always)
func asciiForm(_ value: UInt32) -> UInt8 {
    switch value {
    case 0..<0x80: UInt8(truncatingIfNeeded: value)
    case 0xff01...0xff5e: UInt8(truncatingIfNeeded: value - 0xfee0)
    case 0x2018, 0x2019, 0x02bc, 0xb4: UInt8(ascii: "'")
    case 0x201c, 0x201d, 0xab, 0xbb, 0x300c...0x300f: UInt8(ascii: "\"")
    case 0x2010...0x2015, 0x2212: UInt8(ascii: "-")
    case 0x2026, 0x3002, 0xff61, 0x22ef: UInt8(ascii: ".")
    case 0x3001: UInt8(ascii: ",")
    case 0x3010: UInt8(ascii: "[")
    case 0x3011: UInt8(ascii: "]")
    case 0x300a, 0x3008: UInt8(ascii: "<")
    case 0x300b, 0x3009: UInt8(ascii: ">")
    case 0xa1: UInt8(ascii: "!")
    case 0xbf: UInt8(ascii: "?")
    case 0xa0, 0x2000...0x200a, 0x2028, 0x2029, 0x3000, 0xfeff, 0x200b: UInt8(ascii: " ")
    default: 0
    }
}
