import CCurl

/// A URL that may be fetched: absolute, http or https, with a host, without user info.
///
/// libcurl's own parser reads it, so what is judged here is what will be connected to.
struct WebAddress: Hashable, Sendable {
    /// Blanks and bytes beyond ASCII percent-encoded, an empty path written as `/`.
    let text: String
    /// `http` or `https`.
    let scheme: String
    /// Lower case; IPv6 in brackets.
    let host: String
    /// 1…65535.
    let port: UInt16

    /// Chosen: eight times what nginx and Apache take as a request line.
    private static let maxBytes = 64 << 10

    init(_ text: String) throws(TransportError) {
        let bad = { (detail: String) in
            TransportError(url: text, reason: .badURL, detail: detail)
        }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw bad("a control character in the URL")
        }
        let parser = URLParser()
        let code = parser.read(text)
        guard code == CURLUE_OK else { throw bad(String(cString: curl_url_strerror(code))) }
        guard let scheme = parser.part(CURLUPART_SCHEME)?.lowercased() else {
            throw bad("no scheme")
        }
        guard scheme == "http" || scheme == "https" else {
            throw TransportError(
                url: text, reason: .blockedScheme, detail: "\(scheme) is not fetched")
        }
        guard let host = parser.part(CURLUPART_HOST), !host.isEmpty else { throw bad("no host") }
        guard let port = parser.part(CURLUPART_PORT).flatMap({ UInt16($0) }), port > 0,
            let whole = parser.part(CURLUPART_URL)
        else { throw bad("no port that can be connected to") }
        guard whole.utf8.count <= Self.maxBytes else { throw bad("a URL too long to be sent") }
        self.text = whole
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
    }

    /// Whether credentials for the one may be shown to the other.
    func hasOrigin(of other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// The address itself, where the host is written as one.
    var literal: SocketAddress? {
        SocketAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host, port: port)
    }
}

/// A `CURLU` handle, freed when its owner goes.
private struct URLParser: ~Copyable {
    private let raw: OpaquePointer

    init() {
        guard let raw = curl_url() else { fatalError("out of memory") }
        self.raw = raw
    }

    deinit { curl_url_cleanup(raw) }

    func read(_ text: String) -> CURLUcode {
        let flags = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_ALLOW_SPACE
        return curl_url_set(raw, CURLUPART_URL, text, UInt32(flags | CURLU_DISALLOW_USER))
    }

    func part(_ part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        let isPort = part == CURLUPART_PORT
        let code = curl_url_get(raw, part, &text, UInt32(isPort ? CURLU_DEFAULT_PORT : 0))
        guard code == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
