import EarshotDomain
import EarshotWire
import Testing

import EarshotFeeds

/// Each preset reads a page of its platform; `Pages/README.md` says where its form is described.
///
/// Second source: the values were written by hand from the pages.
@Suite struct PresetTests {
    @Test func eachIsReadAndNamed() throws {
        #expect(
            MappingSet.builtIn.names == [
                "appstore", "appstore-json", "bluesky", "discourse", "discourse-posts", "gdelt",
                "hackernews", "lemmy", "lemmy-search", "mastodon", "news-search", "reddit",
                "youtube",
            ])
        for (_, text) in Preset.texts { _ = try Mapping(parsing: text) }
    }

    /// What a source asks for before anything is known of it; written by hand.
    @Test(arguments: [
        (
            "appstore",
            "https://itunes.apple.com/us/rss/customerreviews/page=1/id=7/sortby=mostrecent/xml"
        ),
        (
            "appstore-json",
            "https://itunes.apple.com/us/rss/customerreviews/page=1/id=7/sortby=mostrecent/json"
        ),
        (
            "bluesky",
            "https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=k%20t&sort=latest&limit=100"
        ),
        ("discourse", "https://f.example/search.json?q=k%20t%20order:latest&page=1"),
        ("discourse-posts", "https://f.example/posts.json"),
        (
            "gdelt",
            "https://api.gdeltproject.org/api/v2/doc/doc?query=k%20t&mode=artlist&format=json&sort=datedesc&maxrecords=250&timespan=1d"
        ),
        (
            "hackernews",
            "https://hn.algolia.com/api/v1/search_by_date?query=k%20t&tags=%28story%2Ccomment%29&hitsPerPage=100&page=0"
        ),
        ("lemmy", "https://f.example/api/v3/post/list?sort=New&type_=All&limit=50"),
        (
            "lemmy-search",
            "https://f.example/api/v3/search?q=k%20t&type_=Posts&sort=New&listing_type=All&limit=50&page=1"
        ),
        ("mastodon", "https://mastodon.social/api/v1/timelines/tag/k%20t?limit=40"),
        ("news-search", "https://news.google.com/rss/search?q=k%20t"),
        (
            "reddit",
            "https://oauth.reddit.com/search?q=k%20t&sort=new&type=link&limit=100&raw_json=1"
        ),
        ("youtube", "https://www.youtube.com/feeds/videos.xml?channel_id=c"),
    ])
    func itsFirstRequestIsAsItsPlatformWantsIt(name: String, url: String) throws {
        let mapping: Mapping = try #require(MappingSet.builtIn[name])
        var values = ["query": "k t", "app": "7", "channel": "c"]
        if url.contains("f.example") { values["host"] = "f.example" }
        let walk = try PageWalk(
            mapping, address: nil, values: values, mark: nil, now: Timestamp(seconds: 1_770_292_800)
        )
        #expect(walk.request?.url == url)
    }

    @Test func mastodon() throws {
        let entries = try page("mastodon.json", "mastodon").entries
        #expect(entries.count == 2)
        let first = try #require(entries.first)
        #expect(first.id == "https://kitchen.example/users/nora/statuses/113960000000000003")
        #expect(first.url == "https://kitchen.example/@nora/113960000000000003")
        #expect(first.title == nil)
        #expect(first.text == "My new #kettle leaks & drips.\nDay two!\nNot impressed.")
        #expect(
            first.authors == [
                FeedPerson(
                    name: "Nora K. :teapot:", url: "https://kitchen.example/@nora", handle: "nora")
            ])
        #expect(first.published?.rfc3339 == "2026-02-05T10:15:30.123Z")
        #expect(first.updated?.rfc3339 == "2026-02-05T10:20:00Z")
        #expect(first.language == "en")
        #expect(first.categories.map(\.term) == ["kettle", "fail"])
        #expect(first.engagement == Engagement(likes: 17, reposts: 5, replies: 2, reach: 1204))
        #expect(first.parent == nil)
        let second = try #require(entries.last)
        #expect(second.id == "https://remote.example/ap/notes/9xk2")
        #expect(second.url == "https://remote.example/ap/notes/9xk2")
        #expect(second.text == "@nora 水壶漏水 😢")
        #expect(second.authors.first?.name == "wei")
        #expect(second.authors.first?.handle == "wei@remote.example")
        #expect(second.parent == "113950000000000001")
        #expect(second.language == nil)
        #expect(second.engagement == Engagement(likes: 0, reposts: 0, replies: 0, reach: 3))
    }

    @Test func bluesky() throws {
        let document = try page("bluesky.json", "bluesky")
        #expect(document.page == FeedPage(items: 2, next: "2"))
        let first = try #require(document.entries.first)
        #expect(
            first.id == "at://did:plc:q7x3exampleaaaaaaaaaaaaa/app.bsky.feed.post/3lhfexample2k")
        #expect(
            first.url
                == "https://bsky.app/profile/did:plc:q7x3exampleaaaaaaaaaaaaa/post/3lhfexample2k")
        #expect(first.text == "The Harbor kettle is <3 really\nshop.example/k2")
        #expect(first.authors.first?.name == "Tea ☕ Person")
        #expect(first.authors.first?.handle == "tea.example.com")
        #expect(first.published?.rfc3339 == "2026-02-04T22:01:02.345Z")
        #expect(first.language == "en")
        #expect(first.categories.map(\.term) == ["kitchen"])
        #expect(
            first.parent == "at://did:plc:parentaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3lhfparent")
        #expect(first.engagement == Engagement(likes: 30, reposts: 2, replies: 1))
        let second = try #require(document.entries.last)
        #expect(second.text == "漏水了")
        #expect(second.authors.first?.handle == "handle.invalid")
        #expect(second.published == nil)
        #expect(second.parent == nil)
        #expect(document.warnings.map(\.kind) == [.unreadableDate])
    }

    @Test func reddit() throws {
        let document = try page("reddit.json", "reddit")
        #expect(document.page == FeedPage(items: 4, next: "t3_1ab2cd1"))
        let entries = document.entries
        #expect(entries.map(\.id) == ["t3_1ab2cd4", "t3_1ab2cd3", "t3_1ab2cd2", "t1_kx1"])
        #expect(entries.map(\.isDeleted) == [false, false, true, false])
        #expect(
            entries[0].url
                == "https://www.reddit.com/r/kettles/comments/1ab2cd4/harbor_kettle_leaks_anyone/")
        #expect(entries[0].title == "Harbor kettle leaks > anyone?")
        #expect(
            entries[0].text == "It started **dripping** after a week & I am done.\nAnyone else?")
        #expect(entries[0].published?.rfc3339 == "2026-02-05T08:00:00Z")
        #expect(entries[0].updated?.rfc3339 == "2026-02-05T08:26:40Z")
        #expect(entries[0].engagement == Engagement(likes: 41, replies: 12))
        #expect(entries[0].authors.first?.handle == "drip_drop")
        #expect(entries[0].categories.map(\.term) == ["kettles"])
        #expect(entries[1].updated == nil)
        #expect(entries[1].text.isEmpty)
        #expect(entries[1].score == -3)
        #expect(entries[3].text == "Mine is fine.")
        #expect(entries[3].title == "Harbor kettle leaks > anyone?")
        #expect(entries[3].parent == "t3_1ab2cd4")
    }

    @Test func hackerNews() throws {
        let entries = try page("hackernews.json", "hackernews").entries
        #expect(entries.map(\.id) == ["43000009", "43000001", "43000000"])
        #expect(entries[0].text == "My kettle's lid broke.\nSee https://kettle.example/lid")
        #expect(entries[0].title == "Show HN: A kettle that listens")
        #expect(entries[0].url == "https://news.ycombinator.com/item?id=43000009")
        #expect(entries[0].published?.rfc3339 == "2026-02-05T12:00:05Z")
        #expect(entries[0].parent == "43000001")
        #expect(entries[0].authors.first?.handle == "steep")
        #expect(entries[1].engagement == Engagement(likes: 12, replies: 1))
        #expect(entries[1].text.isEmpty)
        #expect(entries[2].text == "Which one & why?")
        #expect(entries[2].engagement == Engagement())
    }

    @Test func youTube() throws {
        let document = try page("youtube.xml", "youtube")
        #expect(document.format == .atom10)
        #expect(document.feed.title == "Kettle Lab")
        let first = try #require(document.entries.first)
        #expect(first.id == "yt:video:exampleVid1")
        #expect(first.url == "https://www.youtube.com/watch?v=exampleVid1")
        #expect(first.title == "Harbor K2 & friends: leak test")
        #expect(first.text == "We filled six kettles < 1 litre.\nChapters:\n00:00 Intro\n漏水测试")
        #expect(first.published?.rfc3339 == "2026-02-03T15:00:19Z")
        #expect(first.updated?.rfc3339 == "2026-02-05T02:11:40Z")
        #expect(first.authors.first?.name == "Kettle Lab")
        #expect(first.authors.first?.handle == "UCexampleexampleexample1")
        #expect(first.engagement == Engagement(likes: 812, reach: 10412))
        #expect(document.entries.last?.engagement == Engagement(likes: 0, reach: 0))
    }

    @Test func appStore() throws {
        let document = try page("appstore.xml", "appstore")
        #expect(document.entries.map(\.isDeleted) == [true, false, false])
        try expectReviews(Array(document.entries.dropFirst()))
    }

    @Test func appStoreJSON() throws {
        try expectReviews(try page("appstore.json", "appstore-json").entries)
    }

    @Test func oneAppStoreReviewStandsAlone() throws {
        let entries = try page("appstore-one.json", "appstore-json").entries
        #expect(entries.map(\.id) == ["12010000000"])
        #expect(entries.map(\.score) == [3])
        let none = try FeedParser.parse(
            Array(#"{"feed":{"title":{"label":"Reviews"}}}"#.utf8),
            FeedContext(mapping: MappingSet.builtIn["appstore-json"]))
        #expect(none.entries.isEmpty)
    }

    private func expectReviews(_ reviews: [FeedEntry]) throws {
        #expect(reviews.map(\.id) == ["12010000002", "12010000001"])
        #expect(reviews.map(\.title) == ["Keeps crashing", "Gut"])
        #expect(
            reviews.map(\.text) == [
                "Since the update it crashes & forgets my kettle.\nFix it please 😡", "Läuft.",
            ])
        #expect(reviews.map(\.score) == [1, 5])
        #expect(reviews.map(\.engagement.likes) == [3, 0])
        #expect(
            reviews.map { $0.published ?? $0.updated }.map { $0?.rfc3339 } == [
                "2026-02-05T03:30:00Z", "2026-02-03T08:00:00Z",
            ])
        #expect(reviews.map { $0.authors.first?.name } == ["upset user", "müller77"])
        #expect(reviews.map { $0.authors.first?.handle } == ["55501", "55502"])
        #expect(reviews.map { $0.categories.map(\.term) } == [["4.2.1"], ["4.2.0"]])
    }

    @Test(arguments: ["lemmy", "lemmy-search"])
    func lemmy(preset: String) throws {
        let document = try page("lemmy.json", preset)
        let entries = document.entries
        #expect(
            entries.map(\.id) == [
                "https://lemmy.example/post/2001", "https://other.example/post/55",
                "https://lemmy.example/post/1999",
            ])
        #expect(entries.map(\.isDeleted) == [false, false, true])
        #expect(entries[0].title == "Harbor kettle: a *leak* report")
        #expect(
            entries[0].text
                == "Two litres on the floor.\n- first day: fine\n- second day: **not**")
        #expect(entries[0].published?.rfc3339 == "2026-02-05T08:00:00.123Z")
        #expect(entries[0].updated?.rfc3339 == "2026-02-05T08:30:00.654Z")
        #expect(entries[0].engagement == Engagement(likes: 10, replies: 4))
        #expect(entries[0].score == 9)
        #expect(entries[0].authors.first?.name == "Wet Floor")
        #expect(entries[0].authors.first?.url == "https://lemmy.example/u/floor")
        #expect(entries[1].text == "Six kettles compared.")
        #expect(entries[1].authors.first?.name == "bot")
        #expect(entries[1].score == -2)
        #expect(document.page?.next == (preset == "lemmy" ? "P7cf" : nil))
    }

    @Test func discourse() throws {
        let entries = try page(
            "discourse.json", "discourse", url: "https://forum.example/search.json?q=kettle"
        ).entries
        #expect(entries.map(\.id) == ["880012", "880001"])
        #expect(
            entries.map(\.url) == [
                "https://forum.example/t/kettle-lid/5120/4",
                "https://forum.example/t/new-here/5121/1",
            ])
        #expect(entries.map(\.title) == ["Kettle & lid", "New here"])
        #expect(
            entries[0].text == "...the Harbor kettle leaks & the lid \"clicks\". Has anyone...")
        #expect(entries[0].authors.first?.name == "Ida B.")
        #expect(entries[1].authors.first?.name == "joe_77")
        #expect(entries[0].published?.rfc3339 == "2026-02-05T07:08:09.101Z")
        #expect(entries.map { $0.categories.map(\.term) } == [["kettle", "leak"], []])
        #expect(entries[0].engagement.likes == 3)
    }

    @Test func discoursePosts() throws {
        let document = try page(
            "discourse-posts.json", "discourse-posts", url: "https://forum.example/posts.json")
        #expect(document.page == FeedPage(items: 2, next: "880012"))
        let first = try #require(document.entries.first)
        #expect(first.url == "https://forum.example/t/kettle-lid/5120/5")
        #expect(first.title == "Kettle & lid")
        #expect(first.text == "It drips:\n- lid\n- spout")
        #expect(first.engagement == Engagement(likes: 6, replies: 1, reach: 12))
        #expect(first.parent == "4")
        #expect(document.entries.map(\.isDeleted) == [false, true])
    }

    @Test func gdelt() throws {
        let entries = try page("gdelt.json", "gdelt").entries
        #expect(
            entries.map(\.id) == [
                "https://news.example.com/2026/02/harbor-recalls-kettles",
                "http://www.xinwen.example/a/77.html",
            ])
        #expect(entries.map(\.title) == ["Harbor recalls kettles , cites leaks", "海湾 水壶 召回"])
        #expect(
            entries.map { $0.published?.rfc3339 } == [
                "2026-02-05T10:15:00Z", "2026-02-05T10:00:00Z",
            ])
        #expect(entries.map(\.language) == ["en", "zh"])
        #expect(entries.map { $0.authors.first?.name } == ["news.example.com", "xinwen.example"])
    }

    /// A redirecting link is read where it says where it leads; guids of such feeds are not kept.
    @Test func newsSearch() throws {
        let entries = try page("news-search.xml", "news-search").entries
        let opaque =
            "https://news.google.com/rss/articles/CBMiMEFVX3lxTGV4YW1wbGVleGFtcGxlZXhhbXBsZWV4YW1"
            + "wbGVleGFtcGxlZXhhbXBsZQ==?oc=5"
        let links = [
            "https://paper.example/business/2026/02/05/harbor-recalls-two-hundred-thousand-kettles-"
                + "after-leaks-and-burns-and-the-maker-says-it-is-sorry-for-the-trouble.html",
            "https://short.example/leak", opaque, "https://alert.example/a?id=7&x=1",
            "https://bing.example/story",
        ]
        #expect(entries.map(\.url) == links)
        #expect(entries.map(\.id) == links)
        #expect(entries[0].authors.first?.name == "Paper Example")
        #expect(entries[0].published?.rfc3339 == "2026-02-05T10:00:00Z")
        #expect(entries[0].title == "Harbor recalls kettles - Paper Example")
    }

    @Test func whatIsDeletedBecomesNoEntry() throws {
        let source = Source(
            id: Identifier(1), key: "r", name: "R", url: "https://oauth.reddit.com/search?q=x",
            kind: .social, mapping: "reddit")
        let drafts = EntryIdentity(source).drafts(
            of: try page("reddit.json", "reddit"), knownAt: Timestamp(seconds: 1_770_300_000))
        #expect(drafts.count == 3)
    }

    /// A page of another platform is no feed, or empty, but never a crash.
    @Test(arguments: MappingSet.builtIn.names)
    func survivesPagesOfOthers(preset: String) throws {
        for name in Pages.names {
            let bytes = try Pages.bytes(name)
            let context = FeedContext(mapping: MappingSet.builtIn[preset])
            _ = try? FeedParser.parse(bytes, context)
            for end in stride(from: 0, to: bytes.count, by: 97) {
                _ = try? FeedParser.parse(Array(bytes[..<end]), context)
            }
        }
    }

    private func page(_ name: String, _ preset: String, url: String? = nil) throws -> FeedDocument {
        let mapping: Mapping = try #require(MappingSet.builtIn[preset])
        return try FeedParser.parse(
            try Pages.bytes(name), FeedContext(url: url, mapping: mapping))
    }
}
