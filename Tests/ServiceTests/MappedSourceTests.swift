import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTransport
import Foundation
import Synchronization
import Testing

/// A platform with pages behind the real scheduler and a real store: nothing is lost when a page
/// fails, and nothing is asked for twice when none does.
@Suite struct MappedSourceTests {
    /// Posts by number, newest first, three a page; `after` is the last number of the page before.
    private final class Platform: Sendable {
        struct State {
            var posts = 0
            var fails: Set<Int> = []
            var requests: [FetchRequest] = []
        }

        let state = Mutex(State())

        func answer(_ request: FetchRequest) throws -> FetchResponse {
            let (newest, fails) = state.withLock { state in
                state.requests.append(request)
                return (state.posts, state.fails)
            }
            let after = request.url.split(separator: "after=").dropFirst().last.flatMap { Int($0) }
            let first = after.map { $0 - 1 } ?? newest
            guard !fails.contains(first) else {
                throw TransportError(
                    url: request.url, reason: .rateLimited,
                    advice: .retry(after: RetryAfter(text: "120")), status: 429, detail: "429")
            }
            let numbers = stride(from: first, to: max(0, first - 3), by: -1)
            let items = numbers.map {
                "{\"id\": \($0), \"text\": \"Post \($0)\", \"at\": \(MappedSourceTests.start + $0 * 60)}"
            }
            let next = first > 3 ? "\(first - 2)" : "null"
            let body = "{\"posts\": [\(items.joined(separator: ","))], \"next\": \(next)}"
            return FetchResponse(
                url: request.url, status: 200, movedTo: nil, headers: [], body: Array(body.utf8))
        }

        /// The cursors that were asked for since the last call.
        func cursors() -> [String] {
            state.withLock { state in
                defer { state.requests = [] }
                return state.requests.map {
                    $0.url.contains("after=")
                        ? String($0.url.split(separator: "=").last ?? "") : "-"
                }
            }
        }
    }

    private static let start = 1_770_292_800

    private static let configuration = """
        mappings:
          board:
            request:
              url: https://{host}/posts?q={query}
              query: {after: "{cursor}"}
              headers: {authorization: "Bearer {token}"}
            items: $.posts[*]
            fields: {id: $.id, text: $.text, published: epoch($.at)}
            next: {path: $.next}
            stop: {pages: 2}
        sources:
          - {key: board, kind: social, mapping: board, query: a b, parameters: {host: board.invalid},
             token: "file:token"}
        """

    /// The platform's only listener, with a store of its own.
    private struct Listener {
        let platform = Platform()
        let configuration: Configuration
        let store: Store
        let clock: ReplayClock

        static func with(
            newest minute: Int, _ body: (Listener) async throws -> Void
        ) async throws {
            try await Project.withFolder { folder in
                try Data("s3cret\n".utf8).write(to: folder.appending(path: "token"))
                let start = Timestamp(seconds: Int64(MappedSourceTests.start + minute * 60))
                let configuration = try Configuration(
                    parsing: MappedSourceTests.configuration,
                    file: folder.appending(path: "earshot.yaml").path)
                let store = try await Store.open(path: folder.appending(path: "s.db").path)
                _ = try await store.synchronise(sources: configuration.sources, now: start)
                try await body(
                    Listener(
                        configuration: configuration, store: store, clock: ReplayClock(start)))
                try store.close()
            }
        }

        /// One poll, at the time at which the source is due.
        func poll(posts: Int, failing: Set<Int> = []) async throws -> SourceRecord {
            platform.state.withLock { ($0.posts, $0.fails) = (posts, failing) }
            let due = try #require(try await store.sources().first).state.nextDue
            clock.set(max(clock.now, due))
            let platform = platform
            var pipeline = try await Pipeline(
                store: store,
                poller: Poller(inFlight: 1, mappings: configuration.sourceMappings) {
                    try platform.answer($0)
                }, configuration: configuration, now: clock.now)
            _ = try await pipeline.follow(on: .replay(clock), until: due) { _ in nil }
            return try #require(try await store.sources().first)
        }
    }

    @Test func pagesAreOnePollAndAGapIsFilled() async throws {
        try await Listener.with(newest: 100) { listener in
            let (platform, store) = (listener.platform, listener.store)

            let first = try await listener.poll(posts: 20)
            let request = try #require(platform.state.withLock { $0.requests.first })
            #expect(request.url == "https://board.invalid/posts?q=a%20b")
            #expect(request.headers.map(\.value) == ["Bearer s3cret"])
            #expect(platform.cursors() == ["-", "18"])
            let mark = try #require(first.state.mark)
            #expect(try await texts(in: store) == posts([15, 16, 17, 18, 19, 20]))

            // The second page fails: the first is kept, and the mark says where to go on.
            let second = try await listener.poll(posts: 30, failing: [27])
            #expect(platform.cursors() == ["-", "28"])
            #expect(second.state.mark != mark)
            #expect(second.state.failures == 0)
            #expect(second.state.warnings == "missing_pages: rate_limited: 429")
            #expect(try await texts(in: store).dropFirst(6) == posts([30, 29, 28])[...])

            let third = try await listener.poll(posts: 31)
            #expect(platform.cursors() == ["-", "28", "25", "22"])
            #expect(third.state.warnings == nil)
            #expect(
                try await texts(in: store).dropFirst(9)
                    == posts([21, 22, 23, 24, 25, 26, 27, 31])[...])

            _ = try await listener.poll(posts: 31)
            #expect(platform.cursors() == ["-"])
            let log = try await store.polls(of: third.source.id, limit: 10)
            #expect(log.map(\.newEntries).sorted() == [0, 3, 6, 8])
            #expect(!third.source.url.contains("s3cret"))
            #expect(third.source.parameters["token"] == "file:token")
        }
    }

    /// More than ten times what a first walk takes: the next polls go on where it ended.
    @Test func aBusyDayIsFinishedByTheNextPolls() async throws {
        try await Listener.with(newest: 300) { listener in
            let store = listener.store
            _ = try await listener.poll(posts: 20)
            let busy = try await listener.poll(posts: 200)
            #expect(busy.state.warnings == "missing_pages: the next poll goes on")
            // Twenty pages of three, above the six that the first walk took.
            #expect(try await store.counts().entries == 66)
            #expect(try await listener.poll(posts: 203).state.warnings != nil)
            _ = try await listener.poll(posts: 203)
            let last = try await listener.poll(posts: 203)
            #expect(last.state.warnings == nil)
            #expect(try await store.counts().entries == 189)
            let log = try await store.polls(of: last.source.id, limit: 10)
            #expect(log.map { $0.warnings != nil }.sorted { !$0 && $1 }.suffix(2) == [true, true])

            // Whoever starts a source anew wants what is missing no less.
            let mark = try #require(last.state.mark)
            try await store.enable(last.source.id, now: listener.clock.now)
            #expect(try await store.sources().first?.state.mark == mark)
        }
    }

    private func posts(_ numbers: [Int]) -> [String] { numbers.map { "Post \($0)" } }

    /// In the order in which the store has taken them in.
    private func texts(in store: Store) async throws -> [String] {
        try await store.entries((1...40).map { Identifier($0) }).map(\.content.text)
    }
}
