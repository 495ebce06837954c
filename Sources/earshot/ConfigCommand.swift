import ArgumentParser
import EarshotService
import EarshotStore

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks a configuration, or prints an example.",
        subcommands: [Check.self, Example.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads the configuration and says what it declares, or what is wrong where.")

        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let configuration = try options.load()
            let ours = configuration.brands.count { !$0.isCompetitor }
            put(
                """
                \(options.config): \(configuration.sources.count) sources, \(ours) brands of ours, \
                \(configuration.brands.count - ours) competitors, \
                \(configuration.readers.count) readers; store in \
                \(options.storePath(configuration))

                """)
        }
    }

    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a commented configuration to start from.")

        func run() {
            put(Configuration.example)
        }
    }
}
