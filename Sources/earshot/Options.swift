import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire
import EarshotWording
import Foundation
import Synchronization

/// Which configuration, and so which store.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = "earshot.yaml"

    func load() throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: config) else {
            throw Failure(
                "there is no \(config); 'earshot config example > earshot.yaml' makes one, "
                    + "'--config FILE' names another", code: .badInput)
        }
        return try Configuration(parsing: String(decoding: data, as: UTF8.self), file: config)
    }

    /// The store lies relative to the folder of the configuration.
    func storePath(_ configuration: Configuration) -> String {
        URL(filePath: configuration.store, relativeTo: URL(filePath: config)).path
    }

    /// The store as the configuration declares it, brought up to date.
    func openStore(_ configuration: Configuration, now: Timestamp) async throws -> Store {
        let store = try await Store.open(path: storePath(configuration))
        try await Declared(configuration).synchronise(store, now: now)
        return store
    }
}

/// Which moment the command takes for now.
struct ClockOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The moment to take for now, RFC 3339; the clock's otherwise.", valueName: "time"))
    var now: Timestamp?

    var moment: Timestamp {
        now ?? Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}

struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Answer in JSON.")
    var json = false
}

extension Timestamp: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(rfc3339: argument)
    }
}

/// Held while a result is written, so that the lines of two tasks never mix.
private let outputLock = Mutex(())

/// Writes a result to standard output.
func put(_ text: String) {
    put(Array(text.utf8))
}

func put(_ writer: JSONWriter) {
    put(writer.bytes + [0x0A])
}

/// Whole, or not at all where the reader has gone away.
private func put(_ bytes: [UInt8]) {
    outputLock.withLock { _ in
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(1, $0 + done, buffer.count - done) } ?? 0
            }
            if wrote < 0, errno != EINTR { return }
            done += max(0, wrote)
        }
    }
}

/// Says something to the person at the terminal, on standard error.
func note(_ text: String) {
    FileHandle.standardError.write(Data((PrintableText.of(text) + "\n").utf8))
}
