import EarshotDomain
import EarshotStore
import Testing

@Suite struct SourceScheduleTests {
    private static func state(_ now: Timestamp) -> SourceState {
        var state = SourceState(nextDue: now + .hours(3))
        state.dueReason = .skippedTimes
        state.etag = "\"ä\""
        state.validatorsSince = now - .days(1)
        state.unchangedInRow = 4
        state.movedTo = "http://news.test.invalid/new"
        state.movedAt = now - .hours(1)
        state.host = "cdn.test.invalid"
        state.notBefore = now + .hours(1)
        state.missingSince = now - .hours(2)
        state.feedInterval = .minutes(90)
        state.skipped = SkippedTimes(hours: 0x80_0001, days: 0x41)
        return state
    }

    @Test func aPollAndItsPauseAreOneTransaction() async throws {
        try await StoreFixture.with { fixture in
            let now = StoreFixture.start
            var poll = fixture.poll([], at: now)
            poll.state = Self.state(now)
            poll.pause = HostPause(host: "news.test.invalid", until: now + .hours(2))
            _ = try await fixture.store.record(poll, knownAt: now)
            let record = try await fixture.store.sources()[0]
            #expect(record.state == Self.state(now))
            #expect(record.address == "http://news.test.invalid/new")
            #expect(
                try await fixture.store.pauses(after: now)
                    == [HostPause(host: "news.test.invalid", until: now + .hours(2))])
            #expect(try await fixture.store.pauses(after: now + .hours(2)).isEmpty)

            // The longest of several pauses holds.
            poll.pause = HostPause(host: "news.test.invalid", until: now + .hours(1))
            _ = try await fixture.store.record(poll, knownAt: now + .minutes(1))
            #expect(try await fixture.store.pauses(after: now).map(\.until) == [now + .hours(2)])

            // A poll that cannot be stored leaves no pause behind.
            poll.source = Identifier(999)
            poll.pause = HostPause(host: "other.test.invalid", until: now + .hours(2))
            await #expect(throws: StoreError.self) {
                try await fixture.store.record(poll, knownAt: now)
            }
            #expect(try await fixture.store.pauses(after: now).count == 1)
        }
    }

    @Test func aChangedAddressForgetsWhatTheOldOneSaid() async throws {
        try await StoreFixture.with { fixture in
            let now = StoreFixture.start
            var poll = fixture.poll([], at: now)
            poll.state = Self.state(now)
            _ = try await fixture.store.record(poll, knownAt: now)
            // The same declaration leaves the move alone.
            _ = try await fixture.store.synchronise(sources: StoreFixture.sources, now: now)
            #expect(try await fixture.store.sources()[0].state.movedTo != nil)
            let moved = SourceDeclaration(
                key: "news", name: "News", url: "http://other.test.invalid/", kind: .news,
                language: "en")
            _ = try await fixture.store.synchronise(
                sources: [moved, StoreFixture.sources[1]], now: now + .hours(1))
            let record = try await fixture.store.sources()[0]
            #expect(record.address == moved.url)
            #expect(record.state == SourceState(nextDue: now + .hours(1)))
        }
    }

    @Test func whatACommandAddedIsRemovedAndComesBack() async throws {
        try await StoreFixture.with { fixture in
            let (store, now) = (fixture.store, StoreFixture.start)
            let added = SourceDeclaration(
                key: "blog", name: "Blog", url: "http://blog.test.invalid/", kind: .news)
            #expect(try await store.add(added, now: now))
            #expect(try await !store.add(added, now: now))
            let blog = try #require(try await store.sources().last)
            try await fixture.record(
                [DraftRecord(entry: StoreFixture.draft(7))], source: blog.source.id, at: now)
            #expect(try await store.retire(blog.source.id, now: now + .hours(1)))
            #expect(try await !store.retire(blog.source.id, now: now + .hours(1)))
            // What the file declares is the file's.
            #expect(try await !store.retire(fixture.news, now: now))
            #expect(try await store.schedule().map(\.source.key) == ["forum", "news"])
            #expect(try await store.counts().entries == 1)
            #expect(try await store.add(added, now: now + .hours(2)))
            let back = try #require(try await store.sources().last)
            #expect(back.source.id == blog.source.id)
            #expect(back.state.nextDue == now + .hours(2))
        }
    }

    @Test func anEnabledSourceIsDueAtOnce() async throws {
        try await StoreFixture.with { fixture in
            let now = StoreFixture.start
            var poll = fixture.poll([], at: now)
            poll.state = Self.state(now)
            poll.state.dueReason = .disabled
            poll.state.failures = 3
            poll.state.lastError = "gone"
            poll.state.mark = "reached=7"
            poll.warnings = "missing_pages; cut 2"
            poll.state.warnings = poll.warnings
            _ = try await fixture.store.record(poll, knownAt: now)
            try await fixture.store.enable(fixture.news, now: now + .days(1))
            let state = try await fixture.store.sources()[0].state
            #expect(state.nextDue == now + .days(1))
            #expect(state.dueReason == .new)
            #expect(state.failures == 0 && state.lastError == nil)
            // What is missing is still to be asked for.
            #expect(state.mark == "reached=7")
            #expect(state.warnings == "missing_pages; cut 2")
            let log = try await fixture.store.polls(of: fixture.news, limit: 1)
            #expect(log.map(\.warnings) == ["missing_pages; cut 2"])
        }
    }

    /// A source speaks of a brand while one of its recent entries does, and only an open alert
    /// counts.
    @Test func anOpenAlertNamesItsSources() async throws {
        try await StoreFixture.with { fixture in
            let (store, now) = (fixture.store, StoreFixture.start)
            try await fixture.record(
                [
                    DraftRecord(
                        entry: StoreFixture.draft(1, eventAt: now),
                        mentions: [StoreFixture.mention(fixture.ours)])
                ], source: fixture.forum, at: now)
            func keys(since: Timestamp) async throws -> [String] {
                try await store.sourcesOfOpenAlerts(since: since).map(\.source.key)
            }
            #expect(try await keys(since: now).isEmpty)
            try await store.record(tick: Self.tick(.opened, of: fixture.ours, at: now))
            #expect(try await keys(since: now) == ["forum"])
            #expect(try await keys(since: now + .seconds(1)).isEmpty)
            #expect(try await store.isAlerting(fixture.forum, since: now))
            #expect(try await !store.isAlerting(fixture.news, since: now))
            var record = try #require(try await store.sourcesOfOpenAlerts(since: now).first)
            record.state.nextDue = now + .minutes(1)
            record.state.dueReason = .alert
            try await store.reschedule([record])
            #expect(try await store.sources()[1].state == record.state)
            try await store.record(tick: Self.tick(.resolved, of: fixture.ours, at: now))
            #expect(try await keys(since: now).isEmpty)
            #expect(try await !store.isAlerting(fixture.forum, since: now))
        }
    }

    private static func tick(
        _ kind: AlertEvent.Kind, of brand: Identifier<Brand>, at now: Timestamp
    ) -> TickRecord {
        TickRecord(
            detectors: [],
            news: [
                TickRecord.News(
                    brand: brand, openedAt: now,
                    event: AlertEvent(kind: kind, knownAt: now, facts: facts(at: now)))
            ], outbox: [], knownAt: now)
    }

    private static func facts(at end: Timestamp) -> AlertFacts {
        let none = DigestParts(parts: [])
        return AlertFacts(
            reading: SpikeReading(
                hours: 24, end: end, stories: 9, negatives: 5, expectedStories: 3,
                expectedNegatives: 0.5, usualShare: 0.25, shareEvidence: 3.5, volumeEvidence: 0.5,
                authors: 4), mentions: [], sources: none, stories: none, aspects: none)
    }
}
