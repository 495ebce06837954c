import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotTrends
import EarshotWire
import EarshotWording

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The main job on the sample world.",
        discussion: """
            Replays a recorded month through the real fetcher, on loopback, and shows the digests \
            of its last day: one in English, one in Chinese.
            """)

    @Option(help: ArgumentHelp("The sample world.", valueName: "folder"))
    var samples = "Samples"

    @Option(help: ArgumentHelp("Where to leave the result.", valueName: "folder"))
    var output = "demo"

    func run() async throws {
        let hours = Int((Demo.end - Demo.start).milliseconds / 3_600_000)
        let progress = Progress("replaying a month", total: hours, unit: "hours")
        let result = try await Demo(samples: samples, output: output).run { moment in
            progress.update(Int((moment - Demo.start).milliseconds / 3_600_000))
        }
        progress.end()
        let summary = result.summary
        put(
            """
            A month of eight feeds, fetched from loopback: \(summary.polls) polls, \
            \(summary.failures) of them failed, \(summary.entries) entries, \
            \(summary.mentions) mentions of four brands.


            """)
        for told in result.alerts {
            for language in ReaderLanguage.allCases { put(Self.explanation(told, language) + "\n") }
        }
        let verified = result.receipts.count { $0.refusal == nil }
        put(
            """
            \(result.receipts.count) webhooks came to the demo's receiver, \(verified) with a \
            signature that verifies: \(result.receipts.map(\.id).joined(separator: ", "))


            """)
        put(
            Terminal.current.text(
                title: "What the crisis changed, from 4 to 10 March:",
                lines: result.campaigns.text(language: .en, examples: 3)
                    .split(separator: "\n").map(String.init)) + "\n")
        for reading in result.readings {
            put(Terminal.current.text(of: reading) + "\n")
        }
        put(
            """
            \(output)/digest.html   the same for a browser
            \(output)/digest.txt    the same as plain text
            \(output)/mentions.csv  every mention with its score
            \(output)/audience.csv  who was reached before and after, and why
            \(output)/features.csv  what was known of each customer at both times
            \(output)/earshot.db    the store, \(output)/earshot.yaml its configuration

            Worth trying next:
              .build/release/earshot mention list harbor --config \(output)/earshot.yaml \
            --label negative --topic leak --limit 5
              .build/release/earshot alert explain 1 --config \(output)/earshot.yaml \
            --language zh
              .build/release/earshot features show --customer C0021 --campaign harbor-spring \
            --config \(output)/earshot.yaml --now \(Demo.end.rfc3339)

            """)
    }

    /// What, how unusual, since when and why, on the wall of the reader in Berlin.
    private static func explanation(_ told: Demo.ToldAlert, _ language: ReaderLanguage) -> String {
        guard let calendar = LocalCalendar(zone: "Europe/Berlin") else { return "" }
        let terminal = Terminal.current
        return TerminalAlert(
            told.alert, brand: told.brand, language: language, width: terminal.width,
            colour: terminal.colour, clock: { calendar.clock(at: $0) }
        ).explanation(headlines: told.headlines)
    }
}
