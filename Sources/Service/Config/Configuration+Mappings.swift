import EarshotFeeds
import EarshotStore
import EarshotWire
import Foundation
import Yams

extension Configuration {
    /// How mapped sources are asked.
    package var sourceMappings: SourceMappings {
        SourceMappings(mappings, folder: URL(filePath: folder))
    }

    /// `mappings`, each by its name, beside those that come with Earshot; one of the same name
    /// stands in place of theirs.
    static func mappings(_ node: ConfigurationNode) throws(ConfigurationError) -> MappingSet {
        var own: [String: Mapping] = [:]
        for (name, node) in try node.named() {
            do {
                own[name] = try Mapping(parsing: String(decoding: node.json(), as: UTF8.self))
            } catch {
                throw node.at(error.place, isName: error.isAboutName).error(
                    "mapping '\(name)': \(error.reason)")
            }
        }
        return MappingSet(adding: own)
    }
}

extension SourceDeclaration {
    /// Reads what a source says of its mapping: either an address of its own, or what the
    /// mapping's request is made for.
    static func request(
        _ members: [String: ConfigurationNode], of node: ConfigurationNode, mappings: MappingSet
    ) throws(ConfigurationError) -> (url: String, parameters: [String: String]) {
        let name = try members["mapping"]?.text()
        if let node = members["mapping"], mappings[name] == nil {
            throw node.error(
                "there is no mapping '\(name ?? "")'; known: "
                    + mappings.names.joined(separator: ", "))
        }
        var parameters: [String: String] = [:]
        for (key, node) in try members["parameters"]?.named() ?? [] {
            parameters[key] = try node.text()
        }
        if let node = members["query"] { parameters["query"] = try node.text() }
        if let node = members["token"] {
            // What stands there is not repeated: it may be the secret itself.
            guard let reference = SecretReference(try node.text()) else {
                throw node.error("expected env:NAME or file:PATH; the secret itself stays outside")
            }
            guard mappings[name]?.takesToken == true else {
                throw node.error("a token goes into a mapping's request, and there is none")
            }
            parameters["token"] = reference.description
        }
        guard let mapping = mappings[name], members["url"] == nil else {
            let stray = ["query", "parameters", "token"].first { members[$0] != nil }
            if let stray, let node = members[stray] {
                throw node.error("'\(stray)' goes with a mapping's own request, not with a url")
            }
            return (try members.required("url", in: node).text(), [:])
        }
        do {
            return (try mapping.address(parameters), parameters)
        } catch {
            let place = members["parameters"] ?? members["query"] ?? members["mapping"] ?? node
            throw place.error("mapping '\(name ?? "")': \(error.reason)")
        }
    }
}

extension ConfigurationNode {
    /// The members of a mapping whose keys are free, in written order, each at most once.
    fileprivate func named() throws(ConfigurationError) -> [(String, ConfigurationNode)] {
        guard case .mapping(let mapping) = node else { throw error("expected names and values") }
        var seen: Set<String> = []
        var members: [(String, ConfigurationNode)] = []
        for (key, value) in mapping {
            let place = ConfigurationNode(node: key, file: file)
            guard let name = key.scalar?.string, Configuration.isKey(name) else {
                throw place.error("a name has letters, digits, '-', '_' and '.'")
            }
            guard seen.insert(name).inserted else {
                throw place.error("'\(name)' stands here twice")
            }
            members.append((name, ConfigurationNode(node: value, file: file)))
        }
        return members
    }

    /// The same as JSON, all scalars as text.
    fileprivate func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.yaml(node)
        return writer.bytes
    }

    /// What stands at a place inside, as far as there is something.
    ///
    /// - Parameter isName: whether the last name itself is meant.
    fileprivate func at(_ place: [String], isName: Bool) -> ConfigurationNode {
        var found = self
        for (depth, step) in place.enumerated() {
            switch found.node {
            case .mapping(let mapping):
                guard let pair = mapping.first(where: { $0.key.scalar?.string == step }) else {
                    return found
                }
                let isMeant = isName && depth == place.count - 1
                found = ConfigurationNode(node: isMeant ? pair.key : pair.value, file: file)
            case .sequence(let sequence):
                guard let index = Int(step), sequence.indices.contains(index) else { return found }
                found = ConfigurationNode(node: sequence[index], file: file)
            default: return found
            }
        }
        return found
    }
}

extension JSONWriter {
    fileprivate mutating func yaml(_ node: Node) {
        switch node {
        case .scalar(let scalar): string(scalar.string)
        case .sequence(let sequence):
            beginArray()
            for element in sequence { yaml(element) }
            endArray()
        case .mapping(let mapping):
            beginObject()
            for (key, value) in mapping {
                name(key.scalar?.string ?? "")
                yaml(value)
            }
            endObject()
        case .alias: null()
        }
    }
}
