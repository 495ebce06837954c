import EarshotDomain
import EarshotStore
import Testing

@Suite struct SourceStandingTests {
    @Test func healthIsReadFromTheLogAsKnown() async throws {
        try await StoreFixture.with { fixture in
            let start = StoreFixture.start
            try await fixture.record([
                DraftRecord(entry: StoreFixture.draft(1, eventAt: start - .hours(5))),
                DraftRecord(entry: StoreFixture.draft(2, eventAt: start - .hours(6))),
            ])
            for hour in 1...3 {
                let now = start + .hours(Int64(hour))
                let failed = PollRecord(
                    source: fixture.news, eventAt: now, outcome: .failed, error: "error \(hour)",
                    state: SourceState(nextDue: now))
                _ = try await fixture.store.record(failed, knownAt: now)
            }
            let now = try await fixture.store.sourceStandings(knownBy: start + .hours(9))
            #expect(now.map(\.source.key) == ["news", "forum"])
            #expect(now[0].lastSucceeded == start)
            #expect(now[0].failures == 3)
            #expect(now[0].lastError == "error 3")
            #expect(now[0].lastEntryAt == start - .hours(5))
            #expect(now[0].entries == 2)
            #expect(now[1].lastSucceeded == nil)
            #expect(now[1].failures == 0)
            #expect(now[1].entries == 0)
            let then = try await fixture.store.sourceStandings(knownBy: start + .hours(2))
            #expect(then[0].failures == 2)
            #expect(then[0].lastError == "error 2")
            try await fixture.record([], at: start + .hours(10))
            let healed = try await fixture.store.sourceStandings(knownBy: start + .hours(10))
            #expect(healed[0].failures == 0)
            #expect(healed[0].lastError == nil)
            #expect(healed[0].lastSucceeded == start + .hours(10))
        }
    }
}
