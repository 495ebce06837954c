import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotWire

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
        for reading in result.readings {
            put(Terminal.current.text(of: reading.digest, language: reading.language) + "\n")
        }
        put(
            """
            \(output)/digest.html   the same for a browser
            \(output)/digest.txt    the same as plain text
            \(output)/mentions.csv  every mention with its score
            \(output)/earshot.db    the store, \(output)/earshot.yaml its configuration

            Worth trying next:
              .build/release/earshot mention list harbor --config \(output)/earshot.yaml \
            --label negative --topic leak --limit 5
              .build/release/earshot trend show harbor --config \(output)/earshot.yaml \
            --now \(Demo.end.rfc3339)
              .build/release/earshot digest show mia --config \(output)/earshot.yaml \
            --date 2026-03-05 --now 2026-03-06T07:30:00Z

            """)
    }
}
