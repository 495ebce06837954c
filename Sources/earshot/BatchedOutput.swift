import Dispatch
import Synchronization

/// Standard output for answers that end in any order: what comes while it is being written goes out
/// together, and nobody who answers waits for a pipe.
final class BatchedOutput: Sendable {
    private struct State {
        var answers: [[UInt8]] = []
        var bytes = 0
        var isWriting = false
        /// Waits until nothing lies here any longer.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "earshot.standard-output")

    /// Bytes that may wait for a slow reader; chosen: some answers of the largest feeds.
    private static let limit = 4 << 20

    /// Answers up to this are put together for one write; chosen: what a pipe holds on Linux.
    private static let packet = 64 << 10

    /// Takes a line; returns late where the reader is slow.
    func write(_ line: [UInt8]) async {
        let (mustStart, isFull) = state.withLock { state in
            if let last = state.answers.indices.last,
                state.answers[last].count + line.count <= Self.packet
            {
                state.answers[last].append(contentsOf: line)
            } else {
                state.answers.append(line)
            }
            state.bytes += line.count
            defer { state.isWriting = true }
            return (!state.isWriting, state.bytes > Self.limit)
        }
        if mustStart { queue.async { self.drain() } }
        if isFull { await flush() }
    }

    /// Returns when all is written.
    func flush() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.isWriting { state.waiting.append(continuation) }
                return !state.isWriting
            }
            if isIdle { continuation.resume() }
        }
    }

    private func drain() {
        while true {
            let (answers, waiting) = state.withLock { state in
                let taken = (state.answers, state.waiting)
                if state.answers.isEmpty {
                    state.isWriting = false
                    state.waiting = []
                }
                state.answers = []
                state.bytes = 0
                return taken
            }
            guard !answers.isEmpty else {
                for continuation in waiting { continuation.resume() }
                return
            }
            for answer in answers { put(answer) }
        }
    }
}
