import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire

struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "Where entries come from.",
        subcommands: [
            Add.self, List.self, Show.self, Check.self, Import.self, Export.self, Enable.self,
            Remove.self,
        ])
}

extension Source.Kind: ExpressibleByArgument {}
