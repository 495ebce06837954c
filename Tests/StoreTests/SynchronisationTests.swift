import EarshotDomain
import EarshotStore
import Testing

@Suite struct SynchronisationTests {
    @Test func declaringTheSameAgainChangesNothing() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let before = try await store.sources()
            let later = StoreFixture.start + .days(1)
            #expect(
                try await store.synchronise(sources: StoreFixture.sources, now: later)
                    == Synchronisation())
            #expect(
                try await store.synchronise(brands: StoreFixture.brands, now: later)
                    == Synchronisation())
            #expect(try await store.sources() == before)
        }
    }

    @Test func sourcesReadBackAsDeclared() async throws {
        try await StoreFixture.with { fixture in
            let forum = try await fixture.store.sources()[1]
            #expect(
                forum.source
                    == Source(
                        id: fixture.forum, key: "forum", name: "论坛",
                        url: "http://forum.test.invalid/feed", kind: .social,
                        mapping: "mastodon"))
            #expect(forum.state == SourceState(nextDue: StoreFixture.start))
            #expect(forum.retiredAt == nil)
        }
    }

    @Test func aDroppedSourceRetiresAndComesBackUnderItsID() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await fixture.record(
                [DraftRecord(entry: StoreFixture.draft(1))], source: fixture.forum)
            let later = StoreFixture.start + .days(1)
            let dropped = try await store.synchronise(
                sources: [StoreFixture.sources[0]], now: later)
            #expect(dropped.retired == ["forum"])
            #expect(try await store.sources().map(\.source.key) == ["news"])
            #expect(try await store.schedule().map(\.source.key) == ["news"])
            #expect(try await store.sources(includingRetired: true)[1].retiredAt == later)
            #expect(try await store.counts().entries == 1)

            let back = later + .days(1)
            let revived = try await store.synchronise(sources: StoreFixture.sources, now: back)
            #expect(revived.changed == ["forum"])
            let forum = try await store.sources()[1]
            #expect(forum.source.id == fixture.forum)
            #expect(forum.state.nextDue == back)
            // What it gave before is still known.
            #expect(
                try await store.unknownDrafts([StoreFixture.draft(1)], of: fixture.forum).isEmpty)
        }
    }

    @Test func aMovedSourceForgetsTheOldServersValidators() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.record([])
            #expect(try await fixture.store.sources()[0].state.etag != nil)
            let moved = SourceDeclaration(
                key: "news", name: "News", url: "http://elsewhere.test.invalid/feed", kind: .news,
                language: "en")
            let later = StoreFixture.start + .minutes(1)
            let result = try await fixture.store.synchronise(
                sources: [moved, StoreFixture.sources[1]], now: later)
            #expect(result.changed == ["news"])
            let news = try await fixture.store.sources()[0]
            #expect(news.source.id == fixture.news)
            #expect(news.source.url == moved.url)
            #expect(news.state.etag == nil)
            #expect(news.state.nextDue == later)
        }
    }

    @Test func sourcesComeInDueOrder() async throws {
        try await StoreFixture.with { fixture in
            let start = StoreFixture.start
            // Both due since the start: in the order of their keys.
            #expect(try await fixture.store.schedule().map(\.source.key) == ["forum", "news"])
            try await fixture.record([], source: fixture.forum, at: start)
            #expect(try await fixture.store.schedule().map(\.source.key) == ["news", "forum"])
            try await fixture.record([], source: fixture.news, at: start + .minutes(1))
            let schedule = try await fixture.store.schedule()
            #expect(
                schedule.map(\.state.nextDue) == [start + .minutes(15), start + .minutes(16)])
            #expect(schedule.map(\.source.key) == ["forum", "news"])
            _ = try await fixture.store.synchronise(sources: [], now: start)
            #expect(try await fixture.store.schedule().isEmpty)
        }
    }

    @Test func brandsReadBackAsDeclaredAndKeepTheirIDs() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let declared = StoreFixture.brands[0]
            let ours = try await store.brands()[0]
            #expect(ours.names == declared.names)
            #expect(ours.topics == declared.topics)
            #expect(ours.query == declared.query)
            #expect(!ours.isCompetitor)
            #expect(try await store.brands()[1].isCompetitor)

            let withoutTopic = BrandDeclaration(
                key: "ours", names: declared.names, query: "ours", topics: [declared.topics[1]],
                market: "kettles")
            let changed = try await store.synchronise(
                brands: [withoutTopic], now: StoreFixture.start + .days(1))
            #expect(changed.changed == ["ours"])
            #expect(changed.retired == ["theirs"])
            let now = try await store.brands()
            #expect(now.map(\.id) == [fixture.ours])
            #expect(now[0].query == "ours")
            #expect(now[0].topics == [declared.topics[1]])

            let back = try await store.synchronise(
                brands: StoreFixture.brands, now: StoreFixture.start + .days(2))
            #expect(back.changed == ["ours", "theirs"])
            #expect(try await store.brands().map(\.id) == [fixture.ours, fixture.theirs])
            #expect(try await store.brands()[0] == ours)
        }
    }
}
