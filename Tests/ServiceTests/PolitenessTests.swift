import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotTransport
import EarshotWire
import Foundation
import Testing

/// What servers ask for, over HTTP on loopback.
@Suite struct PolitenessTests {
    private static let start = Timestamp(seconds: 1_790_000_040)
    private static let feed = """
        <rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item>\
        </channel></rss>
        """

    /// A recording of two hosts, and the store of a source for each of its paths.
    private struct World {
        let folder: URL
        let store: Store
        let configuration: Configuration

        init(in folder: URL) async throws {
            self.folder = folder
            store = try await Store.open(path: folder.appending(path: "store.db").path)
            var configuration = Configuration()
            configuration.fetch.allow = [try #require(AllowedPeer("127.0.0.1:*"))]
            let urls = [
                "a-feed": "http://shop.test.invalid/feed",
                "b-dead": "http://shop.test.invalid/dead",
                "c-lost": "http://shop.test.invalid/lost", "d-old": "http://shop.test.invalid/old",
                "e-busy": "http://busy.test.invalid/one", "f-busy": "http://busy.test.invalid/two",
            ]
            configuration.sources = urls.sorted { $0.key < $1.key }.map {
                SourceDeclaration(key: $0.key, name: $0.key, url: $0.value, kind: .news)
            }
            self.configuration = configuration
            try record("shop.test.invalid/feed", 0, "rss", PolitenessTests.feed)
            try record("shop.test.invalid/dead", 0, "answer", "410\n")
            try record("shop.test.invalid/old", 0, "answer", "308\nLocation: /new\n")
            // Whoever remembers the move is not misled later.
            try record("shop.test.invalid/old", 60, "answer", "404\n")
            try record("shop.test.invalid/new", 0, "rss", PolitenessTests.feed)
            try record("busy.test.invalid/one", 0, "answer", "429\nRetry-After: 7200\n")
            try record("busy.test.invalid/one", 60, "rss", PolitenessTests.feed)
            try record("busy.test.invalid/two", 0, "rss", PolitenessTests.feed)
            _ = try await store.synchronise(
                sources: configuration.sources, now: PolitenessTests.start)
        }

        private func record(
            _ path: String, _ minute: Int64, _ kind: String, _ text: String
        ) throws {
            let place = folder.appending(path: "recording/\(path)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let moment = PolitenessTests.start + .minutes(minute)
            let name = moment.rfc3339.prefix(16).replacing(":", with: "") + "Z." + kind
            try Data(text.utf8).write(to: place.appending(path: String(name)))
        }

        func run(from: Duration, until: Duration) async throws -> PassSummary {
            try await Replay(
                configuration: configuration, recording: folder.appending(path: "recording").path,
                destinations: []
            ).run(
                store, from: PolitenessTests.start + from, until: PolitenessTests.start + until
            ) { _ in }
        }

        func record(_ key: String) async throws -> SourceRecord {
            try #require(try await store.sources().first { $0.source.key == key })
        }

        func polls(_ key: String) async throws -> [PollLogLine] {
            try await store.polls(of: try await record(key).source.id, limit: 100).reversed()
        }
    }

    @Test func anUnchangedFeedIsNotReadAgain() async throws {
        try await Project.withFolder { folder in
            let world = try await World(in: folder)
            _ = try await world.run(from: .zero, until: .hours(20))
            let polls = try await world.polls("a-feed")
            #expect(polls.count >= 3)
            #expect(polls.first?.outcome == .parsed)
            #expect(polls.first?.parsedBytes == Self.feed.utf8.count)
            for poll in polls.dropFirst() {
                #expect(poll.outcome == .notModified && poll.status == 304)
                #expect(poll.bytes == 0 && poll.parsedBytes == 0)
            }
        }
    }

    @Test func aRefusalPausesTheHostForAllItsSources() async throws {
        try await Project.withFolder { folder in
            let world = try await World(in: folder)
            _ = try await world.run(from: .zero, until: .hours(1))
            let refused = try #require(try await world.polls("e-busy").first)
            #expect(refused.status == 429)
            #expect(try await world.polls("f-busy").isEmpty)
            let pauses = try await world.store.pauses(after: Self.start)
            let pause = try #require(pauses.first)
            #expect(
                pause
                    == HostPause(
                        host: "busy.test.invalid", until: refused.eventAt + .hours(2)))
            let standings = try await SourceDesk(store: world.store)
                .standings(at: Self.start + .hours(1))
            let waiting = try #require(standings.last)
            #expect(waiting.isHeld && waiting.nextPoll == pause.until)
            // Another process knows of the pause, and does not wait for it in one pass.
            let pass = try await Replay(
                configuration: world.configuration,
                recording: folder.appending(path: "recording").path, destinations: []
            ).pass(world.store, at: Self.start + .hours(1))
            #expect(pass.held == 1)
            #expect(try await world.polls("f-busy").isEmpty)
            _ = try await world.run(from: .hours(1), until: .hours(3))
            let first = try #require(try await world.polls("f-busy").first)
            #expect(first.eventAt == pause.until)
            #expect(first.outcome == .parsed)
        }
    }

