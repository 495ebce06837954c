import EarshotLanguage

/// Words, phrases and values: what a query searches for.
extension QueryParser {
    /// Names that people know from other tools, and ours.
    private static let hints = [
        "language": "lang:", "domain": "url:", "link": "url:", "links": "url:", "inurl": "url:",
        "intitle": "title:", "headline": "title:", "source": "site:", "from": "author:",
        "by": "author:", "near": "NEAR/n", "onear": "NEAR/nf", "raw": "{...}",
        "hashtag": "#tag", "hashtags": "#tag",
    ]

    func word(_ lexeme: Lexeme, at start: Int) throws(QueryError) -> QueryNode {
        let word = lexer.text(lexeme.content)
        if let name = Self.fieldName(of: word) { throw unknownField(name, at: start) }
        let prepared = Folding.prepare(word)
        if let sign = prepared.unicodeScalars.first, prepared.unicodeScalars.count > 1,
            let node = Self.marked(prepared, sign)
        {
            return node
        }
        return try term(word, at: start)
    }

    /// `name` of `name:value`, but not of an address.
    private static func fieldName(of word: String) -> String? {
        let bytes = Array(word.utf8)
        guard let colon = bytes.firstIndex(of: 0x3A), colon > 0, colon + 1 < bytes.count,
            bytes[..<colon].allSatisfy(ASCII.isLetter),
            !bytes[(colon + 1)...].starts(with: [0x2F, 0x2F])
        else { return nil }
        return String(decoding: bytes[..<colon], as: UTF8.self)
    }

    private func unknownField(_ name: String, at start: Int) -> QueryError {
        let lower = name.lowercased()
        let known = QueryLexer.fields.contains(lower) ? lower + ":" : nil
        let suggestion =
            (Self.hints[lower] ?? known).map { "did you mean \($0)?" }
            ?? "fields are \(QueryLexer.fields.joined(separator: ", ")); "
            + "put the text in quotation marks to search for it"
        return error(.unknownField, at: start, name, suggestion: suggestion)
    }

    /// A hashtag, mention or cashtag, where the word is one.
    private static func marked(_ prepared: String, _ sign: Unicode.Scalar) -> QueryNode? {
        let kind: Mark.Kind
        switch sign {
        case "#": kind = .hashtag
        case "@": kind = .mention
        case "$": kind = .cashtag
        default: return nil
        }
        let analysis = TextAnalysis(prepared)
        let found = Set(
            analysis.marks.lazy.filter { $0.kind == kind }.map {
                Term(bytes: Array(analysis.folded(of: $0)), hash: $0.hash)
            })
        guard found.count == 1, let only = found.first else { return nil }
        switch kind {
        case .hashtag: return .hashtag(only)
        case .mention: return .mention(only)
        case .cashtag, .url: return .cashtag(only)
        }
    }

    func term(_ word: String, at start: Int) throws(QueryError) -> QueryNode {
        let prepared = Folding.prepare(word)
        if prepared.utf8.contains(where: Wildcard.isSign) {
            return try wildcard(word, prepared, at: start)
        }
        let words = Self.words(of: prepared)
        guard !words.isEmpty else {
            let suggestion = Self.holdsScheme(word) ? "use url: for addresses" : nil
            throw error(.nothingToSearch, at: start, word, suggestion: suggestion)
        }
        return .phrase(words, within: nil)
    }

