/// HTML's names of characters, for markup and for XML that uses them undeclared.
enum HTMLEntities {
    /// Bytes of the longest name, `CounterClockwiseContourIntegral`.
    static let longestName = 31

    private struct Entry {
        /// Where the name stands in `table`.
        let start: Int32
        let count: Int32
        let text: ShortText
        /// Whether browsers read it without its semicolon.
        let isLegacy: Bool
    }

    /// By FNV-1a hash of the name, with open addressing.
    ///
    /// The names themselves are compared after it. Half of the slots stay empty.
    private static let slots: [Entry?] = {
        var slots = [Entry?](repeating: nil, count: 4_096)
        let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        for word in bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            guard let mark = word.firstIndex(where: { $0 == 0x3D || $0 == 0x2A }) else { continue }
            var text = ShortText()
            for hex in word[(mark + 1)...].split(separator: UInt8(ascii: "+")) {
                let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16) ?? 0
                text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
            }
            let name = UnsafeBufferPointer(rebasing: bytes[word.startIndex..<mark])
            var slot = hash(name)
            while slots[slot] != nil { slot = (slot + 1) & 4_095 }
            slots[slot] = Entry(
                start: Int32(word.startIndex), count: Int32(name.count), text: text,
                isLegacy: bytes[mark] == 0x2A)
        }
        return slots
    }()

    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for byte in name { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int((hash ^ hash >> 16) & 4_095)
    }

    private static func entry(_ name: UnsafeBufferPointer<UInt8>) -> Entry? {
        let slots = slots
        var slot = hash(name)
        while let entry = slots[slot] {
            let known = UnsafeBufferPointer(
                start: table.utf8Start + Int(entry.start), count: Int(entry.count))
            if known.elementsEqual(name) { return entry }
            slot = (slot + 1) & 4_095
        }
        return nil
    }

    /// The character, in UTF-8, that `&NAME;` stands for.
    static func character(named name: UnsafeBufferPointer<UInt8>) -> ShortText? {
        entry(name)?.text
    }

    /// The same in XML, where the names are those of XHTML 1.0, which has other angle brackets.
    static func characterInXML(named name: UnsafeBufferPointer<UInt8>) -> ShortText? {
        if name.elementsEqual("lang".utf8) { return ShortText("\u{2329}") }
        if name.elementsEqual("rang".utf8) { return ShortText("\u{232A}") }
        return character(named: name)
    }

    /// The reference that begins with the `&` at `index`, and the index behind it, if it is one.
    ///
    /// The semicolon may be missing after numbers and legacy names.
    static func reference(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (text: ShortText, end: Int)? {
        guard index + 2 < bytes.count else { return nil }
        if bytes[index + 1] == UInt8(ascii: "#") {
            guard let (scalar, end) = numeric(in: bytes, at: index) else { return nil }
            return (ShortText(scalar), end)
        }
        let start = index + 1
        if let common = common(in: bytes, at: start) { return common }
        var end = start
        while end < bytes.count, end - start < longestName, bytes[end].isASCIILetterOrDigit {
            end += 1
        }
        guard end > start + 1 else { return nil }
        let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if end < bytes.count, bytes[end] == UInt8(ascii: ";") {
            return entry(name).map { ($0.text, end + 1) }
        }
        guard let entry = entry(name), entry.isLegacy else { return nil }
        // `&copy=1` in a query is no copyright sign (HTML Standard, 13.2.5.73).
        if end < bytes.count, bytes[end] == UInt8(ascii: "=") { return nil }
        return (entry.text, end)
    }

    /// The names that make up nearly all references in feeds.
    private static func common(
        in bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> (text: ShortText, end: Int)? {
        guard start + 3 <= bytes.count else { return nil }
        switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
        case (0x6C, 0x74, 0x3B): return (ShortText("<"), start + 3)
        case (0x67, 0x74, 0x3B): return (ShortText(">"), start + 3)
        case (0x61, 0x6D, 0x70) where start + 3 < bytes.count && bytes[start + 3] == 0x3B:
            return (ShortText("&"), start + 4)
        default: return nil
        }
    }

    /// A numeric reference that begins with the `&` at `index`.
    ///
    /// What names no character, and what means windows-1252, is mapped as browsers do (HTML
    /// Standard, 13.2.5.80).
    static func numeric(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        guard let (scalar, end) = numericInXML(in: bytes, at: index) else { return nil }
        guard (0x80...0x9F).contains(scalar.value) else { return (scalar, end) }
        return (Windows1252.upper[Int(scalar.value - 0x80)], end)
    }

    /// The same with C1 controls left as they are: `Mojibake` decides what they mean.
    static func numericInXML(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        var next = index + 2
        var radix: UInt32 = 10
        if next < bytes.count, bytes[next] | 0x20 == UInt8(ascii: "x") {
            radix = 16
            next += 1
        }
        let start = next
        var value: UInt32 = 0
        while next < bytes.count, let digit = bytes[next].hexDigit, UInt32(digit) < radix {
            value = min(value * radix + UInt32(digit), 0x11_0000)
            next += 1
        }
        guard next > start else { return nil }
        if next < bytes.count, bytes[next] == UInt8(ascii: ";") { next += 1 }
        switch value {
        case 0: return ("\u{FFFD}", next)
        default: return (Unicode.Scalar(value) ?? "\u{FFFD}", next)
        }
    }
}

extension UInt8 {
    var hexDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
