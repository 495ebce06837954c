import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotWire
import Foundation

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

    func validate() throws {
        if let until, let now = clock.now, until < now {
            throw ValidationError("--until lies before --now")
        }
        var isFolder: ObjCBool = false
        if let recording,
            !FileManager.default.fileExists(atPath: recording, isDirectory: &isFolder)
                || !isFolder.boolValue
        {
            throw ValidationError("there is no folder \(recording)")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let start = clock.moment
        let end = max(start, until ?? start)
        let (store, lock) = try await options.openForWriting(configuration, now: start)
        defer { withExtendedLifetime(lock) {} }
        let progress = Progress(
            "replaying", total: Int((end - start).milliseconds / 3_600_000), unit: "hours")
        let replay = Replay(
            configuration: configuration, recording: recording,
            destinations: try options.destinations(configuration))
        let summary =
            if until == nil {
                try await replay.pass(store, at: start)
            } else {
                try await replay.run(store, from: start, until: end) {
                    progress.update(Int(($0 - start).milliseconds / 3_600_000))
                }
            }
        progress.end()
        for failure in summary.lastFailures { note("\(failure.source): \(failure.reason)") }
        defer {
            if summary.polls > 0, summary.failures == summary.polls {
                Failure("every poll failed", code: .tryAgain).exit()
            }
        }
        if answer.json { return put(Self.json(summary)) }
        if summary.held > 0 {
            let sources = summary.held == 1 ? "1 source waits" : "\(summary.held) sources wait"
            note("\(sources) for hosts that asked to be left alone")
        }
        put(
            """
            \(summary.polls) polls, \(summary.failures) failed; \(summary.entries) new entries, \
            \(summary.mentions) mentions; \(summary.digests) digests made; \
            \(summary.alerts) pieces of news from alerts, \(summary.delivered) delivered

            """)
    }

    private static func json(_ summary: PassSummary) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("polls", summary.polls)
        writer.member("failures", summary.failures)
        writer.member("held", summary.held)
        writer.member("entries", summary.entries)
        writer.member("mentions", summary.mentions)
        writer.member("digests", summary.digests)
        writer.member("alert_news", summary.alerts)
        writer.member("delivered", summary.delivered)
        writer.endObject()
        return writer
    }
}
