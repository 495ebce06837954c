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
        guard base.scheme != nil, scheme == nil || isRelativeWeb(to: base) else { return self }
        var target = self
        target.scheme = base.scheme
        // `#` and `?` alone add nothing but a difference.
        if query?.isEmpty == true { target.query = nil }
        if fragment?.isEmpty == true { target.fragment = nil }
        guard authority == nil else {
            target.path = Self.removingDotSegments(path)
            return target
        }
        target.authority = base.authority
        if path.isEmpty {
            target.path = base.path
            target.query = target.query ?? base.query
        } else if path.utf8.first == UInt8(ascii: "/") {
            target.path = Self.removingDotSegments(path)
        } else {
            target.path = Self.removingDotSegments(base.merged(with: path))
        }
        return target
    }

    /// `http:g`, which is relative for backward compatibility (RFC 3986, section 5.4.2).
    private func isRelativeWeb(to base: URLReference) -> Bool {
        (scheme == "http" || scheme == "https") && scheme == base.scheme && authority == nil
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
        var path = path
        return path.withUTF8 { bytes in
            var kept: [Range<Int>] = []
            var start = 0
            while start <= bytes.count {
                let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/"))
                let segment = start..<(slash ?? bytes.count)
                let isDots =
                    segment.count <= 2 && bytes[segment].allSatisfy { $0 == UInt8(ascii: ".") }
                if !isDots || segment.isEmpty {
                    kept.append(segment)
                } else {
                    let isRoot = kept.count == 1 && kept[0].isEmpty
                    if segment.count == 2, !isRoot { _ = kept.popLast() }
                    if slash == nil { kept.append(bytes.count..<bytes.count) }
                }
                start = segment.upperBound + 1
            }
            var joined: [UInt8] = []
            joined.reserveCapacity(bytes.count)
            for (index, segment) in kept.enumerated() {
                if index > 0 { joined.append(UInt8(ascii: "/")) }
                joined.append(contentsOf: bytes[segment])
            }
            return String(decoding: joined, as: UTF8.self)
        }
    }
}
