import EarshotDomain
import EarshotStore
import Testing

@Suite struct AlertStoreTests {
    private static let opened = StoreFixture.start

    private static func facts(negatives: Int = 5, at end: Timestamp = opened) -> AlertFacts {
        let reading = SpikeReading(
            hours: 24, end: end, stories: 9, negatives: negatives, expectedStories: 3.25,
            expectedNegatives: 0.1 + 0.2, usualShare: 0.25, shareEvidence: 3.5,
            volumeEvidence: 1.0 / 3, authors: 4)
        let part = DigestParts.Part(
            key: "论坛", names: ["en": "Forum \"x\"", "zh": "论坛"], negative: negatives, authors: 4,
            sources: 1, usualThousandths: 300, evidence: [Identifier(3), Identifier(8)])
        let split = DigestParts(parts: [part])
        return AlertFacts(
            reading: reading, mentions: [Identifier(3), Identifier(8)], sources: split,
            stories: split, aspects: DigestParts(parts: []))
    }

    private static func news(
        _ fixture: StoreFixture, _ kind: AlertEvent.Kind, after: Duration = .zero,
        negatives: Int = 5
    ) -> TickRecord.News {
        let at = opened + after
        return TickRecord.News(
            brand: fixture.ours, openedAt: opened,
            event: AlertEvent(
                kind: kind, knownAt: at, facts: facts(negatives: negatives, at: at)))
    }

    private static func tick(
        _ fixture: StoreFixture, _ news: [TickRecord.News], outbox: [OutboxDraft] = [],
        at moment: Timestamp = opened
    ) -> TickRecord {
        TickRecord(
            detectors: [
                TickRecord.Detector(
                    brand: fixture.ours, watermark: moment, standing: "{\"unlearned\":[]}")
            ], news: news, outbox: outbox, knownAt: moment)
    }

    @Test func readsBackWhatATickTold() async throws {
        try await StoreFixture.with { fixture in
            let opened = Self.news(fixture, .opened)
            let resolved = Self.news(fixture, .resolved, after: .hours(5), negatives: 0)
            try await fixture.store.record(tick: Self.tick(fixture, [opened]))
            try await fixture.store.record(tick: Self.tick(fixture, [resolved]))
            let alerts = try await fixture.store.alerts(limit: 10)
            #expect(alerts.map(\.events) == [[opened.event, resolved.event]])
            #expect(alerts.first?.resolvedAt == resolved.event.knownAt)
            #expect(alerts.first?.height == opened.event)
            let theirs = try await fixture.store.alerts(of: [fixture.theirs], limit: 10)
            #expect(theirs.isEmpty)
        }
    }

    @Test func aTickRunAgainAddsNothing() async throws {
        try await StoreFixture.with { fixture in
            let draft = OutboxDraft(
                id: "alert-ours-1", destination: "hook", kind: "alert.opened", payload: "{}")
            let tick = Self.tick(fixture, [Self.news(fixture, .opened)], outbox: [draft])
            try await fixture.store.record(tick: tick)
            let before = try await fixture.store.alerts(limit: 10)
            var again = tick
            again.news[0] = Self.news(fixture, .opened, negatives: 99)
            again.outbox[0] = OutboxDraft(
                id: draft.id, destination: draft.destination, kind: draft.kind,
                payload: "{\"a\":1}")
            try await fixture.store.record(tick: again)
            let after = try await fixture.store.alerts(limit: 10)
            #expect(after == before)
            let outbox = try await fixture.store.outbox(limit: 10)
            #expect(outbox.map(\.draft) == [draft])
        }
    }

    @Test func aTickIsWrittenAsAWhole() async throws {
        try await StoreFixture.with { fixture in
            // Resolves an alert that nobody opened: refused, with what stands beside it.
            let bad = TickRecord.News(
                brand: fixture.theirs, openedAt: Self.opened,
                event: AlertEvent(kind: .resolved, knownAt: Self.opened, facts: Self.facts()))
            let tick = Self.tick(fixture, [Self.news(fixture, .opened), bad])
            await #expect(throws: StoreError.self) {
                try await fixture.store.record(tick: tick)
            }
            let alerts = try await fixture.store.alerts(limit: 10)
            let detectors = try await fixture.store.detectors()
            #expect(alerts.isEmpty)
            #expect(detectors.isEmpty)
        }
    }

    @Test func showsWhatWasKnownThen() async throws {
        try await StoreFixture.with { fixture in
            let opened = Self.news(fixture, .opened)
            let updated = Self.news(fixture, .updated, after: .hours(7))
            try await fixture.store.record(tick: Self.tick(fixture, [opened, updated]))
            let cut = Self.opened + .hours(1)
            let then = try await fixture.store.alerts(knownBy: cut, limit: 10)
            #expect(then.map(\.events) == [[opened.event]])
            let id = try #require(then.first?.id)
            let now = try await fixture.store.alert(id)
            #expect(now?.events == [opened.event, updated.event])
            let before = try await fixture.store.alert(id, knownBy: Self.opened - .hours(1))
            #expect(before == nil)
        }
    }

    @Test func keepsTheLastWatermark() async throws {
        try await StoreFixture.with { fixture in
            for hour in [1, 2] {
                try await fixture.store.record(
                    tick: Self.tick(fixture, [], at: Self.opened + .hours(Int64(hour))))
            }
            let detectors = try await fixture.store.detectors()
            #expect(detectors.map(\.watermark) == [Self.opened + .hours(2)])
        }
    }

    @Test func tellsWhatChangedAtAMoment() async throws {
        try await StoreFixture.with { fixture in
            let later = StoreFixture.start + .hours(1)
            let recorded = try await fixture.record(
                (1...2).map { number in
                    DraftRecord(
                        entry: StoreFixture.draft(number),
                        mentions: [StoreFixture.mention(fixture.ours, topics: ["service"])])
                })
            let first = try #require(recorded.entries.first?.mentions.first)
            _ = try await fixture.store.record(
                sentiments: [(first.id, StoreFixture.sentiment(.positive, version: "person"))],
                knownAt: later)
            let changes = try await fixture.store.changes(
                after: StoreFixture.start - .hours(1), before: later + .hours(1))
            #expect(changes == [StoreFixture.start, later])
            let new = try await fixture.store.trendRows(
                of: [fixture.ours], changedAt: StoreFixture.start)
            #expect(new.count == 2)
            #expect(new.allSatisfy { $0.label == .negative && $0.topics == ["service"] })
            let corrected = try await fixture.store.trendRows(
                of: [fixture.ours, fixture.theirs], changedAt: later)
            #expect(corrected.map(\.mention) == [first.id])
            #expect(corrected.first?.label == .positive)
        }
    }
}
