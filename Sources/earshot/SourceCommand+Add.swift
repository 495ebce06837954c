import ArgumentParser
import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotTransport
import EarshotWire

extension SourceCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds the feed of an address and adds it, due at once.",
            discussion: """
                The address may be a feed, or a page that leads to one; of several feeds the first \
                is added and the others are named. With --as-is the address is added unseen, and \
                so it is with --mapping; a mapping that has a request of its own, such as \
                hackernews, takes --query or --parameter in place of an address. A source that the \
                configuration declares is changed there, not here.
                """)

        @Argument(help: "Address of a page or feed; https where it names no scheme.")
        var url: String?

        @Option(
            help:
                "What others call it by: letters, digits, '-', '_' and '.'; else made of its title."
        )
        var key: String?

        @Option(help: "What people call it; the feed's title otherwise.")
        var name: String?

        @Option(help: "social, review or news; else what its platform tells, or news.")
        var kind: Source.Kind?

        @Option(help: ArgumentHelp("How to read its JSON, such as mastodon.", valueName: "name"))
        var mapping: String?

        @Option(help: "What the mapping's request asks for.")
        var query: String?

        @Option(
            help: ArgumentHelp(
                "What else the mapping's request is made for, such as instance=mastodon.example.",
                valueName: "name=value"))
        var parameter: [RequestParameter] = []

        @Option(help: ArgumentHelp("The mapping's token.", valueName: "env:NAME or file:PATH"))
        var token: String?

        @Option(help: "What it mostly writes in, such as en.")
        var language: String?

        @Option(help: "Where to keep it: names of folders parted by '/'.")
        var folder: String?

        @Flag(help: "Add the address unseen.")
        var asIs = false

        @OptionGroup var clock: ClockOptions
        @OptionGroup var options: ConfigurationOptions

        /// One value of a mapping's request.
        struct RequestParameter: ExpressibleByArgument {
            let name: String
            let value: String

            init?(argument: String) {
                let parts = argument.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, !parts[0].isEmpty else { return nil }
                (name, value) = (String(parts[0]), String(parts[1]))
            }
        }

        /// What the mapping's own request is made for; a secret stands here by its reference.
        private var parameters: [String: String] {
            var parameters = Dictionary(
                parameter.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            parameters["query"] = query ?? parameters["query"]
            parameters["token"] = token ?? parameters["token"]
            return parameters
        }

        func validate() throws {
            if let url {
                guard !SubscriptionAddress.hasUserInfo(DiscoverCommand.absolute(url)) else {
                    throw ValidationError(
                        "the address holds a user or password, which is never sent or stored")
                }
                guard SubscriptionAddress.absolute(DiscoverCommand.absolute(url)) != nil else {
                    throw ValidationError("'\(url)' is no absolute http or https address")
                }
                guard parameters.isEmpty else {
                    throw ValidationError(
                        "--query, --parameter and --token go with a mapping's own request, "
                            + "not with an address")
                }
            } else if mapping == nil {
                throw ValidationError("name an address, or a --mapping that has a request")
            }
            if let token = parameters["token"], SecretReference(token) == nil {
                throw ValidationError(
                    "expected env:NAME or file:PATH; the token itself stays outside")
            }
            if let key, !Configuration.isKey(key) {
                throw ValidationError("a key has letters, digits, '-', '_' and '.', at most 64")
            }
        }

        func run() async throws {
            let configuration = try options.load()
            let now = clock.moment
            let (store, lock) = try await options.openForWriting(configuration, now: now)
            defer { withExtendedLifetime(lock) {} }
            if let key, configuration.sources.contains(where: { $0.key == key }) {
                throw Failure("\(options.config) declares '\(key)'; change it there")
            }
            var book = try await SourceBook(
                store: store, mappings: configuration.mappings, now: now)
            let address = try address(configuration.mappings)
            let isTakenAsIs = asIs || mapping != nil
            let feeds = isTakenAsIs ? [] : try await feeds(of: address, configuration)
            let outcome = try await book.add(wish(feeds.first, address: address))
            let feed = feeds.first.map { ": \($0.url), \($0.entries) entries now" } ?? ""
            switch outcome {
            case .added(let key): put("added \(key)\(feed); 'earshot run' fetches it\n")
            case .known(let key): throw Failure("the source '\(key)' has this address already")
            case .refused(let reason): throw Failure(reason)
            }
            for other in feeds.dropFirst() {
                put("also there: \(other.url)  \(other.title ?? "without a title")\n")
            }
        }

        /// What the person named, or where the mapping's request goes.
        private func address(_ mappings: MappingSet) throws -> String {
            if let mapping, mappings[mapping] == nil {
                throw Failure(
                    "there is no mapping '\(mapping)'; known: "
                        + mappings.names.joined(separator: ", "), code: .wrongUsage)
            }
            if let url { return DiscoverCommand.absolute(url) }
            do throws(MappingError) {
                return try mappings[mapping]?.address(parameters) ?? ""
            } catch {
                throw Failure(
                    "mapping '\(mapping ?? "")': \(error.reason)", code: .wrongUsage)
            }
        }

        private func wish(_ feed: FoundFeed?, address: String) -> SourceBook.Wish {
            let social = mapping == nil ? Source.Kind.news : .social
            var wish = SourceBook.Wish(
                url: feed?.url ?? address, kind: kind ?? feed?.kind ?? social)
            wish.title = feed?.title ?? title
            wish.key = key
            wish.name = name
            wish.mapping = mapping
            wish.parameters = parameters
            wish.language = language
            wish.folder = FolderPath.text(of: FolderPath.names(in: folder))
            return wish
        }

        /// What a mapped source is called where nobody names it.
        private var title: String? {
            mapping.map {
                ([$0]
                    + parameters.filter { $0.key != "token" }
                    .sorted { $0.key < $1.key }.map(\.value)).joined(separator: " ")
            }
        }

        private func feeds(
            of address: String, _ configuration: Configuration
        ) async throws -> [FoundFeed] {
            let engine = FetchEngine(configuration.fetch.engine())
            do {
                let report = try await FeedFinder { try await engine.fetch($0) }
                    .feeds(of: address) { note("trying \($0)") }
                await engine.shutdown()
                guard !report.feeds.isEmpty else {
                    for line in report.refused { note(line) }
                    throw Failure("\(address) leads to no feed", code: .badInput)
                }
                return report.feeds
            } catch let error as TransportError {
                await engine.shutdown()
                throw Failure(error)
            }
        }
    }
}
