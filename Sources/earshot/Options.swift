import ArgumentParser
import EarshotDelivery
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

    /// The store that a pass has filled, to be read.
    func openStore(_ configuration: Configuration) async throws -> Store {
        let path = storePath(configuration)
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure("there is no store \(path) yet; 'earshot run' makes and fills it")
        }
        return try await Store.open(path: path)
    }

    /// The store to be written, brought up to what the configuration declares, and the lock that
    /// keeps a second writer out for as long as it lives.
    ///
    /// A change counts as known at `now`, but never before what the store knows already.
    func openForWriting(
        _ configuration: Configuration, now: Timestamp
    ) async throws -> (store: Store, lock: WriterLock) {
        let path = storePath(configuration)
        guard let lock = WriterLock(of: path) else {
            throw Failure("another earshot writes to \(path)", code: .tryAgain)
        }
        let store = try await Store.open(path: path)
        let known = try await store.lastPoll() ?? now
        try await Declared(configuration).synchronise(store, now: max(now, known))
        return (store, lock)
    }

    /// Where alerts go, with the secrets that sign them.
    func destinations(_ configuration: Configuration) throws -> [WebhookDestination] {
        try configuration.destinations.map { destination in
            do throws(SecretError) {
                return try destination.webhook(
                    folder: URL(filePath: config).deletingLastPathComponent(),
                    environment: ProcessInfo.processInfo.environment)
            } catch {
                throw Failure("\(error)", code: .badInput)
            }
        }
    }

    /// The brand of this key as the store knows it, declared or retired.
    func brand(_ key: String, in store: Store) async throws -> Brand {
        let brands = try await store.brands(includingRetired: true)
        guard let brand = brands.first(where: { $0.key == key }) else {
            throw Failure(
                "no brand is called '\(key)'; known: "
                    + brands.map(\.key).joined(separator: ", "), code: .wrongUsage)
        }
        return brand
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

/// Ends the program where it cannot be written: quietly where the reader has gone away.
func put(_ bytes: [UInt8]) {
    outputLock.withLock { _ in
        do throws(OutputError) {
            try OutputError.write(bytes, to: 1)
        } catch {
            if error.isReaderGone { exit(0) }
            Failure("cannot write the result: \(String(cString: strerror(error.number)))").exit()
        }
    }
}

/// Says something to the person at the terminal, on standard error.
func note(_ text: String) {
    // Where nobody listens to complaints there is nobody to complain to.
    try? OutputError.write(Array((PrintableText.of(text) + "\n").utf8), to: 2)
}
