import EarshotDomain
import EarshotTransport
import Synchronization
import Testing

/// What a host is spared, and what a slow reader is.
@Suite struct PoliteFetchTests {
    private func engine(_ server: RawServer, _ hosts: [String]) throws -> FetchEngine {
        try server.engine {
            $0.connectTo = hosts.map { "\($0):80:127.0.0.1:\(server.port)" }
            var rules = HostPace.Rules()
            rules.interval = .seconds(1)
            $0.pace = rules
        }
    }

    @Test func startsAtAHostLieApartEvenBehindRedirects() async throws {
        let starts = Mutex<[ContinuousClock.Instant]>([])
        let server = try server { connection, request in
            if request.contains("Host: b.invalid") {
                starts.withLock { $0.append(.now) }
                return _ = connection.respond()
            }
            connection.respond(302, ["Location: http://b.invalid/"])
        }
        let engine = try engine(server, ["a.invalid", "b.invalid", "c.invalid"])
        try await withThrowingTaskGroup { group in
            for host in ["a", "b", "c"] {
                group.addTask {
                    try await engine.fetch(FetchRequest(url: "http://\(host).invalid/")).status
                }
            }
            for try await status in group { #expect(status == 200) }
        }
        let moments = starts.withLock { $0.sorted() }
        #expect(moments.count == 3)
        // A busy machine sees the earlier of two late, so half of the pace tells enough.
        for (earlier, later) in zip(moments, moments.dropFirst()) {
            #expect(later - earlier > .milliseconds(500))
        }
    }

    @Test(arguments: [(429, ["Retry-After: 3600"], 3_600), (503, [], 600)])
    func aHostThatAsksForItIsLeftAlone(
        status: Int, fields: [String], seconds: Int64
    ) async throws {
        let asked = Atomic<Int>(0)
        let server = try server { connection, _ in
            asked.wrappingAdd(1, ordering: .relaxed)
            connection.respond(status, fields)
        }
        let engine = try engine(server, ["a.invalid", "b.invalid"])
        _ = try await engine.failure(FetchRequest(url: "http://a.invalid/1"))
        let error = try await engine.failure(FetchRequest(url: "http://a.invalid/2"))
        #expect(error.reason == .rateLimited)
        #expect(error.status == nil)
        // What is left of the pause.
        let now = Timestamp(milliseconds: 0)
        guard case .retry(let after?) = error.advice, let left = after.delay(from: now) else {
            Issue.record("\(error.advice) names no time")
            return
        }
        #expect(left <= .seconds(seconds) && left > .seconds(seconds - 300))
        #expect(asked.load(ordering: .relaxed) == 1)
        _ = try await engine.failure(FetchRequest(url: "http://b.invalid/"))
        #expect(asked.load(ordering: .relaxed) == 2)
    }

    @Test func ourOwnHostsAreAskedAsOftenAsOneLikes() async throws {
        let server = try server { connection, _ in
            connection.respond(429, ["Retry-After: 3600"])
        }
        let engine = try engine(server, [])
        for _ in 0..<3 {
            let error = try await engine.failure(FetchRequest(url: server.url))
            #expect(error.status == 429)
        }
    }

    /// Bodies that are being read fill the engine's room; what follows has to wait for them.
    @Test func whoReadsSlowlyIsNotSwamped() async throws {
        let asked = Atomic<Int>(0)
        let server = try server { connection, _ in
            asked.wrappingAdd(1, ordering: .relaxed)
            connection.respond(body: [UInt8](repeating: 0x20, count: 1_000))
        }
        let engine = try server.engine { $0.maxBodyBytes = 1_500 }
        let (reading, isReading) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask {
                    try await engine.fetch(FetchRequest(url: server.url)) { _ in
                        isReading.yield()
                        for await _ in released {}
                    }
                }
            }
            var readers = reading.makeAsyncIterator()
            for _ in 0..<2 { _ = await readers.next() }
            group.addTask { _ = try await engine.fetch(FetchRequest(url: server.url)) }
            try await Task.sleep(for: .milliseconds(100))
            #expect(asked.load(ordering: .relaxed) == 2)
            release.finish()
            try await group.waitForAll()
        }
        #expect(asked.load(ordering: .relaxed) == 3)
    }

    /// Only one of the large bodies comes on at a time, and all of them come.
    @Test func largeBodiesTakeTurns() async throws {
        let server = try server { connection, _ in
            connection.respond(body: [UInt8](repeating: 0x20, count: 3_000_000))
        }
        let engine = try server.engine { $0.maxBodyBytes = 3_000_000 }
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    try await engine.fetch(FetchRequest(url: server.url)) { $0.body.count }
                }
            }
            for try await count in group { #expect(count == 3_000_000) }
        }
    }
}
