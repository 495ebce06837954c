import Dispatch
import Glibc

/// Lines as they arrive, read on a queue of their own so that no task waits for a pipe.
///
/// Read on demand: whoever takes the lines slowly holds up whoever writes them.
struct StandardInput: AsyncSequence {
    static let lines = StandardInput()

    struct Iterator: AsyncIteratorProtocol {
        private var lines: [(Int, [UInt8])] = []
        /// Of `lines`, those that have been handed over.
        private var taken = 0
        private var pending: [UInt8] = []
        /// Of `pending`, the bytes that are known to hold no line feed.
        private var searched = 0
        private var number = 0
        private var isOver = false
        private let queue = DispatchQueue(label: "earshot.standard-input")

        /// Bytes of one read; chosen: what a pipe holds on Linux.
        private static let step = 1 << 16

        /// Number from 1 and bytes of the next line that is not blank.
        mutating func next() async -> (Int, [UInt8])? {
            while taken == lines.count, !isOver {
                let bytes = await read()
                lines.removeAll(keepingCapacity: true)
                taken = 0
                isOver = bytes.isEmpty
                pending.append(contentsOf: bytes)
                cut()
            }
            guard taken < lines.count else { return nil }
            defer { taken += 1 }
            return lines[taken]
        }

        /// What is there, at least one byte; empty at the end.
        private func read() async -> [UInt8] {
            await withCheckedContinuation { continuation in
                queue.async {
                    let bytes = [UInt8](unsafeUninitializedCapacity: Self.step) { buffer, count in
                        var got = -1
                        repeat {
                            got = Glibc.read(0, buffer.baseAddress, buffer.count)
                        } while got < 0 && errno == EINTR
                        count = Swift.max(0, got)
                    }
                    continuation.resume(returning: bytes)
                }
            }
        }

        /// Takes the whole lines out of `pending`, all of them at the end.
        private mutating func cut() {
            var start = 0
            while let end = pending[Swift.max(start, searched)...].firstIndex(of: 0x0A) {
                take(pending[start..<end])
                start = end + 1
            }
            if isOver, start < pending.count {
                take(pending[start...])
                start = pending.count
            }
            pending.removeFirst(start)
            searched = pending.count
        }

        private mutating func take(_ line: ArraySlice<UInt8>) {
            number += 1
            if line.contains(where: { $0 > 0x20 }) { lines.append((number, Array(line))) }
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator() }
}
