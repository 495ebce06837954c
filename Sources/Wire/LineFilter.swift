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
/// What has arrived is cut into lines, and all of it is answered before more is awaited, so that a
/// filter in lock step with its caller never waits for a full buffer. The threads take short runs
/// of lines as they get free, and an answer is written as soon as those before it are.
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
            let round = Round(lines, from: firstLine, threads: threads, output: output)
            DispatchQueue.concurrentPerform(iterations: min(threads, lines.count)) { thread in
                workers[thread].answer(round, with: answer)
            }
            let ending = round.ending
            isBad = isBad || ending.isBad
            if let error = ending.error { return error.isReaderGone ? 0 : 1 }
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

/// Lines that are answered together, and the answers that wait for those before them.
private final class Round: Sendable {
    let lines: [ArraySlice<UInt8>]
    /// 1-based number of the first line.
    let firstLine: Int
    /// Lines that a thread takes at a time.
    private let run: Int
    private let output: Int32
    private let taken = Atomic(0)
    private let outbox = Mutex(Outbox())

    private struct Outbox {
        /// Number of the run whose answers are to be written next.
        var next = 0
        /// Answers of later runs, by number.
        var waiting: [Int: [UInt8]] = [:]
        /// Answers that are to be written together.
        var bytes: [UInt8] = []
        var isBad = false
        var error: OutputError?
    }

    /// Chosen: short enough that the threads end together and few answers wait in memory.
    private static let longestRun = 16
    private static let runsOfAThread = 16
    /// Bytes that are worth a write of their own; chosen: what a pipe holds on Linux.
    private static let writeSize = 1 << 16
    /// Bytes that a thread keeps for its next answers; chosen: far above those of a usual run.
    private static let keptMemory = 4 << 20

    init(_ lines: [ArraySlice<UInt8>], from firstLine: Int, threads: Int, output: Int32) {
        self.lines = lines
        self.firstLine = firstLine
        self.output = output
        run = min(Self.longestRun, max(1, lines.count / (threads * Self.runsOfAThread)))
    }

    /// The next lines that nobody has taken; absent when all are, or the output is gone.
    func take() -> (run: Int, lines: Range<Int>)? {
        let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        let start = number * run
        guard start < lines.count, outbox.withLock({ $0.error == nil }) else { return nil }
        return (number, start..<min(start + run, lines.count))
    }

    /// Writes the answers of a run when its turn has come; gives the memory back empty.
    func deliver(_ number: Int, _ answers: inout [UInt8], isBad: Bool) {
        outbox.withLock { outbox in
            if isBad { outbox.isBad = true }
            guard number == outbox.next else {
                outbox.waiting[number] = answers
                answers = []
                return
            }
            write(answers, &outbox)
            answers.removeAll(keepingCapacity: answers.count <= Self.keptMemory)
            outbox.next += 1
            while let more = outbox.waiting.removeValue(forKey: outbox.next) {
                write(more, &outbox)
                outbox.next += 1
            }
        }
    }

    /// What came of the round, once all its runs are delivered.
    var ending: (isBad: Bool, error: OutputError?) {
        outbox.withLock { outbox in
            flush(&outbox)
            return (outbox.isBad, outbox.error)
        }
    }

    private func write(_ answers: [UInt8], _ outbox: inout Outbox) {
        if outbox.bytes.isEmpty, answers.count >= Self.writeSize {
            send(answers, &outbox)
        } else {
            outbox.bytes.append(contentsOf: answers)
            if outbox.bytes.count >= Self.writeSize { flush(&outbox) }
        }
    }

    private func flush(_ outbox: inout Outbox) {
        send(outbox.bytes, &outbox)
        outbox.bytes.removeAll(keepingCapacity: true)
    }

    private func send(_ bytes: [UInt8], _ outbox: inout Outbox) {
        guard outbox.error == nil else { return }
        do throws(OutputError) {
            try OutputError.write(bytes, to: output)
        } catch {
            outbox.error = error
        }
    }
}

/// One thread's state and answers; locked only because the compiler cannot see that each thread
/// has a worker of its own.
private final class Worker<State: Sendable>: Sendable {
    private struct Desk {
        var state: State
        var answers: [UInt8] = []
    }

    private let desk: Mutex<Desk>

    init(_ state: State) {
        desk = Mutex(Desk(state: state))
    }

    func answer(
        _ round: Round, with answer: (inout State, [UInt8], inout [UInt8]) throws -> Void
    ) {
        desk.withLock { desk in
            while let (run, lines) = round.take() {
                var isBad = false
                for index in lines {
                    let isFine = Self.answer(
                        round.lines[index], number: round.firstLine + index, &desk, answer)
                    if !isFine { isBad = true }
                }
                round.deliver(run, &desk.answers, isBad: isBad)
            }
        }
    }

    /// Whether the line was one.
    private static func answer(
        _ line: ArraySlice<UInt8>, number: Int, _ desk: inout Desk,
        _ answer: (inout State, [UInt8], inout [UInt8]) throws -> Void
    ) -> Bool {
        let isBlank = !line.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
        if isBlank { return true }
        let before = desk.answers.count
        var isFine = true
        do {
            guard line.count <= LineFilter.lineLimit else {
                throw LineError(reason: "longer than \(LineFilter.lineLimit >> 20) MiB")
            }
            try answer(&desk.state, Array(line), &desk.answers)
        } catch {
            desk.answers.removeLast(desk.answers.count - before)
            isFine = false
            let known = error as? LineError ?? LineError(reason: "\(error)")
            var writer = JSONWriter()
            known.write(line: number, to: &writer)
            desk.answers.append(contentsOf: writer.bytes)
        }
        desk.answers.append(0x0A)
        return isFine
    }
}
