import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTrends
import EarshotWire
import EarshotWording

struct MentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mention", abstract: "What was said of a brand.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists mentions, newest first, the words that decided marked.",
            discussion: "With --csv or --json, all of them in a form for other programs.")

        @Argument(help: "Key of the brand.")
        var brand: String

        @Option(help: "Published at or after, RFC 3339.")
        var from: Timestamp?

        @Option(help: "Published before, RFC 3339.")
        var to: Timestamp?

        @Option(help: "negative, neutral or positive.")
        var label: Sentiment.Label?

        @Option(help: "Key of a product or aspect.")
        var topic: String?

        @Option(help: "At most so many.")
        var limit = 20

        @Flag(help: "Write comma-separated values.")
        var csv = false

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
            guard !(csv && answer.json) else { throw ValidationError("--csv or --json, not both") }
            if let from, let to, from >= to { throw ValidationError("--from lies not before --to") }
        }

        func run() async throws {
            let configuration = try options.load()
            let store = try await options.openStore(configuration)
            let brands = try await store.brands(includingRetired: true)
            let brand = try await options.brand(brand, in: store)
            if let topic, !brand.topics.contains(where: { $0.key == topic }) {
                throw Failure(
                    "\(brand.key) has no product or aspect '\(topic)'; known: "
                        + brand.topics.map(\.key).joined(separator: ", "), code: .wrongUsage)
            }
            let filter = MentionFilter(
                brands: [brand.id], from: from, to: to, knownBy: clock.now, label: label,
                topic: topic)
            let sources = try await store.sources(includingRetired: true)
            let names = Dictionary(
                uniqueKeysWithValues: sources.map { ($0.source.id, $0.source.name) })
            let records = try await store.mentions(matching: filter, limit: limit)
            if csv {
                var table = MentionTable(brands: brands, sources: sources.map(\.source))
                table.add(records)
                return put(String(decoding: table.bytes, as: UTF8.self))
            }
            if answer.json {
                for record in records { put(MentionJSON.writer(record, brand: brand)) }
                return
            }
            let terminal = Terminal.current
            for record in records {
                let content = record.entry.content
                let marked = Excerpt.marked(MentionDetail(record))
                put(
                    TerminalMention(
                        title: marked.title, body: marked.text, sentiment: record.sentiment,
                        facts: [
                            names[record.entry.source] ?? "", content.author?.handle ?? "",
                            record.mention.eventAt.rfc3339, content.url ?? "",
                        ], width: terminal.width, colour: terminal.colour
                    ).text + "\n")
            }
            if records.isEmpty { note("no mention of \(brand.key) fits") }
        }
    }
}

extension Sentiment.Label: ExpressibleByArgument {}
