import EarshotFeeds
import Testing

/// What the reader makes of XML as the grammar has it, and as publishers write it.
@Suite struct XMLReaderTests {
    /// Second source: Python's xml.etree (expat) on the same titles.
    @Test(arguments: [
        ("one\r\ntwo\rthree", "one two three"),
        ("<![CDATA[a]]> b<![CDATA[ & c]]>", "a b & c"),
        ("x<!-- <y> -->y<?z >?>", "xy"),
        ("&#x41;&#66;&amp;&quot;&apos;", "AB&\"'"),
        ("]] > ]>", "]] > ]>"),
        ("<![CDATA[]]]]><![CDATA[>]]>", "]]>"),
    ])
    func readsText(markup: String, title: String) throws {
        let document = try parse(channel("<item><title>\(markup)</title></item>"))
        #expect(document.entries.map(\.title) == [title])
        #expect(document.warnings.isEmpty)
    }

    /// Second source: Python's xml.etree (expat), which makes blanks spaces and keeps references.
    @Test(arguments: [
        ("<category term=\"a&#10;b\tc&amp;d\"/>", "a\nb c&d"),
        (#"<category term = 'say "x"'/>"#, #"say "x""#),
        ("<category\n  term='é'\n/>", "é"),
        ("<category term='a>b'></category>", "a>b"),
    ])
    func readsAttributes(markup: String, term: String) throws {
        let document = try parse(channel("<item>\(markup)</item>"))
        #expect(document.entries.first?.categories.map(\.term) == [term])
        #expect(document.warnings.isEmpty)
    }

    @Test(arguments: [
        ("<category term=plain>", "plain"),
        ("<category term=plain/>", "plain"),
        ("<category term='a' / label>", "a"),
        ("<category term='a'scheme>", "a"),
        ("<category term='a<b'>", "a<b"),
        ("<category term='R&D'>", "R&D"),
        ("<category term='a'", "a"),
    ])
    func mendsAttributes(markup: String, term: String) throws {
        let document = try parse(channel("<item>\(markup)<title>t</title></item>"))
        #expect(document.entries.first?.categories.first?.term == term)
        #expect(document.entries.first?.title == "t")
        #expect(kinds(document) == [.malformed])
    }

    /// A prefix is whatever its declaration says, there and nowhere else.
    @Test func knowsNamespacesByTheirDeclarations() throws {
        let document = try parse(
            """
            <a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:q="http://purl.org/dc/elements/1.1/">
            <a:entry><a:title>one</a:title><q:creator>Ann</q:creator></a:entry>
            <a:entry xmlns:q="http://other.example/"><a:title>two</a:title><q:creator>Bo</q:creator>
            </a:entry>
            <a:entry><a:title>three</a:title><q:creator>Cy</q:creator></a:entry>
            </a:feed>
            """)
        #expect(document.format == .atom10)
        #expect(document.entries.map(\.title) == ["one", "two", "three"])
        #expect(document.entries.map { $0.authors.first?.name } == ["Ann", nil, "Cy"])
    }

    @Test func readsMarkupAcrossAllKindsOfText() throws {
        let document = try parse(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">
            <div xmlns="http://www.w3.org/1999/xhtml">a &lt;b&gt; <x:p xmlns:x="http://www.w3.org/1999/xhtml"
              title="1 &quot; 2">c<![CDATA[<i>]]></x:p><br/>d</div></content></entry></feed>
            """)
        let entry = try #require(document.entries.first)
        #expect(
            entry.contentHTML == "a &lt;b&gt; <p title=\"1 &quot; 2\">c&lt;i&gt;</p><br />d")
        #expect(entry.text == "a <b>\nc<i>\nd")
    }

    /// The root's start tag is cut: what began is known, and no more.
    @Test func knowsWhatBeganInACutRoot() throws {
        let document = try parse("<rss version='2.0' xmlns:dc='http://purl.org/dc")
        #expect(document.format == .rss20)
        #expect(kinds(document) == [.truncated])
    }

    /// Counting makes and forgets each entry; the number is the same.
    @Test func countsWithoutKeeping() throws {
        let text = channel(
            (0..<40).map { "<item><title>\($0)</title><description>d</description></item>" }
                .joined())
        let kept = try FeedParser.parse(Array(text.utf8))
        let counted = try FeedParser.parse(Array(text.utf8), keeping: 0)
        #expect(kept.count == 40)
        #expect(counted.count == 40)
        #expect(counted.entries.isEmpty)
        let some = try FeedParser.parse(Array(text.utf8), keeping: 3)
        #expect(some.count == 40)
        #expect(some.entries == Array(kept.entries.prefix(3)))
        #expect(counted.feed == kept.feed)
    }

    /// Blocks and their borders: a character that is not ASCII, or a control, at every place of the
    /// scan for encoding.
    @Test func findsOddBytesAtEveryPlace() throws {
        for padding in 0..<70 {
            let blanks = String(repeating: "x", count: padding)
            for odd in ["é", "語", "🦊", "\u{FFFD}"] {
                let document = try parse(channel("<item><title>\(blanks)\(odd)y</title></item>"))
                #expect(document.entries.first?.title == "\(blanks)\(odd)y")
                #expect(document.warnings.isEmpty)
            }
            for odd in ["\u{01}", "\u{FFFE}", "\u{FFFF}"] {
                let document = try parse(channel("<item><title>\(blanks)\(odd)y</title></item>"))
                let left = odd == "\u{01}" ? "" : "\u{FFFD}"
                #expect(document.entries.first?.title == "\(blanks)\(left)y")
            }
        }
    }

    /// What is superlinear anywhere takes minutes here: the suite's time is the test.
    @Test(arguments: [
        String(repeating: "<a>", count: 250) + String(repeating: "</b>", count: 200_000),
        String(repeating: "<!-- -", count: 150_000), String(repeating: "<?a", count: 300_000),
        "<description><![CDATA[" + String(repeating: "]]", count: 500_000),
        "<title>" + String(repeating: "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", count: 30_000),
        String(repeating: "<category>ab</category>", count: 40_000),
        (0..<50_000).map { "<p\($0):a/>" }.joined(),
        (0..<40_000).map { "<a xmlns:p\($0)='u'>" }.joined(),
        String(repeating: "<a b=\"", count: 150_000),
    ])
    func readsHostileMarkupOnce(piece: String) throws {
        let document = try parse(channel("<item><title>Whole</title></item><item>" + piece))
        #expect(document.entries.first?.title == "Whole")
    }
}
