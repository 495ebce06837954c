import EarshotDomain
import EarshotTransport
import Testing

@Suite struct PacedQueueTests {
    private let start = Timestamp(seconds: 1_000)

    @Test func aHostWithMuchToDoHoldsUpNobody() {
        var queue = PacedQueue<Int>(limit: 100, pace: HostPace())
        for k in 0..<1_000 { queue.arrive(k, host: "much", at: start) }
        for k in 1_000..<1_020 { queue.arrive(k, host: "host\(k)", at: start) }
        var started: [Int] = []
        while let (item, _) = queue.next(at: start) { started.append(item) }
        #expect(started == [0] + Array(1_000..<1_020))
        #expect(queue.delay(at: start) == nil)
        queue.leave(host: "much", at: start)
        #expect(queue.delay(at: start) == .seconds(1))
        #expect(queue.next(at: start + .milliseconds(999)) == nil)
        #expect(queue.next(at: start + .seconds(1))?.item == 1)
    }

    @Test func whatHasNoHostKeepsNoPace() {
        var queue = PacedQueue<Int>(limit: 3, pace: HostPace())
        for k in 0..<5 { queue.arrive(k, host: nil, at: start) }
        #expect((0..<4).map { _ in queue.next(at: start)?.item } == [0, 1, 2, nil])
        #expect(queue.delay(at: start) == nil)
        queue.leave(host: nil, at: start)
        #expect(queue.next(at: start)?.item == 3)
    }

    @Test func whatIsNotWantedAnyLongerStartsNothing() {
        var queue = PacedQueue<Int>(limit: 9, pace: HostPace())
        for k in 0..<3 { queue.arrive(k, host: "a", at: start) }
        #expect(queue.next(at: start) { $0 == 2 }?.item == 2)
        #expect(queue.running == 1)
        queue.arrive(3, host: "b", at: start)
        #expect(queue.next(at: start) { _ in false } == nil)
        #expect(queue.running == 1)
        queue.arrive(4, host: "b", at: start)
        #expect(queue.next(at: start)?.item == 4)
    }

    @Test func aPauseHoldsWhatWaitsAndLetsItBeTakenBack() {
        var queue = PacedQueue<Int>(limit: 9, pace: HostPace())
        for k in 0..<3 { queue.arrive(k, host: "a", at: start) }
        queue.paused("a", until: start + .minutes(10))
        #expect(queue.next(at: start) == nil)
        #expect(queue.delay(at: start) == .minutes(10))
        #expect(queue.withdraw(from: "a") == [0, 1, 2])
        queue.arrive(3, host: "a", at: start)
        #expect(queue.next(at: start + .minutes(9)) == nil)
        #expect(queue.next(at: start + .minutes(10))?.item == 3)
    }

    /// A day of polls on 60 hosts against bookkeeping that looks at every host each time.
    @Test func aSimulatedDayKeepsThePaceStarvesNobodyAndReplays() {
        let first = day()
        #expect(first.starts.count == 5_000)
        #expect(first.starts == day().starts)
    }

    private struct Day {
        var starts: [Int] = []
        var waiting: [String: Int] = [:]
        var running: [String: Int] = [:]
        var lastStart: [String: Timestamp] = [:]
        var pausedUntil: [String: Timestamp] = [:]

        func mayStart(_ host: String, at now: Timestamp) -> Bool {
            let places = host.hasSuffix("0") ? 2 : 1
            return waiting[host, default: 0] > 0 && running[host, default: 0] < places
                && lastStart[host].map { now - $0 >= .seconds(1) } ?? true
                && pausedUntil[host].map { now >= $0 } ?? true
        }
    }

    private func day() -> Day {
        var seed: UInt64 = 7
        func random(_ limit: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % limit
        }
        var queue = PacedQueue<Int>(limit: 32, pace: HostPace())
        var day = Day()
        for k in 0..<6 { queue.carries(51, on: "host\(10 * k)") }
        var ends: [(at: Timestamp, host: String)] = []
        var arrived = 0
        var now = start
        while arrived < 5_000 || !ends.isEmpty || !day.waiting.isEmpty {
            for _ in 0..<random(8) where arrived < 5_000 {
                // A few hosts get most of what comes.
                let host = "host\(min(random(60), random(60)))"
                queue.arrive(arrived, host: host, at: now)
                day.waiting[host, default: 0] += 1
                arrived += 1
            }
            for end in ends where end.at <= now {
                queue.leave(host: end.host, at: now)
                day.running[end.host, default: 0] -= 1
                if random(20) == 0 {
                    day.pausedUntil[end.host] = now + .seconds(5)
                    queue.paused(end.host, until: now + .seconds(5))
                }
            }
            ends.removeAll { $0.at <= now }
            while let (item, host) = queue.next(at: now) {
                guard let host, day.mayStart(host, at: now) else {
                    Issue.record("\(item) started against the pace")
                    return day
                }
                day.starts.append(item)
                let left = day.waiting[host, default: 0] - 1
                day.waiting[host] = left > 0 ? left : nil
                day.running[host, default: 0] += 1
                day.lastStart[host] = now
                ends.append((now + .milliseconds(Int64(random(3_000))), host))
            }
            let held = day.waiting.keys.filter { day.mayStart($0, at: now) }
            guard queue.running == 32 || held.isEmpty else {
                Issue.record("\(held) could have started")
                return day
            }
            now = now + .milliseconds(100)
        }
        return day
    }
}
