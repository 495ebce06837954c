/// Why bytes are not JSON, and where.
package struct JSONError: Error, Hashable {
    /// 0-based offset of the byte at which reading stopped.
    package let offset: Int
    package let reason: String

    package init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }
}

/// Pulls JSON apart token by token (RFC 8259), the one reader for feeds, filters and archives.
///
/// Stricter than nothing and laxer than the standard in three places, because publishers are: a
/// leading byte order mark is skipped, raw control characters stand inside strings, and what is
/// not UTF-8 or a lone surrogate becomes U+FFFD. Numbers stay text, so that a 64-bit id survives.
package struct JSONReader {
    package enum Token: Hashable {
        case beginObject, endObject, beginArray, endArray
        /// The name of a member; its value follows.
        case name(String)
        case string(String)
        case number(String)
        case bool(Bool)
        case null
    }

    private enum Place {
        case objectStart, objectNext, arrayStart, arrayNext, value, done
    }

    private let bytes: [UInt8]
    private let depthLimit: Int
    private var position: Int
    /// What may stand at `position`, innermost last.
    private var places: [Place] = [.value]

    /// Levels of nesting before a document is refused; the research note on feeds asks for 64.
    package static let depthLimit = 64

    package init(_ bytes: [UInt8], depthLimit: Int = JSONReader.depthLimit) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        self.position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// 0-based offset of the next unread byte.
    package var offset: Int { position }

    /// The next token; absent once the one value and the blanks behind it are read.
    package mutating func next() throws(JSONError) -> Token? {
        skipBlanks()
        guard let place = places.last else { return nil }
        switch place {
        case .done:
            guard position == bytes.count else { throw error("text after the value") }
            places.removeAll()
            return nil
        case .value:
            places.removeLast()
            if places.isEmpty { places.append(.done) }
            return try value()
        case .arrayStart:
            if peek == UInt8(ascii: "]") { return close(.endArray) }
            places[places.count - 1] = .arrayNext
            return try value()
        case .arrayNext:
            if peek == UInt8(ascii: "]") { return close(.endArray) }
            try expect(",", "expected ',' or ']'")
            skipBlanks()
            return try value()
        case .objectStart:
            if peek == UInt8(ascii: "}") { return close(.endObject) }
            places[places.count - 1] = .objectNext
            return try name()
        case .objectNext:
            if peek == UInt8(ascii: "}") { return close(.endObject) }
            try expect(",", "expected ',' or '}'")
            skipBlanks()
            return try name()
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ reason: String) -> JSONError {
        JSONError(offset: position, reason: position >= bytes.count ? "ends too early" : reason)
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func close(_ token: Token) -> Token {
        position += 1
        places.removeLast()
        if places.isEmpty { places.append(.done) }
        return token
    }

    private mutating func expect(_ byte: Unicode.Scalar, _ reason: String) throws(JSONError) {
        guard peek == UInt8(ascii: byte) else { throw error(reason) }
        position += 1
    }

    private mutating func open(_ place: Place, _ token: Token) throws(JSONError) -> Token {
        if case .done = places.last { places.removeLast() }
        guard places.count < depthLimit else { throw error("nested too deep") }
        position += 1
        places.append(place)
        return token
    }

    private mutating func name() throws(JSONError) -> Token {
        guard peek == UInt8(ascii: "\"") else { throw error("expected a member's name") }
        let name = try string()
        skipBlanks()
        try expect(":", "expected ':'")
        places.append(.value)
        return .name(name)
    }

    private mutating func value() throws(JSONError) -> Token {
        switch peek {
        case UInt8(ascii: "{"): return try open(.objectStart, .beginObject)
        case UInt8(ascii: "["): return try open(.arrayStart, .beginArray)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case .some(let byte) where byte == UInt8(ascii: "-") || isDigit(byte):
            return .number(try number())
        default: throw error("expected a value")
        }
    }

    private mutating func literal(_ text: StaticString, _ token: Token) throws(JSONError) -> Token {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[position..<end].elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        else { throw error("expected a value") }
        position = end
        return token
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func digits() throws(JSONError) {
        guard let first = peek, isDigit(first) else { throw error("expected a digit") }
        while let byte = peek, isDigit(byte) { position += 1 }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if peek == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            position += 1
        }
        if peek == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
        }
        var plain = Array(bytes[start..<position])
        while true {
            guard let byte = peek else { throw error("ends inside a string") }
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: plain, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            guard let escape = peek else { throw error("ends inside a string") }
            position += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain.append(escape)
            case UInt8(ascii: "b"): plain.append(0x08)
            case UInt8(ascii: "f"): plain.append(0x0C)
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "r"): plain.append(0x0D)
            case UInt8(ascii: "t"): plain.append(0x09)
            case UInt8(ascii: "u"): plain.append(contentsOf: Array(String(try scalar()).utf8))
            default: throw error("unknown escape")
            }
        }
    }

    /// The scalar of a `\u` escape, or of a pair of them; U+FFFD for half a pair.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let back = position
        position += 2
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else {
            position = back
            return "\u{FFFD}"
        }
        return scalar
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw error("ends inside a string") }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw error("expected four hex digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
