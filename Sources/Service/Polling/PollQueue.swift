package import EarshotDomain
import EarshotFeeds
package import EarshotStore
package import EarshotTransport
import HeapModule

/// Which source is polled next: those to come in a heap by their times, those that are due at the
/// pace of their hosts.
///
/// A source counts with the host that answered it last, behind all redirects. Reads no clock; the
/// same calls give the same order.
package struct PollQueue: Sendable {
    /// A poll that may start.
    struct Start: Sendable {
        let record: SourceRecord
        let host: String
    }

    private var records: [Identifier<Source>: SourceRecord] = [:]
    private var coming = Heap<DueSource>()
    private var due: PacedQueue<Identifier<Source>>
    /// Due or in flight.
    private var busy: Set<Identifier<Source>> = []
    /// Whether a source that was polled comes back at its next time.
    private let repeats: Bool
    /// In one pass: hosts whose pause is not waited for, and how many sources that left out.
    private var left: Set<String> = []
    private(set) var held = 0

    /// - Parameters:
    ///   - pauses: hosts that asked to be left alone before.
    ///   - inFlight: polls at a time over all hosts.
    ///   - now: when the queue begins.
    ///   - end: with it a queue for one pass: only what is due by then, each source once.
    package init(
        _ sources: [SourceRecord], pauses: [HostPause] = [], inFlight: Int, at now: Timestamp,
        dueBy end: Timestamp? = nil, rules: HostPace.Rules = HostPace.Rules()
    ) {
        due = PacedQueue(limit: inFlight, pace: HostPace(rules))
        repeats = end == nil
        var carried: [String: Int] = [:]
        for record in sources {
            let host = record.host
            carried[host, default: 0] += 1
            // A start of another process counts like one of ours; one ahead of a clock that was
            // set back counts as of now.
            if let last = record.state.lastPolled {
                due.paused(host, until: min(last, now) + rules.interval)
            }
        }
        for (host, count) in carried { due.carries(count, on: host) }
        for pause in pauses { self.pause(pause) }
        for record in sources where end.map({ record.state.nextDue <= $0 }) ?? true {
            put(record)
        }
    }

    /// What may start at `now`, the longest overdue first, ties in the order of their keys; each
    /// counts as in flight until it is `finished`.
    mutating func starts(at now: Timestamp) -> [Start] {
        while let first = coming.min, first.time <= now {
            coming.removeMin()
            guard isCurrent(first), let record = records[first.source] else { continue }
            busy.insert(first.source)
            if left.contains(record.host) {
                held += 1
            } else {
                due.arrive(first.source, host: record.host, at: now)
            }
        }
        var starts: [Start] = []
        while let (id, host) = due.next(at: now) {
            guard let record = records[id], let host else { continue }
            starts.append(Start(record: record, host: host))
        }
        return starts.sorted {
            ($0.record.state.nextDue, $0.record.source.key)
                < ($1.record.state.nextDue, $1.record.source.key)
        }
    }

    /// The next moment after `now` at which something may start, where that only takes time.
    mutating func nextStart(after now: Timestamp) -> Timestamp? {
        while let first = coming.min, !isCurrent(first) { coming.removeMin() }
        let paced = due.delay(at: now).map { now + $0 }
        return [coming.min?.time, paced].compactMap { $0 }.min()
    }

    /// A poll has come to its end on the wire.
    mutating func finished(_ start: Start, at now: Timestamp) {
        due.leave(host: start.host, at: now)
    }

    /// A poll is in the store, with the state it gave.
    mutating func committed(_ start: Start, state: SourceState) {
        busy.remove(start.record.source.id)
        var record = start.record
        record.state = state
        if repeats { put(record) }
    }

    /// A source has another time; one that is due or in flight already keeps its place.
    mutating func reschedule(_ record: SourceRecord) {
        if !busy.contains(record.source.id), repeats { put(record) }
    }

    mutating func pause(_ pause: HostPause) {
        due.paused(pause.host, until: pause.until)
        guard !repeats else { return }
        left.insert(pause.host)
        held += due.withdraw(from: pause.host).count
    }

    private mutating func put(_ record: SourceRecord) {
        records[record.source.id] = record
        coming.insert(
            DueSource(
                time: record.state.nextDue, key: record.source.key, source: record.source.id))
    }

    /// Whether it was not overtaken by another time, or has left already.
    private func isCurrent(_ place: DueSource) -> Bool {
        !busy.contains(place.source) && records[place.source]?.state.nextDue == place.time
    }
}

extension SourceRecord {
    /// The host that its polls count with.
    package var host: String { state.host ?? PollHost.of(address) }
}

/// A source by its time, then by its key.
private struct DueSource: Comparable {
    let time: Timestamp
    let key: String
    let source: Identifier<Source>

    static func < (left: DueSource, right: DueSource) -> Bool {
        (left.time, left.key) < (right.time, right.key)
    }
}
