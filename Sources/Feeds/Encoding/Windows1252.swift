/// The encoding that unlabelled, `iso-8859-1` and `us-ascii` text is in (WHATWG Encoding Standard).
enum Windows1252 {
    /// U+0080…U+009F as the encoding has them; its five holes are the C1 characters themselves.
    static let upper: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{0192}", "\u{201E}", "\u{2026}", "\u{2020}",
        "\u{2021}", "\u{02C6}", "\u{2030}", "\u{0160}", "\u{2039}", "\u{0152}", "\u{8D}",
        "\u{017D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}",
        "\u{2022}", "\u{2013}", "\u{2014}", "\u{02DC}", "\u{2122}", "\u{0161}", "\u{203A}",
        "\u{0153}", "\u{9D}", "\u{017E}", "\u{0178}",
    ]

    static func decode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte >= 0x80 {
                    if index > start { text.append(contentsOf: bytes[start..<index]) }
                    let scalar = byte < 0xA0 ? upper[Int(byte - 0x80)] : Unicode.Scalar(byte)
                    text.append(contentsOf: scalar.encoded)
                    start = index + 1
                }
                index += 1
            }
            text.append(contentsOf: bytes[start...])
        }
        return text
    }
}
