/// Reads paths and calls as mappings write them.
struct ExpressionScanner {
    private let bytes: [UInt8]
    private var position = 0

    /// Calls within calls; chosen.
    private static let depthLimit = 8

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private func error(_ reason: String) -> MappingError {
        MappingError(
            "'\(String(decoding: bytes, as: UTF8.self))': \(reason) at its character \(position + 1)"
        )
    }

    private mutating func skipBlanks() {
        while peek == 0x20 { position += 1 }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: Unicode.Scalar) throws(MappingError) {
        guard take(byte) else { throw error("expected '\(byte)'") }
    }

    mutating func expectEnd() throws(MappingError) {
        skipBlanks()
        guard position == bytes.count else { throw error("expected its end") }
    }

    // MARK: - Calls

    mutating func expression(depth: Int = 0) throws(MappingError) -> FieldExpression {
        guard depth < Self.depthLimit else { throw error("nested too deep") }
        skipBlanks()
        let start = position
        let name = plainName()
        guard !name.isEmpty, peek == UInt8(ascii: "(") else {
            position = start
            return .path(try path())
        }
        position += 1
        let call: FieldExpression
        switch name {
        case "text": call = .text(try expression(depth: depth + 1))
        case "epoch": call = .epoch(try expression(depth: depth + 1))
        case "language": call = .language(try expression(depth: depth + 1))
        case "unwrap": call = .unwrapped(try expression(depth: depth + 1))
        case "join": call = .joined(try expression(depth: depth + 1), try argument())
        case "last": call = .last(try expression(depth: depth + 1), try argument())
        case "is":
            let value = try expression(depth: depth + 1)
            var texts = [try argument()]
            while peek == UInt8(ascii: ",") { texts.append(try argument()) }
            call = .isOneOf(value, texts)
        case "template": call = .template(try template(depth: depth + 1))
        default:
            position = start
            throw error("there is no function '\(name)'; known: \(Self.functions)")
        }
        skipBlanks()
        try expect(")")
        return call
    }

    private static let functions = "text, epoch, language, join, last, is, template, unwrap"

    /// A comma and a quoted text.
    private mutating func argument() throws(MappingError) -> String {
        skipBlanks()
        try expect(",")
        skipBlanks()
        return try quoted()
    }

    /// `"words {$.a} words"`: texts and expressions in turn.
    private mutating func template(
        depth: Int
    ) throws(MappingError) -> [FieldExpression.Piece] {
        skipBlanks()
        guard peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") else {
            throw error("expected a text in quotes")
        }
        let quote = peek
        position += 1
        var pieces: [FieldExpression.Piece] = []
        var text: [UInt8] = []
        while peek != quote {
            guard position < bytes.count else { throw error("expected its closing quote") }
            if take("{") {
                if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                pieces.append(.value(try expression(depth: depth)))
                skipBlanks()
                try expect("}")
            } else {
                text.append(peek)
                position += 1
            }
        }
        position += 1
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        return pieces
    }

    // MARK: - Paths

    mutating func path() throws(MappingError) -> JSONPath {
        skipBlanks()
        var steps: [JSONPath.Step] = []
        var isFromDocument = false
        if take("$") {
            isFromDocument = take("$")
        } else {
            if peek != UInt8(ascii: "[") { steps.append(.member(try memberName())) }
        }
        while true {
            if take(".") {
                steps.append(.member(try memberName()))
            } else if take("[") {
                steps.append(try bracket())
                try expect("]")
            } else {
                return JSONPath(isFromDocument: isFromDocument, steps: steps)
            }
        }
    }

    private mutating func bracket() throws(MappingError) -> JSONPath.Step {
        if take("*") { return .all }
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return .member(try quoted()) }
        if peek == UInt8(ascii: "-") || peek &- UInt8(ascii: "0") < 10 {
            let start = position
            position += 1
            while peek &- UInt8(ascii: "0") < 10 { position += 1 }
            let digits = String(decoding: bytes[start..<position], as: UTF8.self)
            guard let index = Int32(digits) else {
                throw error("expected the number of an element")
            }
            return .element(Int(index))
        }
        var names = [try memberName()]
        while take(".") { names.append(try memberName()) }
        try expect("=")
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
            return .matching(names, .text(try quoted()))
        }
        return .matching(names, .path(try path()))
    }

    private mutating func memberName() throws(MappingError) -> String {
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try quoted() }
        let name = plainName()
        guard !name.isEmpty else { throw error("expected the name of a member") }
        return name
    }

    /// Letters, digits, `_`, `-`, `:`, `@` and all beyond ASCII.
    private mutating func plainName() -> String {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            let isPlain =
                byte.isASCIILetterOrDigit || byte >= 0x80 || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
                || byte == UInt8(ascii: "@")
            guard isPlain else { break }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted() throws(MappingError) -> String {
        let quote = peek
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw error("expected a text in quotes")
        }
        position += 1
        let start = position
        while peek != quote {
            guard position < bytes.count else { throw error("expected its closing quote") }
            position += 1
        }
        position += 1
        return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
    }
}
