import EarshotDomain
import EarshotTransport
import Foundation
import Synchronization
import Testing

/// What a fetch sends, and what it hands over.
@Suite struct FetchTests {
    @Test func aDocumentComesWithItsFields() async throws {
        let server = try server { connection, _ in
            connection.write("HTTP/1.1 103 Early Hints\r\nETag: early\r\n\r\n")
            connection.respond(
                200, ["Content-TYPE:  text/xml; charset=x \t", "ETag: \"a\u{e9}\""],
                body: Array("<rss/>".utf8))
        }
        let response = try await server.engine().fetch(FetchRequest(url: server.url))
        #expect(response.status == 200)
        #expect(response.url == server.url + "/")
        #expect(response.movedTo == nil)
        #expect(response.body == Array("<rss/>".utf8))
        #expect(response.headers["content-type"] == "text/xml; charset=x")
        #expect(response.headers["content-typ"] == nil)
        #expect(response.headers["retry-after"] == nil)
        #expect(response.receivedBytes > response.body.count)
    }

    @Test func aServerIsToldWhoAsks() async throws {
        let server = try server { connection, request in
            connection.respond(body: Array(request.utf8))
        }
        let engine = try server.engine { $0.accept = "application/rss+xml" }
        let request = FetchRequest(
            url: server.url + "/a b?c=d", headers: [HeaderField("Authorization", "Bearer x")])
        let echo = String(decoding: try await engine.fetch(request).body, as: UTF8.self)
        #expect(echo.hasPrefix("GET /a%20b?c=d HTTP/1.1\r\n"))
        #expect(echo.contains("User-Agent: Earshot/test (+http://test.invalid)\r\n"))
        #expect(echo.contains("Accept: application/rss+xml\r\n"))
        #expect(echo.contains("Accept-Encoding: deflate, gzip, br, zstd\r\n"))
        #expect(echo.contains("Authorization: Bearer x\r\n"))
        #expect(!echo.contains("If-"))
    }

    /// Entity tags may hold any byte above 0x20; this one is no UTF-8.
    @Test func validatorsGoBackByteForByte() async throws {
        let tag: [UInt8] = Array("W/\"caf".utf8) + [0xe9, 0x22]
        let server = try server { connection, request in
            let isKnown =
                request.contains("If-None-Match: W/\"caf\u{fffd}\"\r\n")
                && request.contains("If-Modified-Since: yesterday, or so\r\n")
            guard !isKnown else {
                connection.write("HTTP/1.1 304 Not Modified\r\n\r\n")
                return
            }
            connection.write(
                Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nETag: ".utf8) + tag
                    + Array("\r\nLast-Modified: yesterday, or so\r\n\r\n<rss/>".utf8))
        }
        let engine = try server.engine()
        let first = try await engine.fetch(FetchRequest(url: server.url))
        #expect(!first.isUnchanged)
        #expect(first.etag.map { $0.unicodeScalars.map(\.value) } == tag.map { UInt32($0) })
        let second = try await engine.fetch(
            FetchRequest(url: server.url, etag: first.etag, lastModified: first.lastModified))
        #expect(second.status == 304)
        #expect(second.isUnchanged)
        #expect(second.body.isEmpty)
    }

    @Test func aValidatorTooLongToBeSentBackIsNone() async throws {
        let server = try server { connection, _ in
            connection.respond(200, ["ETag: \"" + String(repeating: "x", count: 32 << 10) + "\""])
        }
        #expect(try await server.engine().fetch(FetchRequest(url: server.url)).etag == nil)
    }

    @Test(arguments: ["a\r\nInjected: yes", "a\nb", "a\0b", "\u{4e2d}"])
    func aFieldThatWouldSplitTheRequestIsRefused(value: String) async throws {
        let server = try server { connection, _ in connection.respond() }
        let request = FetchRequest(url: server.url, headers: [HeaderField("X-Token", value)])
        let error = try await server.engine().failure(request)
        #expect(error.reason == .protocolError && error.advice == .giveUp)
        #expect(server.connections == 0)
    }

