import Dispatch
import Glibc
import Synchronization

/// Asks what runs to come to an end; raised once, by whomever.
package final class StopSignal: Sendable {
    private struct State {
        var isRaised = false
        var lastNumber = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package func raise() {
        let waiting = state.withLock { state in
            state.isRaised = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when it is raised, or the task is cancelled.
    func wait() async {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isRaised, !Task.isCancelled else { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }

    /// Raises it on SIGTERM and SIGINT, which then no longer end the process by themselves.
    package func raiseOnTermination() -> TerminationSources {
        TerminationSources(
            sources: [SIGTERM, SIGINT].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { self.raise() }
                source.resume()
                return source
            })
    }
}

/// Listens for signals as long as it lives.
package struct TerminationSources {
    let sources: [any DispatchSourceSignal]
}
