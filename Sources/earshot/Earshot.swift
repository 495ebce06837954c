import ArgumentParser
import EarshotService
import EarshotStore
import Foundation

@main struct Earshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "earshot",
        abstract: "Listens to what people say about brands and turns it into action.",
        discussion: """
            Results go to standard output, progress and complaints to standard error. Exit codes: \
            0 done, 1 failed, 64 wrong usage, 65 bad input, 75 try again later.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "The main job",
                subcommands: [DemoCommand.self, RunCommand.self, ServeCommand.self]),
            CommandGroup(
                name: "What is known",
                subcommands: [
                    DigestCommand.self, AlertCommand.self, MentionCommand.self, TrendCommand.self,
                    SourceCommand.self, ImportCommand.self, DeliverCommand.self,
                ]),
            CommandGroup(
                name: "Who is reached",
                subcommands: [
                    CustomerCommand.self, FeaturesCommand.self, RecommendCommand.self,
                    CampaignCommand.self, DecideCommand.self,
                ]),
            CommandGroup(
                name: "One stage at a time",
                subcommands: [
                    FetchCommand.self, ParseCommand.self, DiscoverCommand.self, MatchCommand.self,
                    ScoreCommand.self,
                ]),
            CommandGroup(name: "Upkeep", subcommands: [ModelCommand.self, ConfigCommand.self]),
        ])

    /// Like ArgumentParser's own, but with exit codes that tell bad input from bad luck.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as ConfigurationError {
            Failure("\(error)", code: .badInput).exit()
        } catch let error as StoreError {
            Failure("\(error)", code: error.advice == .retry ? .tryAgain : .failed).exit()
        } catch let failure as Failure {
            failure.exit()
        } catch let error as DemoError {
            Failure("\(error)", code: .wrongUsage).exit()
        } catch let error as CocoaError {
            let file = error.userInfo[NSFilePathErrorKey] as? String ?? error.url?.path
            let system = (error.underlying as? POSIXError).map { $0.code.rawValue }
            let reason = system.map { String(cString: strerror($0)) } ?? error.localizedDescription
            Failure("\(file ?? "a file"): \(reason)", code: .badInput).exit()
        } catch {
            exit(withError: error)
        }
    }
}

/// Ends the program with a line on standard error.
struct Failure: Error {
    enum Code: Int32 {
        case failed = 1
        case wrongUsage = 64
        case badInput = 65
        case tryAgain = 75
    }

    let message: String
    let code: Code

    init(_ message: String, code: Code = .failed) {
        self.message = message
        self.code = code
    }

    func exit() -> Never {
        note("earshot: \(message)")
        Foundation.exit(code.rawValue)
    }
}
