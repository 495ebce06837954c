import EarshotFeeds
import Foundation
import Testing

private let subscriptions: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let shared =
        ProcessInfo.processInfo.environment["EARSHOT_SHARED"].map { URL(filePath: $0) }
        ?? root.deletingLastPathComponent().appending(path: "shared")
    let file = shared.appending(path: "corpora/feeds/opml/netnewswire-subs.opml")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

private func outlines(_ text: String) throws -> [OPMLOutline] {
    try OPMLReader.outlines(in: Array(text.utf8))
}

private func opml(_ body: String) -> String {
    "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><body>\n\(body)\n</body></opml>"
}

@Suite struct OPMLTests {
    @Test func foldersOfAnyDepthAreKept() throws {
        let found = try outlines(
            opml(
                """
                <outline text="A"><outline title="B"><outline text="x" xmlUrl="http://h.example/1"/>
                </outline><outline text="y" xmlUrl="http://h.example/2"></outline></outline>
                <outline text="z" xmlUrl="http://h.example/3"/>
                """))
        #expect(found.map(\.title) == ["x", "y", "z"])
        #expect(found.map(\.folders) == [["A", "B"], ["A"], []])
        #expect(found.map(\.line) == [3, 4, 5])
    }

    @Test func subscriptionsWithoutAddressAreThere() throws {
        let found = try outlines(
            opml(
                """
                <outline text="a" xmlUrl=""/>
                <outline text="b" type="RSS"></outline>
                <outline text="F" type="rss" xmlUrl=" "><outline text="c" xmlUrl="http://h.example/"/>
                </outline><outline text="G"/><outline text="H" type="link" url="http://h.example/"/>
                """))
        #expect(found.map(\.title) == ["a", "b", "c"])
        #expect(found.map(\.url) == ["", "", "http://h.example/"])
        #expect(found.map(\.line) == [3, 4, 5])
        #expect(found.map(\.folders) == [[], [], ["F"]])
    }

    @Test(arguments: [
        ("https://ann:pw@h.example/f", true, "https://***@h.example/f"),
        ("feed:https://ann@h.example", true, "feed:https://***@h.example"),
        ("http://a:b@c@h.example?x", true, "http://***@h.example?x"),
        ("ann:pw@h.example/f", false, "***@h.example/f"),
        ("https://h.example/@ann?a@b#c@d", false, "https://h.example/@ann?a@b#c@d"),
    ])
    func passwordsAreSeenAndNotShown(address: String, isHeld: Bool, shown: String) {
        #expect(SubscriptionAddress.hasUserInfo(address) == isHeld)
        #expect(SubscriptionAddress.withoutUserInfo(address) == shown)
    }

    @Test func namesInAnyCaseAreRead() throws {
        let found = try outlines(
            "<OPML><BODY><OUTLINE TITLE='x &amp; y' XMLURL=' http://h.example/ '/></BODY></OPML>")
        #expect(found.map(\.url) == ["http://h.example/"])
        #expect(found.map(\.title) == ["x & y"])
    }

    @Test func titleStandsInForTextThatIsEmpty() throws {
        let found = try outlines(opml("<outline text='' title='T' xmlurl='http://h.example/'/>"))
        #expect(found.map(\.title) == ["T"])
    }

    @Test func brokenDocumentsAreReadAsFarAsTagsGo() throws {
        let found = try outlines(
            """
            <!DOCTYPE opml [<!ENTITY x "<outline xmlUrl='http://no.example/'/>">]>
            <opml><body><outline text="R&D & more" xmlUrl=http://h.example/1?a=1&b=2 />
            <!-- <outline xmlUrl="http://no.example/2"/> --><![CDATA[<outline xmlUrl="n"/>]]>
            <outline text="open"><outline text="&eacute;" xmlUrl="http://h.example/2">
            """)
        #expect(found.map(\.title) == ["R&D & more", "é"])
        #expect(found.map(\.url) == ["http://h.example/1?a=1&b=2", "http://h.example/2"])
    }

    @Test func encodingsAreReadAsThoseOfFeeds() throws {
        let latin =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><opml><outline text='".utf8)
            + [0xE9] + Array("' xmlUrl='http://h.example/'/></opml>".utf8)
        #expect(try OPMLReader.outlines(in: latin).map(\.title) == ["é"])
        let wide = "<opml><outline text='水壶' xmlUrl='http://h.example/'/></opml>".utf16
            .flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try OPMLReader.outlines(in: wide).map(\.title) == ["水壶"])
    }

    @Test func limitsAreStated() throws {
        #expect(throws: OPMLError.self) {
            try OPMLReader.outlines(in: Array(repeating: 0x20, count: (10 << 20) + 1))
        }
        let many = String(repeating: "<outline xmlUrl='http://h.example/'/>", count: 50_000)
        #expect(try outlines(opml(many)).count == 50_000)
        #expect(throws: OPMLError.self) { try outlines(opml(many + "<outline/>")) }
        #expect(throws: OPMLError.self) { try outlines("<rss><channel/></rss>") }
        #expect(throws: OPMLError.self) { try outlines("") }
    }

    @Test func deepFoldersCostNoMoreThanTheyHold() throws {
        let depth = 20_000
        let deep = String(repeating: "<outline text='d'>", count: depth)
        let found = try outlines(opml(deep + "<outline text='x' xmlUrl='http://h.example/'/>"))
        #expect(found.map(\.title) == ["x"])
    }

    @Test func whatIsWrittenIsReadAsItWas() throws {
        var one = OPMLOutline(title: "A \"B\" <c> & 'd'", url: "http://h.example/?a=1&b=2")
        one.folders = ["R/D", "back\\slash & more"]
        one.key = "one"
        one.kind = "social"
        one.mapping = "mastodon"
        one.parameters = ["query": "a=b & 100 %25", "tag": ""]
        one.language = "zh"
        let two = OPMLOutline(title: "海湾", url: "http://h.example/2")
        let document = OPMLWriter.document([two, one])
        var read = try outlines(document)
        for index in read.indices { read[index].line = 0 }
        #expect(read == [one, two])
        #expect(OPMLWriter.document(read) == document)
    }

    @Test(arguments: [[], ["A"], ["A", "B"], ["a/b", "c\\", "\\/"], ["水", "壶"]])
    func folderPathsComeBack(names: [String]) {
        #expect(FolderPath.names(in: FolderPath.text(of: names)) == names)
    }

    @Test(arguments: [
        ("HTTP://H.example:80/f#x", "https://h.example/f", true),
        ("http://h.example/f?utm_source=a", "http://h.example/f", true),
        ("http://h.example/f", "http://h.example/F", false),
        ("http://h.example/f?a=1", "http://h.example/f?a=2", false),
    ])
    func addressesAreComparedByWhatTheyName(one: String, other: String, isSame: Bool) {
        let isEqual = SubscriptionAddress.identity(one) == SubscriptionAddress.identity(other)
        #expect(isEqual == isSame)
    }

    /// Research note on feeds, goal F12.
    @Test(.enabled(if: subscriptions != nil, "the shared corpora are not there"))
    func realSubscriptionsAreAllRead() throws {
        let file = try #require(subscriptions)
        let found = try OPMLReader.outlines(in: Array(try Data(contentsOf: file)))
        #expect(found.count == 207)
        #expect(Set(found.compactMap { FolderPath.text(of: $0.folders) }).count == 4)
        let first = OPMLWriter.document(found)
        let second = OPMLWriter.document(try OPMLReader.outlines(in: Array(first.utf8)))
        #expect(second == first)
    }
}
