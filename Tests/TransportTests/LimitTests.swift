import EarshotTransport
import Synchronization
import Testing

@Suite struct LimitTests {
    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nX: y\r\n", "HTTP/1.1 200 OK\r\n\r\n<rss>"])
    func aServerThatFallsSilentIsGivenUp(words: String) async throws {
        let server = try server { connection, _ in
            connection.write(words)
            connection.awaitClose()
        }
        let request = FetchRequest(url: server.url, timeout: .milliseconds(200))
        #expect(try await server.engine().failure(request).reason == .timeout)
    }

    @Test func theTimeIsForAllHopsTogether() async throws {
        let server = try server { connection, _ in
            Nap.take(milliseconds: 150)
            connection.respond(302, ["Location: /again"])
        }
        let request = FetchRequest(url: server.url, timeout: .milliseconds(500))
        #expect(try await server.engine().failure(request).reason == .timeout)
    }

    /// Ten requests of 300 ms one after another: the last waits longer than its time-out.
    @Test func theWaitForAPlaceIsNotCountedAndAHostHasFewPlaces() async throws {
        let peak = Peak()
        let server = try server { connection, _ in
            peak.enter()
            Nap.take(milliseconds: 300)
            peak.leave()
            connection.respond()
        }
        let engine = try server.engine {
            $0.connectTo = ["slow.sample.invalid:80:127.0.0.1:\(server.port)"]
            $0.maxHostConnections = 1
            $0.totalTimeout = .milliseconds(2_000)
        }
        try await withThrowingTaskGroup { group in
            for k in 0..<10 {
                group.addTask {
                    try await engine.fetch(FetchRequest(url: "http://slow.sample.invalid/\(k)"))
                }
            }
            for try await response in group { #expect(response.status == 200) }
        }
        #expect(peak.highest == 1)
    }

    @Test func aBodyOfJustTheLimitIsWhole() async throws {
        let server = try server { connection, request in
            let size = request.hasPrefix("GET /more") ? 1_001 : 1_000
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<size { connection.write("1\r\nx\r\n") }
            connection.write("0\r\n\r\n")
        }
        let engine = try server.engine { $0.maxBodyBytes = 1_000 }
        #expect(try await engine.fetch(FetchRequest(url: server.url)).body.count == 1_000)
        let error = try await engine.failure(FetchRequest(url: server.url + "/more"))
        #expect(error.reason == .tooLarge)
    }

    /// Bytes that libcurl swallows without a callback: 1 GiB of a chunk extension came in 4 s.
    @Test(arguments: [("5;", "of no use, "), ("5\r\nhello\r\n0\r\n", "Trailer: of no use\r\n")])
    func bytesAroundTheBodyAreLimitedToo(opening: String, more: String) async throws {
        let sent = Atomic<Int>(0)
        let server = try server { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + opening)
            let filler = Array(String(repeating: more, count: 4_096).utf8)
            while sent.load(ordering: .relaxed) < 256 << 20, connection.write(filler) {
                sent.wrappingAdd(filler.count, ordering: .relaxed)
            }
        }
        let engine = try server.engine { $0.maxBodyBytes = 1 << 20 }
        #expect(try await engine.failure(FetchRequest(url: server.url)).reason == .tooLarge)
        #expect(sent.load(ordering: .relaxed) < 32 << 20)
    }

    /// The count starts anew with each response of a connection.
    @Test func aConnectionMayCarryMoreThanOneBodyMay() async throws {
        let server = try server { connection, _ in
            connection.respond(body: [UInt8](repeating: 0x20, count: 1_000_000))
        }
        let engine = try server.engine { $0.maxBodyBytes = 1 << 20 }
        for _ in 0..<8 {
            let response = try await engine.fetch(FetchRequest(url: server.url))
            #expect(response.body.count == 1_000_000)
        }
        #expect(server.connections == 1)
    }
}
