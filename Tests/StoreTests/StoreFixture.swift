import EarshotDomain
import EarshotStore
import Foundation

/// A store in a folder of its own, with two sources and two brands of one market.
struct StoreFixture: Sendable {
    static let start = Timestamp(seconds: 1_700_000_000)

    let folder: URL
    let store: Store
    let news: Identifier<Source>
    let forum: Identifier<Source>
    let ours: Identifier<Brand>
    let theirs: Identifier<Brand>

    static let sources = [
        SourceDeclaration(
            key: "news", name: "News", url: "http://news.test.invalid/feed", kind: .news,
            language: "en"),
        SourceDeclaration(
            key: "forum", name: "论坛", url: "http://forum.test.invalid/feed", kind: .social,
            mapping: "mastodon"),
    ]

    static let brands = [
        BrandDeclaration(
            key: "ours", names: ["en": "Ours", "zh": "我们"], query: "ours OR 我们",
            topics: [
                Topic(key: "service", kind: .aspect, names: ["en": "Service"], query: "service"),
                Topic(key: "kettle", kind: .product, names: ["en": "Kettle"], query: "kettle"),
            ], market: "kettles"),
        BrandDeclaration(
            key: "theirs", names: ["en": "Theirs"], query: "theirs", market: "kettles",
            isCompetitor: true),
    ]

    init() async throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("earshot-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try await Store.open(path: folder.appendingPathComponent("store.sqlite").path)
        _ = try await store.synchronise(sources: Self.sources, now: Self.start)
        _ = try await store.synchronise(brands: Self.brands, now: Self.start)
        let ids = try await store.sources().map(\.source.id)
        (news, forum) = (ids[0], ids[1])
        let brandIDs = try await store.brands().map(\.id)
        (ours, theirs) = (brandIDs[0], brandIDs[1])
    }

    func remove() {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs `body` on a new fixture and leaves nothing behind.
    static func with(_ body: (StoreFixture) async throws -> Void) async throws {
        let fixture = try await StoreFixture()
        defer { fixture.remove() }
        try await body(fixture)
    }
}

extension StoreFixture {
    /// `id` and `version` make the two keys, as a publisher's id and its content would.
    static func draft(
        _ id: Int, version: Int = 0, title: String? = nil, text: String = "the kettle leaks",
        author: Author? = nil, eventAt: Timestamp = start
    ) -> EntryDraft {
        EntryDraft(
            key: key(1, id), secondKey: key(2, id * 1_000 + version), eventAt: eventAt,
            content: EntryContent(
                url: "http://news.test.invalid/\(id)", title: title ?? "Entry \(id)", text: text,
                author: author, language: "en", published: eventAt,
                engagement: Engagement(likes: id, reach: 10)))
    }

    static func key(_ kind: Int, _ number: Int) -> EntryKey {
        let digits = String(kind * 100_000_000 + number)
        return EntryKey(hex: String(repeating: "0", count: 32 - digits.count) + digits)
    }

    static func sentiment(
        _ label: Sentiment.Label = .negative, version: String = "model 1"
    ) -> Sentiment {
        let high = 0.7
        let low = 0.1
        let probabilities = Sentiment.Probabilities(
            negative: label == .negative ? high : low, neutral: 0.2,
            positive: label == .negative ? low : high)
        return Sentiment(
            label: label, score: probabilities.positive - probabilities.negative,
            probabilities: probabilities, prior: -0.1,
            evidence: [
                .init(start: 0, end: 5, weight: 0.1 + 0.2),
                .init(start: 15, end: 20, weight: -1e-17),
            ], version: version)
    }

    static func mention(
        _ brand: Identifier<Brand>, story: MentionDraft.Place = .new, topics: [String] = [],
        sentiment: Sentiment = sentiment()
    ) -> MentionDraft {
        let own = Hit(field: .title, start: 0, end: 5, term: "entry")
        let others = topics.enumerated().map { index, topic in
            Hit(field: .text, start: index * 4, end: index * 4 + 3, term: topic, topic: topic)
        }
        return MentionDraft(
            brand: brand, story: story, hits: [own] + others, sentiment: sentiment)
    }

    func poll(
        _ drafts: [DraftRecord], source: Identifier<Source>? = nil, at now: Timestamp = start
    ) -> PollRecord {
        var state = SourceState(nextDue: now + .minutes(15))
        state.etag = "\"\(drafts.count)\""
        state.lastPolled = now
        state.lastSucceeded = now
        state.decayedEntries = Double(drafts.count)
        state.decayedDays = 0.1
        return PollRecord(
            source: source ?? news, eventAt: now, outcome: .parsed, status: 200, bytes: 1_000,
            state: state, drafts: drafts)
    }

    @discardableResult
    func record(
        _ drafts: [DraftRecord], source: Identifier<Source>? = nil, at now: Timestamp = start
    ) async throws -> RecordedPoll {
        try await store.record(poll(drafts, source: source, at: now), knownAt: now)
    }
}
