import Synchronization

/// How tasks speak to the loop's thread.
final class Mailbox: Sendable {
    struct Mail {
        var arrivals: [Order] = []
        var cancelled: [Order.ID] = []
        /// Of bodies that have been read.
        var releasedBytes = 0
        var isClosed = false

        var isEmpty: Bool {
            arrivals.isEmpty && cancelled.isEmpty && releasedBytes == 0 && !isClosed
        }
    }

    private struct State {
        var mail = Mail()
        /// Whether the loop waits, or is about to: only then mail has to ring.
        var isLoopAsleep = false
        var hasEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let bell = Bell()
    private let state = Mutex(State())
    private let lastID = Atomic<Order.ID>(0)

    func newID() -> Order.ID {
        lastID.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// False where the engine has been shut down.
    func post(_ order: Order) -> Bool {
        var isTaken = false
        send { mail in
            isTaken = !mail.isClosed
            if isTaken { mail.arrivals.append(order) }
        }
        return isTaken
    }

    /// May name an order that has ended, or one that comes with the same mail.
    func cancel(_ id: Order.ID) {
        send { $0.cancelled.append(id) }
    }

    /// A body that was held has been read.
    func release(bytes: Int) {
        if bytes > 0 { send { $0.releasedBytes += bytes } }
    }

    func close() {
        send { $0.isClosed = true }
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

    private func send(_ write: (inout Mail) -> Void) {
        let mustRing = state.withLock { state in
            write(&state.mail)
            defer { state.isLoopAsleep = false }
            return state.isLoopAsleep
        }
        if mustRing { bell.ring() }
    }

    // MARK: The loop's side

    /// Everything sent since the last call.
    func takeMail() -> Mail {
        state.withLock { state in
            defer {
                state.mail.arrivals = []
                state.mail.cancelled = []
                state.mail.releasedBytes = 0
                state.isLoopAsleep = false
            }
            return state.mail
        }
    }

    /// Whether the loop may wait for the bell: not while there is mail.
    func mayWait() -> Bool {
        state.withLock { state in
            state.isLoopAsleep = state.mail.isEmpty
            return state.isLoopAsleep
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
