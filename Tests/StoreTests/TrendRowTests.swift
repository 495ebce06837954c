import EarshotDomain
import EarshotStore
import Testing

@Suite struct TrendRowTests {
    @Test func rowsCarryWhatTrendsCount() async throws {
        try await StoreFixture.with { fixture in
            let author = Author(platform: "x.invalid", handle: "amy", name: "Amy")
            let start = StoreFixture.start
            try await fixture.record([
                DraftRecord(
                    entry: StoreFixture.draft(1, author: author, eventAt: start + .hours(1)),
                    mentions: [
                        StoreFixture.mention(
                            fixture.ours, topics: ["service", "kettle", "service"]),
                        StoreFixture.mention(
                            fixture.theirs, sentiment: StoreFixture.sentiment(.positive)),
                    ]),
                DraftRecord(
                    entry: StoreFixture.draft(2, eventAt: start),
                    mentions: [StoreFixture.mention(fixture.ours, topics: ["kettle"])]),
                DraftRecord(
                    entry: StoreFixture.draft(3, eventAt: start + .hours(2)),
                    mentions: [StoreFixture.mention(fixture.ours)]),
            ])
            let rows = try await fixture.store.trendRows(
                of: [fixture.ours, fixture.theirs], from: start, to: start + .hours(2),
                knownBy: start)
            #expect(rows.map(\.mention.rawValue) == [3, 1, 2])
            #expect(rows.map(\.topics) == [["kettle"], ["kettle", "service"], []])
            #expect(rows.map(\.author) == [nil, "x.invalid/amy", "x.invalid/amy"])
            #expect(rows.map(\.label) == [.negative, .negative, .positive])
            #expect(rows.map(\.brand) == [fixture.ours, fixture.ours, fixture.theirs])
            let sentiment = StoreFixture.sentiment(.positive)
            #expect(rows[2].score == sentiment.score)
            #expect(rows[2].probabilities == sentiment.probabilities)
            #expect(rows[2].version == "model 1")
            #expect(rows[2].source == fixture.news)
            #expect(rows[1].eventAt == start + .hours(1))
            let ours = try await fixture.store.trendRows(
                of: [fixture.theirs], from: start, to: start + .days(1), knownBy: start)
            #expect(ours.map(\.mention.rawValue) == [2])
            let none = try await fixture.store.trendRows(
                of: [], from: start, to: start + .days(1), knownBy: start)
            #expect(none.isEmpty)
        }
    }

    /// An entry of Monday that comes on Wednesday is none of Tuesday's figures, then or now.
    @Test func whatCameLateIsInvisibleBefore() async throws {
        try await StoreFixture.with { fixture in
            let start = StoreFixture.start
            for (number, day) in [Int64(0), 2].enumerated() {
                try await fixture.record(
                    [
                        DraftRecord(
                            entry: StoreFixture.draft(number),
                            mentions: [StoreFixture.mention(fixture.ours)])
                    ], at: start + .days(day))
            }
            func count(knownBy cut: Timestamp) async throws -> Int {
                try await fixture.store.trendRows(
                    of: [fixture.ours], from: start, to: start + .days(1), knownBy: cut
                ).count
            }
            #expect(try await count(knownBy: start + .days(1)) == 1)
            #expect(try await count(knownBy: start + .days(2)) == 2)
            #expect(try await count(knownBy: start - .seconds(1)) == 0)
        }
    }

    @Test func theLatestSentimentKnownByTheCutIsInForce() async throws {
        try await StoreFixture.with { fixture in
            let start = StoreFixture.start
            let recorded = try await fixture.record([
                DraftRecord(
                    entry: StoreFixture.draft(1), mentions: [StoreFixture.mention(fixture.ours)])
            ])
            let mention = recorded.entries[0].mentions[0].id
            let second = StoreFixture.sentiment(.positive, version: "model 2")
            let day = start + .days(1)
            #expect(
                try await fixture.store.record(sentiments: [(mention, second)], knownAt: day) == 1)
            // The first report of a moment holds.
            #expect(
                try await fixture.store.record(
                    sentiments: [(mention, StoreFixture.sentiment(version: "model 3"))],
                    knownAt: day) == 0)
            for (cut, version) in [
                (start, "model 1"), (day - .seconds(1), "model 1"), (day, "model 2"),
                (day + .days(9), "model 2"),
            ] {
                let rows = try await fixture.store.trendRows(
                    of: [fixture.ours], from: start, to: day, knownBy: cut)
                #expect(rows.map(\.version) == [version])
                let list = try await fixture.store.mentions([mention], knownBy: cut)
                #expect(list.map(\.sentiment.version) == [version])
            }
            let positive = try await fixture.store.mentions(
                matching: MentionFilter(label: .positive), limit: 5)
            #expect(positive.count == 1)
            #expect(try await fixture.store.counts().sentiments == 2)
        }
    }
}
