import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotTransport
import Foundation
import Testing

@Suite struct SourceAddTests {
    private static let now = Timestamp(seconds: 1_790_000_000)

    private static func feed(_ title: String) -> String {
        "<rss version=\"2.0\"><channel><title>\(title)</title><item><title>a</title></item>"
            + "</channel></rss>"
    }

    /// Answers with what stands under an address; 404 elsewhere.
    private static func finder(_ pages: [String: String]) -> FeedFinder {
        FeedFinder(
            network: { request in
                guard let page = pages[request.url] else {
                    throw TransportError(
                        url: request.url, reason: .notFound, status: 404, detail: "404")
                }
                return FetchResponse(
                    url: request.url, status: 200, movedTo: nil,
                    headers: [HeaderField("Content-Type", "text/html")], body: Array(page.utf8))
            }, pause: { _ in })
    }

    private static func link(_ href: String) -> String {
        "<link rel=alternate type=application/rss+xml href='\(href)'>"
    }

    @Test func candidatesAreOfferedOnceTheyWereRead() async throws {
        let report = try await Self.finder([
            "https://h.example/": "<title>H</title>" + Self.link("/gone") + Self.link("/page")
                + Self.link("/one") + Self.link("/two"),
            "https://h.example/page": "<html>no feed</html>",
            "https://h.example/one": Self.feed("One"), "https://h.example/two": Self.feed("Two"),
        ]).feeds(of: "https://h.example/")
        #expect(report.feeds.map(\.title) == ["One", "Two"])
        #expect(report.feeds.map(\.url) == ["https://h.example/one", "https://h.example/two"])
        #expect(report.refused.count == 2)
        #expect(report.title == "H")
    }

    @Test func wellKnownPlacesAreTriedWhereThePageIsSilent() async throws {
        let report = try await Self.finder([
            "https://h.example/blog/": "<p>hi</p>", "https://h.example/atom.xml": Self.feed("A"),
            "https://h.example/rss.xml": Self.feed("B"),
        ]).feeds(of: "https://h.example/blog/")
        #expect(report.feeds.map(\.url) == ["https://h.example/atom.xml"])
        #expect(report.refused.isEmpty)
    }

    @Test func aFeedIsTakenAsItIs() async throws {
        let report = try await Self.finder(["https://h.example/f": Self.feed("F")])
            .feeds(of: "https://h.example/f")
        #expect(report.feeds.map(\.url) == ["https://h.example/f"])
        #expect(report.feeds.map(\.entries) == [1])
    }

    @Test func aPageThatCannotBeHadThrows() async {
        await #expect(throws: TransportError.self) {
            try await Self.finder([:]).feeds(of: "https://h.example/")
        }
    }

    private static func withBook(
        _ body: (inout SourceBook, Store) async throws -> Void
    ) async throws {
        try await Project.withFolder { folder in
            let store = try await Store.open(path: folder.appending(path: "s.db").path)
            var book = try await SourceBook(store: store, now: now)
            try await body(&book, store)
        }
    }

    private static func wish(_ url: String, title: String? = nil) -> SourceBook.Wish {
        var wish = SourceBook.Wish(url: url, kind: .news)
        wish.title = title
        return wish
    }

    @Test func keysAreMadeOfTitlesAndNumberedWhereTaken() async throws {
        try await Self.withBook { book, store in
            #expect(
                try await book.add(Self.wish("http://a.example/", title: "Tea & Kettles!"))
                    == .added("tea-kettles"))
            #expect(
                try await book.add(Self.wish("http://b.example/", title: "tea kettles"))
                    == .added("tea-kettles-2"))
            #expect(
                try await book.add(Self.wish("http://www.c.example/", title: "水壶"))
                    == .added("c-example"))
            let names = try await store.sources().map(\.source.name)
            #expect(names == ["Tea & Kettles!", "tea kettles", "水壶"])
        }
    }

    @Test func addressesThatAreTheSameAreKnown() async throws {
        try await Self.withBook { book, _ in
            _ = try await book.add(Self.wish("https://a.example/f", title: "A"))
            #expect(
                try await book.add(Self.wish("http://A.example:80/f#top")) == .known("a-example"))
        }
    }

    @Test func whatCannotBeAddedIsRefused() async throws {
        try await Self.withBook { book, store in
            var taken = Self.wish("http://a.example/1")
            taken.key = "a"
            #expect(try await book.add(taken) == .added("a"))
            taken.url = "http://a.example/2"
            for wish in [taken, Self.wish("ftp://a.example/"), Self.wish("")] {
                guard case .refused = try await book.add(wish) else {
                    Issue.record("\(wish.url) was not refused")
                    continue
                }
            }
            #expect(try await store.sources().count == 1)
        }
    }

    @Test func passwordsAreNeitherKeptNorTold() async throws {
        try await Self.withBook { book, store in
            for url in ["https://ann:geheim@a.example/f", "ftp://ann:geheim@a.example/f"] {
                let outcome = try await book.add(Self.wish(url))
                guard case .refused(let reason) = outcome else {
                    Issue.record("\(url) was not refused")
                    continue
                }
                #expect(!reason.contains("geheim"))
            }
            #expect(try await store.sources().isEmpty)
        }
    }

    @Test func outlinesGoInAndComeOutTheSame() async throws {
        let document = """
            <opml version="2.0"><body><outline text="R/D"><outline text="Ä" xmlUrl="http://h.example/1"/>
            <outline text="x" xmlUrl="http://H.example/1"/><outline text="y" xmlUrl="mailto:a@b"/>
            </outline><outline text="z" xmlUrl="feed://h.example/2"/></body></opml>
            """
        var exports: [String] = []
        var text = document
        for _ in 0..<2 {
            try await Self.withBook { book, store in
                var outcomes: [SourceBook.Outcome] = []
                for outline in try OPMLReader.outlines(in: Array(text.utf8)) {
                    outcomes.append(try await book.add(outline, kind: .social))
                }
                if exports.isEmpty {
                    #expect(outcomes[0] == .added("h-example"))
                    #expect(outcomes[1] == .known("h-example"))
                    #expect(outcomes[3] == .added("h-example-2"))
                }
                let folders = try await store.sources().map(\.source.folder)
                #expect(folders.count == 2)
                #expect(folders.contains("R\\/D"))
                text = OPMLWriter.document(try await SourceBook.outlines(of: store))
                exports.append(text)
            }
        }
        #expect(exports[0] == exports[1])
    }

    @Test func aRetiredSourceComesBackWithItsKey() async throws {
        try await Self.withBook { book, store in
            _ = try await book.add(Self.wish("http://a.example/1", title: "First"))
            let id = try #require(try await store.sources().first).source.id
            _ = try await store.retire(id, now: Self.now)
            var later = try await SourceBook(store: store, now: Self.now)
            #expect(
                try await later.add(Self.wish("http://a.example/1", title: "Other"))
                    == .added("first"))
            #expect(try await store.sources().map(\.source.id) == [id])
        }
    }
}
