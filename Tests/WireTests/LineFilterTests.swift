import EarshotWire
import Foundation
import Testing

@Suite struct LineFilterTests {
    /// Runs a reversing filter between two files, so that no pipe can fill while nobody reads.
    private func run(_ input: String, threads: Int) throws -> (text: String, code: Int32) {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (question, answers) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(input.utf8).write(to: question)
        try Data().write(to: answers)
        let (source, sink) = (
            try FileHandle(forReadingFrom: question), try FileHandle(forWritingTo: answers)
        )
        let filter = LineFilter(
            threads: threads, input: source.fileDescriptor, output: sink.fileDescriptor)
        let code = filter.run(makeState: { 0 }) { _, line, answer in
            guard line.first != UInt8(ascii: "!") else {
                throw LineError(id: Array("7".utf8), reason: "bad")
            }
            answer.append(contentsOf: line.reversed())
        }
        try sink.close()
        return (String(decoding: try Data(contentsOf: answers), as: UTF8.self), code)
    }

    @Test func answersALineBeforeMoreIsAwaited() throws {
        let (source, sink) = (Pipe(), Pipe())
        let input = source.fileHandleForReading.fileDescriptor
        let output = dup(sink.fileHandleForWriting.fileDescriptor)
        try sink.fileHandleForWriting.close()
        let thread = Thread {
            _ = LineFilter(threads: 2, input: input, output: output).run(makeState: { 0 }) {
                $2.append(contentsOf: $1)
            }
            close(output)
        }
        thread.start()
        for line in ["a\n", "b\n"] {
            try source.fileHandleForWriting.write(contentsOf: Data(line.utf8))
            #expect(sink.fileHandleForReading.availableData == Data(line.utf8))
        }
        try source.fileHandleForWriting.close()
        // The descriptors may be given to others only once the filter has let go of them.
        #expect(sink.fileHandleForReading.availableData.isEmpty)
    }

    @Test func answersInOrderAtAnyThreadCount() throws {
        let lines = (0..<50_000).map { "line \($0)" }
        let expected = lines.map { String($0.reversed()) }.joined(separator: "\n") + "\n"
        for threads in [1, 2, 3] {
            let result = try run(lines.joined(separator: "\n"), threads: threads)
            #expect(result.code == 0)
            #expect(result.text == expected)
        }
    }

    @Test func answersAnEndlessLineAndGoesOn() throws {
        let long = String(repeating: "x", count: LineFilter.lineLimit + 100_000)
        let result = try run("ab\n\(long)\ncd\n", threads: 2)
        #expect(result.code == 65)
        #expect(
            result.text
                == "ba\n" + #"{"error":{"line":2,"reason":"longer than 32 MiB"}}"# + "\ndc\n")
    }

    @Test func saysThatInputOrOutputFailed() throws {
        let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        let line = try FileHandle(forReadingFrom: URL(filePath: #filePath))
        let unwritten = LineFilter(
            threads: 1, input: line.fileDescriptor, output: full.fileDescriptor
        ).run(makeState: { 0 }) { $2.append(contentsOf: $1) }
        #expect(unwritten == 1)
        let folder = open("/", O_RDONLY)
        defer { close(folder) }
        let unread = LineFilter(threads: 1, input: folder, output: full.fileDescriptor)
            .run(makeState: { 0 }) { $2.append(contentsOf: $1) }
        #expect(unread == 1)
    }

    @Test func answersABadLineInItsPlaceAndGoesOn() throws {
        let result = try run("ab\n\n!x\ncd\n", threads: 2)
        #expect(result.code == 65)
        #expect(
            result.text == "ba\n" + #"{"id":7,"error":{"line":3,"reason":"bad"}}"# + "\ndc\n")
    }
}
