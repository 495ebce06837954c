/// Undoes two damages that publishers' programs do before a feed is written.
enum Mojibake {
    /// The text put right; nil where there is nothing to repair.
    ///
    /// UTF-8 that was read as windows-1252 and encoded again is decoded once more (`â€¦` → `…`),
    /// where the whole text allows it; else C1 control characters become what they are in
    /// windows-1252.
    static func repaired(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let first = firstNonASCII(text) else { return nil }
        if mayBeDoubled(text, at: first), let decoded = once(text) { return decoded }
        return hasControls(text, from: first) ? withoutControls(text) : nil
    }

    /// Whether a character that was encoded twice may begin at `index`: one of U+00C2…U+00F4, and
    /// one behind it that is not ASCII either.
    private static func mayBeDoubled(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        index + 2 < text.count && text[index] == 0xC3 && text[index + 1] >= 0x82
            && text[index + 2] >= 0x80
    }

    /// By byte value of windows-1252's own characters.
    private static let singleBytes: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: Windows1252.upper.enumerated().map {
            ($1, UInt8(0x80 + $0))
        })

    private static func once(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var lead: UInt8 = 0
        // Continuation bytes that a sequence still needs; anything else ends the attempt.
        var missing = 0
        // Long sequences other than U+2000…U+203F: one alone may be chance, as in `é »`.
        var long = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let byte: UInt8
            if scalar.value <= 0xFF {
                byte = UInt8(truncatingIfNeeded: scalar.value)
            } else {
                // Only in punctuation, which is `â€` and one more.
                guard let known = singleBytes[scalar], lead == 0xE2,
                    (missing == 2 && known == 0x80) || (missing == 1 && decoded.last == 0x80)
                else { return nil }
                byte = known
            }
            switch byte {
            case ..<0x80: guard missing == 0 else { return nil }
            case 0x80...0xBF:
                guard missing > 0 else { return nil }
                missing -= 1
                if missing == 1, lead == 0xE2, byte == 0x80 { long -= 1 }
            default:
                guard missing == 0 else { return nil }
                lead = byte
                missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
                if missing > 1 { long += 1 }
            }
            decoded.append(byte)
        }
        guard missing == 0, long != 1 else { return nil }
        let check = decoded.withUnsafeBufferPointer { UTF8Check($0) }
        return check.bad == 0 && check.multibyte > 0 ? decoded : nil
    }

    private static func hasControls(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var index = text.next(0xC2, from: start)
        while index + 1 < text.count {
            if (0x80...0x9F).contains(text[index + 1]) { return true }
            index = text.next(0xC2, from: index + 1)
        }
        return false
    }

    private static func withoutControls(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var repaired: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0xC2, index + 1 < bytes.count,
                (0x80...0x9F).contains(bytes[index + 1])
            {
                let scalar = Windows1252.upper[Int(bytes[index + 1] - 0x80)]
                repaired.append(contentsOf: scalar.encoded)
                index += 2
            } else {
                repaired.append(bytes[index])
                index += 1
            }
        }
        return repaired
    }
}
