import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotWire

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "One whole pass over what is due, then exit.",
        discussion: """
            With --until, pass after pass on the clock of what is due, from --now to that time, \
            without waiting in between: a recorded month replays in seconds.
            """)

    @Option(help: ArgumentHelp("Replay until then, RFC 3339.", valueName: "time"))
    var until: Timestamp?

    @Option(
        help: ArgumentHelp(
            "Serve a recording on loopback and fetch from it instead of the network.",
            valueName: "folder"))
    var recording: String?

    @OptionGroup var clock: ClockOptions
    @OptionGroup var answer: JSONOption
    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load()
        let start = clock.moment
        let end = until ?? start
        guard start <= end else { throw ValidationError("--until lies before --now") }
        let store = try await options.openStore(configuration, now: start)
        let progress = Progress(
            "replaying", total: Int((end - start).milliseconds / 3_600_000), unit: "hours")
        let summary = try await Replay(configuration: configuration, recording: recording).run(
            store, from: start, until: end
        ) { progress.update(Int(($0 - start).milliseconds / 3_600_000)) }
        progress.end()
        if answer.json { return put(Self.json(summary)) }
        put(
            """
            \(summary.polls) polls, \(summary.failures) failed; \(summary.entries) new entries, \
            \(summary.mentions) mentions; \(summary.digests) digests made

            """)
    }

    private static func json(_ summary: PassSummary) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("polls", summary.polls)
        writer.member("failures", summary.failures)
        writer.member("entries", summary.entries)
        writer.member("mentions", summary.mentions)
        writer.member("digests", summary.digests)
        writer.endObject()
        return writer
    }
}
