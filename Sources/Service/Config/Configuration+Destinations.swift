package import EarshotDelivery
package import Foundation
import Yams

extension Configuration {
    /// Where alerts are delivered to.
    package struct Destination: Hashable, Sendable {
        package let key: String
        /// Absolute, http or https.
        package let url: String
        /// The new one first while they change; at least one.
        package let secrets: [SecretReference]
        /// Keys of the brands whose alerts go there.
        package let brands: [String]
    }
}

/// Where a secret is kept, so that no configuration holds one.
package enum SecretReference: Hashable, Sendable, CustomStringConvertible {
    case environment(name: String)
    /// Relative to the folder of the configuration.
    case file(path: String)

    /// Reads `env:NAME` or `file:PATH`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("env", 2): self = .environment(name: parts[1])
        case ("file", 2): self = .file(path: parts[1])
        default: return nil
        }
    }

    package var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        }
    }

    /// Absent where it is not there, or cannot be read.
    func text(folder: URL, environment: [String: String]) -> String? {
        switch self {
        case .environment(let name): environment[name]
        case .file(let path):
            (try? Data(
                contentsOf: path.hasPrefix("/")
                    ? URL(filePath: path) : folder.appending(path: path)))
                .map { String(decoding: $0, as: UTF8.self) }?
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}

/// A destination's secret cannot be had; told by where it should be, never by what it is.
package struct SecretError: Error, Hashable, CustomStringConvertible {
    package let destination: String
    package let reference: SecretReference
    /// Whether there is something there, though no secret.
    package let isThere: Bool

    package var description: String {
        let fault =
            isThere ? "holds no 'whsec_' and base64 of 24 to 64 bytes" : "is not there to be read"
        return "the secret of destination '\(destination)', \(reference), \(fault)"
    }
}

extension Configuration.Destination {
    /// The destination with its secrets, read from where they are kept.
    ///
    /// - Parameters:
    ///   - folder: that of the configuration.
    ///   - environment: of the process.
    package func webhook(
        folder: URL, environment: [String: String]
    ) throws(SecretError) -> WebhookDestination {
        var read: [WebhookSecret] = []
        for reference in secrets {
            let text = reference.text(folder: folder, environment: environment)
            guard let secret = text.flatMap(WebhookSecret.init) else {
                throw SecretError(
                    destination: key, reference: reference, isThere: text != nil)
            }
            read.append(secret)
        }
        return WebhookDestination(key: key, url: url, secrets: read)
    }

    init(_ node: ConfigurationNode, brands known: Set<String>) throws(ConfigurationError) {
        let members = try node.members(allowed: ["key", "kind", "url", "secret", "brands"])
        key = try members.key(of: node)
        let kind = try members.required("kind", in: node)
        guard try kind.text() == "webhook" else { throw kind.error("expected webhook") }
        let urlNode = try members.required("url", in: node)
        url = try urlNode.text()
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw urlNode.error("expected an absolute address, https or http")
        }
        secrets = try members.required("secret", in: node).secrets()
        brands = try members.required("brands", in: node).brandKeys(of: known)
    }
}

extension ConfigurationNode {
    /// One reference, or a list while a new secret takes over from an old one.
    ///
    /// What stands there is not repeated in a complaint: it may be the secret itself.
    fileprivate func secrets() throws(ConfigurationError) -> [SecretReference] {
        let nodes = node.scalar == nil ? try elements() : [self]
        guard !nodes.isEmpty else { throw error("expected env:NAME or file:PATH") }
        var references: [SecretReference] = []
        for node in nodes {
            guard let reference = SecretReference(try node.text()) else {
                throw node.error("expected env:NAME or file:PATH; the secret itself stays outside")
            }
            references.append(reference)
        }
        return references
    }
}
