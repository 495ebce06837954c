import CCurl
import Synchronization

/// How tasks speak to the loop's thread.
final class Mailbox: Sendable {
    /// The loop's multi handle, for the one call that libcurl allows from other threads.
    ///
    /// `@unchecked`: the pointer goes nowhere but into `curl_multi_wakeup`, and only under the
    /// mailbox's lock, under which the loop takes it away before it frees the handle.
    private struct Bell: @unchecked Sendable {
        let multi: UnsafeMutableRawPointer

        func ring() { curl_multi_wakeup(multi) }
    }

    struct Mail {
        var arrivals: [Order] = []
        var cancelled: [Order.ID] = []
        var isClosed = false

        var isEmpty: Bool { arrivals.isEmpty && cancelled.isEmpty }
    }

    private struct State {
        var mail = Mail()
        var bell: Bell?
        var hasEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let lastID = Atomic<Order.ID>(0)

    func newID() -> Order.ID {
        lastID.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// False where the engine has been shut down.
    func post(_ order: Order) -> Bool {
        state.withLock { state in
            guard !state.mail.isClosed else { return false }
            // Mail that lies here already has rung.
            if state.mail.isEmpty { state.bell?.ring() }
            state.mail.arrivals.append(order)
            return true
        }
    }

    /// May name an order that has ended, or one that comes with the same mail.
    func cancel(_ id: Order.ID) {
        state.withLock { state in
            if state.mail.isEmpty { state.bell?.ring() }
            state.mail.cancelled.append(id)
        }
    }

    func close() {
        state.withLock { state in
            state.mail.isClosed = true
            state.bell?.ring()
        }
    }

    /// Returns when the loop has freed all it had.
    func awaitEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waiting.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    // MARK: The loop's side

    /// Registers the handle that mail wakes, nil before it is freed.
    func setBell(_ multi: UnsafeMutableRawPointer?) {
        let bell = multi.map { Bell(multi: $0) }
        state.withLock { $0.bell = bell }
    }

    /// Everything posted since the last call.
    func takeMail() -> Mail {
        state.withLock { state in
            defer {
                state.mail.arrivals = []
                state.mail.cancelled = []
            }
            return state.mail
        }
    }

    func loopHasEnded() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
