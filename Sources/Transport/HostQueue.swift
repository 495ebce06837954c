/// Who may start next: first come, first served, within a limit in all and one for each host.
///
/// libcurl has a queue of its own, but there the wait counts against a transfer's time-out.
struct HostQueue {
    let total: Int
    let perHost: Int

    private var running = 0
    private var runningAt: [String: Int] = [:]
    private var ready = FIFO()
    /// Passed over because their host had no room.
    private var waitingAt: [String: FIFO] = [:]

    init(total: Int, perHost: Int) {
        self.total = total
        self.perHost = perHost
    }

    mutating func arrive(_ id: Order.ID, host: String?) {
        ready.append((id, host))
    }

    /// The next order to start, counted as running until it leaves.
    mutating func next() -> (Order.ID, host: String?)? {
        guard running < total else { return nil }
        while let (id, host) = ready.popFirst() {
            if let host {
                guard runningAt[host, default: 0] < perHost else {
                    waitingAt[host, default: FIFO()].append((id, host))
                    continue
                }
                runningAt[host, default: 0] += 1
            }
            running += 1
            return (id, host)
        }
        return nil
    }

    /// Gives the place of a finished order to whoever waits for it.
    mutating func leave(host: String?) {
        running -= 1
        guard let host, let count = runningAt[host] else { return }
        runningAt[host] = count > 1 ? count - 1 : nil
        if let waiting = waitingAt[host]?.popFirst() {
            ready.append(waiting)
        } else {
            waitingAt[host] = nil
        }
    }
}

/// A queue in an array whose spent front is dropped when it is half of it.
private struct FIFO {
    private var items: [(Order.ID, String?)] = []
    private var head = 0

    mutating func append(_ item: (Order.ID, String?)) {
        items.append(item)
    }

    mutating func popFirst() -> (Order.ID, String?)? {
        guard head < items.count else { return nil }
        defer { head += 1 }
        if head > 32 && head > items.count / 2 {
            items.removeFirst(head)
            head = 0
        }
        return items[head]
    }
}
