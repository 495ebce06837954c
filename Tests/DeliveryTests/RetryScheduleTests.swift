import EarshotDelivery
import EarshotDomain
import Testing

@Suite struct RetryScheduleTests {
    private static let start = Timestamp(seconds: 1_772_000_000)

    private static func message(_ id: String = "alert_1", attempts: Int = 0) -> OutboxMessage {
        OutboxMessage(
            id: Identifier(1),
            draft: OutboxDraft(id: id, destination: "team", kind: "alert.opened", payload: "{}"),
            knownAt: start, attempts: attempts, nextAttemptAt: start)
    }

    private static func attempt(
        _ status: Int?, at now: Timestamp = start, retryAfter: Duration? = nil
    ) -> DeliveryAttempt {
        DeliveryAttempt(
            sentAt: now, endedAt: now, status: status, error: status == nil ? "timeout" : nil,
            retryAfter: retryAfter)
    }

    /// Svix's schedule, within the ±20 % of the reliability note's R10; then the end.
    @Test func waitsGrowAndEnd() throws {
        let waits: [Double] = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000]
        var now = Self.start
        for (attempts, wait) in waits.enumerated() {
            let verdict = RetrySchedule.verdict(
                on: Self.message(attempts: attempts), after: Self.attempt(500, at: now))
            guard case .retry(let moment) = verdict else {
                Issue.record("try \(attempts + 1) came to \(verdict)")
                return
            }
            let seconds = Double((moment - now).milliseconds) / 1_000
            #expect(abs(seconds / wait - 1) <= 0.2)
            now = now + .milliseconds(Int64(wait * 1_000))
        }
        #expect(
            RetrySchedule.verdict(
                on: Self.message(attempts: 7), after: Self.attempt(500, at: now)) == .failed)
    }

    @Test func messagesThatFailTogetherDoNotReturnTogether() {
        let moments = (0..<100).map { number in
            RetrySchedule.verdict(
                on: Self.message("alert_\(number)", attempts: 1), after: Self.attempt(503))
        }
        #expect(Set(moments).count > 90)
        #expect(
            moments[7]
                == RetrySchedule.verdict(
                    on: Self.message("alert_7", attempts: 1), after: Self.attempt(503)))
    }

    @Test(
        arguments: [
            (200, .delivered), (204, .delivered), (299, .delivered), (410, .destinationGone),
        ] as [(Int, DeliveryVerdict)])
    func someStatusesSettleIt(status: Int, verdict: DeliveryVerdict) {
        #expect(RetrySchedule.verdict(on: Self.message(), after: Self.attempt(status)) == verdict)
    }

    @Test(arguments: [nil, 301, 302, 304, 400, 401, 404, 408, 413, 500, 502, 999])
    func theRestIsTriedAgain(status: Int?) {
        guard
            case .retry(let moment) = RetrySchedule.verdict(
                on: Self.message(), after: Self.attempt(status))
        else {
            Issue.record("\(String(describing: status)) is not tried again")
            return
        }
        #expect((4_000...6_000).contains((moment - Self.start).milliseconds))
    }

    @Test(
        arguments: [
            (429, 120, 120), (503, 120, 120), (429, 0, 1), (429, 10_000_000, 86_400),
        ] as [(Int, Int64, Int64)])
    func aReceiversOwnTimeIsKept(status: Int, asked: Int64, waited: Int64) {
        let attempt = Self.attempt(status, retryAfter: .seconds(asked))
        #expect(
            RetrySchedule.verdict(on: Self.message(), after: attempt)
                == .retry(at: Self.start + .seconds(waited)))
    }

    /// A receiver that asks for a second again and again must not use up a day's patience.
    @Test func shortWaitsThatWereAskedForLoseNothing() {
        let attempt = Self.attempt(429, at: Self.start + .minutes(1), retryAfter: .seconds(1))
        #expect(
            RetrySchedule.verdict(on: Self.message(attempts: 60), after: attempt)
                == .retry(at: attempt.endedAt + .seconds(1)))
        let late = Self.attempt(429, at: Self.start + .hours(28), retryAfter: .seconds(1))
        #expect(RetrySchedule.verdict(on: Self.message(attempts: 60), after: late) == .failed)
    }
}
