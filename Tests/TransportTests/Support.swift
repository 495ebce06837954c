import EarshotTransport
import Glibc
import Synchronization
import Testing

extension RawServer {
    var url: String { "http://127.0.0.1:\(port)" }

    /// An engine that may connect to this server.
    func engine(_ adjust: (inout FetchConfiguration) -> Void = { _ in }) throws -> FetchEngine {
        var configuration = FetchConfiguration(userAgent: "Earshot/test (+http://test.invalid)")
        configuration.allow = [try #require(AllowedPeer("127.0.0.1:\(port)"))]
        adjust(&configuration)
        return FetchEngine(configuration)
    }
}

/// A server that answers every request of a connection in the same way.
func server(_ answer: @escaping @Sendable (Connection, String) -> Void) throws -> RawServer {
    try RawServer { connection in
        while let request = connection.readRequest() { answer(connection, request) }
    }
}

extension FetchEngine {
    /// The error that a fetch must end with.
    func failure(_ request: FetchRequest) async throws -> TransportError {
        let error = await #expect(throws: TransportError.self) { try await self.fetch(request) }
        return try #require(error)
    }
}

/// The highest number of visitors at once.
final class Peak: Sendable {
    private let counts = Mutex((now: 0, highest: 0))

    var highest: Int { counts.withLock { $0.highest } }

    func enter() {
        counts.withLock { counts in
            counts.now += 1
            counts.highest = max(counts.highest, counts.now)
        }
    }

    func leave() {
        counts.withLock { $0.now -= 1 }
    }
}

/// A sleep for a server's thread.
enum Nap {
    static func take(milliseconds: UInt32) { usleep(milliseconds * 1_000) }
}
