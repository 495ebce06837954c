/// Text in UTF-16 as it comes, made UTF-8.
struct UTF16Input {
    private let isBigEndian: Bool
    /// The first byte of a unit, where the other has not come.
    private var half: UInt8?
    /// The first unit of a pair, where the other has not come.
    private var high: UInt16?

    /// Absent where the text does not begin with the byte order mark of UTF-16.
    init?(_ start: [UInt8]) {
        if start.starts(with: [0xFE, 0xFF]) {
            isBigEndian = true
        } else if start.starts(with: [0xFF, 0xFE]), !start.starts(with: [0xFF, 0xFE, 0, 0]) {
            isBigEndian = false
        } else {
            return nil
        }
    }

    /// What is no character becomes U+FFFD; the mark becomes one of UTF-8.
    mutating func utf8(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2 + 2)
        if let high { units.append(high) }
        high = nil
        for byte in bytes {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let (upper, lower) = isBigEndian ? (first, byte) : (byte, first)
            units.append(UInt16(upper) << 8 | UInt16(lower))
        }
        if !isLast, let last = units.last, UTF16.isLeadSurrogate(last) {
            high = units.removeLast()
        }
        if isLast, half != nil {
            half = nil
            units.append(0xFFFD)
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