    @Test func whatIsGoneStopsAndWhatIsMissingStopsAfterAWeek() async throws {
        try await Project.withFolder { folder in
            let world = try await World(in: folder)
            _ = try await world.run(from: .zero, until: .days(6))
            #expect(try await world.polls("b-dead").map(\.status) == [410])
            #expect(try await world.record("b-dead").state.dueReason == .disabled)
            #expect(try await world.record("b-dead").state.lastError == "gone: status 410")
            #expect(try await world.polls("c-lost").count > 5)
            #expect(try await world.record("c-lost").state.dueReason == .backOff)
            _ = try await world.run(from: .days(6), until: .days(9))
            #expect(try await world.record("c-lost").state.dueReason == .disabled)
            let polls = try await world.polls("c-lost")
            let (first, last) = (try #require(polls.first), try #require(polls.last))
            #expect(last.eventAt - first.eventAt > .days(7))
            // And comes back when a person says so.
            try await world.store.enable(
                try await world.record("c-lost").source.id, now: Self.start + .days(10))
            _ = try await world.run(from: .days(10), until: .hours(241))
            #expect(try await world.polls("c-lost").count == polls.count + 1)
        }
    }

    @Test func aPermanentMoveIsRemembered() async throws {
        try await Project.withFolder { folder in
            let world = try await World(in: folder)
            _ = try await world.run(from: .zero, until: .hours(20))
            let record = try await world.record("d-old")
            #expect(record.source.url == "http://shop.test.invalid/old")
            #expect(record.address == "http://shop.test.invalid/new")
            let polls = try await world.polls("d-old")
            #expect(polls.count >= 3)
            #expect(polls.map(\.status) == [200] + polls.dropFirst().map { _ in 304 })
            #expect(record.state.movedAt == polls.first?.eventAt)
        }
    }

    /// `serve` on a clock that goes by itself: it fetches what is due, and ends when told.
    @Test func servesUntilItIsToldToStop() async throws {
        try await Project.withFolder { folder in
            let recording = folder.appending(path: "recording/127.0.0.1/feed")
            try FileManager.default.createDirectory(
                at: recording, withIntermediateDirectories: true)
            try Data(Self.feed.utf8).write(to: recording.appending(path: "2026-01-01T0000Z.rss"))
            let store = try await Store.open(path: folder.appending(path: "store.db").path)
            let server = try RecordingServer(
                root: folder.appending(path: "recording"), clock: ReplayClock(Self.start))
            try await server.run { port in
                var configuration = Configuration()
                configuration.fetch.allow = [try #require(AllowedPeer("127.0.0.1:\(port)"))]
                _ = try await store.synchronise(
                    sources: [
                        SourceDeclaration(
                            key: "feed", name: "Feed", url: "http://127.0.0.1:\(port)/feed",
                            kind: .news)
                    ], now: Self.start)
                let stop = StopSignal()
                async let serving: Void = Serving(configuration: configuration, destinations: [])
                    .run(store, on: .wall(from: Self.start), stop: stop)
                while try await store.lastPoll() == nil {
                    try await Task.sleep(for: .milliseconds(10))
                }
                stop.raise()
                try await serving
            }
            #expect(try await store.counts().entries == 1)
            #expect(try await store.sources()[0].state.lastError == nil)
        }
    }

    /// A compressed body may end early without any sign of it but the document's own.
    @Test func entriesOfADocumentThatBreaksOffWaitForAWholeOne() async throws {
        try await Project.withFolder { folder in
            let store = try await Store.open(path: folder.appending(path: "store.db").path)
            _ = try await store.synchronise(
                sources: [
                    SourceDeclaration(
                        key: "feed", name: "Feed", url: "http://a.test.invalid/", kind: .news)
                ], now: Self.start)
            let cut = Array(Self.feed.utf8.dropLast(10))
            for (body, isEndProven, entries) in [
                (cut, false, 0), (cut, true, 1), (Array(Self.feed.utf8), false, 1),
            ] {
                var pipeline = try await Pipeline(
                    store: store,
                    poller: Poller(inFlight: 1) {
                        FetchResponse(
                            url: $0.url, status: 200, body: body, isEndProven: isEndProven)
                    }, configuration: Configuration(), now: Self.start)
                let due = try #require(try await store.sources().first).state.nextDue
                let pass = try await pipeline.pass(on: .replay(ReplayClock(due)))
                #expect(pass.failures == (entries == 0 ? 1 : 0))
                #expect(try await store.counts().entries == entries)
            }
        }
    }

    /// A poll that the store knows of lies two days ahead: the check waited for it.
    @Test func aClockThatWasSetBackKeepsNothingWaiting() async throws {
        try await Project.withFolder { folder in
            let store = try await Store.open(path: folder.appending(path: "store.db").path)
            _ = try await store.synchronise(
                sources: [
                    SourceDeclaration(
                        key: "feed", name: "Feed", url: "http://127.0.0.1:1/", kind: .news)
                ], now: Self.start)
            var record = try #require(try await store.sources().first)
            record.state.lastPolled = Self.start + .days(2)
            let clock = ReplayClock(Self.start)
            let engine = FetchEngine(FetchConfiguration(userAgent: "test"))
            var found = 0
            try await SourceCheck(engine: engine, inFlight: 1).run(
                [record], of: [record], pauses: [], on: .replay(clock)
            ) { _ in found += 1 }
            await engine.shutdown()
            #expect(found == 1)
            #expect(clock.now < Self.start + .minutes(1))
        }
    }
}
