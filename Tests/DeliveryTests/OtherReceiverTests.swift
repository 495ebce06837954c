import EarshotDelivery
import EarshotDomain
import EarshotService
import EarshotTransport
import EarshotWire
import Foundation
import Glibc
import Testing

/// A receiver that is not ours, which verifies by Python's `hmac` and misbehaves by path.
@Suite(.enabled(if: OtherReceiver.isThere, "needs ../shared/eval/faults/webhook_receiver.py"))
struct OtherReceiverTests {
    private static let paths = [
        ("plain", "/ok"), ("fails", "/fail-first/1"), ("gone", "/gone"), ("busy", "/ratelimit/5/1"),
        ("lost", "/ack-lost/1"), ("resets", "/reset"), ("endless", "/body-endless"),
        ("moved", "/redirect"), ("odd", "/status-odd"),
    ]

    @Test func itVerifiesWhatItGetsAndItsFaultsLoseNothing() async throws {
        let receiver = try OtherReceiver()
        defer { receiver.stop() }
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        try await DeliveryFixture.with(start: now) { fixture in
            try await receiver.awaitStart()
            for (key, _) in Self.paths {
                try await fixture.add(["\(key)_1", "\(key)_2"], to: key)
            }
            let delivery = try fixture.delivery(to: Self.paths, port: receiver.port)
            for _ in 0..<2 {
                _ = try await delivery.round(now: fixture.clock.now)
                fixture.clock.set(fixture.clock.now + .seconds(6))
            }
            let states = Set(try await fixture.states())
            for key in ["plain", "busy", "lost", "endless", "odd"] {
                #expect(states.isSuperset(of: ["\(key)_1 delivered", "\(key)_2 delivered"]))
            }
            for key in ["moved", "resets"] {
                #expect(states.isSuperset(of: ["\(key)_1 pending", "\(key)_2 pending"]))
            }
            #expect(states.isSuperset(of: ["fails_1 delivered", "fails_2 pending"]))
            #expect(states.isSuperset(of: ["gone_1 disabled", "gone_2 disabled"]))

            let records = try await receiver.deliveries()
            #expect(records.allSatisfy { $0["sig_ok"]?.bool == true })
            #expect(!records.contains { $0["path"]?.string == "/redirected" })
            func ids(_ path: String) -> [String] {
                records.filter { $0["path"]?.string == path }.compactMap { $0["id"]?.string }
            }
            #expect(ids("/ok") == ["plain_1", "plain_2"])
            #expect(ids("/gone") == ["gone_1"])
            // It failed the first try of each.
            #expect(ids("/fail-first/1") == ["fails_1", "fails_1", "fails_2"])
            #expect(ids("/ack-lost/1") == ["lost_1", "lost_1", "lost_2"])
            #expect(ids("/ratelimit/5/1") == ["busy_1", "busy_1", "busy_2"])
            for record in records where record["path"]?.string == "/body-endless" {
                #expect(try #require(record["response_bytes"]?.int) < 8 << 20)
            }
        }
    }
}

/// `webhook_receiver.py` as a process of its own, on loopback.
private final class OtherReceiver: Sendable {
    let port: Int
    private let control: Int
    private let process: Process
    private let engine: FetchEngine

    static var isThere: Bool { FileManager.default.fileExists(atPath: script.path) }

    private static var script: URL {
        let environment = ProcessInfo.processInfo.environment["EARSHOT_SHARED"]
        let root = URL(filePath: #filePath)
            .appending(path: "../../..").standardizedFileURL
        let shared = environment.map { URL(filePath: $0) } ?? root.appending(path: "../shared")
        return shared.appending(path: "eval/faults/webhook_receiver.py").standardizedFileURL
    }

    init() throws {
        port = try Self.freePort()
        control = try Self.freePort()
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", Self.script.path, "--port", "\(port)", "--control-port", "\(control)",
            "--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        var configuration = FetchConfiguration(userAgent: "Earshot/test")
        configuration.allow = [try #require(AllowedPeer("127.0.0.1:\(control)"))]
        engine = FetchEngine(configuration)
    }

    /// At once: one that is still sending an endless body heeds no polite signal.
    func stop() { kill(process.processIdentifier, SIGKILL) }

    func awaitStart() async throws {
        for _ in 0..<200 {
            if (try? await ask("ready")) != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the receiver does not start")
    }

    func deliveries() async throws -> [JSON] {
        let answer = try await ask("deliveries")
        return try #require(try JSON(parsing: answer).array)
    }

    private func ask(_ what: String) async throws -> [UInt8] {
        try await engine.fetch(
            FetchRequest(url: "http://127.0.0.1:\(control)/_control/\(what)")
        ).body
    }

    /// A port that the kernel has just given and taken back.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
