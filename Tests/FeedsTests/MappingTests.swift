import EarshotDomain
import EarshotFeeds
import EarshotWire
import Testing

/// The language of mappings: paths, functions, and what is refused.
@Suite struct MappingTests {
    private let page = #"""
        {"$x": 1, "list": [{"id": "a", "n": {"o p": "deep"}, "tags": ["x", "", 3, null, "y"],
        "t": 1770278400.5, "ms": "1770278400123", "h": "<p>A &amp; B</p><p>C</p>",
        "at": "at://did/app/KEY", "no": null, "f": false, "z": 0},
        {"id": "b"}, "stray", {"id": "c"}],
        "names": [{"key": "b", "name": "Bee"}, {"key": "a", "name": "Ay"}]}
        """#

    private func read(_ field: String, _ expression: String) throws -> FeedEntry? {
        let quoted = String(decoding: JSONWriter.quoted(expression), as: UTF8.self)
        let mapping = try Mapping(
            parsing: #"{"items": "$.list[*]", "fields": {"id": "$.id", "\#(field)": \#(quoted)}}"#)
        return try FeedParser.parse(Array(page.utf8), FeedContext(mapping: mapping)).entries.first
    }

    /// Second source: written by hand from the page above.
    @Test(arguments: [
        ("$.id", "a"), ("id", "a"), (#"$.n["o p"]"#, "deep"), (#"n['o p']"#, "deep"),
        ("$.tags[0]", "x"), ("$.tags[-1]", "y"), ("$.tags[9]", nil), ("$.tags[*]", "x"),
        (#"join($.tags[*], ", ")"#, "x, 3, y"), ("$.no", nil), ("$.id.x", nil),
        ("$$.list[1].id", "b"), (#"$$["$x"]"#, "1"), ("$$.names[key=$.id].name", "Ay"),
        (#"$$.names[key="b"].name"#, "Bee"), (#"$$.names[key="q"].name"#, nil),
        ("text($.h)", "A & B C"), ("epoch($.t)", "2026-02-05T08:00:00.500Z"),
        ("epoch($.ms)", "2026-02-05T08:00:00.123Z"), ("epoch($.id)", nil), ("epoch($.f)", nil),
        (#"last($.at, "/")"#, "KEY"), (#"last($.id, "/")"#, "a"),
        (#"template("/{$.id}/{last($.at, '/')}")"#, "/a/KEY"), (#"template("/{$.no}")"#, nil),
        (#"is($.id, "b", "a")"#, "a"), (#"is($.id, "b")"#, nil),
        (
            #"unwrap(template("https://n.example/?x=1&url=https%3A%2F%2Fa.example%2Fb"))"#,
            "https://a.example/b"
        ),
        (
            #"unwrap(template("https://n.example/?url=javascript%3A1"))"#,
            "https://n.example/?url=javascript%3A1"
        ),
    ])
    func pathsAndFunctions(expression: String, expected: String?) throws {
        #expect(try read("title", expression)?.title == expected)
    }

    @Test(arguments: [("$.no", false), ("$.f", false), ("$.z", false), ("$.id", true)])
    func whatIsDeleted(expression: String, expected: Bool) throws {
        #expect(try read("deleted", expression)?.isDeleted == expected)
    }

    @Test func strayItemsAreWarnedOf() throws {
        let mapping = try Mapping(
            parsing: #"{"items": "$.list[*]", "fields": {"id": "$.id"}}"#)
        let document = try FeedParser.parse(Array(page.utf8), FeedContext(mapping: mapping))
        #expect(document.entries.map(\.id) == ["a", "b", "c"])
        #expect(document.warnings.map(\.kind) == [.wrongType])
        #expect(refusal(of: Array(#"{"error": "no"}"#.utf8), mapping: mapping)?.kind == .notAFeed)
        #expect(refusal(of: Array("nonsense".utf8), mapping: mapping)?.kind == .notAFeed)
    }

    @Test(arguments: [
        (#"{"items": "$[*]", "fields": {"id": "$.a["}}"#, ["fields", "id"]),
        (#"{"items": "$[*]", "fields": {"id": ["$.a", "epoch($.b"]}}"#, ["fields", "id", "1"]),
        (#"{"items": "$[*]", "fields": {"id": "nix($.a)"}}"#, ["fields", "id"]),
        (#"{"items": "$[*]", "fields": {"idd": "$.a"}}"#, ["fields", "idd"]),
        (#"{"items": "$[*]", "fields": {"id": 1.5, "url": {}}}"#, ["fields", "url"]),
        (#"{"items": "$[*]", "fields": {"id": "$.a"}, "next": {}}"#, ["next"]),
        (
            #"{"items": "$[*]", "fields": {"id": "$.a"}, "next": {"path": "$[", "x": 1}}"#,
            ["next", "x"]
        ),
        (
            #"{"items": "$[*]", "fields": {"id": "$.a"}, "stop": {"older-than": "7"}}"#,
            ["stop", "older-than"]
        ),
        (
            #"{"items": "$[*]", "fields": {"id": "$.a"}, "request": {"url": "http://x/{q"}}"#,
            ["request", "url"]
        ),
        (#"{"items": "$[*]", "fields": {"id": "$.a"}, "request": {"query": {}}}"#, ["request"]),
        (#"{"items": "$[*]", "fields": {"id": "$.a"}, "limits": {"requests": 3}}"#, ["limits"]),
        (
            #"""
            {"items": "$", "fields": {"id": "$.a"}, "request":
            {"url": "http://x/", "query": {"q": "{query} after:{since.date}"}}}
            """#, ["request", "query", "q"]
        ),
        (#"{"format": "feed", "items": "$[*]"}"#, []), ("{", []), ("[]", []),
    ])
    func saysWhatIsWrongWhere(text: String, place: [String]) throws {
        let error = #expect(throws: MappingError.self) { try Mapping(parsing: text) }
        #expect(error?.place == place)
    }

    /// Elements and attributes that no feed format knows, by their usual prefix or, of a namespace
    /// that nobody knows, by their own name.
    @Test func feedsAreReadAnew() throws {
        let mapping = try Mapping(
            parsing: #"""
                {"format": "feed", "fields": {"score": "$['g:rating']", "likes": "$['g:votes@up']",
                "reach": "$['media:statistics@views']", "title": "template('{$.title}!')"}}
                """#)
        let feed = channel(
            """
            <item xmlns:q="urn:x" xmlns:m="http://search.yahoo.com/mrss/"><title>T</title>
            <q:rating> 4.5 </q:rating><q:votes up="3"/><m:statistics views="7"/></item>
            <item xmlns:q="urn:x"><title>U</title><q:rating>x</q:rating></item>
            <item><title>V</title></item>
            """)
        let document = try FeedParser.parse(
            Array(feed.utf8), FeedContext(mapping: mapping))
        #expect(document.entries.map(\.title) == ["T!", "U!", "V!"])
        #expect(document.entries.map(\.score) == [4.5, nil, nil])
        #expect(document.entries.map(\.engagement.likes) == [3, nil, nil])
        #expect(document.entries.map(\.engagement.reach) == [7, nil, nil])
    }
}
