import ArgumentParser
import EarshotService
import EarshotStore

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Polls each source whenever it is due, until told to stop.",
        discussion: """
            Alerts are delivered and digests made as they come. SIGTERM or Ctrl-C ends it once the \
            document in hand is stored. What happens is told on standard error.
            """)

    @OptionGroup var clock: ClockOptions
    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load()
        let (store, lock) = try await options.openForWriting(configuration, now: clock.moment)
        defer { withExtendedLifetime(lock) {} }
        let stop = StopSignal()
        let signals = stop.raiseOnTermination()
        defer { withExtendedLifetime(signals) {} }
        try await Serving(
            configuration: configuration,
            destinations: try options.destinations(configuration),
            logger: Serving.standardErrorLogger()
        ).run(store, on: .wall(from: clock.moment), stop: stop)
        try store.close()
    }
}
