/// What a scan for UTF-8 found.
struct UTF8Check {
    /// Sequences that are no character: each a maximal broken part (Unicode 15, section 3.9, D93b).
    private(set) var bad = 0
    /// Characters of two bytes and more.
    private(set) var multibyte = 0
    /// Whether there is no control but tab and line feed, no U+FFFE and no U+FFFF.
    private(set) var isPlain = true
    var isASCII: Bool { bad == 0 && multibyte == 0 }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        // 32 bytes at once: feeds are mostly markup.
        while index + 32 <= bytes.count {
            var high: UInt64 = 0
            var low: UInt64 = 0
            for word in 0..<4 {
                let word = raw.loadUnaligned(fromByteOffset: index + word * 8, as: UInt64.self)
                high |= word
                low |= Self.controls(word)
            }
            let end = index + 32
            if low & Self.highBits != 0, isPlain {
                isPlain = !bytes[index..<end].contains(where: \.isOdd)
            }
            if high & Self.highBits == 0 { index = end } else { check(bytes, &index, to: end) }
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte.isOdd { isPlain = false }
            if byte < 0x80 { index += 1 } else { check(bytes, &index) }
        }
    }

    /// Checks what is not ASCII up to `end`; may end behind it, where a character does.
    private mutating func check(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, to end: Int
    ) {
        let raw = UnsafeRawBufferPointer(bytes)
        while index < end {
            if bytes[index] >= 0x80 {
                check(bytes, &index)
            } else if index + 8 <= end {
                let word = UInt64(
                    littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += (word & Self.highBits).trailingZeroBitCount / 8
            } else {
                index += 1
            }
        }
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The highest bit of each byte that is a control but no line feed, which is in all texts.
    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 {
        let sevens: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let isBlankOrMore = (word & sevens) &+ 0x6060_6060_6060_6060
        let isOther = ((word ^ 0x0A0A_0A0A_0A0A_0A0A) & sevens) &+ sevens
        return ~(isBlankOrMore | word) & (isOther | word)
    }

    /// One character beyond ASCII, or one broken part of one.
    @inline(__always)
    private mutating func check(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        let lead = bytes[index]
        // Most of what is not ASCII has two or three bytes and no special bounds.
        if lead >= 0xC2, lead < 0xE0, index + 1 < bytes.count, bytes[index + 1] & 0xC0 == 0x80 {
            multibyte += 1
            index += 2
        } else if lead > 0xE0, lead < 0xED, index + 2 < bytes.count,
            bytes[index + 1] & 0xC0 == 0x80, bytes[index + 2] & 0xC0 == 0x80
        {
            multibyte += 1
            index += 3
        } else {
            checkAnother(bytes, &index)
        }
    }

    @inline(never)
    private mutating func checkAnother(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) {
        let (length, isValid) = utf8Sequence(bytes, at: index)
        if isValid { multibyte += 1 } else { bad += 1 }
        if isValid, bytes[index] == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
            isPlain = false
        }
        index += length
    }
}

/// Index of the first byte of 0x80 and more.
func firstNonASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index + 8 <= bytes.count,
        UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            & 0x8080_8080_8080_8080 == 0
    { index += 8 }
    return bytes[index...].firstIndex { $0 >= 0x80 }
}

/// Length of the UTF-8 sequence that begins at `index`, a byte of 0x80 and more, and whether it is
/// a character; a broken one is as long as its part that could still have become one.
func utf8Sequence(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Int, Bool) {
    let lead = bytes[index]
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, low) = (3, 0xA0)
    case 0xED: (length, high) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, low) = (4, 0x90)
    case 0xF4: (length, high) = (4, 0x8F)
    case 0xF1...0xF3: length = 4
    default: return (1, false)
    }
    var have = 1
    while have < length {
        guard index + have < bytes.count, (low...high).contains(bytes[index + have]) else {
            return (have, false)
        }
        (low, high) = (0x80, 0xBF)
        have += 1
    }
    return (length, true)
}

extension [UInt8] {
    /// The same bytes with U+FFFD for each sequence that is no character.
    func repairedUTF8() -> [UInt8] {
        withUnsafeBufferPointer { bytes in
            var repaired: [UInt8] = []
            repaired.reserveCapacity(count + 16)
            var index = 0
            var start = 0
            while index < bytes.count {
                if bytes[index] < 0x80 {
                    index += 1
                    continue
                }
                let (length, isValid) = utf8Sequence(bytes, at: index)
                if !isValid {
                    repaired.append(contentsOf: bytes[start..<index])
                    repaired.append(contentsOf: [0xEF, 0xBF, 0xBD])
                    start = index + length
                }
                index += length
            }
            repaired.append(contentsOf: bytes[start...])
            return repaired
        }
    }
}

extension Unicode.Scalar {
    /// In UTF-8, where no scalar has more than four bytes.
    var encoded: Unicode.UTF8.EncodedScalar {
        Unicode.UTF8.encode(self) ?? Unicode.UTF8.encodedReplacementCharacter
    }
}
