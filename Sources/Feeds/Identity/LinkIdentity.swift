/// The part of a link by which a page is known again: scheme and host in lower case, without
/// default port, fragment, and the parameters that only trace where a reader came from.
enum LinkIdentity {
    private static let tracking: Set<String> = ["fbclid", "gclid", "dclid", "msclkid", "yclid"]
    private static let trackingPrefixes = ["utm_", "mc_"]

    /// The link, if it leads to a page: an id such as `tag:` that stands in for a link does not.
    static func web(_ link: String) -> String? {
        let scheme = URLReference(link).scheme
        return scheme == "http" || scheme == "https" ? link : nil
    }

    static func canonical(_ link: String) -> String {
        var reference = URLReference(link.trimmedBlanks)
        guard let scheme = reference.scheme, let authority = reference.authority else {
            return link.trimmedBlanks
        }
        reference.fragment = nil
        // User info keeps its case.
        let parts = authority.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        var host = (parts.last ?? "").lowercased()
        let defaultPort = scheme == "http" ? ":80" : scheme == "https" ? ":443" : ""
        if !defaultPort.isEmpty, host.hasSuffix(defaultPort) {
            host.removeLast(defaultPort.count)
        }
        reference.authority = parts.count == 2 ? parts[0] + "@" + host : host
        if reference.path.isEmpty { reference.path = "/" }
        if let query = reference.query {
            let kept = query.split(separator: "&", omittingEmptySubsequences: false).filter {
                let name = $0.prefix { $0 != "=" }.lowercased()
                return !tracking.contains(name) && !trackingPrefixes.contains { name.hasPrefix($0) }
            }
            reference.query = kept.isEmpty ? nil : kept.joined(separator: "&")
        }
        // A blank before the fragment ends the link now.
        return reference.text.trimmedBlanks
    }
}
