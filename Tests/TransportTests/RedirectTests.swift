import EarshotTransport
import Testing

@Suite struct RedirectTests {
    /// Answers `/N` with a redirect to `/N-1` and `/0` with a feed.
    private func countdown() throws -> RawServer {
        try server { connection, request in
            let n = request.dropFirst("GET /".count).prefix { $0.isNumber }
            guard let left = Int(n), left > 0 else { return _ = connection.respond() }
            connection.respond(302, ["Location: /\(left - 1)"])
        }
    }

    /// Answers a path with a status and a place to go, and any other with a feed.
    private func signposts(_ posts: [String: (Int, String)]) throws -> RawServer {
        try server { connection, request in
            let path = String(request.split(separator: " ")[1])
            guard let (status, location) = posts[path] else {
                return _ = connection.respond(body: Array(request.utf8))
            }
            connection.respond(status, ["Location: \(location)"])
        }
    }

    @Test func tenRedirectsAreFollowedAndElevenAreNot() async throws {
        let server = try countdown()
        let engine = try server.engine()
        let response = try await engine.fetch(FetchRequest(url: server.url + "/10"))
        #expect(response.url == server.url + "/0")
        let error = try await engine.failure(FetchRequest(url: server.url + "/11"))
        #expect(error.reason == .tooManyRedirects)
    }

    /// The stored URL may change only where every hop so far said "for good".
    @Test(arguments: [
        ("/a", "/b"), ("/b", nil), ("/c", nil), ("/d", "/f"), ("/e", "/f"), ("/f", nil),
    ])
    func onlyAnUnbrokenRunOfPermanentHopsMovesADocument(start: String, end: String?) async throws {
        let server = try signposts([
            "/a": (301, "/b"), "/b": (307, "/e"), "/c": (303, "/d"), "/d": (301, "/e"),
            "/e": (308, "/f"),
        ])
        let response = try await server.engine().fetch(FetchRequest(url: server.url + start))
        #expect(response.url == server.url + "/f")
        #expect(response.movedTo == end.map { server.url + $0 })
    }

    @Test func credentialsStayOnTheirOrigin() async throws {
        let other = try server { connection, request in
            connection.respond(body: Array(request.utf8))
        }
        let server = try signposts(["/away": (302, other.url + "/x"), "/home": (302, "/x")])
        let engine = try server.engine {
            $0.allow += [AllowedPeer("127.0.0.1:\(other.port)")].compactMap(\.self)
        }
        for (path, isSent) in [("/home", true), ("/away", false)] {
            let request = FetchRequest(
                url: server.url + path, etag: "\"v\"",
                headers: [HeaderField("Authorization", "Bearer secret")])
            let echo = String(decoding: try await engine.fetch(request).body, as: UTF8.self)
            #expect(echo.contains("secret") == isSent)
            #expect(echo.contains("If-None-Match: \"v\"\r\n"))
        }
    }

    @Test(arguments: [
        ("file:///etc/passwd", TransportError.Reason.blockedScheme),
        ("ftp://127.0.0.1/", .blockedScheme), ("gopher://127.0.0.1/_x", .blockedScheme),
        ("http://127.0.0.2:{port}/", .blockedAddress), ("http://[::1]:{port}/", .blockedAddress),
        ("http://2130706433:1/", .blockedAddress), ("http://0x7f.1:1/", .blockedAddress),
        ("http://0177.0.0.1:1/", .blockedAddress), ("http://localhost:1/", .blockedAddress),
        ("http://[::ffff:127.0.0.1]:1/", .blockedAddress),
        ("http://0.0.0.0:{port}/", .blockedAddress),
        ("http://169.254.169.254/latest", .blockedAddress),
        ("http://a:b@127.0.0.1:{port}/", .badURL), ("http://127.0.0.1:99999/", .badURL),
        ("http:///", .badURL), ("javascript:alert(1)", .badURL), ("data:text/xml,x", .badURL),
    ])
    func aRedirectIsNoWayAroundTheGuard(
        location: String, reason: TransportError.Reason
    ) async throws {
        let server = try server { connection, request in
            let port = request.split(separator: "?")[1].prefix { $0.isNumber }
            connection.respond(
                302, ["Location: " + location.replacing("{port}", with: port)])
        }
        let url = server.url + "/?\(server.port)"
        #expect(try await server.engine().failure(FetchRequest(url: url)).reason == reason)
        #expect(server.connections == 1)
    }

    @Test func aRedirectToNowhereIsAnError() async throws {
        let server = try server { connection, _ in connection.respond(302) }
        let error = try await server.engine().failure(FetchRequest(url: server.url))
        #expect(error.reason == .httpStatus && error.status == 302)
    }
}
