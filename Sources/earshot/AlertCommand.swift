import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTrends
import EarshotWire
import EarshotWording

struct AlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alert", abstract: "When negative stories rose above the usual, and why.",
        subcommands: [List.self, Show.self, Explain.self, Detect.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists alerts, newest first.")

        @Argument(help: "Key of a brand; all otherwise.")
        var brand: String?

        @Option(help: "At most so many.")
        var limit = 20

        @OptionGroup var reader: AlertReader
        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
        }

        func run() async throws {
            let store = try await options.openStore(try options.load())
            let brands = try await store.brands()
            if let key = brand, !brands.contains(where: { $0.key == key }) {
                throw Failure(
                    "no brand is called '\(key)'; known: "
                        + brands.map(\.key).joined(separator: ", "), code: .wrongUsage)
            }
            let asked = brands.filter { brand == nil || $0.key == brand }
            let alerts = try await store.alerts(
                of: asked.map(\.id), knownBy: clock.now, limit: limit)
            for alert in alerts {
                guard let brand = asked.first(where: { $0.id == alert.brand }) else { continue }
                if answer.json {
                    put(AlertJSON.summary(alert, brand: brand))
                } else {
                    put(try reader.terminal(alert, brand: brand).text)
                }
            }
            if alerts.isEmpty, !answer.json { note("no alerts") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows an alert: what, how unusual, since when.")

        @OptionGroup var subject: AlertSubject
        @OptionGroup var reader: AlertReader
        @OptionGroup var answer: JSONOption

        func run() async throws {
            let (alert, brand, _) = try await subject.find()
            if answer.json { return put(AlertJSON.events(alert, brand: brand)) }
            put(try reader.terminal(alert, brand: brand).text)
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Splits an alert's excess by source, aspect and story.",
            discussion: """
                The parts of each split add up to the excess; each names its mentions. With --json \
                in thousandths of a story.
                """)

        @OptionGroup var subject: AlertSubject
        @OptionGroup var reader: AlertReader
        @OptionGroup var answer: JSONOption

        func run() async throws {
            let (alert, brand, store) = try await subject.find()
            if answer.json { return put(AlertJSON.explanation(alert, brand: brand)) }
            var headlines: [String: String] = [:]
            if let facts = alert.height?.facts {
                headlines = try await StoryHeadlines.of(
                    facts, in: store, knownBy: subject.clock.now)
            }
            put(try reader.terminal(alert, brand: brand).explanation(headlines: headlines))
        }
    }

    struct Detect: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Filter: mentions and ticks in, alerts out.",
            discussion: """
                Reads mentions {"id","brand","ts","seen","source","author","label","text"} in the \
                order of "seen", and {"tick":TIME}; answers each tick with a JSON array of what \
                happened. A bad line is told on standard error.
                """)

        @Flag(help: "Read standard input; there is no other form.")
        var stdin = false

        func run() throws {
            var filter = AlertFilter()
            var isBad = false
            var number = 0
            while let line = readLine() {
                number += 1
                do {
                    if let answer = try filter.answer(Array(line.utf8)) {
                        put(String(decoding: answer + [0x0A], as: UTF8.self))
                    }
                } catch {
                    isBad = true
                    note("line \(number): \(error.reason)")
                }
            }
            if isBad { throw ExitCode(Failure.Code.badInput.rawValue) }
        }
    }
}

/// Which alert is asked for.
struct AlertSubject: ParsableArguments {
    @Argument(help: "Number of the alert, as 'alert list' shows it.")
    var id: Int64

    @OptionGroup var clock: ClockOptions
    @OptionGroup var options: ConfigurationOptions

    func find() async throws -> (Alert, Brand, Store) {
        let store = try await options.openStore(try options.load())
        guard let alert = try await store.alert(Identifier(id), knownBy: clock.now),
            let brand = try await store.brands().first(where: { $0.id == alert.brand })
        else { throw Failure("there is no alert \(id)", code: .wrongUsage) }
        return (alert, brand, store)
    }
}

/// For whom an alert is worded.
struct AlertReader: ParsableArguments {
    @Option(help: "en or zh.")
    var language: ReaderLanguage = .en

    @Option(help: "IANA name of the time zone.")
    var zone = "UTC"

    func terminal(_ alert: Alert, brand: Brand) throws -> TerminalAlert {
        guard let calendar = LocalCalendar(zone: zone) else {
            throw ValidationError("no time zone is called '\(zone)'")
        }
        let terminal = Terminal.current
        return TerminalAlert(
            alert, brand: brand, language: language, width: terminal.width,
            colour: terminal.colour
        ) { calendar.clock(at: $0) }
    }
}
