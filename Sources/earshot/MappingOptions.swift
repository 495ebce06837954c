import ArgumentParser
import EarshotFeeds
import EarshotService

/// How documents of a platform are read.
struct MappingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to read a platform's answers, such as mastodon.", valueName: "name"))
    var map: String?

    @Option(
        help: ArgumentHelp(
            "A configuration whose mappings count beside those that come with Earshot.",
            valueName: "file"))
    var config: String?

    /// The mapping that is named; absent where none is.
    func mapping() throws -> Mapping? {
        guard let map else { return nil }
        var mappings = MappingSet.builtIn
        if let config {
            var options = ConfigurationOptions()
            options.config = config
            mappings = try options.load().mappings
        }
        guard let mapping = mappings[map] else {
            throw Failure(
                "there is no mapping '\(map)'; known: " + mappings.names.joined(separator: ", "),
                code: .wrongUsage)
        }
        return mapping
    }
}
