import EarshotDomain
import EarshotFeeds
import Testing

/// JSON Feed 1.0 and 1.1 as jsonfeed.org describes them, and as publishers write them.
@Suite struct JSONFeedTests {
    private func feed(_ items: String, version: String = "1.1") throws -> FeedDocument {
        try parse(
            """
            {"version": "https://jsonfeed.org/version/\(version)", "title": "T",
            "home_page_url": "https://n.example/", "feed_url": "https://n.example/feed.json",
            "authors": [{"name": "Feed"}], "items": [\(items)]}
            """, url: "https://n.example/feed.json")
    }

    /// Second source: the two pages of the format, read by a person.
    @Test func readsWhatAnItemMayHold() throws {
        let document = try feed(
            """
            {"id": "1", "url": "/a", "external_url": "https://o.example/", "title": " A ",
            "content_html": "<p>One &amp; <b>two</b></p>", "content_text": "other",
            "summary": "S", "image": "i.png", "banner_image": "b.png",
            "date_published": "2026-02-05T10:00:00+01:00", "date_modified": "2026-02-05T10:00:00Z",
            "authors": [{"name": "Ann", "url": "https://ann.example/", "avatar": "x"}],
            "tags": ["x", "y"], "language": "de",
            "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12,
            "duration_in_seconds": 3.5}]}
            """)
        #expect(document.format == .json11)
        #expect(document.warnings.isEmpty)
        let entry = try #require(document.entries.first)
        #expect(entry.id == "1")
        #expect(entry.url == "https://n.example/a")
        #expect(entry.title == "A")
        #expect(entry.text == "One & two")
        #expect(entry.image == "https://n.example/i.png")
        #expect(entry.published?.milliseconds == 1_770_282_000_000)
        #expect(entry.updated?.milliseconds == 1_770_285_600_000)
        #expect(entry.authors == [FeedPerson(name: "Ann", url: "https://ann.example/")])
        #expect(entry.categories.map(\.term) == ["x", "y"])
        #expect(entry.language == "de")
        #expect(entry.enclosures.map(\.url) == ["https://n.example/a.mp3"])
        #expect(entry.enclosures.map(\.length) == ["12"])
    }

    /// Wrong types are absent, with a warning; numbers are ids as text, digit by digit.
    @Test func mendsWhatPublishersWrite() throws {
        let document = try feed(
            """
            {"id": 18446744073709551617, "title": 5, "content_text": ["x"], "tags": "t",
            "authors": null, "author": {"name": "Old"}, "date_published": 1770278400},
            "stray", {"id": null, "url": "https://n.example/2", "content_text": "\\ud83d!"}
            """, version: "1")
        #expect(document.format == .json1)
        #expect(document.warnings.map(\.kind) == [.wrongType])
        #expect(document.entries.map(\.id) == ["18446744073709551617", nil])
        #expect(document.entries[0].title == nil)
        #expect(document.entries[0].text.isEmpty)
        #expect(document.entries[0].authors.map(\.name) == ["Old"])
        #expect(document.entries[0].published?.milliseconds == 1_770_278_400_000)
        #expect(document.entries[1].text == "\u{FFFD}!")
        #expect(document.entries[1].authors.map(\.name) == ["Feed"])
    }

    @Test(arguments: [
        ("[1, 2]", FeedError.Kind.notAFeed), (#"{"a": 1}"#, .notAFeed),
        (#"{"items": {}, "title": "x"}"#, .notAFeed), (#"{"a": 1,}"#, .malformedJSON),
        (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), .tooDeepJSON),
    ])
    func refusesWhatIsNoFeed(text: String, kind: FeedError.Kind) {
        #expect(refusal(of: Array(text.utf8))?.kind == kind)
    }
}
