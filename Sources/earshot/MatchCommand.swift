import ArgumentParser
import EarshotDomain
import EarshotListening
import EarshotWire
import EarshotWording
import Foundation

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Filter: texts in, the brands they speak of out.",
        discussion: """
            Queries are JSON Lines {"id","query"}. Reads documents {"id","text","title"?,"author"?,\
            "site"?,"lang"?,"urls"?} and answers each with {"id","brands","hits"}; offsets of hits \
            are UTF-8 bytes of the text.
            """)

    @Option(help: ArgumentHelp("The queries, one a line.", valueName: "file"))
    var queries: String

    @OptionGroup var filter: FilterOptions

    func run() throws {
        let (ids, set) = try readQueries()
        let code = filter.filter.run(makeState: { QuerySet.Buffers() }) { buffers, line, answer in
            let (id, document) = try Self.document(line)
            var writer = JSONWriter()
            writer.beginObject()
            writer.name("id")
            writer.raw(id)
            let matches = set.matches(in: document, &buffers)
            writer.name("brands")
            writer.beginArray()
            for match in matches { writer.raw(ids[match.query]) }
            writer.endArray()
            writer.name("hits")
            writer.beginArray()
            for match in matches {
                for hit in match.hits where hit.field == .text {
                    writer.beginObject()
                    writer.name("brand")
                    writer.raw(ids[match.query])
                    writer.member("start", hit.start)
                    writer.member("end", hit.end)
                    writer.endObject()
                }
            }
            writer.endArray()
            writer.endObject()
            answer.append(contentsOf: writer.bytes)
        }
        throw ExitCode(code)
    }

    /// The ids, as JSON, and the compiled queries; says all that is wrong with them at once.
    private func readQueries() throws -> ([[UInt8]], QuerySet) {
        guard let data = FileManager.default.contents(atPath: queries) else {
            throw Failure("cannot read \(queries)", code: .badInput)
        }
        var ids: [[UInt8]] = []
        var parsed: [Query] = []
        var isBad = false
        for (index, line) in data.split(separator: 0x0A).enumerated() {
            let place = "\(queries):\(index + 1)"
            guard let json = try? JSON(parsing: Array(line)), let id = json["id"],
                let text = json["query"]?.string
            else {
                note("\(place): expected {\"id\",\"query\"}")
                isBad = true
                continue
            }
            let name = id.string ?? String(decoding: id.bytes, as: UTF8.self)
            do {
                let query = try Query(text)
                for warning in query.warnings {
                    note("\(place): \(name): warning: \(warning.message)")
                    showCaret(below: text, at: warning.column)
                }
                ids.append(id.bytes)
                parsed.append(query)
            } catch {
                note("\(place): \(name): \(error.message)")
                showCaret(below: text, at: error.column)
                isBad = true
            }
        }
        guard !isBad else { throw ExitCode(Failure.Code.badInput.rawValue) }
        return (ids, QuerySet(parsed))
    }

    private static func document(_ line: [UInt8]) throws(LineError) -> ([UInt8], MatchDocument) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw LineError(id: nil, error) }
        let id = json["id"]?.bytes ?? Array("null".utf8)
        guard let text = json["text"]?.string else {
            throw LineError(id: id, reason: "'text' is missing or no string")
        }
        return (
            id,
            MatchDocument(
                title: json["title"]?.string ?? "", text: text,
                author: json["author"]?.string ?? "", site: json["site"]?.string ?? "",
                language: json["lang"]?.string ?? "",
                urls: json["urls"]?.array?.compactMap(\.string) ?? [])
        )
    }
}

/// Shows the query with a caret below the character at `column`.
private func showCaret(below query: String, at column: Int) {
    guard query.utf8.count <= 2_000 else { return }
    let before = String(String.UnicodeScalarView(query.unicodeScalars.prefix(column)))
    note("  \(query)")
    note("  \(String(repeating: " ", count: DisplayWidth.of(before)))^")
}
