/// Why a query is refused, and where.
package struct QueryError: Error, Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable {
        case tooLong = "too_long"
        case openQuotationMark = "open_quotation_mark"
        case openBrace = "open_brace"
        case closingBrace = "closing_brace"
        case openParenthesis = "open_parenthesis"
        case closingParenthesis = "closing_parenthesis"
        case empty
        case expectedWord = "expected_word"
        case unexpected
        case onlyExclusions = "only_exclusions"
        case nothingToSearch = "nothing_to_search"
        case needlessWildcard = "needless_wildcard"
        case shortWildcard = "short_wildcard"
        case wildcardAcrossWords = "wildcard_across_words"
        case wildcardInQuotationMarks = "wildcard_in_quotation_marks"
        case wideWindow = "wide_window"
        case tooDeep = "too_deep"
        case nearOperand = "near_operand"
        case nearDistance = "near_distance"
        case unknownField = "unknown_field"
        case titleContents = "title_contents"
        case fieldContents = "field_contents"
        case fieldValue = "field_value"
    }

    package let reason: Reason
    /// The piece of the query it is about; empty where that is the whole.
    package let subject: String
    /// Characters (Unicode scalars) of the query before the place, from 0.
    package let column: Int
    /// UTF-8 bytes of the query before the place.
    package let offset: Int
    /// What to write instead, where that is plain.
    package let suggestion: String?

    /// One line for the person who wrote the query.
    package var message: String {
        suggestion.map { "\(problem); \($0)" } ?? problem
    }

    private var problem: String {
        switch reason {
        case .tooLong: "the query is longer than 20,000 characters"
        case .openQuotationMark: "the quotation mark is never closed"
        case .openBrace: "the brace { is never closed"
        case .closingBrace: "a brace } without {"
        case .openParenthesis: "the parenthesis is never closed"
        case .closingParenthesis: "a closing parenthesis without an opening one"
        case .empty: "the query is empty"
        case .expectedWord where subject.isEmpty: "expected a word, found the end of the query"
        case .expectedWord: "expected a word, found \(subject)"
        case .unexpected: "unexpected \(subject)"
        case .onlyExclusions: "the query only says what to leave out"
        case .nothingToSearch: "‘\(subject)’ holds nothing to search for"
        case .needlessWildcard:
            "‘\(subject)’: Chinese and other text without spaces needs no wildcard"
        case .shortWildcard: "‘\(subject)’: a wildcard needs at least 2 characters before it"
        case .wildcardAcrossWords:
            "‘\(subject)’: a wildcard works within one word of letters and digits only"
        case .wildcardInQuotationMarks: "wildcards do not work inside quotation marks"
        case .wideWindow: "\"...\"~n takes at most 8 words and n at most 100"
        case .tooDeep: "more than 50 nested parentheses or NOTs"
        case .nearOperand: "NEAR needs words or phrases on both sides"
        case .nearDistance: "NEAR/n: n is at most 100"
        case .unknownField: "unknown field \(subject):"
        case .titleContents: "title:( ) takes words, phrases, OR and NEAR"
        case .fieldContents: "\(subject):( ) takes values with OR between them"
        case .fieldValue: "\(subject): needs a value"
        }
    }
}

/// What a query's author may not have meant; the query is accepted.
package struct QueryWarning: Hashable, Sendable {
    /// The raw values are a contract.
    package enum Code: String, Hashable, Sendable {
        case lowerCaseOperator = "lower-case-operator"
        case mixedAndOr = "mixed-and-or"
        case punctuation
        case shortTerm = "short-term"
    }

    package let code: Code
    /// The piece of the query it is about; empty where that is a whole group.
    package let subject: String
    /// What it is searched as.
    package let searched: String
    /// Characters (Unicode scalars) of the query before the place, from 0.
    package let column: Int
    /// UTF-8 bytes of the query before the place.
    package let offset: Int

    /// One line for the person who wrote the query.
    package var message: String {
        switch code {
        case .lowerCaseOperator:
            "‘\(subject)’ is searched as a word; write \(searched) to use it as an operator"
        case .mixedAndOr:
            "AND (also a plain space) binds tighter than OR here; put parentheses to be sure"
        case .punctuation:
            "punctuation is not searched: ‘\(subject)’ is searched as ‘\(searched)’"
        case .shortTerm:
            "‘\(subject)’ is searched as the single character ‘\(searched)’, which matches much"
        }
    }
}
