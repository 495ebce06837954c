/// Reads a query by recursive descent: the grammar of the matching specification, rule by rule.
struct QueryParser {
    let query: String
    let lexer: QueryLexer
    private(set) var lexemes: [Lexeme] = []
    private var next = 0
    private var depth = 0
    /// Places of groups that mix AND and OR without parentheses.
    private(set) var mixed: [Int] = []

    static let maximumDepth = 50
    static let maximumDistance = 100
    static let maximumWindowWords = 8

    init(_ query: String) {
        self.query = query
        lexer = QueryLexer(query)
    }

    mutating func parse() throws(QueryError) -> QueryNode {
        guard lexer.scalars.count <= QueryLexer.maximumLength else {
            throw error(.tooLong, at: QueryLexer.maximumLength)
        }
        try readLexemes()
        guard !lexemes.isEmpty else { throw error(.empty, at: 0) }
        let root = try alternatives()
        if next < lexemes.count {
            let rest = lexemes[next]
            throw rest.kind == .close
                ? error(.closingParenthesis, at: rest.range.lowerBound)
                : error(.unexpected, at: rest.range.lowerBound, lexer.text(rest.range))
        }
        guard root.hasPositive else {
            throw error(
                .onlyExclusions, at: 0,
                suggestion: "add a word that must be there (in every part of an OR)")
        }
        return root
    }

    private mutating func readLexemes() throws(QueryError) {
        var lexer = lexer
        do {
            while let lexeme = try lexer.next() { lexemes.append(lexeme) }
        } catch {
            throw self.error(error.reason, at: error.place)
        }
    }

    func error(
        _ reason: QueryError.Reason, at place: Int, _ subject: String = "",
        suggestion: String? = nil
    ) -> QueryError {
        QueryError(
            reason: reason, subject: subject, column: place, offset: offset(of: place),
            suggestion: suggestion)
    }

    /// UTF-8 bytes of the query as given before a scalar.
    func offset(of place: Int) -> Int {
        query.unicodeScalars.prefix(place).reduce(0) { $0 + UTF8.width($1) }
    }

    // MARK: - Lexemes

    private var kind: Lexeme.Kind? { next < lexemes.count ? lexemes[next].kind : nil }
    private var place: Int { next < lexemes.count ? lexemes[next].range.lowerBound : lexer.end }

    private mutating func take(_ kind: Lexeme.Kind) -> Bool {
        guard self.kind == kind else { return false }
        next += 1
        return true
    }

    private mutating func takeAny() -> Lexeme? {
        guard next < lexemes.count else { return nil }
        next += 1
        return lexemes[next - 1]
    }

    private mutating func deeper(_ place: Int) throws(QueryError) {
        depth += 1
        if depth > Self.maximumDepth { throw error(.tooDeep, at: place) }
    }

    // MARK: - Rules

    private mutating func alternatives() throws(QueryError) -> QueryNode {
        let start = place
        var parts: [QueryNode] = []
        var holdsBareAnd = false
        repeat {
            let together = try conjunction()
            holdsBareAnd = holdsBareAnd || together.count > 1
            parts.append(together.count == 1 ? together[0] : .and(together))
        } while take(.or)
        if parts.count == 1 { return parts[0] }
        if holdsBareAnd { mixed.append(start) }
        return .or(parts)
    }

    private mutating func conjunction() throws(QueryError) -> [QueryNode] {
        var parts = [try negation()]
        while true {
            if !take(.and) {
                switch kind {
                case nil, .close, .near, .or: return parts
                default: break
                }
            }
            parts.append(try negation())
        }
    }

    private mutating func negation() throws(QueryError) -> QueryNode {
        guard kind == .not || kind == .minus else { return try nearness() }
        let start = place
        next += 1
        try deeper(start)
        let inner = try negation()
        depth -= 1
        return .not(inner)
    }

    private mutating func nearness() throws(QueryError) -> QueryNode {
        let first = try primary()
        var steps: [QueryNode.NearStep] = []
        while kind == .near, let near = takeAny() {
            let operand = try primary()
            guard first.isSpan, operand.isSpan else {
                throw error(
                    .nearOperand, at: near.range.lowerBound,
                    suggestion: "an OR of them stands in parentheses")
            }
            guard let distance = near.number, distance <= Self.maximumDistance else {
                throw error(.nearDistance, at: near.range.lowerBound)
            }
            steps.append(
                QueryNode.NearStep(
                    distance: distance, isOrdered: near.isOrdered, operand: operand))
        }
        return steps.isEmpty ? first : .near(first, steps)
    }

    private mutating func primary() throws(QueryError) -> QueryNode {
        let start = place
        guard let lexeme = takeAny() else { throw error(.expectedWord, at: start) }
        switch lexeme.kind {
        case .open:
            try deeper(start)
            let inner = try alternatives()
            guard take(.close) else { throw error(.openParenthesis, at: start) }
            depth -= 1
            return inner
        case .phrase: return try phrase(lexeme, at: start)
        case .exact: return try exact(lexeme, at: start)
        case .field: return try field(lexeme, at: start)
        case .word: return try word(lexeme, at: start)
        case .close, .near, .and, .or, .not, .minus:
            throw error(.expectedWord, at: start, lexer.text(lexeme.range))
        }
    }

    private mutating func field(_ lexeme: Lexeme, at start: Int) throws(QueryError) -> QueryNode {
        let name = lexer.text(lexeme.content)
        let open = place
        guard take(.open) else { return try value(of: name, at: start) }
        var node: QueryNode
        if name == "title" {
            try deeper(open)
            let inner = try alternatives()
            depth -= 1
            guard inner.isSpan else { throw error(.titleContents, at: start) }
            node = .title(inner)
        } else {
            var values = [try value(of: name, at: start)]
            while take(.or) { values.append(try value(of: name, at: start)) }
            node = values.count == 1 ? values[0] : .or(values)
        }
        guard take(.close) else {
            throw name == "title"
                ? error(.openParenthesis, at: open) : error(.fieldContents, at: open, name)
        }
        return node
    }

    private mutating func value(of name: String, at start: Int) throws(QueryError) -> QueryNode {
        guard let lexeme = takeAny() else { throw error(.fieldValue, at: start, name) }
        guard name != "title" else {
            switch lexeme.kind {
            case .phrase: return .title(try phrase(lexeme, at: start))
            case .exact: return .title(try exact(lexeme, at: start))
            case .word: return .title(try term(lexer.text(lexeme.content), at: start))
            default: throw error(.fieldValue, at: start, name)
            }
        }
        let isValue =
            lexeme.kind == .word || lexeme.kind == .phrase && lexeme.number == nil
        guard isValue, let node = FieldValue(name, lexer.text(lexeme.content)).node else {
            throw error(.fieldValue, at: start, name)
        }
        return node
    }
}