    @Test func compressedBodiesAreDecoded() async throws {
        let server = try server { connection, _ in
            connection.respond(200, ["Content-Encoding: gzip"], body: Samples.gzippedFeed)
        }
        let response = try await server.engine().fetch(FetchRequest(url: server.url))
        #expect(response.body == Array("<rss/>".utf8))
    }

    /// A gzip member ends with its length, which may come in a chunk of its own or in several.
    @Test(arguments: [1, 3, 1_000]) func aGzipBodyInChunksIsWhole(size: Int) async throws {
        let server = try server { connection, _ in
            let body = Samples.gzippedFeed
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.write(
                chunks: stride(from: 0, to: body.count, by: size).map {
                    Array(body[$0..<min($0 + size, body.count)])
                })
        }
        let response = try await server.engine().fetch(FetchRequest(url: server.url))
        #expect(response.body == Array("<rss/>".utf8))
        #expect(response.isEndProven)
    }

    /// What no coding wraps ends where its length or its last chunk says.
    @Test(arguments: [([], true), (["Content-Encoding: identity"], true)])
    func aPlainBodyIsKnownToBeWhole(fields: [String], isProven: Bool) async throws {
        let server = try server { connection, _ in connection.respond(200, fields) }
        let response = try await server.engine().fetch(FetchRequest(url: server.url))
        #expect(response.isEndProven == isProven)
    }

    /// RFC 9110, section 5.3: the order of fields of one name is that of the list's members.
    @Test func aListOfFieldsIsReadAsOne() async throws {
        let server = try server { connection, _ in
            connection.respond(
                200, ["Link: <a>; rel=next", "X-RateLimit-Remaining: 7", "link: <b>; rel=prev"])
        }
        let headers = try await server.engine().fetch(FetchRequest(url: server.url)).headers
        #expect(headers.list("link") == "<a>; rel=next, <b>; rel=prev")
        #expect(headers["link"] == "<a>; rel=next")
        #expect(headers["x-ratelimit-remaining"] == "7")
        #expect(headers.list("x-ratelimit-reset") == nil)
    }

    /// Trailers come when all has been read by what the headers said.
    @Test func aTrailerIsNoHeader() async throws {
        let server = try server { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.write("6\r\n<rss/>\r\n0\r\nETag: late\r\nContent-Length: 2\r\n\r\n")
        }
        let response = try await server.engine().fetch(FetchRequest(url: server.url))
        #expect(response.etag == nil)
        #expect(response.body == Array("<rss/>".utf8))
    }

    @Test func aRouteKeepsTheNameAndLeadsToItsAddress() async throws {
        let server = try server { connection, request in
            connection.respond(body: Array(request.utf8))
        }
        let engine = try server.engine {
            $0.connectTo = ["news.sample.invalid:80:127.0.0.1:\(server.port)"]
        }
        let response = try await engine.fetch(FetchRequest(url: "http://news.sample.invalid/f.xml"))
        #expect(response.url == "http://news.sample.invalid/f.xml")
        let echo = String(decoding: response.body, as: UTF8.self)
        #expect(echo.contains("Host: news.sample.invalid\r\n"))
    }

    @Test func theEnvironmentsProxyIsNotUsed() async throws {
        let server = try server { connection, _ in connection.respond() }
        for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
            setenv(name, "http://127.0.0.1:1", 1)
        }
        defer {
            for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] { unsetenv(name) }
        }
        #expect(try await server.engine().fetch(FetchRequest(url: server.url)).status == 200)
    }

    /// Second source: RFC 9110, sections 5.6.7 and 10.2.3, whose example date is 784,111,777 s.
    @Test(arguments: [
        ("120", Duration.seconds(120)), ("0", .zero),
        ("Sun, 06 Nov 1994 08:49:37 GMT", .seconds(37)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", .seconds(37)),
        ("Sun Nov  6 08:49:37 1994", .seconds(37)),
        ("Sat, 05 Nov 1994 08:49:37 GMT", .zero),
        ("-5", nil), ("soon", nil), ("", nil), ("99999999999999999999", nil), ("12:00", nil),
    ])
    func retryAfterIsReadAgainstTheGivenTime(text: String, delay: Duration?) {
        let now = Timestamp(seconds: 784_111_740)
        #expect(RetryAfter(text: text).delay(from: now) == delay)
    }
}
