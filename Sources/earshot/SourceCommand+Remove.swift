import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import Foundation

extension SourceCommand {
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Polls a source no more; its entries stay.",
            discussion: "A source that the configuration declares is taken out there, not here.")

        @Argument(help: "Key of the source.")
        var key: String

        @OptionGroup var clock: ClockOptions
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let configuration = try options.load()
            if configuration.sources.contains(where: { $0.key == key }) {
                let text = FileManager.default.contents(atPath: options.config) ?? Data()
                let line = Configuration.line(
                    ofSource: key, in: String(decoding: text, as: UTF8.self))
                let place = options.config + (line.map { ":\($0)" } ?? "")
                throw Failure("\(place) declares '\(key)'; take it out there")
            }
            let (store, lock) = try await options.openForWriting(configuration, now: clock.moment)
            defer { withExtendedLifetime(lock) {} }
            let record = try SourceCommand.known(key, in: try await store.sources()) {
                $0.source.key
            }
            guard try await store.retire(record.source.id, now: clock.moment) else {
                throw Failure("'\(key)' is declared elsewhere")
            }
            put("removed \(key); its entries stay, 'earshot source add' brings it back\n")
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Polls a source again that was stopped, or forgets its failures.")

        @Argument(help: "Key of the source.")
        var key: String

        @OptionGroup var clock: ClockOptions
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let (store, lock) = try await options.openForWriting(
                try options.load(), now: clock.moment)
            defer { withExtendedLifetime(lock) {} }
            let record = try SourceCommand.known(key, in: try await store.sources()) {
                $0.source.key
            }
            try await store.enable(record.source.id, now: clock.moment)
            put("\(key) is due now; 'earshot run' fetches it\n")
        }
    }
}
