import Synchronization

/// Lets in so many at a time, one after another.
final class Places: Sendable {
    private struct State {
        var free: Int
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Returns when there is a place; one task alone may call it.
    func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting = continuation
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let waiting = state.withLock { state in
            guard let waiting = state.waiting.take() else {
                state.free += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return waiting
        }
        waiting?.resume()
    }
}
