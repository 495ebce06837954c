import EarshotDomain
import EarshotStore
import Testing

@Suite struct DigestTests {
    private func digest(_ contents: String, date: String = "2026-11-24") -> DigestRecord {
        DigestRecord(
            reader: "mei", localDate: date, kind: "daily", contents: contents,
            cut: StoreFixture.start, madeAt: StoreFixture.start + .seconds(1))
    }

    @Test func theFirstDigestOfADayHolds() async throws {
        try await StoreFixture.with { fixture in
            let first = digest(#"{"mentions":3,"标题":"你好"}"#)
            #expect(try await fixture.store.record(first) == first)
            #expect(try await fixture.store.record(digest("{}")) == first)
            #expect(
                try await fixture.store.digest(
                    reader: "mei", localDate: "2026-11-24", kind: "daily") == first)
            #expect(
                try await fixture.store.digest(
                    reader: "mei", localDate: "2026-11-25", kind: "daily") == nil)
            let next = digest("[]", date: "2026-11-25")
            _ = try await fixture.store.record(next)
            #expect(try await fixture.store.digests(of: "mei", limit: 9) == [next, first])
            #expect(try await fixture.store.digests(of: "mei", limit: 1) == [next])
            #expect(try await fixture.store.digests(of: "tom", limit: 9).isEmpty)
        }
    }
}
