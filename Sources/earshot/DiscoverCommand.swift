import ArgumentParser
import EarshotFeeds
import EarshotService
import EarshotTransport
import EarshotWire
import Foundation

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Pages in, the feeds they lead to out.",
        discussion: """
            For people: fetches the page, tries what it leads to, and shows what is a feed, best \
            first. Private addresses are refused unless --allow names them.

            With --jsonl a filter: reads {"path","url","headers"} and answers \
            {"path","feeds":[{"url","type","title"}]}; nothing is fetched, so that this is what \
            the page says and no more.
            """)

    @Argument(help: "Address of a page or feed; https where it names no scheme.")
    var url: String?

    @Flag(help: "Read requests from standard input.")
    var jsonl = false

    @Option(help: ArgumentHelp("A private address that may be reached.", valueName: "address:port"))
    var allow: [AllowedPeer] = []

    @OptionGroup var answer: JSONOption
    @OptionGroup var filter: FilterOptions

    func validate() throws {
        guard jsonl == (url == nil) else {
            throw ValidationError(
                jsonl
                    ? "with --jsonl the pages come by standard input"
                    : "name the page, or --jsonl to read requests")
        }
    }

    func run() async throws {
        guard let url else { throw ExitCode(answerLines()) }
        var configuration = Configuration.Fetch()
        configuration.allow = allow
        let engine = FetchEngine(configuration.engine())
        let report: FeedFinder.Report
        do {
            report = try await FeedFinder { try await engine.fetch($0) }
                .feeds(of: Self.absolute(url)) { note("trying \($0)") }
        } catch let error as TransportError {
            throw Failure(error)
        }
        await engine.shutdown()
        if answer.json {
            put(Self.json(report))
        } else {
            for feed in report.feeds {
                put(
                    "\(feed.url)  \(feed.title ?? "without a title") (\(feed.format), "
                        + "\(feed.entries) entries)\n")
            }
        }
        for line in report.refused { note(line) }
        if report.feeds.isEmpty { throw Failure("\(url) leads to no feed", code: .badInput) }
    }

    /// What people type as an address.
    static func absolute(_ url: String) -> String {
        url.contains("://") ? url : "https://" + url
    }

    private static func json(_ report: FeedFinder.Report) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("title", report.title)
        writer.name("feeds")
        writer.beginArray()
        for feed in report.feeds {
            writer.beginObject()
            writer.member("url", feed.url)
            writer.member("title", feed.title)
            writer.member("format", feed.format)
            writer.member("entries", feed.entries)
            writer.member("language", feed.language)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer
    }

    private func answerLines() -> Int32 {
        filter.filter.run(makeState: { JSONWriter() }) { writer, line, answer in
            let (path, context) = try ParseCommand.request(line, isRaw: true, mapping: nil)
            guard let data = FileManager.default.contents(atPath: path) else {
                throw LineError(reason: "cannot read \(path)")
            }
            let discovery = FeedDiscovery(page: Array(data), context)
            writer.reset()
            writer.beginObject()
            writer.member("path", path)
            writer.name("feeds")
            writer.beginArray()
            for candidate in discovery.candidates {
                writer.beginObject()
                writer.member("url", candidate.url)
                writer.member("type", candidate.type)
                writer.member("title", candidate.title)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
            answer.append(contentsOf: writer.bytes)
        }
    }
}

extension Failure {
    /// What to do now is told by the exit code.
    init(_ error: TransportError) {
        self.init("\(error)", code: error.code)
    }
}
