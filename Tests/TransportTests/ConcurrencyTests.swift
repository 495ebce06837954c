import EarshotTransport
import Testing

@Suite struct ConcurrencyTests {
    @Test func manyFetchesAtOnceGetTheirOwnAnswers() async throws {
        let server = try server { connection, request in
            connection.respond(body: Array(request.split(separator: " ")[1].utf8))
        }
        let engine = try server.engine()
        let right = try await withThrowingTaskGroup { group in
            for k in 0..<300 {
                group.addTask {
                    let response = try await engine.fetch(FetchRequest(url: server.url + "/\(k)"))
                    return response.body == Array("/\(k)".utf8)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 300)
        #expect(server.connections <= 64)
    }

    /// libcurl's wait for HTTP/2 (PIPEWAIT) did just that: it lasts until the first answer.
    @Test func aSilentPageDoesNotHoldUpItsHost() async throws {
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let server = try server { connection, request in
            guard request.hasPrefix("GET /silent") else { return _ = connection.respond() }
            ask.yield()
            connection.awaitClose()
        }
        let engine = try server.engine()
        let silent = Task { try await engine.fetch(FetchRequest(url: server.url + "/silent")) }
        _ = await asked.first { true }
        #expect(try await engine.fetch(FetchRequest(url: server.url)).status == 200)
        silent.cancel()
        await #expect(throws: CancellationError.self) { try await silent.value }
    }

    /// Firewalls forget idle connections, and some servers never answer on one again.
    @Test func aConnectionThatDiedUnnoticedIsReplaced() async throws {
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond()
            connection.awaitClose()
        }
        let engine = try server.engine { $0.connectTimeout = .milliseconds(300) }
        for _ in 0..<2 {
            let response = try await engine.fetch(FetchRequest(url: server.url))
            #expect(response.body == Array("<rss/>".utf8))
        }
        #expect(server.connections == 2)
    }

    @Test func cancellingATaskEndsItsTransfer() async throws {
        let (events, event) = AsyncStream.makeStream(of: String.self)
        let server = try server { connection, _ in
            event.yield("asked")
            connection.awaitClose()
            event.yield("closed")
        }
        let engine = try server.engine()
        let task = Task { try await engine.fetch(FetchRequest(url: server.url)) }
        var seen = events.makeAsyncIterator()
        #expect(await seen.next() == "asked")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await seen.next() == "closed")
    }

    @Test func aCancelledTaskAsksNobody() async throws {
        let server = try server { connection, _ in connection.respond() }
        let engine = try server.engine()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await engine.fetch(FetchRequest(url: server.url))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aWaitingFetchCanBeCancelledAndLeavesNoGap() async throws {
        let server = try server { connection, request in
            if request.hasPrefix("GET /hang") { return connection.awaitClose() }
            connection.respond()
        }
        let engine = try server.engine { $0.maxConnections = 1 }
        let first = Task { try await engine.fetch(FetchRequest(url: server.url + "/hang")) }
        let second = Task { try await engine.fetch(FetchRequest(url: server.url + "/waits")) }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(try await engine.fetch(FetchRequest(url: server.url)).status == 200)
    }

    @Test func shutdownEndsWhatRunsAndWhatComesLater() async throws {
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let server = try server { connection, _ in
            ask.yield()
            connection.awaitClose()
        }
        let engine = try server.engine()
        let task = Task { try await engine.fetch(FetchRequest(url: server.url)) }
        _ = await asked.first { true }
        await engine.shutdown()
        await #expect(throws: CancellationError.self) { try await task.value }
        await #expect(throws: CancellationError.self) {
            try await engine.fetch(FetchRequest(url: server.url))
        }
    }
}
