import ArgumentParser
import EarshotDelivery
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotTransport
import EarshotWire
import Foundation

struct DeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "What goes out: what is due, what failed and why.",
        subcommands: [List.self, Test.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists messages, the newest first.")

        @Option(help: "Only those pending, delivered, failed or disabled.")
        var state: OutboxMessage.State?

        @Option(help: "At most so many.")
        var limit = 50

        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
        }

        func run() async throws {
            let store = try await options.openStore(try options.load())
            let messages = try await store.outbox(state: state, limit: limit)
            if answer.json {
                for message in messages {
                    put(Self.json(message, try await store.attempts(of: message.id)))
                }
                return
            }
            guard !messages.isEmpty else { return note("nothing to deliver") }
            var table = TextTable([
                .init("since"), .init("to"), .init("what"), .init("tries", isNumber: true),
                .init("state"), .init("next try"), .init("last answer"),
            ])
            for message in messages {
                table.add([
                    message.knownAt.rfc3339, message.draft.destination, message.draft.kind,
                    "\(message.attempts)", message.state.rawValue,
                    message.state == .pending ? message.nextAttemptAt.rfc3339 : "–",
                    message.lastError ?? message.lastStatus.map(String.init) ?? "–",
                ])
            }
            put(table.text)
        }

        private static func json(
            _ message: OutboxMessage, _ attempts: [DeliveryAttempt]
        ) -> JSONWriter {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("id", message.draft.id)
            writer.member("destination", message.draft.destination)
            writer.member("kind", message.draft.kind)
            writer.member("state", message.state.rawValue)
            writer.member("known_at", message.knownAt)
            writer.member("attempts", message.attempts)
            if message.state == .pending { writer.member("next_attempt", message.nextAttemptAt) }
            writer.member("settled_at", message.settledAt)
            writer.member("status", message.lastStatus)
            writer.member("error", message.lastError)
            writer.name("sent")
            writer.beginArray()
            for attempt in attempts {
                writer.beginObject()
                writer.member("at", attempt.sentAt)
                writer.member("status", attempt.status)
                writer.member("error", attempt.error)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
            return writer
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a signed message of kind earshot.test, past the outbox.")

        @Argument(help: "Key of a destination.")
        var key: String

        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let configuration = try options.load()
            guard let declared = configuration.destinations.first(where: { $0.key == key }) else {
                throw Failure("no destination is called '\(key)'", code: .wrongUsage)
            }
            let destination: WebhookDestination
            do {
                destination = try declared.webhook(
                    folder: URL(filePath: options.config).deletingLastPathComponent(),
                    environment: ProcessInfo.processInfo.environment)
            } catch {
                throw Failure("\(error)", code: .badInput)
            }
            let engine = FetchEngine(configuration.fetch.engine())
            let sender = WebhookSender(engine: engine) { Self.now }
            let attempt = try await sender.send(Self.message(at: Self.now), to: destination)
            await engine.shutdown()
            if let error = attempt.error { throw Failure("\(key): \(error)", code: .tryAgain) }
            let status = attempt.status ?? 0
            guard (200...299).contains(status) else {
                throw Failure("\(key) answered \(status); only 2xx is success")
            }
            put("\(key) answered \(status)\n")
        }

        private static var now: Timestamp {
            Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        }

        private static func message(at now: Timestamp) -> OutboxDraft {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("type", "earshot.test")
            writer.member("timestamp", now)
            writer.name("data")
            writer.beginObject()
            writer.endObject()
            writer.endObject()
            return OutboxDraft(
                id: "test_\(now.milliseconds)", destination: "", kind: "earshot.test",
                payload: String(decoding: writer.bytes, as: UTF8.self))
        }
    }
}

extension OutboxMessage.State: ExpressibleByArgument {}
