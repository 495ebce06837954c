import DequeModule
package import EarshotDomain
import HeapModule

/// Who may start next: within a limit in all and the pace of each host, and fair to all hosts.
///
/// The hosts stand in a heap by the moment at which they may be asked again, and among equals in
/// the order in which they came there, so a host with many items never holds up one with few. The
/// items of one host go first come, first served. Reads no clock; the same calls give the same
/// order. Each call is O(log hosts), amortised.
package struct PacedQueue<Item: Sendable>: Sendable {
    private struct Lane {
        var items = Deque<Item>()
        /// Whether the host stands in the heap; else it waits for the end of a request.
        var isQueued = false
    }

    /// Items that run at once.
    package let limit: Int
    package private(set) var pace: HostPace
    package private(set) var running = 0
    private var lanes: [String?: Lane] = [:]
    private var heap = Heap<ReadyHost>()
    private var lastNumber: UInt64 = 0

    /// - Parameter limit: at least 1.
    package init(limit: Int, pace: HostPace) {
        self.limit = max(1, limit)
        self.pace = pace
    }

    /// - Parameter host: nil where no pace has to be kept.
    package mutating func arrive(_ item: Item, host: String?, at now: Timestamp) {
        lanes[host, default: Lane()].items.append(item)
        enqueue(host, at: now)
    }

    /// The next item to start, counted as running until it leaves; nil where none may at `now`.
    ///
    /// - Parameter isWanted: an item that is not is dropped, and nothing starts in its place.
    package mutating func next(
        at now: Timestamp, where isWanted: (Item) -> Bool = { _ in true }
    ) -> (item: Item, host: String?)? {
        guard running < limit else { return nil }
        while let ready = heap.min, ready.time <= now {
            heap.removeMin()
            let host = ready.host
            lanes[host]?.isQueued = false
            guard delay(of: host, at: now) == .zero else {
                enqueue(host, at: now)
                continue
            }
            while let item = lanes[host]?.items.popFirst() {
                guard isWanted(item) else { continue }
                running += 1
                if let host { pace.started(host, at: now) }
                enqueue(host, at: now)
                return (item, host)
            }
            lanes[host] = nil
        }
        return nil
    }

    /// An item that has started has ended.
    package mutating func leave(host: String?, at now: Timestamp) {
        running -= 1
        guard let host else { return }
        pace.finished(host, at: now)
        enqueue(host, at: now)
    }

    /// How long from `now` until the next start, where that only takes time.
    package mutating func delay(at now: Timestamp) -> Duration? {
        guard running < limit else { return nil }
        while let ready = heap.min {
            if let delay = delay(of: ready.host, at: now), now + delay <= max(ready.time, now) {
                return max(.zero, ready.time - now)
            }
            // Paused since it came into the heap.
            heap.removeMin()
            lanes[ready.host]?.isQueued = false
            enqueue(ready.host, at: now)
        }
        return nil
    }

    package mutating func carries(_ sources: Int, on host: String) {
        pace.carries(sources, on: host)
    }

    package mutating func paused(_ host: String, until end: Timestamp) {
        pace.paused(host, until: end)
    }

    /// Takes away whatever waits for the host.
    package mutating func withdraw(from host: String) -> [Item] {
        var items: [Item] = []
        while let item = lanes[host]?.items.popFirst() { items.append(item) }
        return items
    }

    private func delay(of host: String?, at now: Timestamp) -> Duration? {
        guard let host else { return .zero }
        return pace.delay(for: host, at: now)
    }

    /// Puts the host into the heap, unless it stands there, has nothing waiting or no place free.
    private mutating func enqueue(_ host: String?, at now: Timestamp) {
        guard let lane = lanes[host], !lane.isQueued else { return }
        guard !lane.items.isEmpty else { return lanes[host] = nil }
        guard let delay = delay(of: host, at: now) else { return }
        lanes[host]?.isQueued = true
        lastNumber += 1
        heap.insert(ReadyHost(time: now + delay, number: lastNumber, host: host))
    }
}

/// A host by the moment at which it is ready, then by the order in which it came.
private struct ReadyHost: Comparable {
    let time: Timestamp
    let number: UInt64
    let host: String?

    static func < (left: ReadyHost, right: ReadyHost) -> Bool {
        (left.time, left.number) < (right.time, right.number)
    }
}
