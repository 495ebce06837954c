import EarshotDomain
import EarshotFeeds
import EarshotListening
import EarshotStore
import EarshotTransport
import Foundation
import Yams

extension Configuration {
    /// Reads a configuration; `file` is how complaints name it.
    package init(parsing text: String, file: String) throws(ConfigurationError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw ConfigurationError(yaml: error, file: file)
        } catch {
            throw ConfigurationError(file: file, line: nil, column: nil, reason: "\(error)")
        }
        self.init()
        folder = URL(filePath: file).deletingLastPathComponent().path
        guard let node else { return }
        let root = ConfigurationNode(node: node, file: file)
        let members = try root.members(
            allowed: [
                "store", "fetch", "sources", "brands", "readers", "destinations", "campaigns",
                "targeting", "mappings",
            ])
        if let store = members["store"] { self.store = try store.text() }
        if let fetch = members["fetch"] { self.fetch = try Fetch(fetch) }
        if let node = members["mappings"] { mappings = try Self.mappings(node) }
        sources = try Self.list(members["sources"]) { node throws(ConfigurationError) in
            try SourceDeclaration(node, mappings: mappings)
        }
        brands = try Self.list(members["brands"]) { node throws(ConfigurationError) in
            try BrandDeclaration(node)
        }
        let known = Set(brands.filter { !$0.isCompetitor }.map(\.key))
        readers = try Self.list(members["readers"]) { node throws(ConfigurationError) in
            try Reader(node, brands: known)
        }
        destinations = try Self.list(members["destinations"]) { node throws(ConfigurationError) in
            try Destination(node, brands: known)
        }
        campaigns = try Self.list(members["campaigns"]) { node throws(ConfigurationError) in
            try Campaign(node, brands: brands)
        }
        if let node = members["targeting"] { targeting = try TargetingRules(node) }
        let brandKeys = Set(brands.map(\.key))
        for (reader, node) in zip(readers, try members["readers"]?.elements() ?? [])
        where brandKeys.contains(reader.key) {
            throw node.error("'\(reader.key)' is a brand's key; a reader needs another")
        }
        try Self.checkKeys(members["sources"])
        try Self.checkKeys(members["brands"])
        try Self.checkKeys(members["readers"])
        try Self.checkKeys(members["destinations"])
        try Self.checkKeys(members["campaigns"])
    }

    private static func list<Element>(
        _ node: ConfigurationNode?,
        _ read: (ConfigurationNode) throws(ConfigurationError) -> Element
    ) throws(ConfigurationError) -> [Element] {
        var elements: [Element] = []
        for node in try node?.elements() ?? [] { elements.append(try read(node)) }
        return elements
    }

    private static func checkKeys(_ list: ConfigurationNode?) throws(ConfigurationError) {
        var seen: Set<String> = []
        for element in try list?.elements() ?? [] {
            guard let key = element.node["key"]?.scalar?.string else { continue }
            guard seen.insert(key).inserted else { throw element.error("'\(key)' stands twice") }
        }
    }
}

extension Configuration {
    /// Whether `text` can be a key: what people type, and what stands in files.
    package static func isKey(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy {
            ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
        return isPlain && !text.isEmpty && text.utf8.count <= 64
    }
}

extension ConfigurationError {
    init(yaml error: YamlError, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, column: mark.column, reason: problem)
        default:
            self.init(file: file, line: nil, column: nil, reason: "\(error)")
        }
    }
}

extension Configuration.Fetch {
    init(_ node: ConfigurationNode) throws(ConfigurationError) {
        self.init()
        let members = try node.members(
            allowed: ["user-agent", "timeout", "max-body", "in-flight", "allow"])
        if let node = members["user-agent"] { userAgent = try node.text() }
        if let node = members["timeout"] { timeout = try node.duration() }
        if let node = members["max-body"] { maxBody = try node.byteCount() }
        if let node = members["in-flight"] { inFlight = try node.int(in: 1...512) }
        for node in try members["allow"]?.elements() ?? [] {
            guard let peer = AllowedPeer(try node.text()) else {
                throw node.error("expected ADDRESS:PORT or ADDRESS:*")
            }
            allow.append(peer)
        }
    }
}

