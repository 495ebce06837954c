import EarshotDomain
import EarshotFeeds
import Testing

/// Each format as publishers write it.
@Suite struct FormatTests {
    @Test func readsRSS2() throws {
        let document = try parse(
            """
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
                xmlns:atom="http://www.w3.org/2005/Atom"
                xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
            <channel>
            <title>Harbour Post</title>
            <atom:link href="http://post.example/feed.xml" rel="self" type="application/rss+xml"/>
            <link>http://post.example/</link>
            <description>News of the harbour</description>
            <language>en-GB</language><ttl>60</ttl>
            <image><url>/logo.png</url><title>Not the title</title><link>/not-the-link</link></image>
            <item>
              <title>Ferry &#8220;Aurora&#8221; late again</title>
              <link>/2026/ferry?a=1&amp;b=2</link>
              <guid isPermaLink="false">post-17</guid>
              <pubDate>Thu, 05 Nov 2026 08:30:00 +0100</pubDate>
              <author>desk@post.example (Ann Reyes)</author>
              <category domain="http://post.example/tags">ferries</category>
              <enclosure url="/a.mp3" length="1234" type="audio/mpeg"/>
              <comments>/2026/ferry#comments</comments>
              <slash:comments>12</slash:comments>
              <description>Short.</description>
              <content:encoded><![CDATA[<p>Two hours <b>late</b>.</p><p>Again &amp; again.</p>]]></content:encoded>
            </item>
            </channel></rss>
            """, url: "http://post.example/feed.xml")
        #expect(document.format == .rss20)
        #expect(document.warnings.isEmpty)
        #expect(document.feed.title == "Harbour Post")
        #expect(document.feed.link == "http://post.example/")
        #expect(document.feed.image == "http://post.example/logo.png")
        #expect(document.feed.ttl == 60)
        let entry = try #require(document.entries.first)
        #expect(entry.id == "post-17")
        #expect(entry.title == "Ferry “Aurora” late again")
        #expect(entry.url == "http://post.example/2026/ferry?a=1&b=2")
        // Second source: Python's email.utils.
        #expect(entry.published == Timestamp(seconds: 1_793_863_800))
        #expect(entry.authors == [FeedPerson(name: "Ann Reyes", email: "desk@post.example")])
        #expect(entry.categories.map(\.term) == ["ferries"])
        #expect(entry.enclosures.first?.url == "http://post.example/a.mp3")
        #expect(entry.commentsURL == "http://post.example/2026/ferry#comments")
        #expect(entry.engagement.replies == 12)
        #expect(entry.summaryHTML == "Short.")
        #expect(entry.text == "Two hours late.\nAgain & again.")
        #expect(entry.language == "en-GB")
    }

    @Test func readsAtom() throws {
        let document = try parse(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://blog.example/b/" xml:lang="fr">
            <title type="html">Le &lt;i&gt;Café&lt;/i&gt;</title>
            <id>tag:blog.example,2026:1</id><author><name>Zoé</name></author>
            <link rel="self" href="feed.atom"/><link href="../"/>
            <entry xml:lang="en">
              <title>Tea &lt;3</title><id>tag:blog.example,2026:2</id>
              <link rel="enclosure" href="t.ogg" type="audio/ogg" length="9"/>
              <link rel="alternate" href="tea.html"/>
              <updated>2026-11-05T07:30:00Z</updated>
              <summary>Plain &amp; short</summary>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
                <p>One <a href="x.html" onclick="steal()">link</a>, 1 &lt; 2</p></div></content>
            </entry></feed>
            """)
        #expect(document.format == .atom10)
        #expect(document.feed.title == "Le Café")
        #expect(document.feed.link == "http://blog.example/")
        let entry = try #require(document.entries.first)
        #expect(entry.title == "Tea <3")
        #expect(entry.url == "http://blog.example/b/tea.html")
        #expect(entry.language == "en")
        #expect(entry.authors.first?.name == "Zoé")
        #expect(entry.enclosures.map(\.length) == ["9"])
        #expect(entry.summaryHTML == "Plain &amp; short")
        #expect(
            entry.contentHTML
                == "<p>One <a href=\"http://blog.example/b/x.html\">link</a>, 1 &lt; 2</p>")
        #expect(entry.text == "One link, 1 < 2")
        #expect(entry.published == nil)
        #expect(entry.updated != nil)
    }

    @Test func readsRDF() throws {
        let document = try parse(
            """
            <rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <channel rdf:about="http://old.example/"><title>Old</title>
              <link>http://old.example/</link></channel>
            <item rdf:about="http://old.example/1"><title>One</title>
              <link>http://old.example/1</link><dc:creator>Bo</dc:creator>
              <dc:date>2005-03-01T10:00+01:00</dc:date></item>
            </rdf:RDF>
            """)
        #expect(document.format == .rss10)
        let entry = try #require(document.entries.first)
        #expect(entry.id == "http://old.example/1")
        #expect(entry.authors.map(\.name) == ["Bo"])
        #expect(entry.updated == Timestamp(seconds: 1_109_667_600))
    }

    /// Ids that are numbers, a member of the wrong type, half a surrogate pair: nothing is lost.
    @Test func readsJSONFeed() throws {
        let document = try parse(
            """
            {"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "language": "de",
             "home_page_url": "https://n.example/", "authors": [{"name": "Ida"}],
             "items": [{"id": 9007199254740993, "url": "/a", "title": 5,
               "content_html": "<p>Gr\\u00fc\\u00dfe \\ud83d<script>x()</script></p>",
               "date_published": "2026-11-05T08:00:00+01:00", "tags": ["x", 3],
               "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7}]}]}
            """, url: "https://n.example/feed.json")
        #expect(document.format == .json11)
        #expect(kinds(document) == [.wrongType])
        let entry = try #require(document.entries.first)
        #expect(entry.id == "9007199254740993")
        #expect(entry.url == "https://n.example/a")
        #expect(entry.title == nil)
        #expect(entry.text == "Grüße \u{FFFD}")
        #expect(entry.language == "de")
        #expect(entry.authors.map(\.name) == ["Ida"])
        #expect(entry.categories.map(\.term) == ["x"])
        #expect(entry.enclosures.map(\.length) == ["7"])
    }

    @Test func readsMastodonThroughItsMapping() throws {
        let json = """
            [{"id": "1", "uri": "https://m.example/users/a/statuses/1", "created_at":
              "2026-11-05T08:00:00.000Z", "language": "en", "content":
              "<p>The new <a href=\\"https://m.example/tags/kettle\\">#kettle</a> leaks</p>",
              "url": "https://m.example/@a/1", "favourites_count": 3, "reblogs_count": 1,
              "replies_count": 0, "tags": [{"name": "kettle"}],
              "account": {"acct": "ann@other.example", "display_name": "Ann", "followers_count": 40,
              "url": "https://other.example/@ann"}}, 7]
            """
        let document = try FeedParser.parse(
            Array(json.utf8), FeedContext(mapping: MappingSet.builtIn["mastodon"]))
        #expect(document.format == .mapped)
        #expect(document.entries.count == 1)
        let entry = try #require(document.entries.first)
        #expect(entry.text == "The new #kettle leaks")
        #expect(entry.engagement == Engagement(likes: 3, reposts: 1, replies: 0, reach: 40))
        #expect(entry.authors.first?.handle == "ann@other.example")
        #expect(entry.categories.map(\.term) == ["kettle"])
        #expect(document.warnings.map(\.kind) == [.wrongType])
    }
}
