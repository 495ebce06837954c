/// A URL or a relative reference in its five parts (RFC 3986, appendix B); what is inside them is
/// not checked, because publishers write spaces and letters of all scripts there.
struct URLReference: Hashable {
    var scheme: String?
    var authority: String?
    var path: String
    var query: String?
    var fragment: String?

    init(_ text: String) {
        var rest = Substring(text)
        if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let name = rest[..<colon]
            if URLReference.isScheme(name) {
                scheme = name.lowercased()
                rest = rest[rest.utf8.index(after: colon)...]
            }
        }
        if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(rest[rest.utf8.index(after: hash)...])
            rest = rest[..<hash]
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            query = String(rest[rest.utf8.index(after: mark)...])
            rest = rest[..<mark]
        }
        if rest.utf8.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        path = String(rest)
    }

    private static func isScheme(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, first.isASCIILetter else { return false }
        return name.utf8.allSatisfy {
            $0.isASCIILetterOrDigit || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
        }
    }

    var text: String {
        var text = ""
        if let scheme { text += scheme + ":" }
        if let authority { text += "//" + authority }
        text += path
        if let query { text += "?" + query }
        if let fragment { text += "#" + fragment }
        return text
    }

    /// Host in lower case without user info and port; absent where there is none.
    var host: String? {
        guard var host = authority?.split(separator: "@").last else { return nil }
        if host.utf8.first == UInt8(ascii: "["), let end = host.firstIndex(of: "]") {
            return host[...end].lowercased()
        }
        if let colon = host.lastIndex(of: ":") { host = host[..<colon] }
        return host.isEmpty ? nil : host.lowercased()
    }

    /// This reference as seen from `base` (RFC 3986, section 5.2.2); itself where it is absolute.
    func resolved(against base: URLReference) -> URLReference {
        guard scheme == nil, base.scheme != nil else { return self }
        var target = self
        target.scheme = base.scheme
        guard authority == nil else {
            target.path = Self.removingDotSegments(path)
            return target
        }
        target.authority = base.authority
        if path.isEmpty {
            target.path = base.path
            target.query = query ?? base.query
        } else if path.utf8.first == UInt8(ascii: "/") {
            target.path = Self.removingDotSegments(path)
        } else {
            target.path = Self.removingDotSegments(base.merged(with: path))
        }
        return target
    }

    /// RFC 3986, section 5.2.3.
    private func merged(with relative: String) -> String {
        if authority != nil, path.isEmpty { return "/" + relative }
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
        return path[...slash] + relative
    }

    /// RFC 3986, section 5.2.4.
    private static func removingDotSegments(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var kept: [Substring] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".":
                if isLast { kept.append("") }
            case "..":
                if kept.count > 1 || (kept.count == 1 && kept[0] != "") { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return kept.joined(separator: "/")
    }
}

/// Makes the links of a document absolute.
struct LinkResolver {
    /// Absolute, or nil where nothing is known.
    let base: URLReference?

    /// Schemes that a sanitised link may have; all others carry out code or read local files.
    private static let safeSchemes: Set<String> = ["http", "https", "mailto", "tel", "ftp", "feed"]

    private static let codeSchemes: Set<String> = ["javascript", "vbscript", "data", "blob"]

    init(base: String?) {
        self.base = base.map { URLReference($0) }
    }

    private init(_ base: URLReference?) {
        self.base = base
    }

    /// The resolver below an `xml:base`; one of an unsafe scheme does not count.
    func rebased(_ text: String) -> LinkResolver {
        let reference = URLReference(text.trimmedBlanks)
        let target = base.map { reference.resolved(against: $0) } ?? reference
        guard target.scheme.map({ Self.safeSchemes.contains($0) }) ?? (base == nil) else {
            return self
        }
        return LinkResolver(target)
    }

    /// Trimmed, and absolute where a base is known; absent where its scheme carries out code.
    func resolve(_ text: String) -> String? {
        let text = text.trimmedBlanks
        if Self.isAbsoluteWeb(text) { return text }
        if let scheme = Self.scheme(of: text) {
            return Self.codeSchemes.contains(scheme) ? nil : text
        }
        return base.map { URLReference(text).resolved(against: $0).text } ?? text
    }

    /// The same for markup; absent where the scheme is not known to be safe.
    func resolveSafely(_ text: String) -> String? {
        let text = text.trimmedBlanks
        if Self.isAbsoluteWeb(text) { return text }
        if let scheme = Self.scheme(of: text), !Self.safeSchemes.contains(scheme) { return nil }
        return resolve(text)
    }

    /// As browsers see it, which drop blanks and controls inside a scheme: `java\nscript:`.
    private static func scheme(of text: String) -> String? {
        let squeezed = String(text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F })
        return URLReference(squeezed).scheme
    }

    private static func isAbsoluteWeb(_ text: String) -> Bool {
        text.utf8.starts(with: "https://".utf8) || text.utf8.starts(with: "http://".utf8)
    }
}

extension String {
    /// Without blanks and control characters at both ends.
    var trimmedBlanks: String {
        guard let first = utf8.first, let last = utf8.last, first <= 0x20 || last <= 0x20 else {
            return self
        }
        guard let start = utf8.firstIndex(where: { $0 > 0x20 }),
            let end = utf8.lastIndex(where: { $0 > 0x20 })
        else { return "" }
        return String(self[start...end])
    }
}
