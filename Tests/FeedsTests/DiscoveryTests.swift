import EarshotDomain
import EarshotFeeds
import Foundation
import Testing

private func discovery(
    _ page: String, url: String = "https://site.example/blog/post.html",
    headers: [String: String] = [:]
) -> FeedDiscovery {
    FeedDiscovery(page: Array(page.utf8), FeedContext(url: url, headers: headers))
}

private func urls(_ page: String, url: String = "https://site.example/blog/post.html") -> [String] {
    discovery(page, url: url).candidates.map(\.url)
}

private func link(_ href: String, type: String = "application/rss+xml", _ more: String = "")
    -> String
{
    "<link rel=\"alternate\" type=\"\(type)\" href=\"\(href)\" \(more)>"
}

@Suite struct DiscoveryTests {
    /// HTML Standard, 13.2.5: what is not markup holds no link.
    @Test(arguments: [
        "<!-- \(link("/no")) -->", "<!-- a > \(link("/no")) --!>",
        "<!--[if IE]>\(link("/no"))<![endif]-->",
        "<textarea>\(link("/no"))</textarea>", "<title>\(link("/no"))</title>",
        "<style>/*\(link("/no"))*/</style>", "<SCRIPT>'\(link("/no"))'</SCRIPT >",
        "<template><div>\(link("/no"))</div></template>",
        "<template><template></template>\(link("/no"))</template>",
        "<iframe>\(link("/no"))</iframe>", "<a title='\(link("/no"))'>x</a>",
        "<script><!-- \(link("/no")) --></script>",
    ])
    func whatIsNoMarkupHoldsNoLink(hidden: String) {
        #expect(urls("<html>\(hidden)\(link("/yes"))") == ["https://site.example/yes"])
    }

    @Test(arguments: [
        "<noscript>\(link("/yes"))</noscript>", "<!-->\(link("/yes"))", "<!--->\(link("/yes"))",
        "a < b \(link("/yes"))", "</ bogus>\(link("/yes"))", "<script/>\(link("/yes"))",
        "<svg><path d='M0'/></svg>\(link("/yes"))", "<p title=a>b\">\(link("/yes"))",
    ])
    func oddMarkupHidesNothing(page: String) {
        #expect(urls(page) == ["https://site.example/yes"])
    }

    /// Second source: `urllib.parse.urljoin`.
    @Test(arguments: [
        ("../feed.xml", "https://site.example/feed.xml"),
        ("./a/../feed.xml", "https://site.example/blog/feed.xml"),
        ("feed://site.example/f", "http://site.example/f"),
        ("feed:https://site.example/f", "https://site.example/f"),
        ("/f?a=1&amp;b=2", "https://site.example/f?a=1&b=2"),
        ("/f?a=1&copy=2", "https://site.example/f?a=1&copy=2"),
        ("/f&#x65;ed", "https://site.example/feed"),
        ("HTTPS://Other.example/F", "HTTPS://Other.example/F"),
    ])
    func addressesAreMadeAbsolute(href: String, url: String) {
        #expect(urls(link(href)).map { $0.lowercased() } == [url.lowercased()])
    }

    @Test(arguments: [
        link("javascript:alert(1)"), link("data:application/rss+xml,x"), link(""), link(" "),
        link("ftp://site.example/feed"), link("file:///feed"), link("http:///feed"),
        link("/wp-json/wp/v2/posts/1", type: "application/json"),
        link("/?rest_route=/wp/v2/posts/1", type: "application/json"),
        link("/oembed?u=1", type: "application/json"),
        link("/sitemap.xml", type: "application/xml"),
        link("/a", type: "application/activity+json"),
        "<link rel='alternate stylesheet' type='application/rss+xml' href='/f'>",
        "<link rel='alternative' type='application/rss+xml' href='/f'>",
        "<link rel='stylesheet' type='text/css' href='/rss.css'>",
    ])
    func whatIsNoFeedIsNotOffered(page: String) {
        #expect(urls(page).isEmpty)
    }

    @Test func typeLosesItsParametersAndItsCase() throws {
        let found = discovery(link("/f", type: "Application/RSS+XML; charset=utf-8"))
        #expect(found.candidates.map(\.type) == ["application/rss+xml"])
    }

    @Test func oneAddressIsOfferedOnceWithItsFirstTitle() {
        let page = link("/f", "title=' A\n  &amp; B '") + link("/f", "title='C'") + link("/g")
        let found = discovery(page).candidates
        #expect(found.map(\.url) == ["https://site.example/f", "https://site.example/g"])
        #expect(found.map(\.title) == ["A & B", nil])
    }

