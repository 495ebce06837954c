import ArgumentParser
import EarshotFeeds
import EarshotWire
import Foundation

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: "Documents in, entries out; nothing is fetched or stored.",
        discussion: """
            With --jsonl a filter: reads {"path","url","headers"} and answers each with the \
            document. Else shows what is in each file, and what was wrong with it.
            """)

    @Argument(help: "Documents to show.")
    var files: [String] = []

    @Flag(help: "Read requests from standard input.")
    var jsonl = false

    @Flag(help: "Keep markup as published and make no text of it.")
    var raw = false

    @Flag(help: "Answer the number of entries in place of them.")
    var count = false

    @Option(
        help: ArgumentHelp("How to read JSON of a platform, such as mastodon.", valueName: "name"))
    var map: String?

    @OptionGroup var filter: FilterOptions

    func validate() throws {
        if let map, !Mapping.names.contains(map) {
            throw ValidationError(
                "there is no mapping '\(map)'; known: \(Mapping.names.joined(separator: ", "))")
        }
        guard jsonl == files.isEmpty else {
            throw ValidationError(
                jsonl
                    ? "with --jsonl the documents come by standard input"
                    : "name the documents to show, or --jsonl to read requests")
        }
    }

    func run() throws {
        guard jsonl else { return try show() }
        let (isRaw, mapping) = (raw, map)
        let answers = ParseAnswer(countsOnly: count)
        let isBad = Alarm()
        let code = filter.filter.run(makeState: { JSONWriter() }) { writer, line, answer in
            let (path, context) = try Self.request(line, isRaw: isRaw, mapping: mapping)
            guard let data = FileManager.default.contents(atPath: path) else {
                throw LineError(reason: "cannot read \(path)")
            }
            let result = Result { () throws(FeedError) in
                try FeedParser.parse(Array(data), context)
            }
            if case .failure = result { isBad.raise() }
            writer.reset()
            answers.write(result, path: path, to: &writer)
            answer.append(contentsOf: writer.bytes)
        }
        throw ExitCode(isBad.isRaised ? Failure.Code.badInput.rawValue : code)
    }

    private static func request(
        _ line: [UInt8], isRaw: Bool, mapping: String?
    ) throws(LineError) -> (String, FeedContext) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw LineError(id: nil, error) }
        guard let path = json["path"]?.string else {
            throw LineError(reason: "'path' is missing")
        }
        var headers: [String: String] = [:]
        for member in json["headers"]?.members ?? [] {
            headers[member.name.lowercased()] = member.value.string
        }
        return (
            path,
            FeedContext(
                url: json["url"]?.string, headers: headers, mapping: mapping, isRaw: isRaw)
        )
    }

    private func show() throws {
        var isBad = false
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                note("earshot: cannot read \(file)")
                isBad = true
                continue
            }
            do {
                let document = try FeedParser.parse(
                    Array(data), FeedContext(mapping: map, isRaw: raw))
                put(DocumentSummary(document, of: file).text)
            } catch {
                note("\(file): this is no feed (\(error.kind.rawValue)): \(error.reason)")
                isBad = true
            }
        }
        if isBad { throw ExitCode(Failure.Code.badInput.rawValue) }
    }
}
