import EarshotFeeds
import Testing

/// Each test is a way in which real feeds are broken; libxml2 alone loses text or entries at most
/// of them (research note on feeds, section 3).
@Suite struct BrokenDocumentTests {
    private let item = "<item><title>Whole</title><link>http://news.example/2</link></item>"

    @Test(arguments: [
        ("AT&T & R&D", "AT&T & R&D"),
        ("caf&eacute;&nbsp;&hellip;", "café\u{A0}…"),
        ("5 < 6 and more", "5 < 6 and more"),
        ("bell\u{07} and nul\u{0}.", "bell and nul."),
        ("&#xD800;&#0;&#x1F;end", "\u{FFFD}\u{FFFD}end"),
        ("a<!-- not shown -->b", "ab"),
        ("&doesnotexist;", "&doesnotexist;"),
        ("don&#146;t", "don’t"),
        ("â€œquotedâ€\u{9D} Ã©", "“quoted” é"),
        ("café\u{A0}»", "café\u{A0}»"),
        ("ä¸\u{AD}å›½", "ä¸\u{AD}å›½"),
        ("x <b>bold</b> y", "x bold y"),
        ("&lt;b&gt;bold&lt;/b&gt; tag", "bold tag"),
        ("C&lt;T&gt; in C++", "C<T> in C++"),
    ])
    func keepsTextAround(markup: String, title: String) throws {
        let document = try parse(channel("<item><title>\(markup)</title></item>\(item)"))
        #expect(document.entries.map(\.title) == [title, "Whole"])
    }

    /// An end tag that is missing must not swallow the entries after it.
    @Test(arguments: [
        "<item><title>Open</title><description>text<br>more</description></item>",
        "<item><title>Open</title><description><p>text</description></item>",
        "<item><title>Open</title><category>x</item>",
        "<item><title>Open</Title></item>",
        "<item><title>Open</title></b></p></item>",
        "<item><title>Open</title><media:x><y:z/></media:x></item>",
    ])
    func endsWhatWasLeftOpen(broken: String) throws {
        let document = try parse(channel(broken + item))
        #expect(document.entries.map(\.title) == ["Open", "Whole"])
        #expect(document.entries.last?.url == "http://news.example/2")
    }

    @Test(arguments: [
        "<item><title>cut off", "<item", "<item><descr", "<item><description><![CDATA[ab",
        "<!-- never", "<item><link>http://news.exa",
    ])
    func givesWholeEntriesOfACutDocument(tail: String) throws {
        let whole = channel("")
        let head = whole.prefix(upTo: try #require(whole.firstRange(of: "</channel>")).lowerBound)
        let document = try parse(head + item + tail)
        #expect(document.entries.first?.title == "Whole")
        #expect(kinds(document).contains(.truncated))
    }

    @Test func toleratesJunkAroundTheDocument() throws {
        let document = try parse(
            "Warning: oops on line 3\n" + channel(item) + "<!-- 0.1 s --> junk")
        #expect(document.entries.count == 1)
        #expect(kinds(document).contains(.leadingJunk))
    }

    /// A prefix that nothing declares means what it usually means.
    @Test func readsUndeclaredPrefixes() throws {
        let document = try parse(
            "<rss version='2.0'><channel><item><dc:creator>Ann</dc:creator>"
                + "<content:encoded>&lt;p&gt;hi&lt;/p&gt;</content:encoded></item></channel></rss>")
        #expect(document.entries.first?.authors.map(\.name) == ["Ann"])
        #expect(document.entries.first?.text == "hi")
    }

    @Test func namesTheLineOfADefect() throws {
        let document = try parse(channel("\n\n<item><title>a & b</title></item>"))
        #expect(document.warnings == [FeedWarning(.malformed, line: 7)])
    }

    // MARK: - Hostile documents

    /// Neither expanded nor read: the text stays as it is written.
    @Test func followsNoEntity() throws {
        let document = try parse(
            """
            <!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">
            <!ENTITY x SYSTEM "file:///etc/passwd"> <!ENTITY % p SYSTEM "http://evil.example/">]>
            <rss version="2.0"><channel><item><title>&a; &b; &x;</title></item></channel></rss>
            """)
        #expect(document.entries.first?.title == "ha &b; &x;")
        #expect(kinds(document).contains(.forbidden))
    }

    @Test func survivesDepth() throws {
        let deep = String(repeating: "<a>", count: 50_000)
        let document = try parse(channel(item + "<item><title>t</title>" + deep))
        #expect(document.entries.first?.title == "Whole")
        #expect(kinds(document).contains(.tooDeep))
    }

    /// One token of any size costs libxml2 quadratic time unless it is cut before.
    @Test func survivesLongTokens() throws {
        let long = String(repeating: "ab é ", count: 400_000)
        let document = try parse(
            channel(
                "<item><title>t</title><description><![CDATA[\(long)]]></description></item>\(item)"
            ))
        #expect(document.entries.count == 2)
        let text = try #require(document.entries.first?.text)
        #expect(text.utf8.count > 1_000_000 && text.utf8.count <= FeedLimits.text)
        #expect(!text.contains("\u{FFFD}"))
        #expect(kinds(document) == [.cut])
    }

    @Test func stopsAtATagOfUnreasonableSize() throws {
        let attributes = (0..<100_000).map { "a\($0)='x'" }.joined(separator: " ")
        let document = try parse(channel("\(item)<item \(attributes)><title>t</title></item>"))
        #expect(document.entries.map(\.title) == ["Whole"])
        #expect(kinds(document).contains(.forbidden))
        let first = refusal(of: Array("<rss \(attributes)><channel/></rss>".utf8))
        #expect(first?.kind == .forbiddenXML)
    }

    // MARK: - No feeds

    @Test(arguments: [
        ("", FeedError.Kind.notAFeed),
        ("  \n", .notAFeed),
        ("<!DOCTYPE html><html><head><title>x</title></head></html>", .notAFeed),
        ("<opml version='2.0'><body/></opml>", .notAFeed),
        ("<catalog><book/></catalog>", .notAFeed),
        ("GIF89a.....", .notAFeed),
        ("{\"hello\": 1}", .notAFeed),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [", .malformedJSON),
        (String(repeating: "[", count: 100_000), .tooDeepJSON),
    ])
    func saysWhyItIsNoFeed(text: String, kind: FeedError.Kind) {
        let error = refusal(of: Array(text.utf8))
        #expect(error?.kind == kind)
        #expect(error?.reason.isEmpty == false)
    }

    /// No bytes crash the parser: every prefix, and every single byte turned, of a small document.
    @Test func survivesEveryCutAndEveryFlippedByte() {
        let bytes = Array(
            """
            <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel>
            <item a='b' c="d&amp;&a;"><title>a &lt;b&gt;é</title><pubDate>1 Jan 2004 1:2:3 Z</pubDate>
            <description><![CDATA[<p class=x>y<br/></p><!-- c -->&copy;]]></description></item>
            </channel></rss>
            """.utf8)
        for end in bytes.indices { _ = refusal(of: Array(bytes[..<end])) }
        for index in bytes.indices {
            for value: UInt8 in [0x00, 0x26, 0x3C, 0x3E, 0x22, 0x5D, 0x80, 0xFF] {
                var broken = bytes
                broken[index] = value
                _ = refusal(of: broken)
            }
        }
        #expect(refusal(of: bytes) == nil)
    }
}
