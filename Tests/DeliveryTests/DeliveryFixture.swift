import EarshotDelivery
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTransport
import Foundation
import Testing

/// A store in a folder of its own, a clock, and what it takes to deliver to a loopback port.
struct DeliveryFixture: Sendable {
    static let start = Timestamp(seconds: 1_772_550_000)

    let folder: URL
    let store: Store
    let clock: ReplayClock
    let secret: WebhookSecret

    static func with(
        start: Timestamp = start, _ body: (DeliveryFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(component: "earshot-delivery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await Store.open(path: folder.appending(component: "store.db").path)
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        try await body(
            DeliveryFixture(
                folder: folder, store: store, clock: ReplayClock(start), secret: secret))
        try store.close()
    }

    func receiver(
        _ answer: @escaping @Sendable (Int) -> WebhookReceiver.Answer = { _ in .init(204) }
    ) -> WebhookReceiver {
        WebhookReceiver(secrets: [secret], clock: { clock.now }, answer: answer)
    }

    /// - Parameter paths: key of a destination and its path on `port`.
    func delivery(
        to paths: [(String, String)] = [("team", "/hook")], port: Int, isAllowed: Bool = true
    ) throws -> OutboxDelivery {
        var configuration = FetchConfiguration(userAgent: "Earshot/test")
        if isAllowed { configuration.allow = [try #require(AllowedPeer("127.0.0.1:\(port)"))] }
        let sender = WebhookSender(engine: FetchEngine(configuration)) { clock.now }
        return OutboxDelivery(
            store: store, sender: sender,
            destinations: paths.map { key, path in
                WebhookDestination(
                    key: key, url: "http://127.0.0.1:\(port)\(path)", secrets: [secret])
            })
    }

    func add(_ ids: [String], to destination: String = "team") async throws {
        try await store.add(
            outbox: ids.map { id in
                OutboxDraft(
                    id: id, destination: destination, kind: "alert.opened",
                    payload: "{\"type\":\"alert.opened\",\"data\":{\"id\":\"\(id)\",\"名\":\"漏水\"}}")
            }, knownAt: clock.now)
    }

    /// States by id, in the order of the ids.
    func states() async throws -> [String] {
        try await store.outbox(limit: 100).map { "\($0.draft.id) \($0.state.rawValue)" }.sorted()
    }
}