extension SourceDeclaration {
    init(
        _ node: ConfigurationNode, mappings: MappingSet
    ) throws(ConfigurationError) {
        let members = try node.members(
            allowed: [
                "key", "name", "url", "kind", "mapping", "query", "parameters", "token",
                "language",
            ])
        let key = try members.key(of: node)
        let kindNode = try members.required("kind", in: node)
        guard let kind = Source.Kind(rawValue: try kindNode.text()) else {
            throw kindNode.error("expected social, review or news")
        }
        let (url, parameters) = try Self.request(members, of: node, mappings: mappings)
        self.init(
            key: key, name: try members["name"]?.text() ?? key,
            url: url, kind: kind, mapping: try members["mapping"]?.text(),
            parameters: parameters, language: try members["language"]?.text())
    }
}

extension BrandDeclaration {
    init(_ node: ConfigurationNode) throws(ConfigurationError) {
        let members = try node.members(
            allowed: ["key", "names", "market", "competitor", "query", "products", "aspects"])
        let key = try members.key(of: node)
        var topics: [Topic] = []
        for (list, kind) in [("products", Topic.Kind.product), ("aspects", .aspect)] {
            for node in try members[list]?.elements() ?? [] {
                let members = try node.members(allowed: ["key", "names", "query"])
                let key = try members.key(of: node)
                guard !topics.contains(where: { $0.key == key }) else {
                    throw node.error("'\(key)' stands twice")
                }
                topics.append(
                    Topic(
                        key: key, kind: kind, names: try members.names(of: key, in: node),
                        query: try members.required("query", in: node).query()))
            }
        }
        self.init(
            key: key, names: try members.names(of: key, in: node),
            query: try members.required("query", in: node).query(), topics: topics,
            market: try members["market"]?.text() ?? key,
            isCompetitor: try members["competitor"]?.bool() ?? false)
    }
}

extension Configuration.Reader {
    init(_ node: ConfigurationNode, brands known: Set<String>) throws(ConfigurationError) {
        let members = try node.members(
            allowed: ["key", "name", "language", "zone", "at", "brands"])
        key = try members.key(of: node)
        name = try members["name"]?.text() ?? key
        let languageNode = try members.required("language", in: node)
        language = try languageNode.text()
        guard ["en", "zh"].contains(language) else {
            throw languageNode.error("expected en or zh")
        }
        let zoneNode = try members.required("zone", in: node)
        zone = try zoneNode.text()
        guard TimeZone(identifier: zone) != nil else {
            throw zoneNode.error(
                "no time zone is called '\(zone)'; expected one like Europe/Berlin")
        }
        minute = try members.required("at", in: node).minuteOfDay()
        brands = try members.required("brands", in: node).brandKeys(of: known)
    }
}

extension ConfigurationNode {
    /// Keys of brands that are `known`.
    func brandKeys(of known: Set<String>) throws(ConfigurationError) -> [String] {
        var keys: [String] = []
        for node in try elements() {
            let key = try node.text()
            guard known.contains(key) else {
                throw node.error("no brand of ours is called '\(key)'")
            }
            keys.append(key)
        }
        return keys
    }

    /// A brand query that parses; what is wrong with it is told with its column.
    fileprivate func query() throws(ConfigurationError) -> String {
        let text = try self.text()
        do {
            _ = try Query(text)
        } catch {
            throw self.error(
                "this query does not parse, at its character \(error.column + 1): \(error.message)")
        }
        return text
    }

    /// `"08:30"` as minutes after midnight.
    fileprivate func minuteOfDay() throws(ConfigurationError) -> Int {
        let parts = try text().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { throw error("expected a time of day such as \"08:30\"") }
        return hour * 60 + minute
    }
}

extension [String: ConfigurationNode] {
    func required(
        _ name: String, in node: ConfigurationNode
    ) throws(ConfigurationError) -> ConfigurationNode {
        guard let member = self[name] else { throw node.error("'\(name)' is missing") }
        return member
    }

    func key(of node: ConfigurationNode) throws(ConfigurationError) -> String {
        let member = try required("key", in: node)
        let key = try member.text()
        guard Configuration.isKey(key) else {
            throw member.error("a key has letters, digits, '-', '_' and '.', at most 64 of them")
        }
        return key
    }

    func names(
        of key: String, in node: ConfigurationNode
    ) throws(ConfigurationError) -> [String: String] {
        guard let member = self["names"] else { return ["en": key] }
        var names: [String: String] = [:]
        for (language, name) in try member.members(allowed: ["en", "zh"]) {
            names[language] = try name.text()
        }
        guard names["en"] != nil else { throw member.error("'en' is missing") }
        return names
    }
}
