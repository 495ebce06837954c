import ArgumentParser
import EarshotFeeds
import EarshotWire

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: "Documents in, entries out; nothing is fetched or stored.",
        discussion: """
            With --jsonl a filter: reads {"path","url","headers"} and answers each with the \
            document. Else shows what is in each file, and what was wrong with it.
            """)

    @Argument(help: "Documents to show; '-' for standard input.")
    var files: [String] = []

    @Flag(help: "Read requests from standard input.")
    var jsonl = false

    @Flag(help: "Keep markup as published and make no text of it.")
    var raw = false

    @Flag(help: "Answer the number of entries in place of them.")
    var count = false

    @OptionGroup var mapped: MappingOptions

    @OptionGroup var filter: FilterOptions

    func validate() throws {
        guard jsonl == files.isEmpty else {
            throw ValidationError(
                jsonl
                    ? "with --jsonl the documents come by standard input"
                    : "name the documents to show, or --jsonl to read requests")
        }
    }

    func run() throws {
        guard jsonl else { return try show() }
        let (isRaw, mapping) = (raw, try mapped.mapping())
        let answers = ParseAnswer(countsOnly: count)
        let isBad = Alarm()
        let code = filter.filter.run(makeState: { JSONWriter() }) { writer, line, answer in
            let (path, context) = try Self.request(line, isRaw: isRaw, mapping: mapping)
            guard let bytes = fileBytes(path, limit: FeedLimits.document + 1) else {
                throw LineError(reason: "cannot read \(path)")
            }
            let result = Result { () throws(FeedError) in
                try FeedParser.parse(bytes, context, keeping: answers.countsOnly ? 0 : .max)
            }
            if case .failure = result { isBad.raise() }
            writer.reset()
            writer.exchange(&answer)
            answers.write(result, path: path, to: &writer)
            writer.exchange(&answer)
        }
        throw ExitCode(isBad.isRaised ? Failure.Code.badInput.rawValue : code)
    }

    /// What a line of the filters that read documents asks for.
    static func request(
        _ line: [UInt8], isRaw: Bool, mapping: Mapping?
    ) throws(LineError) -> (String, FeedContext) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw LineError(id: nil, error) }
        guard let path = json["path"]?.string else {
            throw LineError(reason: "'path' is missing")
        }
        var headers: [String: String] = [:]
        if let value = json["headers"], value.kind != .null {
            guard let members = value.members else {
                throw LineError(id: json["id"]?.bytes, reason: "'headers' is no object")
            }
            for member in members where member.value.kind != .null {
                guard let text = member.value.string else {
                    throw LineError(id: json["id"]?.bytes, reason: "a header is no string")
                }
                headers[member.name.lowercased()] = text
            }
        }
        let url = json["url"]
        guard url == nil || url?.kind == .null || url?.kind == .string else {
            throw LineError(id: json["id"]?.bytes, reason: "'url' is no string")
        }
        return (
            path, FeedContext(url: url?.string, headers: headers, mapping: mapping, isRaw: isRaw)
        )
    }

    private func show() throws {
        var isBad = false
        let mapping = try mapped.mapping()
        for file in files {
            guard let bytes = namedBytes(file, limit: FeedLimits.document + 1) else {
                note("earshot: cannot read \(file)")
                isBad = true
                continue
            }
            do {
                let document = try FeedParser.parse(
                    bytes, FeedContext(mapping: mapping, isRaw: raw),
                    keeping: DocumentSummary.shown)
                put(DocumentSummary(document, of: file).text)
            } catch {
                note("\(file): this is no feed (\(error.kind.rawValue)): \(error.reason)")
                isBad = true
            }
        }
        if isBad { throw ExitCode(Failure.Code.badInput.rawValue) }
    }
}
