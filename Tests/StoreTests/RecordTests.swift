import EarshotDomain
import EarshotStore
import Testing

@Suite struct RecordTests {
    @Test func readsBackWhatWasRecorded() async throws {
        try await StoreFixture.with { fixture in
            let draft = StoreFixture.draft(7, author: Author(platform: "x.invalid", handle: "amy"))
            let mention = StoreFixture.mention(fixture.ours, topics: ["kettle", "service"])
            let later = StoreFixture.start + .hours(3)
            let recorded = try await fixture.record(
                [DraftRecord(entry: draft, mentions: [mention])], at: later)

            let entry = try #require(recorded.entries.first)
            let read = try await fixture.store.mentions([entry.mentions[0].id])
            let record = try #require(read.first)
            #expect(record.mention == entry.mentions[0])
            #expect(record.mention.hits == mention.hits)
            #expect(record.mention.eventAt == StoreFixture.start)
            #expect(record.mention.knownAt == later)
            #expect(record.sentiment == mention.sentiment)
            #expect(record.entry.content == draft.content)
            #expect(record.entry.source == fixture.news)
            #expect(record.entry.knownAt == later)

            let source = try await fixture.store.sources()[0]
            #expect(source.state == fixture.poll([.init(entry: draft)], at: later).state)
        }
    }

    @Test func sameDocumentTwiceAddsNothing() async throws {
        try await StoreFixture.with { fixture in
            let drafts = (0..<5).map { id in
                DraftRecord(
                    entry: StoreFixture.draft(id), mentions: [StoreFixture.mention(fixture.ours)])
            }
            let first = try await fixture.record(drafts)
            #expect(first.entries.map(\.draft) == [0, 1, 2, 3, 4])
            #expect(first.entries.map(\.id.rawValue) == [1, 2, 3, 4, 5])
            let before = try await fixture.store.counts()
            let again = try await fixture.record(drafts, at: StoreFixture.start + .hours(1))
            #expect(again == RecordedPoll())
            let after = try await fixture.store.counts()
            #expect(after.polls == before.polls + 1)
            #expect(after.entries == 5)
            #expect(after.mentions == 5)
            #expect(after.stories == 5)
            #expect(after.sentiments == 5)
            #expect(after.revisions == 0)
        }
    }

    /// A feed that gives new ids to old entries, and one that edits under an old id.
    @Test func eitherKeyMakesAnEntryKnown() async throws {
        try await StoreFixture.with { fixture in
            let draft = StoreFixture.draft(1)
            try await fixture.record([DraftRecord(entry: draft)])
            let sameContent = EntryDraft(
                key: StoreFixture.key(3, 1), secondKey: draft.secondKey, eventAt: draft.eventAt,
                content: draft.content)
            let sameID = StoreFixture.draft(1, version: 1, text: "the kettle leaks no more")
            let other = StoreFixture.draft(2)
            let drafts = [sameContent, other, sameID]
            #expect(try await fixture.store.unknownDrafts(drafts, of: fixture.news) == [1])
            let recorded = try await fixture.record(drafts.map { DraftRecord(entry: $0) })
            #expect(recorded.entries.map(\.draft) == [1])
            // The other source never saw any of them.
            #expect(try await fixture.store.unknownDrafts(drafts, of: fixture.forum) == [0, 1, 2])
            // The new id was learned, so an edit under it is an edit too.
            let edited = EntryDraft(
                key: sameContent.key, secondKey: StoreFixture.key(2, 999), eventAt: draft.eventAt,
                content: StoreFixture.draft(1, text: "edited under the new id").content)
            #expect(try await fixture.store.unknownDrafts([edited], of: fixture.news).isEmpty)
        }
    }

    @Test func doubleWithinADocumentIsOneEntry() async throws {
        try await StoreFixture.with { fixture in
            let drafts = [
                StoreFixture.draft(1), StoreFixture.draft(1, version: 1, text: "other"),
            ]
            #expect(try await fixture.store.unknownDrafts(drafts, of: fixture.news) == [0])
            let recorded = try await fixture.record(drafts.map { DraftRecord(entry: $0) })
            #expect(recorded.entries.map(\.draft) == [0])
            #expect(recorded.revised.isEmpty)
        }
    }

