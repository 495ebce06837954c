import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire
import Foundation

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Entries from archives: JSON lines or CSV, of any size.",
        discussion: """
            Each record becomes an entry of the source, known from now on, with the mentions of \
            your brands in it. Fields are found by the names that 'earshot parse' writes and by \
            usual others (created_at, date, author, body, link, …); --column names those of your \
            own, --map reads lines as the JSON of a platform.

            Entries that are known already add nothing: what was broken off goes on when it is run \
            again. A bad line is told with its number and reason, the rest goes in, and the exit \
            code is 65.
            """)

    @Argument(help: "Archives; standard input where there is none, or for '-'.")
    var files: [String] = []

    @Option(help: ArgumentHelp("The source whose entries they are.", valueName: "key"))
    var source: String

    @Option(help: "ndjson or csv; told from the first byte otherwise.")
    var format: ArchiveFormat?

    @Option(help: ArgumentHelp("Read lines as the JSON of a platform.", valueName: "name"))
    var map: String?

    @Option(
        help: ArgumentHelp(
            """
            Which column or member is a field, such as text=Review or published='Posted on'. \
            Fields: \(ArchiveField.allCases.map(\.rawValue).joined(separator: ", ")).
            """, valueName: "field=name"))
    var column: [ColumnChoice] = []

    @Option(help: ArgumentHelp("Write bad lines there, not to the terminal.", valueName: "file"))
    var report: String?

    @OptionGroup var clock: ClockOptions
    @OptionGroup var answer: JSONOption
    @OptionGroup var options: ConfigurationOptions

    /// A field and the name of its column.
    struct ColumnChoice: ExpressibleByArgument {
        let field: ArchiveField
        let name: String

        init?(argument: String) {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = ArchiveField(rawValue: parts[0]) else { return nil }
            self.field = field
            name = parts[1]
        }
    }

    func validate() throws {
        guard map == nil || (format != .csv && column.isEmpty) else {
            throw ValidationError("--map reads JSON and finds the fields itself")
        }
        guard Set(column.map(\.field)).count == column.count else {
            throw ValidationError("--column names a field twice")
        }
        guard Set(column.map(\.name)).count == column.count else {
            throw ValidationError("--column gives one name to two fields")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let now = clock.moment
        let (store, lock) = try await options.openForWriting(configuration, now: now)
        defer { withExtendedLifetime(lock) {} }
        let mappings = configuration.mappings
        if let map, mappings[map] == nil {
            throw Failure(
                "there is no mapping '\(map)'; known: \(mappings.names.joined(separator: ", "))",
                code: .wrongUsage)
        }
        let complaints = try Complaints(report)
        let source = try await source(in: store)
        var archive = try await ArchiveImport(store: store, source: source, now: now)
        let started = ProcessInfo.processInfo.systemUptime
        for file in files.isEmpty ? ["-"] : files {
            try await take(
                file, into: &archive,
                Reading(source: source, now: now, mapping: mappings[map]), complaints)
        }
        let summary = archive.summary
        let seconds = max(0.001, ProcessInfo.processInfo.systemUptime - started)
        if answer.json {
            put(Self.json(summary))
        } else {
            put(
                "\(summary.records) records: \(summary.added) new entries, \(summary.known) known, "
                    + "\(summary.bad) bad; \(summary.mentions) mentions; "
                    + "\(Int(Double(summary.records) / seconds)) records a second\n")
        }
        if summary.bad > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
    }

    /// How the records of all files are read.
    private struct Reading {
        let source: Source
        let now: Timestamp
        let mapping: Mapping?
    }

    private func take(
        _ file: String, into archive: inout ArchiveImport, _ how: Reading,
        _ complaints: Complaints
    ) async throws {
        let names = ArchiveNames(
            Dictionary(uniqueKeysWithValues: column.map { ($0.field, $0.name) }))
        let before = archive.summary.records
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
        let progress = Progress("importing", total: nil, unit: "records")
        do {
            let reading = try ArchiveFile(
                path: file, format: map == nil ? format : .ndjson,
                reader: ArchiveReader(
                    source: how.source, knownAt: how.now, names: names, mapping: how.mapping),
                names: names)
            // While one batch is stored, the next is read.
            var batch = try await reading.next()
            while let current = batch {
                async let following = reading.next()
                try complaints.write(current.bad)
                try await archive.take(current)
                let done = archive.summary.records - before
                progress.update(
                    done,
                    of: size.map { Int(Double(done) * Double($0) / Double(max(1, current.bytes))) })
                batch = try await following
            }
            progress.end()
        } catch let error as ArchiveError {
            throw Failure("\(error)", code: .badInput)
        }
    }

    private func source(in store: Store) async throws -> Source {
        let sources = try await store.sources(includingRetired: true).map(\.source)
        guard let found = sources.first(where: { $0.key == source }) else {
            throw Failure(
                "no source is called '\(source)'; 'earshot source add' makes one; known: "
                    + sources.map(\.key).joined(separator: ", "), code: .wrongUsage)
        }
        return found
    }

    private static func json(_ summary: ArchiveImport.Summary) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("records", summary.records)
        writer.member("added", summary.added)
        writer.member("known", summary.known)
        writer.member("bad", summary.bad)
        writer.member("mentions", summary.mentions)
        writer.endObject()
        return writer
    }
}

/// Where bad lines are told: standard error, or a file.
private struct Complaints {
    private let handle: FileHandle?

    init(_ file: String?) throws {
        guard let file else {
            handle = nil
            return
        }
        guard FileManager.default.createFile(atPath: file, contents: nil) else {
            throw Failure("cannot write \(file)")
        }
        handle = try FileHandle(forWritingTo: URL(filePath: file))
    }

    func write(_ rows: [BadRow]) throws {
        for row in rows {
            let line = "\(row.file):\(row.line): \(row.reason)"
            if let handle {
                try handle.write(contentsOf: Data((line + "\n").utf8))
            } else {
                note(line)
            }
        }
    }
}

extension ArchiveFormat: ExpressibleByArgument {}
