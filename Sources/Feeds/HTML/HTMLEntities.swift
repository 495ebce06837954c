/// HTML's names of characters, for markup and for XML that uses them undeclared.
enum HTMLEntities {
    /// Bytes of the longest name, `CounterClockwiseContourIntegral`.
    static let longestName = 31

    private struct Entry {
        let name: Range<Int>
        let text: [UInt8]
        /// Whether browsers read it without its semicolon.
        let isLegacy: Bool
    }

    /// By FNV-1a hash of the name; the names themselves are compared after it.
    private static let entries: [UInt64: Entry] = {
        var entries: [UInt64: Entry] = [:]
        entries.reserveCapacity(2_300)
        let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        for word in bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            guard let mark = word.firstIndex(where: { $0 == 0x3D || $0 == 0x2A }) else { continue }
            var text: [UInt8] = []
            for hex in word[(mark + 1)...].split(separator: UInt8(ascii: "+")) {
                let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16) ?? 0
                text.append(scalar: Unicode.Scalar(value) ?? "\u{FFFD}")
            }
            let name = word.startIndex..<mark
            entries[hash(UnsafeBufferPointer(rebasing: bytes[name]))] = Entry(
                name: name, text: text, isLegacy: bytes[mark] == 0x2A)
        }
        return entries
    }()

    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }

    private static func entry(_ name: UnsafeBufferPointer<UInt8>) -> Entry? {
        guard let entry = entries[hash(name)], entry.name.count == name.count else { return nil }
        let known = UnsafeBufferPointer(
            start: table.utf8Start + entry.name.lowerBound, count: entry.name.count)
        return known.elementsEqual(name) ? entry : nil
    }

    /// The character, in UTF-8, that `&NAME;` stands for.
    static func character(named name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        entry(name)?.text
    }

    /// The same in XML, where the names are those of XHTML 1.0, which has other angle brackets.
    static func characterInXML(named name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        if name.elementsEqual("lang".utf8) { return [0xE2, 0x8C, 0xA9] }
        if name.elementsEqual("rang".utf8) { return [0xE2, 0x8C, 0xAA] }
        return character(named: name)
    }

    static func isPredefinedInXML(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        switch name.count {
        case 2: (name[0] == 0x6C || name[0] == 0x67) && name[1] == 0x74
        case 3: name.elementsEqual("amp".utf8)
        case 4: name.elementsEqual("quot".utf8) || name.elementsEqual("apos".utf8)
        default: false
        }
    }

    /// The reference that begins with the `&` at `index`, and the index behind it, if it is one.
    ///
    /// The semicolon may be missing after numbers and legacy names.
    static func reference(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (text: [UInt8], end: Int)? {
        guard index + 2 < bytes.count else { return nil }
        if bytes[index + 1] == UInt8(ascii: "#") {
            guard let (scalar, end) = numeric(in: bytes, at: index) else { return nil }
            var text: [UInt8] = []
            text.append(scalar: scalar)
            return (text, end)
        }
        let start = index + 1
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
