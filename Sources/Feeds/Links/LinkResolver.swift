/// Makes the links of a document absolute.
struct LinkResolver {
    /// Absolute, or nil where nothing is known.
    let base: URLReference?

    /// Schemes that a sanitised link may have; all others carry out code or read local files.
    private static let safeSchemes: Set<String> = ["http", "https", "mailto", "tel", "ftp", "feed"]

    private static let codeSchemes: Set<String> = ["javascript", "vbscript", "data", "blob"]

    init(base: String?) {
        self.base = base.flatMap { Self.isShort($0) ? URLReference($0) : nil }
    }

    private init(_ base: URLReference?) {
        self.base = base
    }

    private static func isShort(_ base: String) -> Bool { base.utf8.count <= FeedLimits.base }

    /// The resolver below an `xml:base`; one that is overlong or of an unsafe scheme does not count.
    func rebased(_ text: String) -> LinkResolver {
        let reference = URLReference(text.trimmedBlanks)
        let target = base.map { reference.resolved(against: $0) } ?? reference
        guard Self.isShort(target.text) else { return self }
        guard target.scheme.map({ Self.safeSchemes.contains($0) }) ?? (base == nil) else {
            return self
        }
        return LinkResolver(target)
    }

    /// Trimmed, and absolute where a base is known; absent where its scheme carries out code.
    func resolve(_ text: String) -> String? {
        if Self.isPlainWeb(text) { return text }
        let text = Self.mended(text)
        if Self.isAbsoluteWeb(text) { return text }
        if let scheme = Self.scheme(of: text) {
            guard !Self.codeSchemes.contains(scheme) else { return nil }
            guard scheme == "http" || scheme == "https" else { return text }
            let reference = URLReference(text)
            return base.map { reference.resolved(against: $0).text } ?? reference.text
        }
        return base.map { URLReference(text).resolved(against: $0).text } ?? text
    }

    /// The same for markup; absent where the scheme is not known to be safe.
    func resolveSafely(_ text: String) -> String? {
        if Self.isPlainWeb(text) { return text }
        let text = Self.mended(text)
        if Self.isAbsoluteWeb(text) { return text }
        if let scheme = Self.scheme(of: text), !Self.safeSchemes.contains(scheme) { return nil }
        return resolve(text)
    }

    /// As browsers see it, which drop blanks and controls inside a scheme: `java\nscript:`.
    private static func scheme(of text: String) -> String? {
        let squeezed = String(text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F })
        return URLReference(squeezed).scheme
    }

    /// Whether `value`, as it stands in an attribute, is an absolute URL of the web in which nothing
    /// is to be resolved, trimmed or repaired.
    static func isPlainWeb(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count > 8, value[0] == UInt8(ascii: "h"), value[1] == UInt8(ascii: "t"),
            value[2] == UInt8(ascii: "t"), value[3] == UInt8(ascii: "p")
        else { return false }
        let host = value[4] == UInt8(ascii: "s") ? 8 : 7
        guard value[host - 3] == UInt8(ascii: ":"), value[host - 2] == UInt8(ascii: "/"),
            value[host - 1] == UInt8(ascii: "/"), value[host] != UInt8(ascii: "/")
        else { return false }
        for index in host..<value.count {
            guard value[index] > 0x20 else { return false }
            // `&#10;`, `&Tab;` and `&NewLine;` are blanks.
            if value[index] == UInt8(ascii: "&"), index + 1 < value.count,
                value[index + 1] == UInt8(ascii: "#") || value[index + 1] == UInt8(ascii: "T")
                    || value[index + 1] == UInt8(ascii: "N")
            {
                return false
            }
        }
        return true
    }

    private static func isPlainWeb(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { isPlainWeb($0) } ?? false
    }

    private static func isAbsoluteWeb(_ text: String) -> Bool {
        text.utf8.starts(with: "https://".utf8) || text.utf8.starts(with: "http://".utf8)
    }

    /// Without what browsers leave out: blanks around it, line feeds and tabs in it.
    private static func mended(_ text: String) -> String {
        var text = text.trimmedBlanks
        if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
            text.unicodeScalars.removeAll { $0 == "\n" || $0 == "\r" || $0 == "\t" }
        }
        return text
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
