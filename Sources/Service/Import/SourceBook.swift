package import EarshotDomain
package import EarshotFeeds
package import EarshotStore

/// Takes sources in beside those that the config declares: one that a person names, or all of an
/// outline document.
package struct SourceBook {
    /// What became of an address.
    package enum Outcome: Hashable, Sendable {
        /// Under this key.
        case added(String)
        /// The source of this key has the address already.
        case known(String)
        case refused(String)
    }

    /// A source as somebody names it; what is absent is made up.
    package struct Wish: Hashable, Sendable {
        package var url: String
        /// What the key and the name are made of.
        package var title: String?
        package var key: String?
        package var name: String?
        package var kind: Source.Kind
        package var mapping: String?
        package var parameters: [String: String] = [:]
        package var language: String?
        package var folder: String?

        package init(url: String, kind: Source.Kind) {
            self.url = url
            self.kind = kind
        }
    }

    private let store: Store
    private let mappings: MappingSet
    private let now: Timestamp
    private var keys: SourceKeys
    /// Keys by identity of the address: of those that are polled, and of those that have retired.
    private var inUse: [String: String]
    private var retired: [String: String]

    package init(
        store: Store, mappings: MappingSet = .builtIn, now: Timestamp
    ) async throws {
        self.store = store
        self.mappings = mappings
        self.now = now
        let records = try await store.sources(includingRetired: true)
        keys = SourceKeys(taken: Set(records.map(\.source.key)))
        (inUse, retired) = ([:], [:])
        for record in records {
            let identity = SubscriptionAddress.identity(record.source.url)
            if record.retiredAt == nil {
                inUse[identity] = inUse[identity] ?? record.source.key
            } else {
                retired[identity] = retired[identity] ?? record.source.key
            }
        }
    }

    /// A retired source of the same address comes back with its history.
    package mutating func add(_ wish: Wish) async throws -> Outcome {
        guard !wish.url.isEmpty else { return .refused("it has no address") }
        guard !SubscriptionAddress.hasUserInfo(wish.url) else {
            return .refused("its address holds a user or password, which is never sent or stored")
        }
        guard let url = SubscriptionAddress.absolute(wish.url) else {
            return .refused(
                "'\(SubscriptionAddress.withoutUserInfo(wish.url))' is no absolute http or https "
                    + "address")
        }
        let identity = SubscriptionAddress.identity(url)
        if let known = inUse[identity] { return .known(known) }
        if let key = wish.key, !Configuration.isKey(key) {
            return .refused("a key has letters, digits, '-', '_' and '.', at most 64")
        }
        let host = SubscriptionAddress.host(of: url) ?? ""
        let title = wish.title?.isEmpty == false ? wish.title : nil
        let key: String
        if let back = retired[identity], wish.key == nil || wish.key == back {
            key = back
        } else if let asked = wish.key {
            guard !keys.isTaken(asked) else {
                return .refused("there is a source '\(asked)' already")
            }
            key = asked
            keys.take(key)
        } else {
            key = keys.make(title: title ?? "", host: host)
        }
        let isNew = try await store.add(
            SourceDeclaration(
                key: key, name: wish.name ?? title ?? wish.key ?? host, url: url, kind: wish.kind,
                mapping: wish.mapping, parameters: wish.parameters,
                language: wish.language?.lowercased(),
                folder: wish.folder), now: now)
        guard isNew else { return .refused("there is a source '\(key)' already") }
        inUse[identity] = key
        return .added(key)
    }

    /// One subscription of an outline document; a key that is taken gets a number.
    ///
    /// - Parameter kind: where the outline names none.
    package mutating func add(
        _ outline: OPMLOutline, kind: Source.Kind
    ) async throws -> Outcome {
        var wish = Wish(url: outline.url, kind: kind)
        wish.title = outline.title
        wish.folder = FolderPath.text(of: outline.folders)
        wish.language = outline.language
        if let name = outline.kind {
            guard let kind = Source.Kind(rawValue: name) else {
                return .refused("kind '\(name)' is none of social, review, news")
            }
            wish.kind = kind
        }
        if let mapping = outline.mapping {
            guard mappings[mapping] != nil else {
                return .refused("there is no mapping '\(mapping)'")
            }
            wish.mapping = mapping
            wish.parameters = outline.parameters
        }
        if let key = outline.key, Configuration.isKey(key), !keys.isTaken(key) { wish.key = key }
        return try await add(wish)
    }

    /// All that is polled, for an outline document.
    package static func outlines(of store: Store) async throws -> [OPMLOutline] {
        try await store.sources().map(\.source).map { source in
            var outline = OPMLOutline(title: source.name, url: source.url)
            outline.folders = FolderPath.names(in: source.folder)
            outline.key = source.key
            outline.kind = source.kind.rawValue
            outline.mapping = source.mapping
            // Where secrets are kept is told to nobody.
            outline.parameters = source.parameters.filter { $0.key != "token" }
            outline.language = source.language
            return outline
        }
    }
}
