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
            With --jsonl a filter: reads {"id","url","validators"} and answers as each ends. \
            Private addresses are refused unless --allow names them.
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

    @Option(help: "Of one transfer, such as 20s.")
    var timeout: Quantity.Time = .init(.seconds(20))

    @Option(help: "Of a body after decompression, such as 16MiB.")
    var maxBody: Quantity.Size = .init(16 << 20)

    @Option(help: "Transfers at a time.")
    var inFlight = 64

    @Option(help: ArgumentHelp("How to read JSON of a platform.", valueName: "name"))
    var map: String?

    func validate() throws {
        if let map, !Mapping.names.contains(map) {
            throw ValidationError(
                "there is no mapping '\(map)'; known: \(Mapping.names.joined(separator: ", "))")
        }
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
        var configuration = FetchConfiguration(
            userAgent: "Earshot/0.1 (+https://earshot.invalid/bot)")
        configuration.allow = allow
        configuration.totalTimeout = timeout.duration
        configuration.maxBodyBytes = maxBody.bytes
        configuration.maxConnections = inFlight
        let engine = FetchEngine(configuration)
        let isBad: Bool
        if let url {
            isBad = try await show(url, with: engine)
        } else {
            isBad = await filter(with: engine)
        }
        await engine.shutdown()
        if isBad { throw ExitCode(Failure.Code.badInput.rawValue) }
    }

    private func show(_ url: String, with engine: FetchEngine) async throws -> Bool {
        let fetched = await Fetched(
            FetchLine(id: Array("null".utf8), url: url), with: engine,
            reading: document ? Fetched.Reading(mapping: map, isRaw: false) : nil)
        if let response = fetched.response {
            let seconds = Double(response.duration.milliseconds) / 1_000
            put(
                "\(response.url): \(response.status), \(response.body.count) bytes "
                    + "(\(response.receivedBytes) over the wire) in \(seconds) s\n")
        }
        switch fetched.outcome {
        case .document(let document): put(DocumentSummary(document, of: url).text)
        case .unread: break
        case .unchanged: put("not modified\n")
        case .noFeed(let error):
            throw Failure(
                "\(url): this is no feed (\(error.kind.rawValue)): \(error.reason)", code: .badInput
            )
        case .failed(let error):
            let advice: Failure.Code
            switch error.advice {
            case .retry: advice = .tryAgain
            case .giveUp, .ask: advice = .failed
            }
            throw Failure("\(error)", code: advice)
        }
        return false
    }

    /// Answers each request as it ends; whether a line was no request.
    private func filter(with engine: FetchEngine) async -> Bool {
        let answers = ParseAnswer(countsOnly: count)
        let reading = document ? Fetched.Reading(mapping: map, isRaw: count) : nil
        let isBad = Alarm()
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await (number, bytes) in StandardInput.lines {
                if running == inFlight {
                    await group.next()
                    running -= 1
                }
                running += 1
                group.addTask {
                    var writer = JSONWriter()
                    do throws(LineError) {
                        let line = try FetchLine(bytes)
                        let fetched = await Fetched(line, with: engine, reading: reading)
                        fetched.write(to: &writer, answers: answers)
                    } catch {
                        isBad.raise()
                        error.write(line: number, to: &writer)
                    }
                    put(writer)
                }
            }
        }
        return isBad.isRaised
    }
}

extension AllowedPeer: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
