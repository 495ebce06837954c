package import EarshotDomain

/// Reads the dates that feeds bear: RFC 3339 and ISO 8601, RFC 822 and its descendants, and the
/// forms seen in the wild, by one scan into numbers, words and signs and a decision over them; no
/// list of layouts is tried in turn.
///
/// Without a zone a date is UTC. `DD/MM` and `MM/DD` are told apart only where one of them is above
/// 12; `DD.MM` is day first. Dates before 1970 do not count as readable.
package enum DateScanner {
    package static func timestamp(_ text: String) -> Timestamp? {
        var text = text
        return text.withUTF8 { timestamp($0) }
    }

    package static func timestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
            let last = bytes.lastIndex(where: { $0 > 0x20 })
        else { return nil }
        let bytes = UnsafeBufferPointer(rebasing: bytes[first...last])
        if let common = CommonDate.timestamp(bytes) { return common }
        guard var reading = DateReading(bytes), reading.decide() else { return nil }
        return reading.timestamp
    }
}
