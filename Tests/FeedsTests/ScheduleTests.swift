import EarshotDomain
import EarshotFeeds
import EarshotWire
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
        func after(_ outcome: PollEnding, at moment: Timestamp) -> SourceState {
            PollSchedule.state(of: source, after: outcome, from: state, now: moment)
        }
        let named = after(.failed(reason: "429", pause: .hours(20)), at: now)
        #expect(named.nextDue == now + .hours(20))
        #expect(named.dueReason == .retryAfter)
        #expect(
            after(.failed(reason: "429", pause: .days(900)), at: now).nextDue == now + .days(1))
        let gone = after(.failed(reason: "gone", isGone: true), at: now)
        #expect(gone.nextDue == PollSchedule.never)
        #expect(gone.dueReason == .disabled)
    }

    /// A 404 counts from the first of them, however long ago the last good poll was; seven days of
    /// time-outs are none.
    @Test func leavesWhatIsMissingForAWeek() {
        var state = watched(days: 10, perDay: 24)
        var now = state.lastPolled ?? start
        func fail(isMissing: Bool) {
            state = PollSchedule.state(
                of: source, after: .failed(reason: "", isMissing: isMissing), from: state,
                now: now)
        }
        for _ in 1...9 {
            now = now + .days(1)
            fail(isMissing: false)
        }
        for day in 0...7 {
            now = now + .days(1)
            fail(isMissing: true)
            #expect(state.dueReason == .backOff, "after \(day) days")
        }
        now = now + .days(1)
        fail(isMissing: true)
        #expect(state.dueReason == .disabled)
    }

    /// A week of time-outs after one 404 says nothing of the document.
    @Test func anotherFailureBreaksTheRowOfMissing() {
        var state = watched(days: 10, perDay: 24)
        var now = state.lastPolled ?? start
        for day in 0...9 {
            now = now + .days(1)
            state = PollSchedule.state(
                of: source, after: .failed(reason: "", isMissing: day == 0 || day == 9),
                from: state, now: now)
        }
        #expect(state.dueReason == .backOff)
    }

    @Test func asksAnAlertingBrandsSourceEveryTenMinutes() {
        let state = watched(days: 10, perDay: 4)
        for minute in 0..<200 {
            let now = (state.lastPolled ?? start) + .minutes(Int64(minute))
            let next = PollSchedule.state(
                of: source, after: .unchanged, from: state, isAlerting: true, now: now)
            #expect((8...10).contains(minutes(next.nextDue - now)))
            #expect(next.dueReason == .alert)
        }
        let now = state.nextDue - .hours(1)
        let hurried = PollSchedule.hurried(state, now: now)
        #expect(hurried?.nextDue == max(now, (state.lastPolled ?? now) + .minutes(10)))
        #expect(hurried.flatMap { PollSchedule.hurried($0, now: now) } == nil)
        var fresh = state
        fresh.notBefore = now + .minutes(40)
        #expect(PollSchedule.hurried(fresh, now: now)?.nextDue == now + .minutes(40))
        var failing = state
        failing.failures = 1
        #expect(PollSchedule.hurried(failing, now: now) == nil)
    }

    /// What a document asks for holds until another document comes, not only until the next 304.
    @Test func remembersWhatTheDocumentAsksFor() {
        let now = start
        let hints = PollHints(feedInterval: .hours(12))
        var state = PollSchedule.state(
            of: source, after: .entries([now]), from: SourceState(nextDue: now), hints: hints,
            now: now)
        let later = now + .hours(12)
        state = PollSchedule.state(of: source, after: .unchanged, from: state, now: later)
        #expect(state.nextDue == later + .hours(12))
        #expect(state.dueReason == .feedInterval)
        state = PollSchedule.state(of: source, after: .entries([]), from: state, now: later)
        #expect(state.feedInterval == nil)
    }

    /// 2026-11-24 is a Tuesday.
    @Test(arguments: [
        (hours: [3, 4], days: [], at: "2026-11-24T03:30:00Z", next: "2026-11-24T05:00:00Z"),
        (hours: [23, 0], days: [], at: "2026-11-24T23:59:59Z", next: "2026-11-25T01:00:00Z"),
        (hours: [], days: [1], at: "2026-11-24T12:00:00Z", next: "2026-11-25T00:00:00Z"),
        (hours: [0], days: [5, 6], at: "2026-11-28T08:00:00Z", next: "2026-11-30T01:00:00Z"),
        (hours: [7], days: [6], at: "2026-11-24T08:10:00Z", next: "2026-11-24T08:10:00Z"),
        (
            hours: Array(0..<24), days: [], at: "2026-11-24T08:10:00Z",
            next: "2026-11-24T08:10:00Z"
        ),
    ])
    func skipsHoursAndDays(hours: [Int], days: [Int], at: String, next: String) throws {
        let skipped = SkippedTimes(
            hours: hours.reduce(0) { $0 | 1 << UInt32($1) },
            days: days.reduce(0) { $0 | 1 << UInt8($1) })
        let moment = try #require(Timestamp(rfc3339: at))
        #expect(skipped.next(from: moment) == Timestamp(rfc3339: next))
    }

    /// The elements of RSS 2.0, with a day in another case and an hour as 0.91 counted it.
    @Test func readsSkippedTimesOfADocument() throws {
        let text = """
            <rss version="2.0"><channel><title>T</title><ttl>90</ttl>
            <skipHours><hour>3</hour><hour>24</hour><hour>77</hour></skipHours>
            <skipDays><day>Sunday</day><day>monday</day><day>Someday</day></skipDays>
            <item><title>A</title></item></channel></rss>
            """
        let document = try FeedParser.parse(Array(text.utf8), FeedContext(url: nil))
        #expect(document.feed.skipped == SkippedTimes(hours: 1 << 3 | 1, days: 1 << 6 | 1))
        let hints = PollHints(headers: [:], feed: document.feed, now: start)
        #expect(hints.feedInterval == .minutes(90))
        #expect(hints.skipped == document.feed.skipped)
    }

    /// Eight days, whatever the rate; five answers in a row, where the rate contradicts them.
    @Test func believesValidatorsForAWhile() {
        func validators(of state: SourceState, every step: Duration, times: Int) -> [Bool] {
            var state = state
            var now = start
            PollSchedule.keep(
                etag: "e", lastModified: nil, bodyHash: nil, in: &state, now: now)
            return (1...times).map { _ in
                now = now + step
                PollSchedule.keepUnchanged(etag: nil, lastModified: nil, in: &state, now: now)
                return state.etag != nil
            }
        }
        // One entry in ten days: nothing within eight of them is no wonder.
        var slow = SourceState(nextDue: start)
        slow.decayedDays = 9
        #expect(
            validators(of: slow, every: .days(1), times: 9)
                == [true, true, true, true, true, true, true, true, false])
        // 24 a day: with 0.01 = exp(−4.6), 4.6 hours without any are one too many.
        var busy = SourceState(nextDue: start)
        (busy.decayedEntries, busy.decayedDays) = (239, 9)
        #expect(
            validators(of: busy, every: .hours(1), times: 5) == [true, true, true, true, false])
        #expect(validators(of: busy, every: .minutes(50), times: 5).last == true)
        #expect(validators(of: busy, every: .hours(2), times: 4).last == true)
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
