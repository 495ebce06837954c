import EarshotDomain
import EarshotService
import EarshotStore
import Foundation
import Testing

@Suite struct AlertDeskTests {
    /// A process that ends before any tick, or after any, tells the same in the end, each message
    /// under one id.
    @Test(arguments: [(restartEvery: 1, losesEvery: 0), (5, 3), (7, 2)])
    func restartsLoseAndDoubleNothing(restartEvery: Int, losesEvery: Int) async throws {
        let (steady, steadyOutbox) = try await Self.run(restartEvery: 0, losesEvery: 0)
        let (broken, brokenOutbox) = try await Self.run(
            restartEvery: restartEvery, losesEvery: losesEvery)
        #expect(steady.map { $0.events.map(\.kind) } == [[.opened, .updated, .resolved]])
        #expect(broken == steady)
        #expect(steadyOutbox.count == 3)
        #expect(Set(brokenOutbox).count == brokenOutbox.count)
        #expect(brokenOutbox.sorted() == steadyOutbox.sorted())
    }

    private static let start = Timestamp(seconds: 20_458 * 86_400)
    private static let end = start + .days(18)

    private struct Arrival {
        let at: Timestamp
        let label: Sentiment.Label
    }

    /// Even days, and on the thirteenth twelve complaints in three hours.
    private static let arrivals: [Arrival] = {
        var arrivals: [Arrival] = []
        for place in 0..<128 {
            let label: Sentiment.Label = place % 4 == 1 ? .negative : .neutral
            arrivals.append(
                Arrival(at: start + .hours(Int64(place * 3)) + .minutes(1), label: label))
        }
        let crisis = start + .days(12) + .hours(10)
        for place in 0..<12 {
            arrivals.append(
                Arrival(at: crisis + .minutes(Int64(place * 15 + 3)), label: .negative))
        }
        return arrivals.sorted { $0.at < $1.at }
    }()

    /// - Parameters:
    ///   - restartEvery: documents after which the desk is made anew; 0 for never.
    ///   - losesEvery: documents after which a document's tick is not run; 0 for never.
    private static func run(
        restartEvery: Int, losesEvery: Int
    ) async throws -> ([Alert], [String]) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("earshot-desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await Store.open(path: folder.appendingPathComponent("s.db").path)
        _ = try await store.synchronise(
            sources: [
                SourceDeclaration(
                    key: "forum", name: "Forum", url: "http://forum.test.invalid", kind: .social)
            ], now: start)
        _ = try await store.synchronise(
            brands: [
                BrandDeclaration(
                    key: "ours", names: ["en": "Ours"], query: "ours", market: "kettles")
            ], now: start)
        let source = try #require(try await store.sources().first).source.id
        let brand = try #require(try await store.brands().first).id
        var desk = try await AlertDesk(store: store, now: start, outbox: drafts)
        for (place, arrival) in arrivals.enumerated() {
            if restartEvery > 0, place % restartEvery == 0 {
                desk = try await AlertDesk(store: store, now: arrival.at, outbox: drafts)
            }
            _ = try await store.record(
                poll(place, arrival.label, of: brand, from: source, at: arrival.at),
                knownAt: arrival.at)
            if losesEvery > 0, place % losesEvery == 0 { continue }
            try await desk.tick(brands: [brand], now: arrival.at)
        }
        try await desk.tick(now: end)
        let alerts = try await store.alerts(limit: 10)
        let outbox = try await store.outbox(limit: 10).map(\.draft.id)
        try store.close()
        return (alerts, outbox)
    }

    private static let drafts: @Sendable (AlertNews) -> [OutboxDraft] = { news in
        [
            OutboxDraft(
                id: "\(news.openedAt.milliseconds)-\(news.event.kind.rawValue)",
                destination: "hook", kind: "alert", payload: "{}")
        ]
    }

    private static func poll(
        _ number: Int, _ label: Sentiment.Label, of brand: Identifier<Brand>,
        from source: Identifier<Source>, at now: Timestamp
    ) -> PollRecord {
        let isNegative = label == .negative
        let probabilities = Sentiment.Probabilities(
            negative: isNegative ? 0.8 : 0.1, neutral: isNegative ? 0.1 : 0.8, positive: 0.1)
        let entry = EntryDraft(
            key: key(1, number), secondKey: key(2, number), eventAt: now - .minutes(1),
            content: EntryContent(
                title: "Entry \(number)", text: "ours",
                author: Author(platform: "forum", handle: "author \(number)")))
        let mention = MentionDraft(
            brand: brand, story: .new,
            hits: [Hit(field: .text, start: 0, end: 4, term: "ours")],
            sentiment: Sentiment(
                label: label, score: probabilities.positive - probabilities.negative,
                probabilities: probabilities, prior: 0, evidence: [], version: "test"))
        return PollRecord(
            source: source, eventAt: now, outcome: .parsed, status: 200, bytes: 10,
            state: SourceState(nextDue: now + .minutes(15)),
            drafts: [DraftRecord(entry: entry, mentions: [mention])])
    }

    private static func key(_ kind: Int, _ number: Int) -> EntryKey {
        let digits = String(kind * 1_000_000 + number)
        return EntryKey(hex: String(repeating: "0", count: 32 - digits.count) + digits)
    }
}
