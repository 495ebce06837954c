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
/// code 65; blank lines are passed over. Input that cannot be read, or output that cannot be
/// written, is exit code 1; a reader that has gone away is none of our trouble, and 0.
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
        var pending = Pending()
        var firstLine = 1
        var isBad = false
        var supply = Supply.more
        while supply == .more {
            supply = fill(&pending)
            let lines = pending.cut(isOver: supply != .more)
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
                do throws(OutputError) {
                    try OutputError.write(bytes, to: output)
                } catch {
                    return error.isReaderGone ? 0 : 1
                }
            }
            firstLine += lines.count
        }
        return supply == .failed ? 1 : isBad ? 65 : 0
    }

    private enum Supply {
        case more, over, failed
    }

    /// Takes what is there, at least one byte where more is to come.
    private func fill(_ pending: inout Pending) -> Supply {
        var taken = 0
        while taken < Self.batchLimit {
            if taken > 0 {
                var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                guard poll(&descriptor, 1, 0) > 0 else { return .more }
            }
            let got = pending.take { read(input, $0, $1) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return got == 0 ? .over : .failed }
            taken += got
        }
        return .more
    }
}

/// Bytes that have arrived and are not yet cut into lines.
///
/// Of a line that grows beyond the limit only so much is kept as shows that it is too long; the
/// rest of it is passed over as it comes.
private struct Pending {
    private var bytes: [UInt8] = []

    private static let step = 1 << 16

    /// Gives `read` room for a step of bytes, and keeps what it says it put there.
    mutating func take(_ read: (UnsafeMutableRawPointer, Int) -> Int) -> Int {
        let old = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Self.step))
        let got = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { read($0 + old, Self.step) } ?? 0
        }
        bytes.removeLast(Self.step - max(0, got))
        return got
    }

    /// The whole lines, all of them at the end of input; a line that was too long is one byte
    /// longer than `LineFilter.lineLimit`.
    mutating func cut(isOver: Bool) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            lines.append(bytes[start..<end])
            start = end + 1
        }
        if isOver, start < bytes.count {
            lines.append(bytes[start...])
            start = bytes.count
        }
        bytes = Array(bytes[start...])
        if bytes.count > LineFilter.lineLimit {
            bytes.removeLast(bytes.count - LineFilter.lineLimit - 1)
        }
        return lines
    }
}

/// Why output could not be written.
package struct OutputError: Error, Hashable {
    /// The system's error number.
    package let number: Int32

    /// Whether whoever reads the output has ended.
    package var isReaderGone: Bool { number == EPIPE }

    /// Writes all bytes.
    package static func write(_ bytes: [UInt8], to output: Int32) throws(OutputError) {
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { Glibc.write(output, $0 + done, buffer.count - done) } ?? 0
            }
            if wrote < 0, errno != EINTR { throw OutputError(number: errno) }
            done += max(0, wrote)
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
                    guard line.count <= LineFilter.lineLimit else {
                        throw LineError(
                            reason: "longer than \(LineFilter.lineLimit >> 20) MiB")
                    }
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
