import EarshotFeeds
import Testing

/// What fuzzing found, as small as it could be made (`make fuzz`).
@Suite struct FuzzFindingTests {
    /// Control characters at the ends of a name were written as blanks, which reading took away.
    @Test(arguments: [
        "<opml><outline text=\u{0}\n xmlUrl=l>", "<opml><outline text='a\u{7F}' xmlUrl='l\u{7F}'>",
        "<opml><outline text='&#1;'><outline text='b' xmlUrl='l\u{85}' earshot:key='&#27;k'>",
    ])
    func anExportedOutlineReadsBack(_ document: String) throws {
        let first = try OPMLWriter.document(OPMLReader.outlines(in: Array(document.utf8)))
        let second = try OPMLWriter.document(OPMLReader.outlines(in: Array(first.utf8)))
        #expect(first == second)
    }

    /// A paragraph that a broken tag ended lost its end tag with what was taken back of that tag.
    @Test func aBrokenTagLeavesNothingOpen() throws {
        let feed = """
            <rss version="2.0"><channel><item><guid>1</guid>\
            <description>&lt;p>a&lt;p</description></item></channel></rss>
            """
        let document = try FeedParser.parse(Array(feed.utf8))
        #expect(document.entries.first?.summaryHTML == "<p>a</p>")
    }

    /// Without its fragment a link ended in a blank, which made it another one.
    @Test func aBlankBeforeTheFragmentIsNoPartOfALink() {
        let plain = SubscriptionAddress.identity("https://a.example/b")
        #expect(SubscriptionAddress.identity("https://a.example/b #c") == plain)
    }

    /// A base of 200 kB was taken apart and repeated for each relative link, in quadratic time.
    ///
    /// One of reasonable length is walked as before.
    @Test(arguments: [(segments: 100_000, isTaken: false), (segments: 900, isTaken: true)])
    func anOverlongBaseDoesNotCount(_ base: (segments: Int, isTaken: Bool)) throws {
        let folders = String(repeating: "b/", count: base.segments)
        let feed = """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/\(folders)">
            <entry><id>1</id><link href="../c"/></entry></feed>
            """
        let document = try FeedParser.parse(
            Array(feed.utf8), FeedContext(url: "https://d.example/e/f"))
        let parent = "https://a.example/" + folders.dropLast(2)
        #expect(document.entries.first?.url == (base.isTaken ? parent : "https://d.example/") + "c")
    }

    /// Tags of which none ends were each looked for up to the end of the text, in quadratic time.
    ///
    /// They stay text, as one of them does.
    @Test func manyUnendedTagsAreText() throws {
        let broken = String(repeating: "&lt;p&amp;lt;an .ce\"=-t\"i", count: 2_000)
        let feed =
            "<rss><channel><item><guid>1</guid><description>&lt;b>\(broken)"
            + "</description></item></channel></rss>"
        let document = try FeedParser.parse(Array(feed.utf8))
        let text = String(repeating: "<p<an .ce\"=-t\"i", count: 2_000)
        #expect(document.entries.first?.text == text)
    }
}
