import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTrends
import EarshotWire
import EarshotWording
import Foundation

struct DigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "A day for a reader.", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a brand's day: what happened, against the usual, and why.",
            discussion: """
                Without a reader, a brand's day in English and UTC. Without a date, the last whole \
                day. What was not yet known at --now is left out.
                """)

        @Argument(help: "Key of a reader, or of a brand.")
        var key: String

        @Option(help: "The day, YYYY-MM-DD.")
        var date: String?

        @Option(help: "en or zh; the reader's otherwise.")
        var language: ReaderLanguage?

        @Option(help: "IANA name of the time zone; the reader's otherwise.")
        var zone: String?

        @Flag(help: "Write a page for a browser.")
        var html = false

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let configuration = try options.load()
            let now = clock.moment
            let store = try await options.openStore(configuration, now: now)
            let reader = configuration.readers.first { $0.key == key }
            let zone = self.zone ?? reader?.zone ?? "UTC"
            let language =
                self.language ?? reader.flatMap { ReaderLanguage(rawValue: $0.language) } ?? .en
            guard let calendar = LocalCalendar(zone: zone) else {
                throw ValidationError("no time zone is called '\(zone)'")
            }
            let date = try self.date.map(Self.date) ?? Self.yesterday(now, calendar)
            let desk = DigestDesk(store: store)
            var readings: [DigestPage.Reading] = []
            for brandKey in reader?.brands ?? [key] {
                guard let brand = try await store.brands().first(where: { $0.key == brandKey })
                else {
                    throw Failure("no reader and no brand is called '\(key)'", code: .wrongUsage)
                }
                guard
                    let digest = try await desk.digest(
                        of: brand, on: date, zone: zone, cut: now)
                else { throw Failure("\(zone) had no \(date.iso8601)") }
                readings.append(DigestPage.Reading(digest, language: language))
            }
            try show(readings)
        }

        private func show(_ readings: [DigestPage.Reading]) throws {
            if html {
                return put(try DigestPage.render(readings))
            }
            if answer.json {
                for reading in readings { put(DigestJSON.writer(reading.digest)) }
                return
            }
            for reading in readings {
                put(Terminal.current.text(of: reading.digest, language: reading.language))
            }
        }

        private static func date(_ text: String) throws -> LocalDate {
            guard let date = LocalDate(iso8601: text) else {
                throw ValidationError("'\(text)' is no date; expected YYYY-MM-DD")
            }
            return date
        }

        private static func yesterday(_ now: Timestamp, _ calendar: LocalCalendar) -> LocalDate {
            LocalDate(dayNumber: calendar.clock(at: now).date.dayNumber - 1)
        }
    }
}

extension ReaderLanguage: ExpressibleByArgument {}
