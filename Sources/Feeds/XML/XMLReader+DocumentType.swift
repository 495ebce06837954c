extension XMLReader {
    /// Bytes of an internal entity's text; chosen: its use costs no more than 20 bytes each.
    private static let entityText = 64

    /// Stands on `<!DOCTYPE`; drops it whole, after a look at its entities.
    mutating func documentType() {
        let start = position
        position += 9
        var isInside = false
        while position < source.count, position - start < FeedLimits.tag {
            switch source[position] {
            case UInt8(ascii: "["): isInside = true
            case UInt8(ascii: "]"): isInside = false
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipQuoted()
            case UInt8(ascii: "<") where has("<!--", at: position):
                position = find("-->", from: position).map { $0 + 2 } ?? source.count
            case UInt8(ascii: "<") where has("<!ENTITY", at: position): entityDeclaration()
            case UInt8(ascii: ">") where !isInside:
                position += 1
                noteNetscape(start..<position)
                return
            default: break
            }
            position += 1
        }
        giveUp()
    }

    /// Stands on a quote; moves to its partner.
    private mutating func skipQuoted() {
        let quote = source[position]
        var next = position + 1
        while next < source.count, source[next] != quote { next += 1 }
        position = min(next, source.count - 1)
    }

    /// Stands on `<!ENTITY`; moves to its `>`.
    private mutating func entityDeclaration() {
        var words: [[UInt8]] = []
        var next = position + 8
        while next < source.count, source[next] != UInt8(ascii: ">"), words.count < 8 {
            let byte = source[next]
            if byte.isXMLBlank {
                next += 1
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                var end = next + 1
                while end < source.count, source[end] != byte { end += 1 }
                words.append(Array(source[next..<end]))
                next = end + 1
            } else {
                var end = next
                while end < source.count, !source[end].isXMLBlank, source[end] != UInt8(ascii: ">")
                { end += 1 }
                words.append(Array(source[next..<end]))
                next = end
            }
        }
        position = min(next, source.count - 1)
        guard words.count >= 2 else { return }
        let text = words[1].dropFirst()
        let isQuoted = words[1].first == UInt8(ascii: "\"") || words[1].first == UInt8(ascii: "'")
        let isPlain = !text.contains {
            $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") || $0 < 0x20 || $0 == 0xEF
                || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "\"")
        }
        if !isQuoted {
            warn(.forbidden)
        } else if isPlain, text.count <= Self.entityText, entities.count < 1_000 {
            entities[words[0]] = Array(text)
        }
    }

    private mutating func noteNetscape(_ range: Range<Int>) {
        for index in range where hasIgnoringCase("netscape", at: index) {
            isNetscape = true
            return
        }
    }
}
