import EarshotTransport
import Testing

/// One row of the failure table each; the reasons are the error kinds of the fault matrix.
@Suite struct FailureTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: TransportError.Reason
        let act: @Sendable (Connection) -> Void

        init(
            _ name: String, _ reason: TransportError.Reason,
            _ act: @escaping @Sendable (Connection) -> Void
        ) {
            testDescription = name
            self.reason = reason
            self.act = act
        }

        static func answer(
            _ name: String, _ reason: TransportError.Reason, _ text: String
        ) -> Fault {
            Fault(name, reason) { $0.write(text) }
        }
    }

    static let head = "HTTP/1.1 200 OK\r\n"

    static let faults: [Fault] = [
        Fault("RST before the status", .reset) { $0.reset() },
        Fault("RST in the headers", .reset) {
            $0.write(head + "X: y")
            $0.reset()
        },
        Fault("FIN without a byte", .emptyReply) { _ in },
        .answer("cut headers", .truncated, head + "X: y\r\n"),
        .answer("cut body", .truncated, head + "Content-Length: 99\r\n\r\n<rss"),
        .answer("cut chunk", .truncated, head + "Transfer-Encoding: chunked\r\n\r\n50\r\n<rss"),
        .answer("bad chunk", .protocolError, head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n"),
        .answer("negative length", .protocolError, head + "Content-Length: -5\r\n\r\n<rss/>"),
        .answer("wordy length", .protocolError, head + "Content-Length: abc\r\n\r\n<rss/>"),
        .answer(
            "length of 20 digits", .tooLarge, head + "Content-Length: 99999999999999999999\r\n\r\n"),
        .answer("declared too long", .tooLarge, head + "Content-Length: 99999999\r\n\r\n"),
        .answer(
            "two different lengths", .protocolError,
            head + "Content-Length: 6\r\nContent-Length: 2\r\n\r\n<rss/>"),
        .answer(
            "two different lengths in one field", .protocolError,
            head + "Content-Length: 6, 2\r\n\r\n<rss/>"),
        .answer("NUL in a header", .protocolError, head + "X: a\0b\r\n\r\n"),
        .answer("no HTTP at all", .protocolError, "<rss></rss>\n\n"),
        .answer("another protocol", .protocolError, "SSH-2.0-OpenSSH_9.2p1\r\n"),
        .answer("another version", .protocolError, "HTTP/9.9 abc\r\n\r\n"),
        .answer("unknown coding", .decodeError, head + "Content-Encoding: zork\r\n\r\n<rss/>"),
        .answer("not what it says", .decodeError, head + "Content-Encoding: gzip\r\n\r\n<rss/>"),
        .answer(
            "garbage after gzip", .decodeError, head + "Content-Encoding: gzip, gzip\r\n\r\n<rss/>"),
        Fault("a gzip body that ends early", .truncated) {
            $0.respond(
                200, ["Content-Encoding: gzip"], body: Array(Samples.gzippedFeed.dropLast(9)))
        },
        Fault("a gzip body whose length ends it early", .truncated) {
            let length = Samples.gzippedFeed.count - 9
            $0.write(head + "Content-Encoding: gzip\r\nContent-Length: \(length)\r\n\r\n")
            $0.write(Samples.gzippedFeed)
        },
        Fault("a gzip body in chunks that ends early", .truncated) {
            $0.write(head + "Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
            $0.write(chunks: [Array(Samples.gzippedFeed.dropLast(5))])
        },
        Fault("one header of 4 MiB", .tooLarge) {
            $0.write(head + "X: " + String(repeating: "y", count: 4 << 20))
        },
        Fault("headers without end", .tooLarge) { connection in
            connection.write(head)
            while connection.write("X-Header: of no use\r\n") {}
        },
        Fault("interim responses without end", .tooLarge) { connection in
            while connection.write("HTTP/1.1 100 Continue\r\nX: y\r\n\r\n") {}
        },
        Fault("a body without end", .tooLarge) { connection in
            connection.write(head + "\r\n")
            while connection.write("<item>of many</item>") {}
        },
        Fault("a gzip bomb", .tooLarge) {
            $0.respond(200, ["Content-Encoding: gzip, gzip"], body: Samples.nestedBomb)
        },
    ]

    @Test(arguments: faults) func aBrokenAnswerSaysHow(fault: Fault) async throws {
        let server = try server { connection, _ in
            fault.act(connection)
            connection.shut()
        }
        let error = try await server.engine().failure(FetchRequest(url: server.url))
        #expect(error.reason == fault.reason, "\(error)")
        #expect(error.url == server.url + "/")
    }

    /// A bad chunk and a reset have the same code; what the kernel said tells one from the other.
    @Test func anEarlierFailureDoesNotColourALaterOne() async throws {
        let server = try server { connection, request in
            if request.hasPrefix("GET /reset") { return connection.reset() }
            connection.write(FailureTests.head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n")
        }
        let engine = try server.engine { $0.maxConnections = 1 }
        for (path, reason) in [("/reset", .reset), ("/chunk", .protocolError)]
            as [(String, TransportError.Reason)]
        {
            let error = try await engine.failure(FetchRequest(url: server.url + path))
            #expect(error.reason == reason)
        }
    }

    @Test(
        arguments: [
            (204, .httpStatus, .retry(after: nil)), (206, .httpStatus, .retry(after: nil)),
            (400, .httpStatus, .retry(after: nil)), (401, .authRequired, .ask),
            (403, .authRequired, .ask), (404, .notFound, .retry(after: nil)),
            (410, .gone, .giveUp), (429, .rateLimited, .retry(after: nil)),
            (500, .httpStatus, .retry(after: nil)), (503, .httpStatus, .retry(after: nil)),
            (999, .httpStatus, .retry(after: nil)),
        ] as [(Int, TransportError.Reason, TransportError.Advice)])
    func aStatusThatIsNoSuccessIsAnError(
        status: Int, reason: TransportError.Reason, advice: TransportError.Advice
    ) async throws {
        let server = try server { connection, _ in connection.respond(status) }
        let error = try await server.engine().failure(FetchRequest(url: server.url))
        #expect(error.reason == reason)
        #expect(error.advice == advice)
        #expect(error.status == status)
    }

    @Test(arguments: [429, 503]) func aServersOwnTimeIsHandedOn(status: Int) async throws {
        let server = try server { connection, _ in
            connection.respond(status, ["Retry-After: 120"])
        }
        let error = try await server.engine().failure(FetchRequest(url: server.url))
        #expect(error.reason == .rateLimited)
        #expect(error.advice == .retry(after: RetryAfter(text: "120")))
    }

    @Test func nobodyListensThere() async throws {
        let server = try RawServer { _ in }
        let engine = try server.engine {
            $0.allow += [AllowedPeer("127.0.0.1:1")].compactMap(\.self)
        }
        let error = try await engine.failure(FetchRequest(url: "http://127.0.0.1:1/"))
        #expect(error.reason == .connectRefused)
    }

    @Test func aPeerWithoutTLSIsATLSError() async throws {
        let server = try RawServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.awaitClose()
        }
        let url = "https://127.0.0.1:\(server.port)/"
        #expect(try await server.engine().failure(FetchRequest(url: url)).reason == .tlsError)
    }
}
