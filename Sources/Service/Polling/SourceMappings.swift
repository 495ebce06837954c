package import EarshotFeeds
import EarshotDomain
package import Foundation

/// How mapped sources are asked: the mappings there are, and where their tokens are kept.
package struct SourceMappings: Sendable {
    let mappings: MappingSet
    private let folder: URL
    private let environment: [String: String]

    /// Those that come with Earshot; tokens from the environment alone.
    package init() {
        self.init(MappingSet.builtIn, folder: URL(filePath: "."))
    }

    /// - Parameter folder: that of the configuration, where files with tokens lie.
    package init(
        _ mappings: MappingSet, folder: URL,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.mappings = mappings
        self.folder = folder
        self.environment = environment
    }

    /// The walk through a source's pages; what it throws names no secret.
    func walk(
        _ mapping: Mapping, of source: Source, address: String, mark: String?, now: Timestamp
    ) throws(MappingError) -> PageWalk {
        var values = source.parameters
        if let text = values["token"] {
            guard let reference = SecretReference(text),
                let token = reference.text(folder: folder, environment: environment),
                !token.isEmpty
            else { throw MappingError("its token is not at \(SecretReference(text) ?? .unnamed)") }
            values["token"] = token
        }
        return try PageWalk(
            mapping, address: source.parameters.isEmpty ? address : nil, values: values,
            mark: mark.flatMap { PageMark(text: $0) }, now: now)
    }
}

extension SecretReference {
    /// Where something stands that is no reference.
    fileprivate static let unnamed = SecretReference.environment(name: "")
}
