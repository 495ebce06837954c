/// What a scan for UTF-8 found.
struct UTF8Check {
    /// Sequences that are no character: each a maximal broken part (Unicode 15, section 3.9, D93b).
    var bad = 0
    /// Characters of two bytes and more.
    var multibyte = 0
    var isASCII: Bool { bad == 0 && multibyte == 0 }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        let count = bytes.count
        while index < count {
            // Eight ASCII bytes at once: feeds are mostly markup.
            if index + 8 <= count,
                UnsafeRawBufferPointer(bytes).loadUnaligned(
                    fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
                continue
            }
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                continue
            }
            let (length, isValid) = utf8Sequence(bytes, at: index)
            if isValid { multibyte += 1 } else { bad += 1 }
            index += length
        }
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

    mutating func append(scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            for byte in Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter {
                append(byte)
            }
        }
    }
}
