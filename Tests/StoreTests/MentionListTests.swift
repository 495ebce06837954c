import EarshotDomain
import EarshotStore
import Testing

@Suite struct MentionListTests {
    /// 25 entries, one each hour, two with one time; odd ones positive, every fifth of the rival.
    private func world(_ fixture: StoreFixture) async throws {
        let drafts = (0..<25).map { number in
            let brand = number.isMultiple(of: 5) ? fixture.theirs : fixture.ours
            let label: Sentiment.Label = number.isMultiple(of: 2) ? .negative : .positive
            let topics = brand == fixture.ours && number.isMultiple(of: 3) ? ["kettle"] : []
            return DraftRecord(
                entry: StoreFixture.draft(
                    number, eventAt: StoreFixture.start + .hours(Int64(number / 2))),
                mentions: [
                    StoreFixture.mention(
                        brand, topics: topics, sentiment: StoreFixture.sentiment(label))
                ])
        }
        try await fixture.record(Array(drafts[..<20]), at: StoreFixture.start + .days(1))
        try await fixture.record(
            Array(drafts[20...]), source: fixture.forum, at: StoreFixture.start + .days(2))
    }

    private func titles(_ records: [MentionRecord]) -> [Int] {
        records.compactMap { Int($0.entry.content.title.dropFirst("Entry ".count)) }
    }

    @Test func filtersAndOrder() async throws {
        try await StoreFixture.with { fixture in
            try await world(fixture)
            let store = fixture.store
            func list(_ filter: MentionFilter, limit: Int = 100) async throws -> [Int] {
                titles(try await store.mentions(matching: filter, limit: limit))
            }
            #expect(try await list(MentionFilter()) == Array((0..<25).reversed()))
            #expect(try await list(MentionFilter(), limit: 3) == [24, 23, 22])
            #expect(
                try await list(MentionFilter(brands: [fixture.theirs])) == [20, 15, 10, 5, 0])
            #expect(
                try await list(MentionFilter(brands: [fixture.ours, fixture.theirs])).count == 25)
            #expect(try await list(MentionFilter(brands: [])).isEmpty)
            #expect(
                try await list(MentionFilter(brands: [fixture.theirs], label: .positive))
                    == [15, 5])
            #expect(try await list(MentionFilter(source: fixture.forum)) == [24, 23, 22, 21, 20])
            #expect(
                try await list(MentionFilter(topic: "kettle"))
                    == [24, 21, 18, 12, 9, 6, 3])
            let start = StoreFixture.start
            #expect(
                try await list(MentionFilter(from: start + .hours(2), to: start + .hours(4)))
                    == [7, 6, 5, 4])
            #expect(
                try await list(MentionFilter(knownBy: start + .days(1)))
                    == Array((0..<20).reversed()))
            #expect(try await list(MentionFilter(knownBy: start)).isEmpty)
        }
    }

    @Test(arguments: [1, 4, 5, 24, 25, 26])
    func pagesAreTheWholeList(size: Int) async throws {
        try await StoreFixture.with { fixture in
            try await world(fixture)
            let filter = MentionFilter(knownBy: StoreFixture.start + .days(2))
            var all: [MentionRecord] = []
            for try await page in fixture.store.mentionPages(matching: filter, size: size) {
                #expect(page.count <= size && !page.isEmpty)
                if all.isEmpty {
                    // Recorded while the export runs: not in the picture.
                    try await fixture.record(
                        [
                            DraftRecord(
                                entry: StoreFixture.draft(77),
                                mentions: [StoreFixture.mention(fixture.ours)])
                        ], at: StoreFixture.start + .days(3))
                }
                all += page
            }
            #expect(all == (try await fixture.store.mentions(matching: filter, limit: 100)))
            #expect(all.count == 25)
        }
    }

    @Test func mentionsByIDKeepTheirOrderAndTheirCut() async throws {
        try await StoreFixture.with { fixture in
            try await world(fixture)
            let ids = [23, 2, 99, 7].map { Identifier<Mention>($0) }
            let now = try await fixture.store.mentions(ids)
            #expect(now.map(\.mention.id.rawValue) == [23, 2, 7])
            let then = try await fixture.store.mentions(
                ids, knownBy: StoreFixture.start + .days(1))
            #expect(then.map(\.mention.id.rawValue) == [2, 7])
        }
    }

    @Test func theClustererStartsFromWhatWasMetInOrder() async throws {
        try await StoreFixture.with { fixture in
            try await world(fixture)
            let recent = try await fixture.store.recentMentions(
                of: fixture.theirs, since: StoreFixture.start + .hours(5))
            #expect(recent.map(\.title) == ["Entry 10", "Entry 15", "Entry 20"])
            #expect(recent.map(\.mention) == recent.map(\.mention).sorted())
            #expect(recent[0].text == "the kettle leaks")
            #expect(recent[0].eventAt == StoreFixture.start + .hours(5))
        }
    }
}
