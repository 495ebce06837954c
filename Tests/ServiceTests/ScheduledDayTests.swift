import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import Foundation
import Testing

/// A day of a thousand sources on sixty hosts, through the real scheduler and a real store.
@Suite(.serialized) struct ScheduledDayTests {
    private struct Day: Equatable {
        var requests: [SimulatedWeb.Request] = []
        /// All that the store knows of each source, and its log.
        var records: [SourceRecord] = []
        var log: [[PollLogLine]] = []
        var counts: StoreCounts?
        /// Sources that were found waiting for longer than their host's queue explains.
        var starved: [String] = []
    }

    private static let end = SimulatedWeb.start + .days(1)

    /// Runs from the start to each of `stops` with a process of its own.
    private func day(inFlight: Int, stops: [Timestamp]) async throws -> Day {
        try await Project.withFolder { folder in
            var day = Day()
            let path = folder.appending(path: "day.db").path
            var now = SimulatedWeb.start
            for stop in stops {
                let store = try await Store.open(path: path)
                _ = try await store.synchronise(
                    sources: SimulatedWeb.sources, now: SimulatedWeb.start)
                let clock = ReplayClock(now)
                let web = SimulatedWeb { clock.now }
                var pipeline = try await Pipeline(
                    store: store,
                    poller: Poller(inFlight: inFlight) { try await web.answer($0) },
                    configuration: Configuration(), now: now)
                var settled = 0
                var starved: Set<String> = []
                _ = try await pipeline.follow(on: .replay(clock), until: stop) { now in
                    settled += 1
                    if settled % 50 == 0 { starved.formUnion(try await late(in: store, at: now)) }
                    return nil
                }
                day.requests += web.requests
                day.starved += starved.sorted()
                now = stop
                if stop == stops.last {
                    day.records = try await store.sources()
                    for record in day.records {
                        day.log.append(try await store.polls(of: record.source.id, limit: 1_000))
                    }
                    day.counts = try await store.counts()
                }
                try store.close()
            }
            return day
        }
    }

    /// The keys of sources that are overdue by more than one start of each source of their host,
    /// twice over, and by more than its pause.
    private func late(in store: Store, at now: Timestamp) async throws -> [String] {
        let records = try await store.schedule()
        let carried = Dictionary(grouping: records, by: \.host).mapValues(\.count)
        let paused = Set(
            try await store.pauses(after: now - SimulatedWeb.crossFor).map(\.host))
        return records.filter { record in
            let queue = Duration.seconds(2 * Int64(carried[record.host] ?? 0))
            return now - record.state.nextDue > queue && !paused.contains(record.host)
        }.map(\.source.key)
    }

    @Test func keepsEveryHostsPaceAndStarvesNone() async throws {
        let day = try await day(inFlight: 1, stops: [Self.end])
        #expect(day.requests.count > 4_000)
        #expect(day.starved.isEmpty)
        for (host, requests) in Dictionary(grouping: day.requests, by: \.host) {
            let starts = requests.map(\.at)
            for (before, after) in zip(starts, starts.dropFirst()) {
                #expect(after - before >= .seconds(1), "\(host) at \(before)")
            }
        }
        expectFaultsMet(day)
        expectIntervalsKept(day)

        // Eight in flight, and a second process from noon on, come to the same.
        let other = try await self.day(
            inFlight: 8, stops: [SimulatedWeb.start + .hours(12), Self.end])
        let isTheSame = other == day
        #expect(isTheSame, "\(other.requests.count) requests, \(day.requests.count) before")
    }

    private func expectFaultsMet(_ day: Day) {
        // The host that was cross was left alone, and asked again.
        let cross = day.requests.filter { $0.host == SimulatedWeb.crossHost }
        let refusal = cross.first { $0.status == 429 }
        #expect(cross.count { $0.status == 429 } == 1)
        if let refusal {
            let next = cross.first { $0.at > refusal.at }
            #expect((next?.at ?? refusal.at) >= refusal.at + SimulatedWeb.crossFor)
        }
        // Gone is asked once, what moved once at its old place.
        #expect(day.requests.count { $0.path.hasSuffix("41") } == 10)
        let moving = day.requests.filter { Int($0.path).map { $0 % 100 == 43 } ?? false }
        #expect(moving.count == 10)
        #expect(day.records.count { $0.state.movedTo != nil } == 10)
        // Time-outs go on, less and less often.
        let slow = day.records.filter { $0.source.url.hasSuffix("42") }
        #expect(slow.count == 10)
        #expect(slow.allSatisfy { $0.state.failures >= 1 && $0.state.dueReason == .backOff })
        // Without validators the body tells that nothing is new, and is not read again.
        let unread = day.log.joined().filter { $0.outcome == .sameBody }
        #expect(unread.count > 100)
        #expect(unread.allSatisfy { $0.bytes > 0 && $0.parsedBytes == 0 })
    }

    /// Between two polls of a source that answers lies at most the longest interval, its jitter, and
    /// the queue of its host.
    private func expectIntervalsKept(_ day: Day) {
        let carried = Dictionary(grouping: day.records, by: \.host).mapValues(\.count)
        for (record, log) in zip(day.records, day.log)
        where !log.contains(where: { $0.outcome == .failed }) {
            let moments = log.map(\.eventAt).reversed()
            let queue = Duration.seconds(2 * Int64(carried[record.host] ?? 0))
            let most = Duration.minutes(396) + queue + SimulatedWeb.crossFor
            let gaps = zip(moments, moments.dropFirst()).map { $1 - $0 }
            #expect(moments.count >= 3, "\(record.source.key) was polled \(moments.count) times")
            #expect(gaps.allSatisfy { $0 <= most }, "\(record.source.key)")
        }
    }
}
