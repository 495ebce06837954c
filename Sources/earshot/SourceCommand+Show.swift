import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire

extension SourceCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows everything that is known of a source, and its last polls.")

        @Argument(help: "Key of the source.")
        var key: String

        @Option(help: "At most so many polls.")
        var polls = 10

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard polls >= 0 else { throw ValidationError("--polls takes a number from 0") }
        }

        func run() async throws {
            let store = try await options.openStore(try options.load())
            let standings = try await SourceDesk(store: store)
                .standings(at: clock.moment, includingRetired: true)
            let standing = try SourceCommand.known(key, in: standings) { $0.record.source.key }
            let log = try await store.polls(of: standing.record.source.id, limit: polls)
            if answer.json { return put(Self.json(standing, log, now: clock.moment)) }
            put(
                SourceCommand.lines(Self.facts(standing, now: clock.moment))
                    + (log.isEmpty ? "" : "\n" + Self.table(log).text))
        }

        private static func facts(
            _ standing: SourceDesk.Standing, now: Timestamp
        ) -> [(String, String?)] {
            let (source, state) = (standing.record.source, standing.record.state)
            let interval = PollSchedule.interval(state, now: now)
            return [
                (
                    "source",
                    source.name == source.key ? source.key : "\(source.key), \(source.name)"
                ),
                ("address", standing.record.address),
                (
                    "moved from",
                    state.movedTo.map { _ in
                        "\(source.url), known since \(SourceWords.time(state.movedAt))"
                    }
                ),
                ("host", standing.record.host),
                ("kind", source.kind.rawValue),
                ("mapping", source.mapping),
                ("language", source.language),
                (
                    "declared by",
                    standing.record.origin == .file ? "the configuration" : "a command"
                ),
                ("removed", standing.record.retiredAt.map { SourceWords.time($0) }),
                ("state", SourceWords.state(of: standing)),
                ("trouble", SourceWords.trouble(of: standing)),
                ("warnings", state.warnings),
                (
                    "entries",
                    "\(standing.entries) since \(SourceWords.time(standing.firstPolled)), "
                        + "the newest of \(SourceWords.time(state.lastEntryAt))"
                ),
                ("rate", rate(state)),
                ("interval", SourceWords.span(interval)),
                ("feed asks for", state.feedInterval.map { SourceWords.span($0) }),
                ("feed skips", skipped(state.skipped)),
                ("ETag", state.etag),
                ("Last-Modified", state.lastModified),
                (
                    "unchanged",
                    state.unchangedInRow > 0 ? "\(state.unchangedInRow) answers in a row" : nil
                ),
                (
                    "host paused",
                    standing.pause.map { "until \(SourceWords.time($0.until))" }
                ),
                (
                    "next poll",
                    standing.nextPoll.map {
                        "\(SourceWords.time($0)): "
                            + SourceWords.reason(state, interval: interval)
                    } ?? SourceWords.reason(state, interval: interval)
                ),
            ]
        }

        /// With one figure behind the point.
        private static func rate(_ state: SourceState) -> String {
            let tenths = Int((PollSchedule.rate(state) * 70).rounded())
            return "\(tenths / 10).\(tenths % 10) entries a week"
        }

        private static func skipped(_ times: SkippedTimes) -> String? {
            let hours = (0..<24).filter { times.hours >> UInt32($0) & 1 == 1 }.map { "\($0)h" }
            let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            let days = names.indices.filter { times.days >> UInt8($0) & 1 == 1 }.map { names[$0] }
            let all = days + hours
            return all.isEmpty ? nil : all.joined(separator: " ") + " GMT"
        }

        private static func table(_ log: [PollLogLine]) -> TextTable {
            var table = TextTable([
                .init("poll"), .init("what came"), .init("status", isNumber: true),
                .init("bytes", isNumber: true), .init("parsed", isNumber: true),
                .init("new", isNumber: true), .init("error or warnings"),
            ])
            for line in log {
                table.add([
                    SourceWords.time(line.eventAt), line.outcome.words,
                    line.status.map { "\($0)" } ?? "–", "\(line.bytes)", "\(line.parsedBytes)",
                    "\(line.newEntries)", line.error ?? line.warnings ?? "",
                ])
            }
            return table
        }

        private static func json(
            _ standing: SourceDesk.Standing, _ log: [PollLogLine], now: Timestamp
        ) -> JSONWriter {
            let state = standing.record.state
            var writer = JSONWriter()
            writer.beginObject()
            standing.write(to: &writer)
            writer.name("rate_per_week")
            writer.double(PollSchedule.rate(state) * 7, places: 2)
            writer.member(
                "interval_seconds",
                Int(PollSchedule.interval(state, now: now).milliseconds / 1_000))
            writer.member(
                "feed_interval_seconds", state.feedInterval.map { Int($0.milliseconds / 1_000) })
            writer.member("skips", skipped(state.skipped))
            writer.member("etag", state.etag)
            writer.member("last_modified", state.lastModified)
            writer.member("unchanged_in_row", state.unchangedInRow)
            writer.name("polls")
            writer.beginArray()
            for line in log {
                writer.beginObject()
                writer.member("at", line.eventAt)
                writer.member("outcome", line.outcome.rawValue)
                writer.member("status", line.status)
                writer.member("bytes", line.bytes)
                writer.member("parsed_bytes", line.parsedBytes)
                writer.member("new_entries", line.newEntries)
                writer.member("error", line.error)
                writer.member("warnings", line.warnings)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
            return writer
        }
    }
}

extension SourceCommand {
    /// The one of that key; who asks for another is told the keys.
    static func known<Element>(
        _ key: String, in elements: [Element], key path: (Element) -> String
    ) throws -> Element {
        guard let element = elements.first(where: { path($0) == key }) else {
            let keys = elements.prefix(20).map(path).joined(separator: ", ")
            throw Failure(
                "no source is called '\(key)'; known: \(keys)"
                    + (elements.count > 20 ? " and \(elements.count - 20) more" : ""),
                code: .wrongUsage)
        }
        return element
    }

    /// Names and values below each other; what has no value is left out.
    static func lines(_ facts: [(String, String?)]) -> String {
        var table = TextTable([.init(""), .init("")])
        for (name, value) in facts { if let value { table.add([name, value]) } }
        return String(table.text.drop { $0 == "\n" })
    }
}

extension PollOutcome {
    fileprivate var words: String {
        switch self {
        case .parsed: "a document"
        case .notModified: "not modified"
        case .sameBody: "the same document"
        case .failed: "failed"
        }
    }
}
