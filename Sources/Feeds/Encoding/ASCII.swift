/// Classes of bytes that the walkers ask for.
extension UInt8 {
    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isASCIIDigit: Bool { self &- 0x30 < 10 }
    var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
    var isXMLBlank: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
    var endsName: Bool {
        isXMLBlank || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
            || self == UInt8(ascii: "<")
    }
    var endsAttributeKey: Bool {
        self <= 0x20 || self == UInt8(ascii: "=") || self == UInt8(ascii: ">")
            || self == UInt8(ascii: "/") || self == UInt8(ascii: "<")
    }
    /// Controls but tab and line feed.
    var isOdd: Bool { self < 0x20 && self != 0x09 && self != 0x0A }
    /// Letters, `_`, `:`, and all beyond ASCII.
    var beginsName: Bool {
        isASCIILetter || self == 0x5F || self == 0x3A || self >= 0x80
    }
}
