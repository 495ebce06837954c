import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotTransport
import EarshotWire
import Foundation

struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "One address now: what came, what it cost, why not.",
        discussion: """
            With --jsonl a filter: reads {"id","url","validators"} and answers as each ends, \
            with one request at a time and a second between two to each host but the allowed \
            ones. Private addresses are refused unless --allow names them.
            """)

    @Argument(help: "Absolute address, http or https.")
    var url: String?

    @Flag(help: "Read requests from standard input.")
    var jsonl = false

    @Flag(help: "Answer the number of entries in place of the document.")
    var count = false

    @Flag(inversion: .prefixedNo, help: "Read what came.")
    var document = true

    @Option(help: ArgumentHelp("A private address that may be reached.", valueName: "address:port"))
    var allow: [AllowedPeer] = []

    @Option(help: "Of one transfer, redirects included. Default: 20s; 10s with --jsonl.")
    var timeout: Quantity.Time?

    @Option(help: "Of a body after decompression, such as 16MiB.")
    var maxBody: Quantity.Size = .init(16 << 20)

    @Option(help: "Transfers at a time.")
    var inFlight = 32

    @OptionGroup var mapped: MappingOptions

    func validate() throws {
        guard jsonl == (url == nil) else {
            throw ValidationError(
                jsonl
                    ? "with --jsonl the addresses come by standard input"
                    : "name the address to fetch, or --jsonl to read requests")
        }
        guard (1...1_024).contains(inFlight) else {
            throw ValidationError("--in-flight takes a number from 1 to 1024")
        }
    }

    func run() async throws {
        let mapping = try mapped.mapping()
        var configuration = FetchConfiguration(
            userAgent: "Earshot/0.1 (+https://earshot.invalid/bot)")
        configuration.allow = allow
        configuration.totalTimeout = timeout?.duration ?? .seconds(jsonl ? 10 : 20)
        configuration.pace = HostPace.Rules()
        configuration.maxBodyBytes = maxBody.bytes
        configuration.maxConnections = inFlight
        let engine = FetchEngine(configuration)
        if let url { return try await show(url, mapping, with: engine) }
        let isBad = await filter(mapping, with: engine)
        await engine.shutdown()
        if isBad { throw ExitCode(Failure.Code.badInput.rawValue) }
    }

    /// Shows what came of one address, or fails with what went wrong and what to do now.
    private func show(
        _ url: String, _ mapping: Mapping?, with engine: FetchEngine
    ) async throws {
        let line = FetchLine(id: Array("null".utf8), url: url)
        let reading = document ? Fetched.Reading(mapping: mapping) : nil
        let fetched: Fetched
        do {
            fetched = try await engine.fetch(line.request) { Fetched(line, $0, reading: reading) }
        } catch {
            fetched = Fetched(line, failed: error)
        }
        let summary = FetchSummary(fetched)
        put(summary.text)
        if let failure = summary.failure { throw failure }
    }

    /// Answers each request as it ends; whether a line was no request.
    private func filter(_ mapping: Mapping?, with engine: FetchEngine) async -> Bool {
        let reading =
            document
            ? Fetched.Reading(mapping: mapping, isRaw: count, keeping: count ? 0 : .max) : nil
        let filter = FetchFilter(
            engine: engine, reading: reading, answers: ParseAnswer(countsOnly: count))
        let isBad = Alarm()
        let output = BatchedOutput()
        await withDiscardingTaskGroup { group in
            let places = Places(max(Self.lookAhead, inFlight))
            for await (number, bytes) in StandardInput.lines {
                await places.enter()
                group.addTask {
                    var answer: [UInt8]
                    do throws(LineError) {
                        answer = await filter.answer(try FetchLine(bytes))
                    } catch {
                        isBad.raise()
                        var writer = JSONWriter()
                        error.write(line: number, to: &writer)
                        answer = writer.bytes
                    }
                    answer.append(0x0A)
                    await output.write(answer)
                    places.leave()
                }
            }
        }
        await output.flush()
        return isBad.isRaised
    }

    /// Requests that are known at a time, most of them waiting: for a place, or for their host's
    /// pace, while those to other hosts go on. (Chosen: a few MB.)
    private static let lookAhead = 1_024
}

extension AllowedPeer: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
