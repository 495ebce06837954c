import EarshotDomain
import EarshotService
import EarshotTransport
import Foundation
import Testing

/// The recording server and the engine, each the other's proof.
@Suite struct RecordingServerTests {
    /// A folder of one day, made anew for each test.
    private static func recording() throws -> URL {
        let root = FileManager.default.temporaryDirectory
            .appending(component: "earshot-recording-\(UUID().uuidString)")
        let files = [
            "news.sample.invalid/feed.xml/2026-03-01T0800Z.xml": "<rss>first</rss>",
            "news.sample.invalid/feed.xml/2026-03-01T1200Z.gone": "",
            "news.sample.invalid/feed.xml/2026-03-01T1800Z.xml": "<rss>second</rss>",
            "news.sample.invalid/feed.xml/notes.txt": "no document",
            "blog.sample.invalid/2026-03-01T0000Z.json": "{}",
            "blog.sample.invalid/content-type": "application/feed+json\n",
            "blog.sample.invalid/a b/2026-03-01T0000Z.atom": "<feed/>",
        ]
        for (path, text) in files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return root
    }

    /// Runs `body` with an engine whose names lead to a recording at `clock`'s time.
    private func replay(
        _ clock: ReplayClock, _ body: (FetchEngine, Int) async throws -> Void
    ) async throws {
        let root = try Self.recording()
        defer { try? FileManager.default.removeItem(at: root) }
        try await RecordingServer(root: root, clock: clock).run { port in
            var configuration = FetchConfiguration(userAgent: "Earshot/test")
            configuration.allow = [try #require(AllowedPeer("127.0.0.1:\(port)"))]
            configuration.connectTo = ["news", "blog", "other"].map {
                "\($0).sample.invalid:80:127.0.0.1:\(port)"
            }
            try await body(FetchEngine(configuration), port)
        }
    }

    /// 2026-03-01T00:00Z is 20,513 days after 1970-01-01 (`date -u -d 2026-03-01 +%s`).
    private func hour(_ hour: Int64) -> Timestamp {
        Timestamp(seconds: 1_772_323_200 + hour * 3_600)
    }

    @Test func theClockDecidesWhatADocumentIs() async throws {
        let clock = ReplayClock(hour(0))
        try await replay(clock) { engine, _ in
            let request = FetchRequest(url: "http://news.sample.invalid/feed.xml")
            #expect(try await engine.failure(request).reason == .notFound)
            clock.set(hour(8))
            let first = try await engine.fetch(request)
            #expect(first.body == Array("<rss>first</rss>".utf8))
            #expect(first.headers["content-type"] == "application/xml")
            #expect(first.lastModified == "Sun, 01 Mar 2026 08:00:00 GMT")
            clock.set(hour(13))
            let down = try await engine.failure(request)
            #expect(down.reason == .httpStatus && down.status == 503)
            clock.set(hour(19))
            let second = try await engine.fetch(request)
            #expect(second.body == Array("<rss>second</rss>".utf8))
            #expect(second.url == "http://news.sample.invalid/feed.xml")
        }
    }

    /// Second source of the tag: `printf '<rss>first</rss>' | sha256sum`, its first 32 digits.
    @Test func anUnchangedDocumentIsNotSentAgain() async throws {
        let clock = ReplayClock(hour(8))
        try await replay(clock) { engine, _ in
            var request = FetchRequest(url: "http://news.sample.invalid/feed.xml")
            let first = try await engine.fetch(request)
            #expect(first.etag == "\"a82a19d21a289409c0b936a0de6b0012\"")
            request.etag = first.etag
            #expect(try await engine.fetch(request).isUnchanged)
            request.etag = "\"other\", " + (first.etag ?? "")
            #expect(try await engine.fetch(request).isUnchanged)
            request.etag = nil
            request.lastModified = first.lastModified
            #expect(try await engine.fetch(request).isUnchanged)
            request.etag = "\"other\""
            #expect(try await !engine.fetch(request).isUnchanged)
            request = FetchRequest(url: request.url, etag: first.etag)
            clock.set(hour(18))
            #expect(try await !engine.fetch(request).isUnchanged)
        }
    }

    @Test func hostsAndPathsAreKeptApart() async throws {
        try await replay(ReplayClock(hour(8))) { engine, _ in
            let root = try await engine.fetch(FetchRequest(url: "http://blog.sample.invalid"))
            #expect(root.headers["content-type"] == "application/feed+json")
            let spaced = try await engine.fetch(
                FetchRequest(url: "http://blog.sample.invalid/a%20b/?page=2"))
            #expect(spaced.headers["content-type"] == "application/atom+xml")
            for url in [
                "http://other.sample.invalid/feed.xml", "http://blog.sample.invalid/feed.xml",
            ] {
                #expect(try await engine.failure(FetchRequest(url: url)).reason == .notFound)
            }
        }
    }

    @Test(arguments: [
        "/../news.sample.invalid/feed.xml", "/%2e%2e/news.sample.invalid/feed.xml",
        "/feed.xml/2026-03-01T0800Z.xml", "/feed.xml/notes.txt", "/..%2f..%2fetc/passwd", "//",
    ])
    func noPathLeadsOutOfTheIndex(path: String) async throws {
        try await replay(ReplayClock(hour(8))) { _, port in
            let answer = try await RawClient.ask(
                "GET \(path) HTTP/1.1\r\nHost: news.sample.invalid\r\nConnection: close\r\n\r\n",
                port: UInt16(port))
            #expect(answer.hasPrefix("HTTP/1.1 404"))
        }
    }
}
