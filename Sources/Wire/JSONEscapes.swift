/// Takes a JSON string out of its escapes (RFC 8259, section 7).
enum JSONEscapes {
    /// Appends what `escaped`, a string that the reader has passed, stands for.
    static func decode(_ escaped: UnsafeBufferPointer<UInt8>, into plain: inout [UInt8]) {
        plain.reserveCapacity(plain.count + escaped.count)
        var position = 0
        while position < escaped.count {
            let run = escaped[position...].prefix { $0 != UInt8(ascii: "\\") }
            plain.append(contentsOf: run)
            position = run.endIndex + 1
            guard position < escaped.count else { return }
            let byte = escaped[position]
            position += 1
            switch byte {
            case UInt8(ascii: "b"): plain.append(0x08)
            case UInt8(ascii: "f"): plain.append(0x0C)
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "r"): plain.append(0x0D)
            case UInt8(ascii: "t"): plain.append(0x09)
            case UInt8(ascii: "u"):
                plain.append(
                    contentsOf: UTF8.encode(scalar(escaped, &position))
                        ?? UTF8.encodedReplacementCharacter)
            default: plain.append(byte)
            }
        }
    }

    /// The scalar of a `\u` escape, or of a pair of them; U+FFFD for half a pair.
    private static func scalar(
        _ escaped: UnsafeBufferPointer<UInt8>, _ position: inout Int
    ) -> Unicode.Scalar {
        let first = unit(escaped, &position)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, position + 1 < escaped.count,
            escaped[position] == UInt8(ascii: "\\"), escaped[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        var behind = position + 2
        let second = unit(escaped, &behind)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { return "\u{FFFD}" }
        position = behind
        return scalar
    }

    private static func unit(
        _ escaped: UnsafeBufferPointer<UInt8>, _ position: inout Int
    ) -> UInt32 {
        var unit: UInt32 = 0
        for byte in escaped[position...].prefix(4) {
            unit = unit << 4 | UInt32(digit(byte) ?? 0)
            position += 1
        }
        return unit
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
