import ArgumentParser
import EarshotCustomers
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire

struct CustomerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "Who buys, and what.",
        subcommands: [Import.self, Show.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes customers, items, identities and interactions in.",
            discussion: """
                Files are comma-separated values with a header, as in Samples. A bad row is told \
                with its line on standard error and makes the exit code 65; the rest goes in. What \
                is known already adds nothing.
                """)

        @Option(help: ArgumentHelp("Who they are.", valueName: "file"))
        var customers: String?

        @Option(help: ArgumentHelp("What is for sale.", valueName: "file"))
        var items: String?

        @Option(help: ArgumentHelp("Which authors they are.", valueName: "file"))
        var identities: String?

        @Option(help: ArgumentHelp("What they did.", valueName: "file"))
        var interactions: String?

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard !files.isEmpty else {
                throw ValidationError(
                    "name at least one of --customers, --items, --identities, --interactions")
            }
        }

        /// In the order in which one file needs what another brings.
        private var files: [(kind: CustomerImport.Kind, path: String)] {
            let all: [(CustomerImport.Kind, String?)] = [
                (.customers, customers), (.items, items), (.identities, identities),
                (.interactions, interactions),
            ]
            return all.compactMap { kind, path in path.map { (kind, $0) } }
        }

        func run() async throws {
            let configuration = try options.load()
            let (store, lock) = try await options.openForWriting(configuration, now: clock.moment)
            defer { withExtendedLifetime(lock) {} }
            // What comes in now was not known before what the store knows already.
            let now = max(clock.moment, try await store.lastPoll() ?? clock.moment)
            let taker = CustomerImport(store: store, now: now)
            var bad = 0
            for file in files {
                let summary: CustomerImport.Summary
                do { summary = try await taker.take(file.kind, from: file.path) } catch let error
                    as ImportError
                {
                    throw Failure("\(error)", code: .badInput)
                }
                for row in summary.bad { note("\(row)") }
                bad += summary.bad.count
                show(summary, file.kind)
            }
            if bad > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
        }

        private func show(_ summary: CustomerImport.Summary, _ kind: CustomerImport.Kind) {
            guard answer.json else {
                return put(
                    "\(kind.rawValue): \(summary.added) added, \(summary.changed) changed, "
                        + "\(summary.same) known already, \(summary.bad.count) bad\n")
            }
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("kind", kind.rawValue)
            writer.member("added", summary.added)
            writer.member("changed", summary.changed)
            writer.member("same", summary.same)
            writer.member("bad", summary.bad.count)
            writer.endObject()
            put(writer)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a customer as known at --now, and what was decided.")

        @Argument(help: "Key of the customer.")
        var customer: String

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let (desk, store) = try await options.openDesk(clock.moment)
            let found = try desk.customer(customer, at: clock.moment)
            let view = CustomerSheet(found, in: desk.book, at: clock.moment)
            let decisions = try await store.decisions(of: customer, limit: 20)
                .filter { $0.at <= clock.moment }
            if answer.json { return put(view.writer(decisions)) }
            put(view.text(decisions))
        }
    }
}

extension ConfigurationOptions {
    /// The customer side as known at a moment.
    func openDesk(_ moment: Timestamp) async throws -> (desk: CustomerDesk, store: Store) {
        let configuration = try load()
        let store = try await openStore(configuration)
        let desk = try await CustomerDesk(
            store: store, configuration: configuration, knownBy: moment)
        return (desk, store)
    }
}

extension CustomerDesk {
    func customer(_ key: String, at moment: Timestamp) throws -> Customer {
        guard let customer = book.customer(key, at: moment) else {
            throw Failure(
                "no customer was called '\(key)' at \(moment.rfc3339)", code: .wrongUsage)
        }
        return customer
    }

    func campaign(_ key: String) throws -> Campaign {
        guard let campaign = campaigns.first(where: { $0.key == key }) else {
            throw Failure(
                "no campaign is called '\(key)'; known: "
                    + campaigns.map(\.key).joined(separator: ", "), code: .wrongUsage)
        }
        return campaign
    }
}
