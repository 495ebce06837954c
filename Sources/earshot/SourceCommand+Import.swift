import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire

extension SourceCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds the subscriptions of an OPML file, due at once.",
            discussion: """
                Takes OPML of any version and depth, up to 10 MiB and 50,000 outlines; folders are \
                kept, and an address that is known adds nothing. Says of each subscription what \
                became of it; where one was refused the exit code is 65, and the rest is in.
                """)

        @Argument(help: "The file; '-' for standard input.")
        var file: String

        @Option(help: "social, review or news, where the file does not say.")
        var kind = Source.Kind.news

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            guard let bytes = namedBytes(file, limit: OPMLReader.documentLimit + 1) else {
                throw Failure("cannot read \(file)", code: .badInput)
            }
            let outlines: [OPMLOutline]
            do {
                outlines = try OPMLReader.outlines(in: bytes)
            } catch {
                throw Failure("\(file): \(error.detail)", code: .badInput)
            }
            let configuration = try options.load()
            let now = clock.moment
            let (store, lock) = try await options.openForWriting(configuration, now: now)
            defer { withExtendedLifetime(lock) {} }
            var book = try await SourceBook(
                store: store, mappings: configuration.mappings, now: now)
            var (added, known, refused) = (0, 0, 0)
            let progress = Progress("importing", total: outlines.count, unit: "sources")
            for (index, outline) in outlines.enumerated() {
                let outcome = try await book.add(outline, kind: kind)
                switch outcome {
                case .added: added += 1
                case .known: known += 1
                case .refused: refused += 1
                }
                if answer.json {
                    put(Self.json(outline, outcome))
                } else {
                    put("line \(outline.line): \(Self.text(outcome)), \(Self.url(outline))\n")
                }
                progress.update(index + 1)
            }
            progress.end()
            if !answer.json { put("\(added) added, \(known) known, \(refused) refused\n") }
            if refused > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
        }

        private static func url(_ outline: OPMLOutline) -> String {
            outline.url.isEmpty
                ? outline.title : SubscriptionAddress.withoutUserInfo(outline.url)
        }

        private static func text(_ outcome: SourceBook.Outcome) -> String {
            switch outcome {
            case .added(let key): "added \(key)"
            case .known(let key): "known as \(key)"
            case .refused(let reason): "refused, \(reason)"
            }
        }

        private static func json(
            _ outline: OPMLOutline, _ outcome: SourceBook.Outcome
        ) -> JSONWriter {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("line", outline.line)
            writer.member("title", outline.title)
            writer.member("url", Self.url(outline))
            switch outcome {
            case .added(let key):
                writer.member("outcome", "added")
                writer.member("key", key)
            case .known(let key):
                writer.member("outcome", "known")
                writer.member("key", key)
            case .refused(let reason):
                writer.member("outcome", "refused")
                writer.member("reason", reason)
            }
            writer.endObject()
            return writer
        }
    }
}