    private static func holdsScheme(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: "://".utf8) }
    }

    private func wildcard(
        _ word: String, _ prepared: String, at start: Int
    ) throws(QueryError) -> QueryNode {
        let folded = Folding.fold(prepared)
        let scalars = folded.unicodeScalars.map(\.value)
        guard !scalars.contains(where: ScalarClass.standsAlone) else {
            throw error(.needlessWildcard, at: start, word, suggestion: "leave it out")
        }
        let before = scalars.prefix { !Wildcard.isSign($0) }
        guard before.count >= 2 else { throw error(.shortWildcard, at: start, word) }
        guard scalars.allSatisfy({ Wildcard.isSign($0) || ScalarClass.isToken($0) }) else {
            throw error(.wildcardAcrossWords, at: start, word)
        }
        return .wildcard(Array(folded.utf8))
    }

    func phrase(_ lexeme: Lexeme, at start: Int) throws(QueryError) -> QueryNode {
        let text = lexer.text(lexeme.content)
        guard !Self.holdsWildcard(Folding.prepare(text)) else {
            throw error(
                .wildcardInQuotationMarks, at: start, suggestion: "use NEAR/0f between words")
        }
        let words = Self.words(of: text)
        guard !words.isEmpty else { throw error(.nothingToSearch, at: start, "\"\(text)\"") }
        guard let window = lexeme.number else { return .phrase(words, within: nil) }
        guard words.count <= Self.maximumWindowWords, window <= Self.maximumDistance else {
            throw error(.wideWindow, at: start)
        }
        return .phrase(words, within: words.count < 2 ? nil : window)
    }

    /// `*` after a token character, or `?` between two of them.
    private static func holdsWildcard(_ prepared: String) -> Bool {
        let scalars = prepared.unicodeScalars.map(\.value)
        return scalars.indices.dropFirst().contains { k in
            guard ScalarClass.isToken(scalars[k - 1]) else { return false }
            if scalars[k] == 0x2A { return true }
            return scalars[k] == 0x3F && k + 1 < scalars.count
                && ScalarClass.isToken(scalars[k + 1])
        }
    }

    func exact(_ lexeme: Lexeme, at start: Int) throws(QueryError) -> QueryNode {
        let text = lexer.text(lexeme.content)
        let analysis = TextAnalysis(text)
        let words = analysis.tokens.filter(\.isSingle).map {
            Term(bytes: Array(analysis.raw(of: $0)), hash: $0.hash)
        }
        guard !words.isEmpty else { throw error(.nothingToSearch, at: start, "{\(text)}") }
        return .exact(words)
    }

    private static func words(of text: String) -> [Term] {
        let analysis = TextAnalysis(text)
        return analysis.tokens.filter(\.isSingle).map {
            Term(bytes: Array(analysis.folded(of: $0)), hash: $0.hash)
        }
    }

    // MARK: - Warnings

    /// What may not be meant, by place; only of a query that was parsed.
    func warnings() -> [QueryWarning] {
        let words = lexemes.lazy.filter { $0.kind == .word }.compactMap { warning($0) }
        let groups = mixed.map { warning(.mixedAndOr, at: $0, "", "") }
        return (groups + words).sorted {
            ($0.column, $0.code.rawValue) < ($1.column, $1.code.rawValue)
        }
    }

    private func warning(_ lexeme: Lexeme) -> QueryWarning? {
        let word = lexer.text(lexeme.content)
        let place = lexeme.range.lowerBound
        if let meant = Self.operatorMeant(by: word) {
            return warning(.lowerCaseOperator, at: place, word, meant)
        }
        guard let first = word.utf8.first, ![0x23, 0x40, 0x24].contains(first),
            !word.utf8.contains(where: Wildcard.isSign)
        else { return nil }
        let analysis = TextAnalysis(word)
        let kept = analysis.tokens.filter(\.isSingle)
        guard kept.count == 1 else { return nil }
        let folded = String(decoding: analysis.folded(of: kept[0]), as: UTF8.self)
        let raw = String(decoding: analysis.raw(of: kept[0]), as: UTF8.self)
        let scalars = folded.unicodeScalars.map(\.value)
        if scalars.count == 1, ScalarClass.isToken(scalars[0]), ScalarClass.isOrdinary(scalars[0]) {
            return warning(.shortTerm, at: place, word, folded)
        }
        if raw.unicodeScalars.count <= 3, !raw.utf8.elementsEqual(Folding.prepare(word).utf8) {
            return warning(.punctuation, at: place, word, raw)
        }
        return nil
    }

    /// `AND` of `and`, `NEAR/3` of `near/3`, `NEAR/3f` of `ONEAR/3`; nil where none is meant.
    private static func operatorMeant(by word: String) -> String? {
        let upper = word.utf8.map { ASCII.isLetter($0) ? $0 & ~0x20 : $0 }
        let text = String(decoding: upper, as: UTF8.self)
        if ["AND", "OR", "NOT"].contains(text) { return text }
        if text == "NEAR" { return "NEAR/3" }
        let isOrdered = upper.first == UInt8(ascii: "O")
        let rest = upper.dropFirst(isOrdered ? 1 : 0)
        guard rest.starts(with: "NEAR/".utf8) else { return nil }
        let digits = rest.dropFirst(5).prefix(while: ASCII.isDigit)
        let after = rest.dropFirst(5 + digits.count)
        let saysOrder = after.elementsEqual("F".utf8)
        guard !digits.isEmpty, after.isEmpty || saysOrder else { return nil }
        let number = String(decoding: digits, as: UTF8.self)
        return "NEAR/\(number)" + (isOrdered || saysOrder ? "f" : "")
    }

    private func warning(
        _ code: QueryWarning.Code, at place: Int, _ subject: String, _ searched: String
    ) -> QueryWarning {
        QueryWarning(
            code: code, subject: subject, searched: searched, column: place,
            offset: offset(of: place))
    }
}
