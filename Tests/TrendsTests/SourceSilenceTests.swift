import EarshotDomain
import EarshotTrends
import Testing

@Suite struct SourceSilenceTests {
    private let last = Timestamp(seconds: 1_770_000_000)
    private let source = Source(
        id: Identifier(1), key: "s", name: "S", url: "http://s.example/", kind: .news)

    /// Second source: (b / (b + s))^a in Python, a = 1 + n, b = 1 + t: 112 entries in 28 days,
    /// silent 1.9 days .0008 (but less than 48 h), 3 days 1.5·10⁻⁵; 28 in 28 days, 4 days .0236,
    /// 6 days .0043; 3 in 28 days are no habit.
    @Test(arguments: [
        (112, 1.9, false), (112, 3.0, true), (28, 4.0, false), (28, 6.0, true), (3, 60.0, false),
    ])
    func tellsAHabitBrokenFromASlowSource(entries: Int, silentDays: Double, isSilent: Bool) {
        let reading = SourceReading(
            source: source, lastEntryAt: last, entries: entries, watched: .days(28))
        let cut = last + .milliseconds(Int64(silentDays * 86_400_000))
        let health = SourceHealth([reading], at: cut)
        #expect(health.silent.map(\.key) == (isSilent ? ["s"] : []))
        #expect(health.onTime == (isSilent ? 0 : 1))
    }

    @Test func aFailureIsNoSilence() {
        let reading = SourceReading(
            source: source, lastEntryAt: last, entries: 112, watched: .days(28), failures: 3,
            lastError: "dns_failure")
        let health = SourceHealth([reading], at: last + .hours(20))
        #expect(health.failing == 1)
        #expect(health.silent.isEmpty)
        #expect(health.onTime == 0)
    }
}
