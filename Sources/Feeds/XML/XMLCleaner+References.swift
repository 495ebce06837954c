extension XMLCleaner {
    /// Stands on `&`.
    mutating func reference() {
        if position + 1 < source.count, source[position + 1] == UInt8(ascii: "#") {
            return numericReference()
        }
        let start = position + 1
        var end = start
        while end < source.count, end - start < HTMLEntities.longestName,
            source[end].isASCIILetterOrDigit
        { end += 1 }
        guard end > start, end < source.count, source[end] == UInt8(ascii: ";") else {
            return escapeAmpersand()
        }
        let name = UnsafeBufferPointer(rebasing: source[start..<end])
        if HTMLEntities.isPredefinedInXML(name) {
            output.append(
                contentsOf: UnsafeBufferPointer(rebasing: source[position...end]))
        } else if let text = entities.isEmpty ? nil : entities[Array(name)] {
            output.append(contentsOf: text)
        } else if let text = HTMLEntities.characterInXML(named: name) {
            for byte in text { put(character: byte) }
        } else {
            return escapeAmpersand()
        }
        position = end + 1
    }

    private mutating func escapeAmpersand() {
        warn(.malformed)
        put("&amp;")
        position += 1
    }

    private mutating func put(character byte: UInt8) {
        switch byte {
        case UInt8(ascii: "<"): put("&lt;")
        case UInt8(ascii: "&"): put("&amp;")
        case UInt8(ascii: "\""): put("&#34;")
        case UInt8(ascii: "'"): put("&#39;")
        default: output.append(byte)
        }
    }

    private mutating func numericReference() {
        guard let (scalar, end) = HTMLEntities.numericInXML(in: source, at: position) else {
            return escapeAmpersand()
        }
        guard end <= source.count, source[end - 1] == UInt8(ascii: ";") else {
            return escapeAmpersand()
        }
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7F:
            // Written anew, so that a line feed in an attribute stays one.
            output.append(contentsOf: Array("&#\(scalar.value);".utf8))
        case ..<0x20, 0xFFFE, 0xFFFF: warn(.malformed)
        default: output.append(scalar: scalar)
        }
        position = end
    }
}