    @Test func firstReportHoldsAndChangesAreRevisions() async throws {
        try await StoreFixture.with { fixture in
            let wordings = ["first", "second", "first", "third", "second"]
            var entry = Identifier<Entry>(0)
            for (hour, text) in wordings.enumerated() {
                let draft = StoreFixture.draft(1, version: hour, text: text)
                let now = StoreFixture.start + .hours(Int64(hour))
                let recorded = try await fixture.record([DraftRecord(entry: draft)], at: now)
                if let first = recorded.entries.first { entry = first.id }
                #expect(recorded.revised == (hour == 1 || hour == 3 ? [entry] : []))
            }
            #expect(try await fixture.store.entries([entry]).map(\.content.text) == ["first"])
            let revisions = try await fixture.store.revisions(of: entry)
            #expect(revisions.map(\.text) == ["second", "third"])
            #expect(revisions.map(\.number) == [1, 2])
            #expect(
                revisions.map(\.knownAt)
                    == [StoreFixture.start + .hours(1), StoreFixture.start + .hours(3)])
        }
    }

    /// A text with a counter in it changes at each poll.
    @Test func endlessChangesStopAtALimit() async throws {
        try await StoreFixture.with { fixture in
            for count in 0..<40 {
                let text = "seen \(count) times"
                try await fixture.record(
                    [DraftRecord(entry: StoreFixture.draft(1, version: count, text: text))])
            }
            #expect(try await fixture.store.counts().revisions == 16)
            #expect(try await fixture.store.counts().entries == 1)
        }
    }

    @Test func mentionsJoinStoriesOldAndNew() async throws {
        try await StoreFixture.with { fixture in
            let ours = fixture.ours
            let first = try await fixture.record([
                DraftRecord(
                    entry: StoreFixture.draft(1),
                    mentions: [StoreFixture.mention(ours), StoreFixture.mention(fixture.theirs)]),
                DraftRecord(
                    entry: StoreFixture.draft(2),
                    mentions: [StoreFixture.mention(ours, story: .sameAsDraft(0))]),
            ])
            let story = first.entries[0].mentions[0].story
            #expect(first.entries[1].mentions[0].story == story)
            #expect(first.entries[0].mentions[1].story != story)
            let second = try await fixture.record([
                // Known by now, as another pass may have been faster: the story is found all the same.
                DraftRecord(
                    entry: StoreFixture.draft(2), mentions: [StoreFixture.mention(ours)]),
                DraftRecord(
                    entry: StoreFixture.draft(3),
                    mentions: [StoreFixture.mention(ours, story: .sameAsDraft(0))]),
                DraftRecord(
                    entry: StoreFixture.draft(4),
                    mentions: [StoreFixture.mention(ours, story: .existing(story))]),
            ])
            #expect(second.entries.map { $0.mentions[0].story } == [story, story])
            #expect(try await fixture.store.counts().stories == 2)
        }
    }

    @Test func aBrokenPollLeavesNothing() async throws {
        try await StoreFixture.with { fixture in
            let before = try await fixture.store.counts()
            let state = try await fixture.store.sources()[0].state
            let other = try await fixture.record(
                [
                    DraftRecord(
                        entry: StoreFixture.draft(9),
                        mentions: [StoreFixture.mention(fixture.theirs)])
                ], source: fixture.forum)
            let theirStory = other.entries[0].mentions[0].story
            let good = DraftRecord(
                entry: StoreFixture.draft(1), mentions: [StoreFixture.mention(fixture.ours)])
            let bad: [MentionDraft] = [
                StoreFixture.mention(fixture.ours, story: .existing(theirStory)),
                StoreFixture.mention(fixture.ours, story: .existing(Identifier(999))),
                StoreFixture.mention(Identifier(999)),
                StoreFixture.mention(fixture.ours, topics: ["unheard of"]),
                MentionDraft(
                    brand: fixture.ours, story: .new,
                    hits: [Hit(field: .text, start: 4, end: 4, term: "")],
                    sentiment: StoreFixture.sentiment()),
                MentionDraft(
                    brand: fixture.ours, story: .new, hits: [],
                    sentiment: StoreFixture.broken(score: 1.5, weight: 1)),
                MentionDraft(
                    brand: fixture.ours, story: .new, hits: [],
                    sentiment: StoreFixture.broken(score: .nan, weight: 1)),
                MentionDraft(
                    brand: fixture.ours, story: .new, hits: [],
                    sentiment: StoreFixture.broken(score: 0, weight: .infinity)),
            ]
            for mention in bad {
                let broken = DraftRecord(entry: StoreFixture.draft(2), mentions: [mention])
                let error = await #expect(throws: StoreError.self) {
                    try await fixture.record([good, broken])
                }
                #expect([.constraint, .unknownReference].contains(error?.reason))
                #expect(error?.advice == .giveUp)
            }
            // Two mentions of one brand in one entry.
            let twice = DraftRecord(
                entry: StoreFixture.draft(2),
                mentions: [StoreFixture.mention(fixture.ours), StoreFixture.mention(fixture.ours)])
            await #expect(throws: StoreError.self) { try await fixture.record([good, twice]) }

            let after = try await fixture.store.counts()
            #expect(after.entries == before.entries + 1)
            #expect(after.polls == before.polls + 1)
            #expect(try await fixture.store.sources()[0].state == state)
            #expect(try await fixture.store.damage().isEmpty)
        }
    }

    @Test func anUnknownSourceIsRefused() async throws {
        try await StoreFixture.with { fixture in
            let error = await #expect(throws: StoreError.self) {
                try await fixture.record([], source: Identifier(99))
            }
            #expect(error?.reason == .unknownReference)
        }
    }

    /// Neither engine keeps a NUL; what stands behind one must not be lost, nor move.
    @Test func aNulBecomesASpace() async throws {
        try await StoreFixture.with { fixture in
            let draft = StoreFixture.draft(1, title: "a\u{0}b", text: "\u{0}\u{0}x")
            let recorded = try await fixture.record([DraftRecord(entry: draft)])
            let entry = try #require(
                try await fixture.store.entries(recorded.entries.map(\.id)).first)
            #expect(entry.content.title == "a b")
            #expect(entry.content.text == "  x")
            // The wording is still the known one.
            #expect(try await fixture.record([DraftRecord(entry: draft)]).revised.isEmpty)
        }
    }

    @Test func pollsAreLogged() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.record([DraftRecord(entry: StoreFixture.draft(1))])
            var state = SourceState(nextDue: StoreFixture.start + .hours(2))
            state.failures = 1
            state.lastError = "timeout"
            let failed = PollRecord(
                source: fixture.news, eventAt: StoreFixture.start + .hours(1), outcome: .failed,
                error: "timeout", state: state)
            _ = try await fixture.store.record(failed, knownAt: StoreFixture.start + .hours(1))
            let lines = try await fixture.store.polls(of: fixture.news, limit: 10)
            #expect(lines.map(\.outcome) == [.failed, .parsed])
            #expect(lines.map(\.newEntries) == [0, 1])
            #expect(lines.map(\.status) == [nil, 200])
            #expect(lines.map(\.error) == ["timeout", nil])
            #expect(try await fixture.store.sources()[0].state == state)
        }
    }
}

extension StoreFixture {
    static func broken(score: Double, weight: Double) -> Sentiment {
        Sentiment(
            label: .neutral, score: score,
            probabilities: .init(negative: 0.2, neutral: 0.6, positive: 0.2), prior: 0,
            evidence: [.init(start: 0, end: 1, weight: weight)], version: "broken")
    }
}
