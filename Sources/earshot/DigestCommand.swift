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

        func validate() throws {
            if let date, LocalDate(iso8601: date) == nil {
                throw ValidationError("'\(date)' is no date; expected YYYY-MM-DD")
            }
            if let zone, LocalCalendar(zone: zone) == nil {
                throw ValidationError("no time zone is called '\(zone)'")
            }
            guard !(html && answer.json) else {
                throw ValidationError("--html or --json, not both")
            }
        }

        func run() async throws {
            let configuration = try options.load()
            let now = clock.moment
            let store = try await options.openStore(configuration)
            let reader = configuration.readers.first { $0.key == key }
            let language =
                self.language ?? reader.flatMap { ReaderLanguage(rawValue: $0.language) } ?? .en
            guard let calendar = LocalCalendar(zone: zone ?? reader?.zone ?? "UTC") else {
                throw Failure("this system knows no zone \(reader?.zone ?? "UTC")")
            }
            let today = calendar.clock(at: now).date
            let date =
                self.date.flatMap(LocalDate.init(iso8601:))
                ?? LocalDate(dayNumber: today.dayNumber - 1)
            guard date <= today else {
                throw Failure(
                    "\(date.iso8601) has not begun at \(now.rfc3339)", code: .wrongUsage)
            }
            let desk = DigestDesk(store: store)
            var readings: [DigestPage.Reading] = []
            for brandKey in reader?.brands ?? [key] {
                let brand = try await options.brand(brandKey, in: store)
                let digest = try await desk.digest(
                    of: brand, on: date, zone: calendar.zone, cut: now)
                guard let digest else {
                    throw Failure("\(calendar.zone) had no \(date.iso8601)", code: .wrongUsage)
                }
                let notices = try await AlertNotices(store: store).notices(
                    for: digest, language: language)
                readings.append(
                    DigestPage.Reading(digest, language: language, notices: notices))
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
            for reading in readings { put(Terminal.current.text(of: reading)) }
        }
    }
}

extension ReaderLanguage: ExpressibleByArgument {}
