import EarshotDomain
import EarshotListening
import Testing

@Suite struct QueryTests {
    @Test(arguments: [
        ("nike AND (shoes", QueryError.Reason.openParenthesis, 9, 9),
        ("小米 AND \"手机", .openQuotationMark, 7, 11),
        ("（nike） country:us", .unknownField, 7, 11),
        ("nike OR", .expectedWord, 7, 7),
        ("小米*", .needlessWildcard, 0, 0),
        ("NOT nike", .onlyExclusions, 0, 0),
        ("", .empty, 0, 0),
    ])
    func anErrorNamesItsPlace(
        text: String, reason: QueryError.Reason, column: Int, offset: Int
    ) {
        let error = #expect(throws: QueryError.self) { try Query(text) }
        #expect(error?.reason == reason)
        #expect(error?.column == column)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        ("intitle:nike", "did you mean title:?"), ("Title:nike", "did you mean title:?"),
        ("near:nike", "did you mean NEAR/n?"), ("小米*", "leave it out"),
        ("https://nike.example/", "use url: for addresses"),
    ])
    func anErrorSaysWhatToWriteInstead(text: String, suggestion: String) {
        let error = #expect(throws: QueryError.self) { try Query(text) }
        #expect(error?.suggestion == suggestion)
        #expect(error?.message.hasSuffix(suggestion) == true)
    }

    @Test func deepAndLongQueriesAreRefusedNotCrashedOn() {
        let deep = String(repeating: "(", count: 9_000) + "a"
        #expect(throws: QueryError.self) { try Query(deep) }
        let long = String(repeating: "a NEAR/1 ", count: 2_200) + "a"
        #expect(throws: Never.self) { try Query(long) }
        #expect(throws: QueryError.self) { try Query(long + long) }
    }

    /// "field start-end term" of the hits of one query.
    private func hits(_ query: String, _ document: MatchDocument) throws -> [String] {
        var buffers = QuerySet.Buffers()
        let found = QuerySet([try Query(query)]).matches(in: document, &buffers)
        return found.flatMap(\.hits).map { "\($0.field) \($0.start)-\($0.end) \($0.term)" }
    }

    @Test(arguments: [
        ("nike OR \"nike shoes\"", "New Nike shoes", ["text 4-14 nike shoes"]),
        ("nike -socks", "Nike and NIKE’s", ["text 0-4 nike", "text 9-13 nike"]),
        ("小米 OR #小米", "我爱#小米#手机，小米", ["text 6-13 #小米", "text 23-29 小米"]),
        (
            "apple NEAR/2 pie", "Apple hot pie, one two three apple",
            ["text 0-5 apple", "text 10-13 pie"]
        ),
        ("(a OR b) AND (x OR (y AND z))", "b x y", ["text 0-1 b", "text 2-3 x"]),
        ("\"bbc news\"", "see #TheBBCNewsHour", ["text 4-19 bbc news"]),
        ("\"best buy\"~9", "buy buy the best", ["text 4-16 best buy"]),
        ("caf*", "Cafe\u{301}s", ["text 0-7 caf*"]),
        ("url:nike.com", "see https://www.nike.com/x.", ["text 4-26 nike.com"]),
    ])
    func hitsAreTheBytesThatMatched(query: String, text: String, expected: [String]) throws {
        #expect(try hits(query, MatchDocument(text: text)) == expected)
    }

    @Test func hitsComeTitleFirst() throws {
        let document = MatchDocument(title: "On Nike", text: "nike, again")
        #expect(try hits("nike", document) == ["title 3-7 nike", "text 0-4 nike"])
        #expect(try hits("title:nike", document) == ["title 3-7 nike"])
        #expect(try hits("\"nike nike\"", document).isEmpty)
    }

    /// Equal words in great number cost no more than their number.
    @Test(arguments: [
        "\"a a a a\"~100", "a NEAR/100 a", "\"a b a b\"~100", "aa* NEAR/5f a OR a NEAR/5f aa*",
        "\"a a a\"",
    ])
    func repeatedWordsStayLinear(query: String) throws {
        let text = String(repeating: "a ", count: 4_000) + "b b aa"
        #expect(try !hits(query, MatchDocument(text: text)).isEmpty)
    }
}
