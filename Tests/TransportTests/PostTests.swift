import EarshotTransport
import Synchronization
import Testing

@Suite struct PostTests {
    private static func request(_ url: String, _ body: String = "{}") -> PostRequest {
        PostRequest(
            url: url, contentType: "application/json", body: Array(body.utf8),
            headers: [HeaderField("webhook-id", "msg_1")])
    }

    /// Answers each post with `answer`, once its body has come.
    private func receiver(
        _ bodies: BodyLog = BodyLog(), _ answer: @escaping @Sendable (Connection) -> Void
    ) throws -> RawServer {
        try server { connection, head in
            let length = head.split(separator: "\r\n").compactMap { line -> Int? in
                guard line.lowercased().hasPrefix("content-length:") else { return nil }
                return Int(line.dropFirst("content-length:".count).drop { $0 == " " })
            }
            bodies.add(head, connection.read(length.first ?? 0))
            answer(connection)
        }
    }

    @Test func aBodyArrivesAsItIs() async throws {
        let log = BodyLog()
        let server = try receiver(log) { $0.respond(202, ["X-Seen: yes"], body: Array("ok".utf8)) }
        // Two megabytes: above the size from which libcurl would ask for leave first.
        let body = String(repeating: "é\0\n", count: 500_000)
        let engine = try server.engine()
        let answer = try await engine.post(Self.request(server.url + "/hook", body))
        #expect(answer.status == 202)
        #expect(answer.headers["x-seen"] == "yes")
        #expect(answer.body == Array("ok".utf8))
        let (head, seen) = try #require(log.all.first)
        #expect(head.hasPrefix("POST /hook HTTP/1.1\r\n"))
        #expect(head.contains("\r\nContent-Type: application/json\r\n"))
        #expect(head.contains("\r\nwebhook-id: msg_1\r\n"))
        #expect(!head.lowercased().contains("expect:"))
        #expect(seen == Array(body.utf8))
    }

    @Test(arguments: [200, 204, 301, 307, 400, 401, 404, 410, 429, 500, 503])
    func everyStatusIsAnAnswer(status: Int) async throws {
        let server = try receiver { $0.respond(status, ["Retry-After: 7"], body: []) }
        let answer = try await server.engine().post(Self.request(server.url))
        #expect(answer.status == status)
        #expect(answer.headers["retry-after"] == "7")
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let log = BodyLog()
        let server = try receiver(log) { $0.respond(308, ["Location: /elsewhere"]) }
        #expect(try await server.engine().post(Self.request(server.url)).status == 308)
        #expect(log.all.count == 1)
    }

    /// What counts has come by then; a receiver's broken or endless page must not cause a repeat.
    @Test(arguments: ["endless", "cut", "declared"])
    func theStatusCountsHoweverTheBodyEnds(fault: String) async throws {
        let server = try receiver { connection in
            switch fault {
            case "endless":
                connection.write("HTTP/1.1 200 OK\r\n\r\n")
                while connection.write(String(repeating: "x", count: 65_536)) {}
            case "declared":
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
                connection.shut()
            default:
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhal")
                connection.shut()
            }
        }
        let answer = try await server.engine().post(Self.request(server.url))
        #expect(answer.status == 200)
        #expect(answer.body.count <= 64 << 10)
    }

    @Test func noAnswerIsAnError() async throws {
        let server = try receiver { $0.reset() }
        let error = try await #require(throws: TransportError.self) {
            try await server.engine().post(Self.request(server.url))
        }
        #expect(error.reason == .reset)
    }

    /// An idle connection may have died unnoticed, and then nobody knows whether the body came.
    @Test func eachPostHasAConnectionOfItsOwn() async throws {
        let server = try receiver { $0.respond(200) }
        let engine = try server.engine { $0.maxConnections = 1 }
        for _ in 0..<3 { _ = try await engine.post(Self.request(server.url)) }
        #expect(server.connections == 3)
    }

    /// The slot of a post goes to a fetch next, with the fetch's method and limit.
    @Test func aFetchAfterAPostIsAGet() async throws {
        let log = BodyLog()
        let server = try receiver(log) { connection in
            connection.respond(body: [UInt8](repeating: 0x78, count: 100_000))
        }
        let engine = try server.engine { $0.maxConnections = 1 }
        _ = try await engine.post(Self.request(server.url, "posted"))
        let document = try await engine.fetch(FetchRequest(url: server.url + "/feed"))
        #expect(document.body.count == 100_000)
        _ = try await engine.post(Self.request(server.url, ""))
        #expect(log.all.map { $0.0.prefix(4) } == ["POST", "GET ", "POST"])
        #expect(log.all.map(\.1) == [Array("posted".utf8), [], []])
    }

    @Test(arguments: ["http://127.0.0.1:1/", "http://[::1]:1/", "http://169.254.169.254/latest"])
    func theGuardHoldsForPostsToo(url: String) async throws {
        let engine = FetchEngine(FetchConfiguration(userAgent: "Earshot/test"))
        let error = try await #require(throws: TransportError.self) {
            try await engine.post(Self.request(url))
        }
        #expect(error.reason == .blockedAddress)
    }
}

/// Requests as they came: head and body.
private final class BodyLog: Sendable {
    private let requests = Mutex<[(String, [UInt8])]>([])

    var all: [(String, [UInt8])] { requests.withLock { $0 } }

    func add(_ head: String, _ body: [UInt8]) {
        requests.withLock { $0.append((head, body)) }
    }
}
