import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTrends
import EarshotWire
import EarshotWording

struct TrendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend", abstract: "A brand's series.", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a brand's stories by day or hour, against the usual.")

        @Argument(help: "Key of the brand.")
        var brand: String

        @Option(help: "Days, the last one that of --now.")
        var days = 14

        @Option(help: "day, fourHours or hour.")
        var step: TimeSeries.Step = .day

        @Option(help: "IANA name of the time zone.")
        var zone = "UTC"

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard (1...366).contains(days) else {
                throw ValidationError("--days takes a number from 1 to 366")
            }
            guard LocalCalendar(zone: zone) != nil else {
                throw ValidationError("no time zone is called '\(zone)'")
            }
        }

        func run() async throws {
            guard let calendar = LocalCalendar(zone: zone) else { return }
            let configuration = try options.load()
            let now = clock.moment
            let store = try await options.openStore(configuration)
            let brand = try await options.brand(brand, in: store)
            let last = calendar.clock(at: now).date
            let series = try await TrendDesk(store: store).series(
                of: brand, from: LocalDate(dayNumber: last.dayNumber - days + 1), through: last,
                step: step, calendar: calendar, cut: now)
            if answer.json {
                for bucket in series.buckets { put(Self.json(bucket)) }
                return
            }
            let terminal = Terminal.current
            put(TerminalTrend(brand: brand, buckets: series.buckets, width: terminal.width).text)
        }

        private static func json(_ bucket: TrendBucket) -> JSONWriter {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("start", bucket.start)
            writer.member("end", bucket.end)
            writer.member("mentions", bucket.mentions)
            writer.member("stories", bucket.stories.all)
            writer.member("negative", bucket.stories.negative)
            writer.member("neutral", bucket.stories.neutral)
            writer.member("positive", bucket.stories.positive)
            if let usual = bucket.usual {
                writer.name("usual")
                writer.beginObject()
                for (name, value) in [
                    ("mean", usual.mean), ("low", usual.low), ("high", usual.high),
                ] {
                    writer.name(name)
                    writer.double(value)
                }
                writer.endObject()
            }
            writer.endObject()
            return writer
        }
    }
}

extension TimeSeries.Step: ExpressibleByArgument {}
