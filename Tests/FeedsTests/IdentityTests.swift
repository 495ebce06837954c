import EarshotDomain
import EarshotFeeds
import Testing

@Suite struct IdentityTests {
    private let now = Timestamp(seconds: 1_800_000_000)

    private func source(_ key: String = "news", url: String = "http://news.example/feed") -> Source
    {
        Source(id: Identifier(7), key: key, name: key, url: url, kind: .news, language: "en")
    }

    private func drafts(_ items: String, of source: Source? = nil) throws -> [EntryDraft] {
        EntryIdentity(source ?? self.source()).drafts(of: try parse(channel(items)), knownAt: now)
    }

    /// Second source: Python, `hashlib.sha256` over the fields, each led by its length as eight
    /// bytes, big-endian, cut to 32 hex digits.
    @Test func hashesSourceKindAndValue() throws {
        let draft = try #require(try drafts("<item><guid>abc</guid></item>").first)
        #expect(draft.key.hex == "5d4030dd919586525c65c2afd9c86a42")
    }

    /// Keys must be the same in every store: the number of a source is no part of them.
    @Test func hangsOnTheTextKeyOfTheSource() throws {
        let item = "<item><guid>abc</guid><title>x</title></item>"
        let renumbered = Source(
            id: Identifier(8), key: "news", name: "n", url: "http://moved.example/", kind: .news)
        #expect(try drafts(item).map(\.key) == drafts(item, of: renumbered).map(\.key))
        #expect(try drafts(item).map(\.key) != drafts(item, of: source("blog")).map(\.key))
    }

    /// A feed that makes a new guid at each fetch adds nothing, since the second key stays.
    @Test func knowsAnEntryUnderANewGuid() throws {
        func item(_ guid: String) -> String {
            "<item><guid isPermaLink='false'>\(guid)</guid><title>Same</title>"
                + "<link>http://news.example/1</link></item>"
        }
        let (first, second) = (try drafts(item("a")), try drafts(item("b")))
        #expect(first.map(\.key) != second.map(\.key))
        #expect(first.map(\.secondKey) == second.map(\.secondKey))
    }

    @Test func knowsAnEntryWithANewTitle() throws {
        let old = try drafts("<item><guid>a</guid><title>Old</title></item>")
        let new = try drafts("<item><guid>a</guid><title>New</title></item>")
        #expect(old.map(\.key) == new.map(\.key))
        #expect(old.map(\.secondKey) != new.map(\.secondKey))
    }

    /// Campaign parameters, fragments, ports and case do not make another page.
    @Test(arguments: [
        "http://NEWS.example/1?a=1", "http://news.example:80/1?a=1#top",
        "http://news.example/1?a=1&utm_source=x&utm_medium=y", "http://news.example/1?fbclid=z&a=1",
        "http://news.example/1?mc_cid=9&a=1&gclid=7",
    ])
    func knowsALinkWithoutItsTrace(link: String) throws {
        let plain = try drafts("<item><link>http://news.example/1?a=1</link></item>")
        let other = try drafts("<item><link>\(link.replacing("&", with: "&amp;"))</link></item>")
        #expect(plain.map(\.key) == other.map(\.key))
    }

    /// A document may have nothing but an id to link to, as feedparser answers it; but an id that
    /// leads nowhere is no page, and one that changes must not change both keys.
    @Test func takesNoIdForAPage() throws {
        func atom(_ id: String) -> String {
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>\(id)</id><title>Same</title>"
                + "</entry></feed>"
        }
        let document = try parse(atom("tag:news.example,2026:1"))
        #expect(document.entries.first?.url == "tag:news.example,2026:1")
        let identity = EntryIdentity(source())
        let first = identity.drafts(of: document, knownAt: now)
        let second = identity.drafts(of: try parse(atom("urn:x:2")), knownAt: now)
        #expect(first.map(\.content.url) == [nil])
        #expect(first.map(\.key) != second.map(\.key))
        #expect(first.map(\.secondKey) == second.map(\.secondKey))
    }

    @Test(arguments: ["javascript:alert(1)", "javascript://x/%0Aalert(1)", "data:text/html,x"])
    func takesNoCodeForALink(id: String) throws {
        let document = try parse(channel("<item><guid>\(id)</guid></item>"))
        #expect(document.entries.map(\.id) == [id])
        #expect(document.entries.map(\.url) == [nil])
    }

    @Test func partsEntriesThatShareAGuid() throws {
        func item(_ link: String) -> String {
            "<item><guid isPermaLink='false'>x</guid><link>\(link)</link></item>"
        }
        let (a, b) = (item("http://news.example/a"), item("http://news.example/b"))
        let both = try drafts(a + b)
        #expect(Set(both.map(\.key)).count == 2)
        #expect(try drafts(a + a).count == 1)
    }

    @Test func tellsEntriesWithoutIdAndLinkByTheirContent() throws {
        let items = try drafts(
            "<item><title>A</title></item><item><title>B</title></item><item><title> A </title></item>"
        )
        #expect(items.map(\.content.title) == ["A", "B"])
    }

    /// A claim that cannot be true is no claim.
    @Test(arguments: [
        ("Tue, 12 Jan 2027 08:00:00 GMT", 1_799_740_800), ("", 1_800_000_000),
        ("Sat, 01 Jan 1980 00:00:00 GMT", 1_800_000_000),
        ("Mon, 18 Jan 2027 00:00:00 GMT", 1_800_000_000),
        ("Sat, 16 Jan 2027 00:00:00 GMT", 1_800_057_600),
    ])
    func datesByTheClaimThatCanBeTrue(date: String, seconds: Int64) throws {
        let draft = try drafts("<item><guid>a</guid><pubDate>\(date)</pubDate></item>").first
        #expect(draft?.eventAt == Timestamp(seconds: seconds))
    }

    @Test func namesAuthorsByThePlatformTheyWriteOn() throws {
        let draft = try drafts("<item><guid>a</guid><dc:creator>Ann Reyes</dc:creator></item>")
            .first
        #expect(
            draft?.content.author
                == Author(platform: "news.example", handle: "Ann Reyes", name: "Ann Reyes"))
        let json = """
            [{"id": "1", "content": "x", "account": {"acct": "bo"}},
             {"id": "2", "content": "y", "account": {"acct": "ann@Other.example"}}]
            """
        let document = try FeedParser.parse(
            Array(json.utf8), FeedContext(mapping: MappingSet.builtIn["mastodon"]))
        let here = source(url: "https://m.example/api/v1/timelines/tag/kettle")
        let authors = EntryIdentity(here).drafts(of: document, knownAt: now).map(\.content.author)
        #expect(
            authors == [
                Author(platform: "m.example", handle: "bo"),
                Author(platform: "other.example", handle: "ann"),
            ])
    }
}
