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

/// One value of a document, or the name of a member: where it stands.
struct JSONNode {
    enum Kind: UInt8 {
        case null, yes, no, number, plainString, escapedString, array, object
    }

    let kind: Kind
    /// Offset of the first byte; of a string, the one behind its opening quote.
    let start: UInt32
    /// Offset behind the last byte; of a string, that of its closing quote.
    var end: UInt32
    /// Index of the node behind this one and all that it holds.
    var next: UInt32
}

/// Walks JSON once (RFC 8259) and notes where each value stands.
///
/// The one reader for feeds, filters and archives. No value is taken out of the bytes before
/// somebody asks for it.
///
/// Laxer than the standard in three places, because publishers are: a leading byte order mark is
/// skipped, raw control characters stand inside strings, and what is not UTF-8 or half a surrogate
/// pair becomes U+FFFD when it is taken out. Nesting costs no stack.
struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let depthLimit: Int
    private var position: Int
    /// In document order: a container before what it holds, a member's name before its value.
    private var nodes: [JSONNode] = []
    /// Index of the container that is open; it holds that of the one around it in `next`.
    private var container: Int?
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        // Guessed: what real documents need; hostile ones grow as they are read.
        nodes.reserveCapacity(min(bytes.count / 32 + 16, 1 << 16))
    }

    /// The nodes of the one value that `bytes` hold.
    static func nodes(
        of bytes: [UInt8], depthLimit: Int
    ) throws(JSONError) -> [JSONNode] {
        guard bytes.count < UInt32.max else {
            throw JSONError(offset: 0, reason: "longer than 4 GiB")
        }
        let result = bytes.withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes, depthLimit: depthLimit)
            return Result { () throws(JSONError) in
                try reader.read()
                return reader.nodes
            }
        }
        return try result.get()
    }

    private mutating func read() throws(JSONError) {
        skipBlanks()
        try value()
        while let container {
            skipBlanks()
            let isObject = nodes[container].kind == .object
            let isFirst = container == nodes.count - 1
            if peek == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                close(container)
                continue
            }
            if !isFirst {
                try expect(",", isObject ? "expected ',' or '}'" : "expected ',' or ']'")
                skipBlanks()
            }
            if isObject {
                guard peek == UInt8(ascii: "\"") else { throw error("expected a member's name") }
                try string()
                skipBlanks()
                try expect(":", "expected ':'")
                skipBlanks()
            }
            try value()
        }
        skipBlanks()
        guard position == bytes.count else { throw error("text after the value") }
    }

    /// 0 behind the end, where no JSON begins.
    private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private func error(_ reason: String) -> JSONError {
        JSONError(offset: position, reason: position >= bytes.count ? "ends too early" : reason)
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    private mutating func expect(_ byte: Unicode.Scalar, _ reason: String) throws(JSONError) {
        guard peek == UInt8(ascii: byte) else { throw error(reason) }
        position += 1
    }

    private mutating func add(_ kind: JSONNode.Kind, from start: Int, to end: Int) {
        nodes.append(
            JSONNode(
                kind: kind, start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count + 1)))
    }

    private mutating func value() throws(JSONError) {
        switch peek {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "{"): try open(.object)
        case UInt8(ascii: "["): try open(.array)
        case UInt8(ascii: "t"): try literal("true", .yes)
        case UInt8(ascii: "f"): try literal("false", .no)
        case UInt8(ascii: "n"): try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw error("expected a value")
        }
    }

    // MARK: - Containers

    private static let outermost = UInt32.max

    private mutating func open(_ kind: JSONNode.Kind) throws(JSONError) {
        guard depth < depthLimit else { throw error("nested too deep") }
        add(kind, from: position, to: position)
        let index = nodes.count - 1
        nodes[index].next = container.map { UInt32(truncatingIfNeeded: $0) } ?? Self.outermost
        container = index
        depth += 1
        position += 1
    }

    private mutating func close(_ index: Int) {
        position += 1
        depth -= 1
        let outer = nodes[index].next
        container = outer == Self.outermost ? nil : Int(outer)
        nodes[index].end = UInt32(truncatingIfNeeded: position)
        nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
    }

    // MARK: - Scalars

    private mutating func literal(
        _ text: StaticString, _ kind: JSONNode.Kind
    ) throws(JSONError) {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[position..<end].elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        else { throw error("expected a value") }
        add(kind, from: position, to: end)
        position = end
    }

    private mutating func number() throws(JSONError) {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if peek == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        add(.number, from: start, to: position)
    }

    private mutating func digits() throws(JSONError) {
        guard peek &- UInt8(ascii: "0") < 10 else { throw error("expected a digit") }
        while peek &- UInt8(ascii: "0") < 10 { position += 1 }
    }

    private mutating func string() throws(JSONError) {
        position += 1
        let start = position
        var kind = JSONNode.Kind.plainString
        skipPlain()
        while peek != UInt8(ascii: "\"") {
            guard position < bytes.count else { throw error("ends inside a string") }
            kind = .escapedString
            try escape()
            skipPlain()
        }
        add(kind, from: start, to: position)
        position += 1
    }

    /// Goes on to the next quote, backslash or the end, eight bytes at a time: a byte of `x ^ 0x22…`
    /// is zero where `x` has a quote, and the lowest set bit of `(y − 0x01…) & ~y & 0x80…` stands in
    /// the lowest zero byte of `y` (Warren, Hacker's Delight, section 6-1).
    private mutating func skipPlain() {
        let raw = UnsafeRawBufferPointer(bytes)
        while position + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let quote = word ^ 0x2222_2222_2222_2222
            let escape = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let ones: UInt64 = 0x0101_0101_0101_0101
            let found =
                ((quote &- ones) & ~quote | (escape &- ones) & ~escape) & 0x8080_8080_8080_8080
            if found != 0 {
                position += found.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""),
            bytes[position] != UInt8(ascii: "\\")
        {
            position += 1
        }
    }

    private mutating func escape() throws(JSONError) {
        position += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard JSONEscapes.digit(peek) != nil else {
                    throw error("expected four hex digits")
                }
                position += 1
            }
        default: throw error("unknown escape")
        }
    }
}
