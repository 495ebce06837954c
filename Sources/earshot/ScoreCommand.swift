import ArgumentParser
import EarshotDomain
import EarshotSentiment
import EarshotService
import EarshotWire

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Filter: texts and targets in, sentiment with reasons out.",
        discussion: """
            Reads JSON Lines {"id","text","lang"?,"kind"?,"targets"?:[{"id","start","end"}]} and \
            answers each with {"id","label","score","probabilities",...}; offsets are UTF-8 bytes.
            """)

    @Flag(help: "Also write prior and evidence, which add up to ln(positive / negative).")
    var explain = false

    @Option(help: "lexicon, bayes or combined.")
    var scorer: SentimentModel.Scorer = .combined

    @OptionGroup var filter: FilterOptions

    func run() throws {
        let reader = try BuiltInSentiment.reader(scorer)
        let explain = explain
        let code = filter.filter.run(makeState: { Scratch() }) { scratch, line, answer in
            let request = try ScoreRequest(line)
            let judgement = reader.judge(
                request.text, language: request.language, kind: request.kind,
                targets: request.targets.map(\.range), scratch: &scratch.scoring)
            scratch.writer.reset()
            scratch.writer.write(request, judgement, explain: explain)
            answer.append(contentsOf: scratch.writer.bytes)
        }
        throw ExitCode(code)
    }

    /// What one thread keeps.
    private struct Scratch: Sendable {
        var scoring = ScoringScratch()
        var writer = JSONWriter()
    }
}

extension SentimentModel.Scorer: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(name: argument)
    }

    public var defaultValueDescription: String { name }
    public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// One line of the filter.
private struct ScoreRequest {
    struct Target {
        /// JSON, echoed.
        var id: [UInt8] = Array("null".utf8)
        var range = 0..<0
    }

    /// JSON, echoed.
    var id: [UInt8]?
    var text = ""
    var language: String?
    var kind: Source.Kind?
    var targets: [Target] = []

    init(_ line: [UInt8]) throws(LineError) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw LineError(id: nil, error) }
        id = json["id"]?.bytes
        guard let text = json["text"]?.string else {
            throw LineError(id: id, reason: "'text' is missing or no string")
        }
        self.text = text
        language = json["lang"]?.string
        kind = json["kind"]?.string.flatMap(Source.Kind.init(rawValue:))
        targets =
            try json["targets"].map { json throws(LineError) in
                try Self.targets(json, id: id)
            } ?? []
    }

    private static func targets(_ json: JSON, id: [UInt8]?) throws(LineError) -> [Target] {
        guard let elements = json.array else {
            throw LineError(id: id, reason: "'targets' is no list")
        }
        var targets: [Target] = []
        for element in elements {
            guard let start = element["start"]?.int, let end = element["end"]?.int,
                0 <= start, start <= end
            else { throw LineError(id: id, reason: "a target needs 'start' <= 'end', in bytes") }
            targets.append(
                Target(id: element["id"]?.bytes ?? Array("null".utf8), range: start..<end))
        }
        return targets
    }
}

extension JSONWriter {
    fileprivate mutating func write(
        _ request: ScoreRequest, _ judgement: Judgement, explain: Bool
    ) {
        let bytes = explain ? Array(request.text.utf8) : []
        beginObject()
        if let id = request.id {
            name("id")
            raw(id)
        }
        write(judgement.whole, text: bytes, explain: explain)
        if !request.targets.isEmpty {
            name("targets")
            beginArray()
            for (target, sentiment) in zip(request.targets, judgement.targets) {
                beginObject()
                name("id")
                raw(target.id)
                write(sentiment, text: bytes, explain: explain)
                endObject()
            }
            endArray()
        }
        endObject()
    }

    private mutating func write(_ sentiment: Sentiment, text: [UInt8], explain: Bool) {
        member("label", sentiment.label.rawValue)
        if sentiment.version == "und" {
            name("scored")
            bool(false)
        }
        name("score")
        double(sentiment.score)
        name("probabilities")
        beginObject()
        name("negative")
        double(sentiment.probabilities.negative)
        name("neutral")
        double(sentiment.probabilities.neutral)
        name("positive")
        double(sentiment.probabilities.positive)
        endObject()
        guard explain else { return }
        name("prior")
        double(sentiment.prior)
        name("evidence")
        beginArray()
        for span in sentiment.evidence {
            beginObject()
            member("start", span.start)
            member("end", span.end)
            member("text", String(decoding: text[span.start..<span.end], as: UTF8.self))
            name("weight")
            double(span.weight)
            endObject()
        }
        endArray()
    }
}
