import EarshotDomain
import EarshotStore
package import EarshotTransport

/// Polls sources at the pace of their hosts, and hands the results over one by one.
///
/// What has started first is committed first, whatever the order of arrival; what arrives early
/// waits. In a replay no time passes while something is in flight, so a moment's polls are one
/// batch, and any number in flight comes to the same.
package struct Poller: Sendable {
    /// What there is to do once all that came is looked at.
    struct Settled: Sendable {
        /// Sources that are due at another time now.
        var rescheduled: [SourceRecord] = []
        /// When it wants to be called again, though nothing was polled.
        var wake: Timestamp?
    }

    /// When polling begins and ends.
    struct Span: Sendable {
        /// Nothing becomes known earlier than this.
        var start: Timestamp
        /// Whether there is something to look at before anything is polled.
        var isUnsettled = false
        /// No poll starts later.
        var end: Timestamp?
    }

    private enum Event: Sendable {
        case polled(Int, PolledSource)
        case timer(Timestamp)
        case stopped
    }

    private let fetch: SourceFetch
    let inFlight: Int

    /// Polls that have started and are not committed, at most so many times `inFlight`: one slow
    /// server must not keep the others waiting (chosen; a bound on what waits in memory).
    private static let window = 8
    /// The wall clock is looked at this often, for it may be set.
    private static let longestSleep = Duration.seconds(60)

    /// The pace of hops on their way: the queue keeps that of their first host, and an engine does
    /// not know which hosts are large.
    package static var hopRules: HostPace.Rules {
        var rules = HostPace.Rules()
        rules.inFlight = rules.inFlightOfLarge
        return rules
    }

    /// - Parameter inFlight: polls at a time, at least 1.
    package init(
        engine: FetchEngine, inFlight: Int, mappings: SourceMappings = SourceMappings()
    ) {
        self.init(inFlight: inFlight, mappings: mappings) { try await engine.fetch($0) }
    }

    /// - Parameter network: brings one document; throws `TransportError`, or `CancellationError`.
    package init(
        inFlight: Int, mappings: SourceMappings = SourceMappings(),
        network: @escaping @Sendable (FetchRequest) async throws -> FetchResponse
    ) {
        fetch = SourceFetch(mappings: mappings, network: network)
        self.inFlight = max(1, inFlight)
    }

    /// Polls until the queue has nothing more before the span's end, or `stop` is raised: then
    /// what is in hand is committed, and what is in flight let go.
    ///
    /// - Parameters:
    ///   - unknown: tells how far back a platform's pages are to be read.
    ///   - commit: stores a result as known at a moment, and tells the state that it gave.
    ///   - settle: is called after commits, with their moment; moments rise.
    func poll(
        _ queue: inout PollQueue, on clock: PassClock, during span: Span, stop: StopSignal?,
        unknown: @escaping SourceFetch.Unknown,
        commit: (PolledSource, Timestamp) async throws -> SourceState,
        settle: (Timestamp) async throws -> Settled
    ) async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            defer { group.cancelAll() }
            if let stop {
                group.addTask {
                    await stop.wait()
                    return .stopped
                }
            }
            var line = Line()
            var earliest = span.start
            var isUnsettled = span.isUnsettled
            var (wake, timer): (Timestamp?, Timestamp?)
            clock.advance(to: earliest)
            while true {
                let now = max(clock.now, earliest)
                if line.count < Self.window * inFlight { line.backlog += queue.starts(at: now) }
                while line.running < inFlight, let (number, start) = line.begin() {
                    group.addTask { [fetch] in
                        let polled = try await fetch.polled(
                            start.record, now: now, isPaced: !clock.isReplay, unknown: unknown)
                        return .polled(number, polled)
                    }
                }
                let isQuiet = line.count == 0
                if isQuiet || !clock.isReplay, isUnsettled || wake.map({ $0 <= now }) ?? false {
                    let settled = try await settle(now)
                    for record in settled.rescheduled { queue.reschedule(record) }
                    wake = settled.wake
                    isUnsettled = false
                    // What becomes known later has a later moment.
                    earliest = now + .milliseconds(1)
                    clock.advance(to: earliest)
                    continue
                }
                let next = [queue.nextStart(after: now), wake].compactMap { $0 }.min()
                if isQuiet {
                    guard let next, span.end.map({ next <= $0 }) ?? true else { return }
                    if clock.isReplay {
                        clock.advance(to: next)
                        continue
                    }
                }
                if !clock.isReplay, let next, timer.map({ next < $0 }) ?? true {
                    timer = next
                    let wait = max(.zero, min(next - now, Self.longestSleep))
                    group.addTask {
                        try? await Task.sleep(for: wait)
                        return .timer(next)
                    }
                }
                switch try await group.next() {
                case .polled(let number, let polled):
                    let now = max(clock.now, earliest)
                    if let start = line.arrive(number, polled) { queue.finished(start, at: now) }
                    while let (start, polled) = line.next() {
                        let state = try await commit(polled, now)
                        if let pause = polled.pause { queue.pause(pause) }
                        queue.committed(start, state: state)
                        isUnsettled = true
                    }
                case .timer(let moment):
                    if timer == moment { timer = nil }
                case .stopped, nil: return
                }
            }
        }
    }
}

extension Poller {
    /// The polls between their start and their commit, numbered in the order of their starts.
    private struct Line {
        /// To be begun.
        var backlog: [PollQueue.Start] = []
        /// In flight.
        private(set) var running = 0
        private var begun: [Int: PollQueue.Start] = [:]
        private var arrived: [Int: PolledSource] = [:]
        private var started = 0
        private var committed = 0

        var count: Int { begun.count + backlog.count }

        mutating func begin() -> (Int, PollQueue.Start)? {
            guard !backlog.isEmpty else { return nil }
            let (number, start) = (started, backlog.removeFirst())
            begun[number] = start
            started += 1
            running += 1
            return (number, start)
        }

        mutating func arrive(_ number: Int, _ polled: PolledSource) -> PollQueue.Start? {
            running -= 1
            arrived[number] = polled
            return begun[number]
        }

        /// The next to be committed; nil where it has not come yet.
        mutating func next() -> (PollQueue.Start, PolledSource)? {
            guard let polled = arrived.removeValue(forKey: committed),
                let start = begun.removeValue(forKey: committed)
            else { return nil }
            committed += 1
            return (start, polled)
        }
    }
}
