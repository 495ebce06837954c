import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire

extension SourceCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows each source: what came when, what went wrong, when it is tried next.")

        @Flag(help: "With those that were removed or are no longer declared.")
        var all = false

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let store = try await options.openStore(try options.load())
            let standings = try await SourceDesk(store: store)
                .standings(at: clock.moment, includingRetired: all)
            if answer.json {
                for standing in standings {
                    var writer = JSONWriter()
                    writer.beginObject()
                    standing.write(to: &writer)
                    writer.endObject()
                    put(writer)
                }
                return
            }
            guard !standings.isEmpty else {
                return note("no sources yet; 'earshot source add ADDRESS' adds one")
            }
            put(Self.sentence(standings) + "\n\n" + Self.table(standings).text)
            let troubles = standings.compactMap { standing in
                SourceWords.trouble(of: standing).map { "\(standing.record.source.key): \($0)\n" }
            }
            if !troubles.isEmpty { put("\n" + troubles.joined()) }
        }

        /// What there is to know first.
        private static func sentence(_ standings: [SourceDesk.Standing]) -> String {
            let states = standings.map { SourceWords.state(of: $0) }
            let told = ["failing", "stopped", "gap", "quiet", "waiting", "new", "removed"]
                .compactMap {
                    word -> String? in
                    let count = states.count { $0 == word }
                    guard count > 0 else { return nil }
                    return word == "gap" ? "\(count) with a gap" : "\(count) \(word)"
                }
            let count = standings.count == 1 ? "1 source" : "\(standings.count) sources"
            return told.isEmpty
                ? "\(count), all as they should be." : "\(count): \(told.joined(separator: ", "))."
        }

        private static func table(_ standings: [SourceDesk.Standing]) -> TextTable {
            var table = TextTable([
                .init("source"), .init("kind"), .init("from"), .init("entries", isNumber: true),
                .init("last entry"), .init("last poll"), .init("next poll"), .init("state"),
            ])
            for standing in standings {
                let record = standing.record
                table.add([
                    record.source.key, record.source.kind.rawValue, record.origin.rawValue,
                    "\(standing.entries)", SourceWords.time(record.state.lastEntryAt),
                    SourceWords.time(record.state.lastPolled),
                    SourceWords.time(standing.nextPoll), SourceWords.state(of: standing),
                ])
            }
            return table
        }
    }
}
