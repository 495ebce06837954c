import Foundation

/// Where this checkout and what lies beside it are.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let samples = root.appending(path: "Samples")

    /// The program that was built with the tests.
    static var program: URL {
        Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }?
            .deletingLastPathComponent().appending(path: "earshot")
            ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "earshot")
    }

    /// A folder of its own, gone after `body`.
    static func withFolder<Result>(
        _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "earshot-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    /// Runs the program; answers its output and exit code.
    static func run(
        _ arguments: [String], input: String = "", in folder: URL? = nil
    ) throws -> (output: String, errors: String, code: Int32) {
        try run(arguments, input: input, in: folder, killedAfter: nil)
    }

    /// The same; the program is killed (SIGKILL) after so many seconds if it still runs.
    static func run(
        _ arguments: [String], input: String = "", in folder: URL? = nil,
        killedAfter seconds: Double?
    ) throws -> (output: String, errors: String, code: Int32) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? root
        let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: nothing can fill up while nobody reads.
        let names = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try Data(input.utf8).write(to: names[0])
        try Data().write(to: names[1])
        try Data().write(to: names[2])
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        if let seconds {
            Thread.sleep(forTimeInterval: seconds)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        let texts = try names.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (texts[1], texts[2], process.terminationStatus)
    }
}
