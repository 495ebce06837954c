import EarshotFeeds
import Testing

/// Markup that is safe to show, and the text that a reader sees.
@Suite struct HTMLTests {
    private func entry(_ html: String, url: String? = "http://h.example/a/b?q") throws -> FeedEntry
    {
        let escaped = html.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        let document = try parse(
            channel("<item><content:encoded>\(escaped)</content:encoded></item>"), url: url)
        return try #require(document.entries.first)
    }

    @Test(arguments: [
        ("<p>One</p><p>Two<br>three</p>", "One\nTwo\nthree"),
        ("<ul><li>a</li><li>b <i>c</i></li></ul>end", "- a\n- b c\nend"),
        ("a<script>var x = '<p>no</p>';</script>b<style>p{}</style>c", "abc"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<img src='x.png' alt='a cat'> sits", "a cat sits"),
        ("x&nbsp;&nbsp;y &amp; z &lt;w&gt; &#x4e2d;&hearts;", "x y & z <w> 中♥"),
        ("<noscript>no</noscript><template>no</template>yes", "yes"),
        ("a < b and c > d", "a < b and c > d"),
        ("one <!-- two > --> three", "one three"),
        ("<b>unclosed <i>tags", "unclosed tags"),
        ("  much \n\t space  ", "much space"),
        ("two  spaces\u{A0} and a\u{A0}\u{A0}no-break one", "two spaces and a no-break one"),
        ("<td>a</td>\n<td>b</td><p> c </p> d", "a b\nc\nd"),
        ("<ul><li> <p>a</p></li><li></li></ul>b", "- a\n- b"),
        ("<img alt='R&amp;D &lt;now&gt;'>", "R&D <now>"),
        ("x <y and z", "x <y and z"),
        ("a</>b</ i>c", "abc"),
        ("<![CDATA[<p>one</p>]]>", "one"),
        ("a<!-- b -- > c", "a c"),
        ("a<!-- b", "a"),
        ("a<img src=\"x>b <i>c</i>", "ab c"),
        ("a</script>b<i>c</i>", "abc"),
        ("a<script>b</scripture>c</SCRIPT >d", "ad"),
        ("&CounterClockwiseContourIntegral;&nGt;&lt&#128;&#0;&#x110000;", "∳≫⃒<€��"),
    ])
    func makesText(html: String, text: String) throws {
        #expect(try entry(html).text == text)
    }

    /// An end tag of a script that ends none makes feedparser read the next one as text; so do we,
    /// as text and nothing else (feedparser's own case `entry_content_crazy.xml`).
    @Test func readsTheScriptBehindAStrayEndAsText() throws {
        let crazy = try entry("a</script><script>b<script>c</script><h1 onload=d>e</h1>")
        #expect(crazy.contentHTML == "ab<h1>e</h1>")
        #expect(crazy.text == "ab\ne")
    }

    /// RSS does not say whether a title is markup.
    ///
    /// A reference or end tag tells, unless a tag is
    /// there that no publisher would let through; so do the tags that people write in titles.
    @Test(arguments: [
        ("Tom &amp; <b>Jerry</b>", "Tom & Jerry"), ("a <br> b", "a b"),
        ("The <dialog> element", "The <dialog> element"), ("5 < 6 & 7", "5 < 6 & 7"),
        ("No <script> in titles &amp; text", "No <script> in titles &amp; text"),
        ("a <T> &lt; b", "a <T> &lt; b"),
    ])
    func takesTheTextOfATitle(written: String, title: String) throws {
        let escaped = written.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        let document = try parse(channel("<item><title>\(escaped)</title></item>"))
        #expect(document.entries.first?.title == title)
    }

    @Test func cutsWhatIsTooLongAtACharacter() throws {
        let title = String(repeating: "字", count: FeedLimits.title + 1)
        let text = String(repeating: "<p>字字字</p>", count: FeedLimits.text / 9)
        let document = try parse(
            channel(
                "<item><title>\(title)</title><description><![CDATA[\(text)]]></description></item>"
            ))
        let entry = try #require(document.entries.first)
        #expect(entry.title?.count == FeedLimits.title)
        #expect((FeedLimits.text - 3...FeedLimits.text).contains(entry.text.utf8.count))
        #expect(entry.text.hasPrefix("字字字\n字"))
        #expect(kinds(document).contains(.cut))
    }

    /// OWASP's cheat sheet on filter evasion, in short.
    @Test(arguments: [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\" &#106;avascript:alert(1)\">x</a>",
        "<iframe src='javascript:alert(1)'></iframe>", "<svg onload=alert(1)>",
        "<div style='background:url(javascript:alert(1))'>x</div>",
        "<scr<script>ipt>alert(1)</script>", "<img src=\"x\" alt=\"\"onerror=\"alert(1)\">",
        "<object data='javascript:alert(1)'>", "<form action='javascript:alert(1)'><input></form>",
        "<a href='data:text/html,alert(1)'>x</a>", "<math><mi xlink:href='javascript:alert(1)'>",
        "<p title='\"><script>alert(1)</script>'>x</p>", "<meta http-equiv=refresh content=0>",
        "<a href=\"vbscript:alert(1)\">", "<body onload=alert(1)>", "<!--><script>alert(1)//-->",
        "<img src='data:image/svg+xml,alert(1)'>", "<base href='http://evil.example/'>",
    ])
    func letsNoCodeThrough(html: String) throws {
        let markup = try #require(try entry(html).contentHTML).lowercased()
        for sign in ["<script", "javascript:", "vbscript:", "data:", "<iframe", "<object", "<meta"]
        {
            #expect(!markup.contains(sign))
        }
        let tags = markup.split(separator: "<").map { $0.prefix { $0 != ">" } }
        #expect(!tags.contains { $0.contains(" on") || $0.contains("style=") })
    }

    @Test(arguments: [
        ("<p class=x id=y data-z=1>a", "<p>a</p>"),
        ("<b><i>a</b>b", "<b><i>a</i></b>b"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<li>a<li>b", "<li>a</li><li>b</li>"),
        ("</div>a</b>", "a"),
        ("<br/>a<hr>", "<br />a<hr />"),
        ("<a href=c?d&amp;e>f</a>", "<a href=\"http://h.example/a/c?d&amp;e\">f</a>"),
        (
            "<img src='/i.png' alt='\"q\"'>",
            "<img src=\"http://h.example/i.png\" alt=\"&quot;q&quot;\" />"
        ),
        ("<font size=7>a</font>", "<font>a</font>"),
        ("<section>&copy;&bogus;&amp</section>", "<section>©&amp;bogus;&amp;</section>"),
        ("<a title=x", ""),
        (
            "<a rel=NoFollow href='#' href=x>a</a>",
            "<a rel=\"nofollow\" href=\"http://h.example/a/b?q\">a</a>"
        ),
        ("<a href='http://x.example/\ny'>a</a>", "<a href=\"http://x.example/y\">a</a>"),
        ("<a href='http:c'>a</a>", "<a href=\"http://h.example/a/c\">a</a>"),
        ("<img alt='a > b' src=i>c", "<img alt=\"a &gt; b\" src=\"http://h.example/a/i\" />c"),
        (
            "<img src=\"i>a<a href=\"c\">b</a>",
            "<img src=\"http://h.example/a/&quot;i\" />a<a href=\"http://h.example/a/c\">b</a>"
        ),
        ("<svg><title>a</title></svg>b", "ab"),
    ])
    func makesSafeMarkup(html: String, markup: String) throws {
        #expect(try entry(html).contentHTML == markup)
    }

    /// Second source: the examples of RFC 3986, section 5.4.
    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"),
        ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"), ("g/../h", "http://a/b/c/h"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"), ("mailto:g", "mailto:g"),
    ])
    func resolvesRelativeLinks(reference: String, url: String) throws {
        let document = try parse(
            "<feed xmlns='http://www.w3.org/2005/Atom'><link href='\(reference)'/></feed>",
            url: "http://a/b/c/d;p?q")
        #expect(document.feed.link == url)
    }

    @Test func usesTheBaseThatIsNearest() throws {
        let atom = """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="javascript:x"><link href="1"/>
            <entry xml:base="sub/"><link href="2"/></entry><entry><link href="3"/></entry></feed>
            """
        let document = try parse(
            atom, url: "http://h.example/x", headers: ["content-location": "/y/z"])
        #expect(document.feed.link == "http://h.example/y/1")
        #expect(
            document.entries.map(\.url) == ["http://h.example/y/sub/2", "http://h.example/y/3"])
        #expect(try parse(atom).feed.link == "1")
    }

    /// Time must not grow with the square of the text: this would take minutes.
    @Test(arguments: [
        "<?", "<!a", "<a ", "<a b='", "</", "<svg>", "<b>", "&amp", "<!--", "<p", "<![CDATA[",
        "<!--a>", "<a b=\"", "<a b='\"", "</script>", "<script>", "<li>", "<a href=x ", "&#9;",
    ])
    func walksHostileMarkupOnce(piece: String) throws {
        let html = String(repeating: piece, count: 300_000)
        #expect(try entry(html).contentHTML != nil)
    }
}
