/// A lexeme of a query; ranges are scalars of `QueryLexer.scalars`.
struct Lexeme {
    enum Kind: Hashable {
        case open, close, phrase, exact, near, and, or, not, minus, field, word
    }

    let kind: Kind
    let range: Range<Int>
    /// What stands inside quotation marks or braces; the field's name; the word itself.
    var content: Range<Int>
    /// n of `~n` and `NEAR/n`; nil where a phrase has none.
    var number: Int?
    /// `f` of `NEAR/nf`.
    var isOrdered = false
}

/// Cuts a query into lexemes: `LEX` of the matching specification.
struct QueryLexer {
    /// As read: full-width ASCII, curly quotes and the ideographic space replaced one by one.
    let scalars: [UInt32]
    /// Number of scalars without blanks at the end.
    let end: Int
    private var place = 0

    static let maximumLength = 20_000
    static let fields = ["author", "site", "lang", "url", "title"]

    init(_ query: String) {
        scalars = query.unicodeScalars.map { Self.plain($0.value) }
        end = (scalars.lastIndex { !Self.isBlank($0) } ?? -1) + 1
    }

    private static func plain(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x3000: 0x20
        case 0x201C...0x201F: 0x22
        case 0x2018, 0x2019: 0x27
        case 0xFF01..<0xFF5F: scalar - 0xFEE0
        default: scalar
        }
    }

    func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range].compactMap(Unicode.Scalar.init)))
    }

    /// White space as Python's `str.isspace` has it.
    static func isBlank(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 9...13, 28...32, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000:
            true
        default: false
        }
    }

    /// The next lexeme, nil at the end, or the reason why there is none and its place.
    mutating func next() throws(LexicalError) -> Lexeme? {
        while place < end, Self.isBlank(scalars[place]) { place += 1 }
        guard place < end else { return nil }
        let start = place
        let lexeme = try lexeme(at: start, end)
        place = lexeme.range.upperBound
        return lexeme
    }

    struct LexicalError: Error {
        let reason: QueryError.Reason
        let place: Int
    }

    private func lexeme(at start: Int, _ end: Int) throws(LexicalError) -> Lexeme {
        let one = start..<start + 1
        switch Character(scalars[start]) {
        case "(": return Lexeme(kind: .open, range: one, content: one)
        case ")": return Lexeme(kind: .close, range: one, content: one)
        case "\"":
            return try phrase(start, end)
        case "{":
            guard let close = scalars[start..<end].firstIndex(of: 0x7D) else {
                throw LexicalError(reason: .openBrace, place: start)
            }
            return Lexeme(kind: .exact, range: start..<close + 1, content: start + 1..<close)
        case "}":
            throw LexicalError(reason: .closingBrace, place: start)
        default: break
        }
        if let near = near(start, end) { return near }
        for (word, kind) in [("AND", Lexeme.Kind.and), ("OR", .or), ("NOT", .not)]
        where starts(with: word, at: start, end) {
            let after = start + word.utf8.count
            if isBoundary(after, end, closing: true) {
                return Lexeme(kind: kind, range: start..<after, content: start..<after)
            }
        }
        if scalars[start] == 0x2D, start + 1 < end, !Self.isBlank(scalars[start + 1]) {
            return Lexeme(kind: .minus, range: one, content: one)
        }
        for field in Self.fields where starts(with: field + ":", at: start, end) {
            let colon = start + field.utf8.count
            return Lexeme(kind: .field, range: start..<colon + 1, content: start..<colon)
        }
        var after = start
        while after < end, !Self.isBlank(scalars[after]), !isBracket(scalars[after]) { after += 1 }
        return Lexeme(kind: .word, range: start..<after, content: start..<after)
    }

    private func phrase(_ start: Int, _ end: Int) throws(LexicalError) -> Lexeme {
        guard let close = scalars[start + 1..<end].firstIndex(of: 0x22) else {
            throw LexicalError(reason: .openQuotationMark, place: start)
        }
        var lexeme = Lexeme(kind: .phrase, range: start..<close + 1, content: start + 1..<close)
        if close + 1 < end, scalars[close + 1] == 0x7E,
            let (number, after) = number(at: close + 2, end)
        {
            lexeme = Lexeme(
                kind: .phrase, range: start..<after, content: start + 1..<close, number: number)
        }
        return lexeme
    }

    private func near(_ start: Int, _ end: Int) -> Lexeme? {
        guard starts(with: "NEAR/", at: start, end),
            let (number, digitsEnd) = number(at: start + 5, end)
        else { return nil }
        let isOrdered = digitsEnd < end && scalars[digitsEnd] == 0x66
        let after = isOrdered ? digitsEnd + 1 : digitsEnd
        guard isBoundary(after, end, closing: false) else { return nil }
        return Lexeme(
            kind: .near, range: start..<after, content: start..<after, number: number,
            isOrdered: isOrdered)
    }

    /// Decimal digits from `start` on; more than a million is said as a million.
    private func number(at start: Int, _ end: Int) -> (Int, Int)? {
        var value = 0
        var after = start
        while after < end, scalars[after] >= 0x30, scalars[after] < 0x3A {
            value = min(value * 10 + Int(scalars[after] - 0x30), 1_000_000)
            after += 1
        }
        return after > start ? (value, after) : nil
    }

    private func starts(with word: String, at start: Int, _ end: Int) -> Bool {
        start + word.utf8.count <= end
            && zip(word.utf8, scalars[start...]).allSatisfy { UInt32($0) == $1 }
    }

    private func isBoundary(_ place: Int, _ end: Int, closing: Bool) -> Bool {
        guard place < end else { return true }
        let scalar = scalars[place]
        switch scalar {
        case 0x28, 0x22, 0x7B: return true
        case 0x29, 0x7D: return closing && scalar == 0x29
        default: return Self.isBlank(scalar)
        }
    }

    private func isBracket(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x28, 0x29, 0x22, 0x7B, 0x7D: true
        default: false
        }
    }
}

extension Character {
    fileprivate init(_ scalar: UInt32) {
        self = Unicode.Scalar(scalar).map(Character.init) ?? "\u{FFFD}"
    }
}
