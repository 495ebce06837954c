import EarshotTransport
import Testing

/// The guard at work: what is refused is never connected to.
@Suite struct GuardedFetchTests {
    @Test func loopbackIsRefusedUnlessAllowed() async throws {
        let server = try server { connection, _ in connection.respond() }
        let stranger = FetchEngine(FetchConfiguration(userAgent: "Earshot/test"))
        for host in ["127.0.0.1", "localhost", "127.1", "0.0.0.0", "[::ffff:7f00:1]"] {
            let error = try await stranger.failure(
                FetchRequest(url: "http://\(host):\(server.port)/"))
            #expect(error.reason == .blockedAddress)
            #expect(error.advice == .ask)
        }
        #expect(server.connections == 0)
        #expect(try await server.engine().fetch(FetchRequest(url: server.url)).status == 200)
    }

    @Test func aRouteIsJudgedByWhereItLeads() async throws {
        let server = try server { connection, _ in connection.respond() }
        var configuration = FetchConfiguration(userAgent: "Earshot/test")
        configuration.connectTo = ["news.sample.invalid:80:127.0.0.1:\(server.port)"]
        let error = try await FetchEngine(configuration)
            .failure(FetchRequest(url: "http://news.sample.invalid/"))
        #expect(error.reason == .blockedAddress)
        #expect(server.connections == 0)
    }

    @Test(arguments: [
        ("", TransportError.Reason.badURL), ("feed.xml", .badURL), ("//host/feed", .badURL),
        ("http://", .badURL), ("http://ho st/", .badURL), ("http://host:0/", .badURL),
        ("http://host:65536/", .badURL), ("http://host:x/", .badURL),
        ("http://user@host/", .badURL), ("http://host/\r\nHost: other", .badURL),
        ("http://host/\0", .badURL), ("file:///etc/passwd", .blockedScheme),
        ("ftp://host/", .blockedScheme), ("dict://host:1/", .blockedScheme),
        ("news://host/", .blockedScheme), ("http://10.0.0.1/", .blockedAddress),
        ("http://[fe80::1]/", .blockedAddress), ("http://[fd00::1]/", .blockedAddress),
        ("https://192.168.0.1/", .blockedAddress), ("http://name.invalid/", .dnsFailure),
    ])
    func whatMayNotBeFetchedSaysWhy(url: String, reason: TransportError.Reason) async throws {
        let engine = FetchEngine(FetchConfiguration(userAgent: "Earshot/test"))
        #expect(try await engine.failure(FetchRequest(url: url)).reason == reason)
    }
}
