import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire

struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "Where entries come from.",
        subcommands: [Add.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a source to the store, due at once.",
            discussion: "A source that the configuration declares is changed there, not here.")

        @Argument(help: "Absolute address, http or https.")
        var url: String

        @Option(help: "What others call it by: letters, digits, '-', '_' and '.'.")
        var key: String

        @Option(help: "What people call it; the key otherwise.")
        var name: String?

        @Option(help: "social, review or news.")
        var kind: Source.Kind

        @Option(help: "How to read its JSON, such as mastodon.")
        var mapping: String?

        @Option(help: "What it mostly writes in, such as en.")
        var language: String?

        @OptionGroup var clock: ClockOptions
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            if let mapping, !Mapping.names.contains(mapping) {
                throw ValidationError(
                    "there is no mapping '\(mapping)'; known: "
                        + Mapping.names.joined(separator: ", "))
            }
            guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
                throw ValidationError("'\(url)' is no absolute http or https address")
            }
            guard Configuration.isKey(key) else {
                throw ValidationError("a key has letters, digits, '-', '_' and '.', at most 64")
            }
        }

        func run() async throws {
            let configuration = try options.load()
            let now = clock.moment
            let (store, lock) = try await options.openForWriting(configuration, now: now)
            defer { withExtendedLifetime(lock) {} }
            guard !configuration.sources.contains(where: { $0.key == key }) else {
                throw Failure("\(options.config) declares '\(key)'; change it there")
            }
            let isNew = try await store.add(
                SourceDeclaration(
                    key: key, name: name ?? key, url: url, kind: kind, mapping: mapping,
                    language: language), now: now)
            guard isNew else { throw Failure("the store has a source '\(key)' already") }
            put("added \(key); 'earshot run' fetches it\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows each source: what came when, what went wrong, when it is tried next.")

        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let configuration = try options.load()
            let store = try await options.openStore(configuration)
            let sources = try await store.sources()
            if answer.json {
                for record in sources { put(Self.json(record)) }
                return
            }
            var table = TextTable([
                .init("source"), .init("kind"), .init("from"), .init("last entry"),
                .init("next poll"), .init("state"),
            ])
            for record in sources {
                let state = record.state
                table.add([
                    record.source.key, record.source.kind.rawValue, record.origin.rawValue,
                    state.lastEntryAt?.rfc3339 ?? "–", state.nextDue.rfc3339,
                    state.lastError.map { "failed \(state.failures)×: \($0)" }
                        ?? (state.lastPolled == nil ? "new" : "ok"),
                ])
            }
            put(table.text)
        }

        private static func json(_ record: SourceRecord) -> JSONWriter {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("key", record.source.key)
            writer.member("name", record.source.name)
            writer.member("url", record.source.url)
            writer.member("kind", record.source.kind.rawValue)
            writer.member("from", record.origin.rawValue)
            writer.member("mapping", record.source.mapping)
            writer.member("language", record.source.language)
            writer.member("last_polled", record.state.lastPolled)
            writer.member("last_succeeded", record.state.lastSucceeded)
            writer.member("last_entry", record.state.lastEntryAt)
            writer.member("next_due", record.state.nextDue)
            writer.member("failures", record.state.failures)
            writer.member("error", record.state.lastError)
            writer.endObject()
            return writer
        }
    }
}

extension Source.Kind: ExpressibleByArgument {}
