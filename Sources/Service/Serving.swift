package import EarshotDelivery
import EarshotDomain
package import EarshotStore
import EarshotTransport
package import Logging

/// The pass repeated on schedule: every source whenever it is due, every digest and delivery when
/// theirs are, until told to stop.
package struct Serving {
    private let configuration: Configuration
    private let destinations: [WebhookDestination]
    private let logger: Logger

    /// A delivery that is due and did not go out is looked at again after so long (chosen: as rare
    /// as costs nothing).
    private static let overdueLook = Duration.seconds(5)

    package init(
        configuration: Configuration, destinations: [WebhookDestination],
        logger: Logger = Logger(label: "earshot") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.configuration = configuration
        self.destinations = destinations
        self.logger = logger
    }

    /// A logger that writes lines to standard error, from `info` on.
    package static func standardErrorLogger() -> Logger {
        Logger(label: "earshot") { StreamLogHandler.standardError(label: $0) }
    }

    /// Runs until `stop` is raised; what is in hand then is finished.
    package func run(_ store: Store, on clock: PassClock, stop: StopSignal) async throws {
        var settings = configuration.fetch.engine()
        settings.pace = Poller.hopRules
        let engine = FetchEngine(settings)
        do {
            try await run(store, on: clock, stop: stop, engine: engine)
            await engine.shutdown()
        } catch {
            await engine.shutdown()
            throw error
        }
    }

    private func run(
        _ store: Store, on clock: PassClock, stop: StopSignal, engine: FetchEngine
    ) async throws {
        var pipeline = try await Pipeline(
            store: store,
            poller: Poller(
                engine: engine, inFlight: configuration.fetch.inFlight,
                mappings: configuration.sourceMappings),
            configuration: configuration, now: clock.now, log: PassLog(logger))
        let delivery = OutboxDelivery(
            store: store, sender: WebhookSender(engine: engine) { clock.now },
            destinations: destinations)
        let count = try await store.sources().count
        logger.info("serving", metadata: ["sources": "\(count)"])
        // A slow receiver keeps no source waiting: deliveries run beside the polls.
        let (rings, bell) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        async let deliveries: Void = deliver(delivery, rings: rings, clock: clock)
        let summary: PassSummary
        do {
            defer { bell.finish() }
            summary = try await pipeline.follow(on: clock, stop: stop) { now in
                bell.yield()
                let due = try await delivery.nextDue()
                return due.map { $0 > now ? $0 : now + Self.overdueLook }
            }
        }
        try await deliveries
        logger.info(
            "stopped",
            metadata: [
                "polls": "\(summary.polls)", "failures": "\(summary.failures)",
                "entries": "\(summary.entries)",
            ])
    }

    private func deliver(
        _ delivery: OutboxDelivery, rings: AsyncStream<Void>, clock: PassClock
    ) async throws {
        for await _ in rings {
            let summary = try await delivery.round(now: clock.now)
            let counts: [(String, Int)] = [
                ("delivered", summary.delivered), ("delayed", summary.delayed),
                ("failed", summary.failed), ("disabled", summary.disabled),
            ]
            let told = counts.filter { $0.1 > 0 }
            guard !told.isEmpty else { continue }
            logger.info(
                "deliveries",
                metadata: Dictionary(uniqueKeysWithValues: told.map { ($0.0, "\($0.1)") }))
        }
    }
}
