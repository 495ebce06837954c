import Dispatch
import Glibc
import Synchronization

/// A line that cannot be answered.
package struct LineError: Error, Hashable {
    /// JSON of the line's id, where it could be read, echoed in the answer.
    package let id: [UInt8]?
    package let reason: String

    package init(id: [UInt8]? = nil, reason: String) {
        self.id = id
        self.reason = reason
    }

    /// The answer that stands in the line's place.
    package func write(line: Int, to writer: inout JSONWriter) {
        writer.beginObject()
        if let id {
            writer.name("id")
            writer.raw(id)
        }
        writer.name("error")
        writer.beginObject()
        writer.member("line", line)
        writer.member("reason", reason)
        writer.endObject()
        writer.endObject()
    }
}

/// The one loop of every filter: JSON Lines in, JSON Lines out, in order, streaming.
///
/// What has arrived is cut into lines, shared out among the threads in runs, and answered before
/// more is awaited, so that a filter in lock step with its caller never waits for a full buffer.
/// A bad line is answered by `{"id"?,"error":{"line","reason"}}` in its place and makes the exit
/// code 65; blank lines are passed over.
package struct LineFilter {
    /// Refuses lines longer than this many bytes; chosen: twice the largest body that is fetched.
    package static let lineLimit = 32 << 20

    /// Bytes taken in before they are answered; chosen: large enough to keep two cores busy.
    private static let batchLimit = 1 << 20

    private let threads: Int
    private let input: Int32
    private let output: Int32

    /// - Parameter threads: at least 1; the answer's bytes do not depend on it.
    package init(threads: Int, input: Int32 = 0, output: Int32 = 1) {
        self.threads = max(1, threads)
        self.input = input
        self.output = output
    }

    /// Answers every line until the input ends; gives the exit code.
    ///
    /// - Parameters:
    ///   - makeState: what one thread needs and keeps, such as scratch memory.
    ///   - answer: appends the answer, without its line feed, to the bytes it is given.
    package func run<State: Sendable>(
        makeState: @Sendable () -> State,
        answer: @Sendable (inout State, [UInt8], inout [UInt8]) throws -> Void
    ) -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        let workers = (0..<threads).map { _ in Worker(makeState()) }
        var pending: [UInt8] = []
        var firstLine = 1
        var isBad = false
        var isOver = false
        while !isOver {
            isOver = !fill(&pending)
            var lines = cut(&pending, isOver: isOver)
            if pending.count > Self.lineLimit {
                pending.removeAll()
                lines.append(ArraySlice())
                isOver = true
            }
            guard !lines.isEmpty else { continue }
            let runs = min(threads, lines.count)
            let (count, first, all) = (lines.count, firstLine, lines)
            DispatchQueue.concurrentPerform(iterations: runs) { run in
                let share = (run * count / runs)..<((run + 1) * count / runs)
                workers[run].answer(all[share], from: first + share.lowerBound, with: answer)
            }
            for worker in workers[..<runs] {
                let (bytes, bad) = worker.take()
                isBad = isBad || bad
                // A reader that has gone away wants no more answers.
                guard write(bytes) else { return 0 }
            }
            firstLine += lines.count
        }
        return isBad ? 65 : 0
    }

    /// Takes what is there, at least one byte; false at the end of input.
    private func fill(_ pending: inout [UInt8]) -> Bool {
        var isFirst = true
        while pending.count < Self.batchLimit || isFirst {
            if !isFirst {
                var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                guard poll(&descriptor, 1, 0) > 0 else { return true }
            }
            let old = pending.count
            pending.append(contentsOf: repeatElement(0, count: 1 << 16))
            let got = pending.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { read(input, $0 + old, 1 << 16) } ?? 0
            }
            pending.removeLast((1 << 16) - max(0, got))
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return false }
            isFirst = false
        }
        return true
    }

    /// The whole lines of `pending`, which keeps the rest.
    private func cut(_ pending: inout [UInt8], isOver: Bool) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while let end = pending[start...].firstIndex(of: 0x0A) {
            lines.append(pending[start..<end])
            start = end + 1
        }
        if isOver, start < pending.count {
            lines.append(pending[start...])
            start = pending.count
        }
        pending = Array(pending[start...])
        return lines
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count, let base = buffer.baseAddress {
                let wrote = Glibc.write(output, base + done, buffer.count - done)
                if wrote < 0, errno != EINTR { return false }
                done += max(0, wrote)
            }
            return true
        }
    }
}

/// One thread's state and answers; locked only because the compiler cannot see that each run has
/// a worker of its own.
private final class Worker<State: Sendable>: Sendable {
    private struct Desk {
        var state: State
        var answers: [UInt8] = []
        var isBad = false
    }

    private let desk: Mutex<Desk>

    init(_ state: State) {
        desk = Mutex(Desk(state: state))
    }

    func answer(
        _ lines: ArraySlice<ArraySlice<UInt8>>, from firstLine: Int,
        with answer: (inout State, [UInt8], inout [UInt8]) throws -> Void
    ) {
        desk.withLock { desk in
            for (offset, line) in lines.enumerated() {
                let isBlank = !line.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
                if isBlank { continue }
                let before = desk.answers.count
                do {
                    try answer(&desk.state, Array(line), &desk.answers)
                } catch {
                    desk.answers.removeLast(desk.answers.count - before)
                    desk.isBad = true
                    let known = error as? LineError ?? LineError(reason: "\(error)")
                    var writer = JSONWriter()
                    known.write(line: firstLine + offset, to: &writer)
                    desk.answers.append(contentsOf: writer.bytes)
                }
                desk.answers.append(0x0A)
            }
        }
    }

    /// The answers since the last call, and whether a line was bad.
    func take() -> ([UInt8], Bool) {
        desk.withLock { desk in
            defer {
                desk.answers.removeAll(keepingCapacity: true)
                desk.isBad = false
            }
            return (desk.answers, desk.isBad)
        }
    }
}
