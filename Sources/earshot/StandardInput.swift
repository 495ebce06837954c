import Foundation

/// Lines as they arrive, read on a thread of their own so that no task waits for a pipe.
enum StandardInput {
    /// Number from 1 and bytes of each line that is not blank.
    static var lines: AsyncStream<(Int, [UInt8])> {
        let (stream, lines) = AsyncStream.makeStream(of: (Int, [UInt8]).self)
        let thread = Thread {
            var pending: [UInt8] = []
            var number = 0
            func yield(_ line: ArraySlice<UInt8>) {
                number += 1
                if line.contains(where: { $0 > 0x20 }) { lines.yield((number, Array(line))) }
            }
            while let data = try? FileHandle.standardInput.read(upToCount: 1 << 16), !data.isEmpty {
                pending.append(contentsOf: data)
                var start = 0
                while let end = pending[start...].firstIndex(of: 0x0A) {
                    yield(pending[start..<end])
                    start = end + 1
                }
                pending.removeFirst(start)
            }
            if !pending.isEmpty { yield(pending[...]) }
            lines.finish()
        }
        thread.start()
        return stream
    }
}