    @Test func firstAttributeOfANameCounts() {
        #expect(
            urls("<link rel=alternate type=application/rss+xml href=/one href=/two>")
                == ["https://site.example/one"])
    }

    @Test func commentsComeLast() {
        let page =
            link("/comments/feed/", "title='Site » Comments Feed'")
            + link("/post/feed/", "title='Site » Post Comments Feed'") + link("/feed/")
            + "<a href='/atom.xml'>Atom</a>"
        #expect(
            urls(page) == [
                "https://site.example/feed/", "https://site.example/atom.xml",
                "https://site.example/comments/feed/", "https://site.example/post/feed/",
            ])
    }

    @Test func atMostTenLinksOfTheBodyAreOffered() {
        let page = (0..<30).map { "<a href='/\($0)/feed'>f</a>" }.joined()
        #expect(urls(page) == (0..<10).map { "https://site.example/\($0)/feed" })
    }

    @Test(arguments: [
        ("https://example.org/feedback", false), ("/buzzfeed/quiz", false), ("/rss", true),
        ("/blog/index.xml", true), ("/?feed=rss2", true), ("/x.atom", true), ("/atomic", false),
        ("feed://h/x", true), ("/news?format=html", false),
    ])
    func linksOfTheBodyNameFeeds(href: String, isFeed: Bool) {
        #expect(urls("<a href='\(href)'>x</a>").isEmpty == !isFeed)
    }

    @Test func relativeBaseIsSeenFromThePage() {
        #expect(
            urls("<base href='/a/'><base href='/b/'>" + link("feed")) == [
                "https://site.example/a/feed"
            ])
    }

    @Test func charsetOfHTTPComesBeforeThatOfThePage() throws {
        // "été" in windows-1252.
        let page =
            Array("<meta charset=gbk><link rel=alternate type=application/rss+xml ".utf8)
            + Array("href=/f title='".utf8) + [0xE9, 0x74, 0xE9] + Array("'>".utf8)
        let context = FeedContext(
            url: "https://h.example/", headers: ["content-type": "text/html; charset=iso-8859-1"])
        #expect(FeedDiscovery(page: page, context).candidates.first?.title == "été")
    }

    @Test func aFeedIsItsOwnFirstCandidate() {
        let found = discovery(channel("<item><title>A</title></item>"), url: "http://h.example/f")
        #expect(found.candidates.map(\.url) == ["http://h.example/f"])
        #expect(found.candidates.map(\.type) == ["application/rss+xml"])
        #expect(found.title == "Lantern & Kettle")
    }

    /// Addresses as the platforms document them, or as they are known to be; none was fetched.
    @Test(arguments: [
        (
            "https://www.youtube.com/channel/UCabc/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"
        ),
        (
            "https://m.youtube.com/playlist?v=1&list=PL9",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL9"
        ),
        (
            "https://www.youtube.com/user/nasa",
            "https://www.youtube.com/feeds/videos.xml?user=nasa"
        ),
        ("https://github.com/a/b", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b/commits/main/", "https://github.com/a/b/commits/main.atom"),
        ("https://github.com/a/b/tags", "https://github.com/a/b/tags.atom"),
        ("https://github.com/a", "https://github.com/a.atom"),
        ("https://old.reddit.com/r/kettles/top", "https://www.reddit.com/r/kettles/new/.rss"),
        (
            "https://apps.apple.com/de/app/some-name/id123?l=en",
            "https://itunes.apple.com/de/rss/customerreviews/id=123/sortby=mostRecent/page=1/xml"
        ),
        ("https://bsky.app/profile/a.example", "https://bsky.app/profile/a.example/rss"),
    ])
    func platformsHaveTheirFeedsAtKnownPlaces(page: String, feed: String) {
        #expect(urls("<html></html>", url: page).first == feed)
    }

    @Test func pagesOfAPlatformItselfHaveNone() {
        #expect(urls("<p>", url: "https://github.com/features").isEmpty)
        #expect(urls("<p>", url: "https://notgithub.com/a/b").isEmpty)
    }

    @Test func canonicalAddressTellsThePlatformToo() {
        let page = "<link rel=canonical href='https://www.youtube.com/channel/UCx'>"
        #expect(
            urls(page, url: "https://www.youtube.com/@x") == [
                "https://www.youtube.com/feeds/videos.xml?channel_id=UCx"
            ])
    }

    @Test func wellKnownPlacesAreGuessedInTheFolderThenAtTheRoot() {
        let found = discovery("<p>hi</p>", url: "https://h.example/blog/post")
        let guesses = found.guesses.map(\.url)
        #expect(found.candidates.isEmpty)
        #expect(guesses.first == "https://h.example/blog/feed/")
        #expect(guesses.last == "https://h.example/feed.json")
        #expect(guesses.count == 14)
    }

    @Test(arguments: [
        ("https://m.example/@user", "https://m.example/@user.rss"),
        ("https://m.example/tags/tea", "https://m.example/tags/tea.rss"),
        ("https://l.example/c/tea", "https://l.example/feeds/c/tea.xml?sort=New"),
        ("https://d.example/c/tea/5", "https://d.example/c/tea/5.rss"),
    ])
    func programsOfManyHostsAreGuessed(page: String, feed: String) {
        #expect(discovery("<p>", url: page).guesses.map(\.url).contains(feed))
    }

    /// Any cut of any page is read to its end.
    @Test func anyPrefixOfAPageIsRead() {
        let page = Array(
            ("<!DOCTYPE html><html><!-- c --><base href=\"/a\"><script>x</script>"
                + link("/f", "title='T'") + "<a href=/feed>f</a><![CDATA[x]]></html>").utf8)
        for end in 0...page.count {
            _ = FeedDiscovery(page: Array(page[..<end]), FeedContext(url: "https://h.example/"))
        }
    }
}
