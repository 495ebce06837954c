import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import Testing

@Suite struct ConfigurationMappingTests {
    @Test func theExampleMakesItsRequests() throws {
        let configuration = try Configuration(parsing: Configuration.example, file: "example")
        let bluesky = try #require(configuration.sources.first { $0.key == "bluesky-kettles" })
        #expect(bluesky.parameters == ["query": "harbor kettle", "lang": "en"])
        #expect(
            bluesky.url == "https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts"
                + "?q=harbor%20kettle&sort=latest&limit=100&lang=en")
        let shop = try #require(configuration.sources.first { $0.key == "shop-kettles" })
        #expect(shop.url == "https://shop.example.org/api/reviews?product=H-K2")
        #expect(shop.parameters["token"] == "env:EARSHOT_SHOP_TOKEN")
        let document = try FeedParser.parse(
            Array(
                #"""
                {"cursor": "c2", "reviews": [{"id": 7, "title": "Leaks", "excerpt": "<b>Drip</b>",
                "author": {"display name": "Ann"}, "created": 1770278400, "stars": "1.5",
                "votes": [{"kind": "funny", "count": 9}, {"kind": "helpful", "count": 2}]}]}
                """#.utf8), FeedContext(mapping: configuration.mappings["shop-reviews"]))
        let review = try #require(document.entries.first)
        #expect(review.id == "7")
        #expect(review.url == "https://shop.example.org/r/7")
        #expect(review.text == "Drip")
        #expect(review.authors.first?.name == "Ann")
        #expect(review.published?.milliseconds == 1_770_278_400_000)
        #expect(review.score == 1.5)
        #expect(review.engagement.likes == 2)
        #expect(document.page?.next == "c2")
    }

    /// What a person gets wrong, with the place that has to be mended.
    @Test(arguments: [
        ("mappings:\n  m:\n    itemz: $\n", 3, 5, "unknown key 'itemz'"),
        ("mappings:\n  m:\n    items: $[*]\n    fields: {id: $.id, lkes: $.x}", 4, 24, "no field"),
        ("mappings:\n  m:\n    items: $[*]\n    fields: {id: \"$.a[x\"}", 4, 18, "expected"),
        (
            "mappings:\n  m:\n    items: $[*]\n    fields:\n      id:\n        - $.a\n        - foo($.b)",
            7, 11, "no function 'foo'"
        ),
        ("mappings:\n  m:\n    items: $[*]\n    fields: {title: $.t}", 3, 5, "id or url"),
        ("mappings:\n  m:\n    fields: {id: $.t}", 3, 5, "'items' is missing"),
        (
            "mappings:\n  m:\n    items: $[*]\n    fields: {id: $.t}\n    stop: {pages: 0}", 5, 19,
            "1 or more"
        ),
        (
            "mappings:\n  m:\n    items: $[*]\n    fields: {id: $.t}\n    request: {url: \"http://x/{token}\"}",
            5, 20, "token in an address"
        ),
        (
            "sources:\n  - {key: a, kind: social, mapping: nix, url: http://x/}", 2, 37,
            "no mapping 'nix'; known: appstore"
        ),
        ("sources:\n  - {key: a, kind: social, mapping: bluesky}", 2, 37, "it needs query"),
        (
            "sources:\n  - {key: a, kind: social, mapping: bluesky, query: x, parameters: {lng: en}}",
            2, 68, "no parameter 'lng'; known: host, lang, query"
        ),
        (
            "sources:\n  - {key: a, kind: social, mapping: reddit, query: x, token: hunter2}", 2,
            62, "expected env:NAME"
        ),
        (
            "sources:\n  - {key: a, kind: social, url: http://x/, query: x}", 2, 51,
            "mapping's own request"
        ),
    ])
    func saysWhatIsWrongWhere(text: String, line: Int, column: Int, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(parsing: text, file: "earshot.yaml")
        }
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.description.contains(reason))
        #expect(!error.description.contains("hunter2"))
    }
}
