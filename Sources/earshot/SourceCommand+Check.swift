import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotTransport
import EarshotWire
import EarshotWording

extension SourceCommand {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetches sources now and says what came; stores nothing.",
            discussion: """
                Each host is asked at its pace, and left alone where it asked for that. The exit \
                code is 1 where a source fails, could not be asked, or is quiet against its habit.
                """)

        @Argument(help: "Keys of sources; all of them otherwise.")
        var keys: [String] = []

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let configuration = try options.load()
            let store = try await options.openStore(configuration)
            let standings = try await SourceDesk(store: store).standings(at: clock.moment)
            let wanted =
                try keys.isEmpty
                ? standings
                : keys.map { try SourceCommand.known($0, in: standings) { $0.record.source.key } }
            let byID = Dictionary(
                wanted.map { ($0.record.source.id, $0) }, uniquingKeysWith: { first, _ in first })
            var settings = configuration.fetch.engine()
            settings.pace = Poller.hopRules
            let engine = FetchEngine(settings)
            let progress = Progress("checking", total: byID.count, unit: "sources")
            let isJSON = answer.json
            var open = byID
            var isWell = true
            do {
                try await SourceCheck(
                    engine: engine, inFlight: configuration.fetch.inFlight,
                    mappings: configuration.sourceMappings
                ).run(
                    byID.values.map(\.record), of: standings.map(\.record),
                    pauses: try await store.pauses(after: clock.moment),
                    on: .wall(from: clock.moment)
                ) { finding in
                    guard let standing = open.removeValue(forKey: finding.record.source.id) else {
                        return
                    }
                    isWell = isWell && finding.polled.failure == nil && standing.silence == nil
                    progress.end()
                    if isJSON {
                        put(Self.json(finding, standing))
                    } else {
                        put(Self.text(finding, standing))
                    }
                    progress.update(byID.count - open.count)
                }
                await engine.shutdown()
            } catch {
                await engine.shutdown()
                throw error
            }
            progress.end()
            for standing in wanted where open[standing.record.source.id] != nil {
                isWell = false
                put(isJSON ? Self.waitingJSON(standing) : Self.waiting(standing))
            }
            if !isWell { throw ExitCode(1) }
        }

        private static func text(
            _ finding: SourceCheck.Finding, _ standing: SourceDesk.Standing
        ) -> [UInt8] {
            let (key, polled) = (finding.record.source.key, finding.polled)
            var lines: [String] = []
            if let failure = polled.failure {
                lines.append("\(key): failed: \(failure)")
                let advice = SourceWords.advice(on: failure, key: key)
                if let advice { lines.append("  what now: \(advice)") }
                lines.append(
                    finding.next.dueReason == .disabled
                        ? "  'earshot run' would poll it no more"
                        : "  'earshot run' would try again at "
                            + SourceWords.time(finding.next.nextDue))
            } else {
                let count = polled.drafts.count == 1 ? "1 entry" : "\(polled.drafts.count) entries"
                let newest = polled.drafts.map(\.eventAt).max()
                lines.append(
                    "\(key): \(polled.format?.rawValue ?? "an answer"), \(count), the newest of "
                        + "\(SourceWords.time(newest)), \(SourceWords.size(polled.bytes))")
            }
            if let moved = finding.next.movedTo, moved != finding.record.source.url {
                lines.append("  moved for good to \(moved)")
            }
            // What is missing is told first.
            if let missing = SourceWords.missingPages(polled.notes), polled.failure == nil {
                lines.append("  pages are missing: \(missing)")
            }
            for warning in polled.warnings.prefix(shownWarnings) {
                lines.append("  warning: \(words(of: warning))")
            }
            if polled.warnings.count > shownWarnings {
                lines.append("  and \(polled.warnings.count - shownWarnings) warnings more")
            }
            if let silence = standing.silence {
                lines.append("  \(SourceWords.silence(silence))")
            }
            return printable(lines)
        }

        private static let shownWarnings = 3

        private static func words(of warning: FeedWarning) -> String {
            warning.kind.rawValue + (warning.line.map { ", line \($0)" } ?? "")
        }

        private static func waiting(_ standing: SourceDesk.Standing) -> [UInt8] {
            let until = standing.pause.map { " until \(SourceWords.time($0.until))" } ?? ""
            return printable([
                "\(standing.record.source.key): not asked, \(standing.record.host) wants to be "
                    + "left alone\(until)"
            ])
        }

        private static func printable(_ lines: [String]) -> [UInt8] {
            Array(lines.map { PrintableText.of($0) + "\n" }.joined().utf8)
        }

        private static func json(
            _ finding: SourceCheck.Finding, _ standing: SourceDesk.Standing
        ) -> [UInt8] {
            let polled = finding.polled
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("key", finding.record.source.key)
            writer.member("url", finding.record.address)
            writer.name("ok")
            writer.bool(polled.failure == nil)
            writer.member("error", polled.failure)
            writer.member("status", polled.status)
            writer.member("bytes", polled.bytes)
            writer.member("format", polled.format?.rawValue)
            writer.member("entries", polled.drafts.count)
            writer.member("newest", polled.drafts.map(\.eventAt).max())
            writer.member("moved_to", finding.next.movedTo)
            writer.name("warnings")
            writer.beginArray()
            for warning in polled.warnings { writer.string(words(of: warning)) }
            writer.endArray()
            writer.member("missing_pages", SourceWords.missingPages(polled.notes))
            writer.member("next_due", finding.next.nextDue)
            writer.member("due_because", finding.next.dueReason.rawValue)
            writer.name("quiet")
            writer.bool(standing.silence != nil)
            writer.endObject()
            return writer.bytes + [0x0A]
        }

        private static func waitingJSON(_ standing: SourceDesk.Standing) -> [UInt8] {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("key", standing.record.source.key)
            writer.member("url", standing.record.address)
            writer.name("ok")
            writer.bool(false)
            writer.member("error", "not asked: \(standing.record.host) wants to be left alone")
            writer.member("host_paused_until", standing.pause?.until)
            writer.endObject()
            return writer.bytes + [0x0A]
        }
    }
}
