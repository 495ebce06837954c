import EarshotDomain
import EarshotFeeds
import Testing

@Suite struct ScheduleTests {
    private let source = Source(
        id: Identifier(1), key: "news", name: "News", url: "http://news.example/", kind: .news)
    private let start = Timestamp(seconds: 1_790_000_000)

    /// Polls each hour, with `perDay` entries spread evenly over the days.
    private func watched(days: Int64, perDay: Int64, from: SourceState? = nil) -> SourceState {
        var state = from ?? SourceState(nextDue: start)
        let first = state.lastPolled.map { $0 + .hours(1) } ?? start
        for hour in 0..<(days * 24) {
            let now = first + .hours(hour)
            let isDue = perDay > 0 && hour % max(1, 24 / perDay) == 0
            state = PollSchedule.state(
                of: source, after: isDue ? .entries([now]) : .unchanged, from: state, now: now)
        }
        return state
    }

    private func minutes(_ span: Duration) -> Double { Double(span.milliseconds) / 60_000 }

    /// A source is asked as often as it writes: 12 a day is once in two hours, with the prior's
    /// pull and the decay; no faster than 5 minutes, no slower than 6 hours.
    @Test func pollsAtTheRateOfTheSource() {
        let busy = watched(days: 30, perDay: 12)
        let now = busy.lastPolled ?? start
        let interval = minutes(PollSchedule.interval(busy, now: now))
        #expect((115...140).contains(interval))
        #expect(
            abs((busy.nextDue - now).milliseconds - Int64(interval * 60_000))
                <= Int64(interval * 6_000))
        let burst = PollSchedule.state(
            of: source, after: .entries([Timestamp](repeating: now, count: 100_000)), from: busy,
            now: now)
        #expect(minutes(PollSchedule.interval(burst, now: now)) == 5)
        #expect(minutes(PollSchedule.interval(SourceState(nextDue: start), now: start)) == 360)
    }

    /// The first poll already knows the rate: the document holds a history of one an hour, which the
    /// prior's day slows to (1 + 43.8) / (1 + 1.76) a day.
    @Test func learnsFromTheFirstDocument() {
        let history = (0..<48).map { start - .hours(Int64($0)) }
        let state = PollSchedule.state(
            of: source, after: .entries(history), from: SourceState(nextDue: start), now: start)
        #expect((85...95).contains(minutes(PollSchedule.interval(state, now: start))))
        #expect(state.lastEntryAt == start)
    }

    /// Failures before the first document must not make its history look like one busy hour.
    @Test func learnsFromTheFirstDocumentAfterFailures() {
        let history = (0..<48).map { start - .hours(Int64($0)) }
        var failed = SourceState(nextDue: start)
        for hour in (1...3).reversed() {
            failed = PollSchedule.state(
                of: source, after: .failed(reason: "timeout"), from: failed,
                now: start - .hours(Int64(hour)))
        }
        let late = PollSchedule.state(
            of: source, after: .entries(history), from: failed, now: start)
        let atOnce = PollSchedule.state(
            of: source, after: .entries(history), from: SourceState(nextDue: start), now: start)
        #expect(late.decayedEntries == atOnce.decayedEntries)
        #expect(late.decayedDays == atOnce.decayedDays)
    }

    @Test func letsASleepingSourceSleep() {
        var state = watched(days: 3, perDay: 4)
        state = watched(days: 31, perDay: 0, from: state)
        #expect(PollSchedule.interval(state, now: state.lastPolled ?? start) == .hours(24))
    }

    @Test func waitsAsLongAsServerAndFeedAsk() {
        let state = watched(days: 10, perDay: 24)
        let now = state.lastPolled ?? start
        func due(_ hints: PollHints) -> Double {
            let next = PollSchedule.state(
                of: source, after: .unchanged, from: state, hints: hints, now: now)
            return minutes(next.nextDue - now)
        }
        #expect(due(PollHints()) < 90)
        #expect(due(PollHints(freshness: .hours(3))) == 180)
        // Sixteen years of `max-age` have been seen.
        #expect(due(PollHints(freshness: .days(6_000))) == 360)
        #expect(due(PollHints(feedInterval: .hours(12))) == 720)
        let headers = ["cache-control": "public, Max-Age=7200", "expires": "0"]
        #expect(due(PollHints(headers: headers, feed: nil, now: now)) == 120)
        let dates = [
            "date": "Thu, 05 Nov 2026 08:00:00 GMT", "expires": "Thu, 05 Nov 2026 10:30:00 GMT",
        ]
        #expect(due(PollHints(headers: dates, feed: nil, now: now)) == 150)
    }

    @Test func backsOffAndComesBack() {
        var state = watched(days: 10, perDay: 24)
        var now = state.lastPolled ?? start
        let usual = PollSchedule.interval(state, now: now)
        var most = usual
        for _ in 1...12 {
            now = now + .hours(1)
            state = PollSchedule.state(
                of: source, after: .failed(reason: "timeout"), from: state, now: now)
            most = min(.milliseconds(most.milliseconds * 2), .hours(24))
            let wait = state.nextDue - now
            #expect(wait >= usual && wait <= max(most, usual) + .seconds(1))
        }
        #expect(state.failures == 12)
        #expect(state.lastError == "timeout")
        let well = PollSchedule.state(of: source, after: .unchanged, from: state, now: now)
        #expect(well.failures == 0 && well.lastError == nil)
    }

    @Test func obeysRetryAfterAndLeavesTheDead() {
        let state = watched(days: 10, perDay: 24)
        let now = state.lastPolled ?? start
        func due(_ outcome: PollEnding, at moment: Timestamp) -> Timestamp {
            PollSchedule.state(of: source, after: outcome, from: state, now: moment).nextDue
        }
        #expect(due(.failed(reason: "429", pause: .hours(20)), at: now) == now + .hours(20))
        #expect(due(.failed(reason: "429", pause: .days(900)), at: now) == now + .days(1))
        #expect(due(.failed(reason: "gone", isGone: true), at: now) == PollSchedule.never)
        #expect(due(.failed(reason: "404", isMissing: true), at: now) < now + .days(2))
        #expect(
            due(.failed(reason: "404", isMissing: true), at: now + .days(8)) == PollSchedule.never)
        #expect(PollHints.hostPause(asked: nil) == .minutes(10))
        #expect(PollHints.hostPause(asked: .days(365)) == .days(1))
    }

    /// A replay must repeat every due time, and sources must not fall into step.
    @Test func spreadsTheSameWayEachTime() {
        let state = SourceState(nextDue: start)
        let dues = (0..<50).map { number in
            let other = Source(
                id: Identifier(2), key: "s\(number)", name: "", url: "http://x.example/",
                kind: .news)
            return PollSchedule.state(of: other, after: .unchanged, from: state, now: start).nextDue
        }
        #expect(Set(dues).count > 45)
        let again = PollSchedule.state(of: source, after: .unchanged, from: state, now: start)
        #expect(again == PollSchedule.state(of: source, after: .unchanged, from: state, now: start))
    }
}
