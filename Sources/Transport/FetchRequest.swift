/// One document that is wanted, by GET.
package struct FetchRequest: Hashable, Sendable {
    /// Absolute, http or https.
    package var url: String
    /// `ETag` and `Last-Modified` of the copy at hand, as the server sent them; with either, the
    /// answer may be 304.
    package var etag: String?
    package var lastModified: String?
    /// Further fields, such as credentials; sent to the URL's own origin only, so that a redirect
    /// gives nothing away.
    package var headers: [HeaderField]
    /// In place of the configuration's total.
    package var timeout: Duration?

    package init(
        url: String, etag: String? = nil, lastModified: String? = nil,
        headers: [HeaderField] = [], timeout: Duration? = nil
    ) {
        self.url = url
        self.etag = etag
        self.lastModified = lastModified
        self.headers = headers
        self.timeout = timeout
    }

    /// What is sent to `address`, the whole of a chain of redirects having begun at `origin`.
    func fields(for address: WebAddress, from origin: WebAddress) -> [HeaderField] {
        var fields = address.hasOrigin(of: origin) ? headers : []
        if let etag { fields.append(HeaderField("If-None-Match", etag)) }
        if let lastModified { fields.append(HeaderField("If-Modified-Since", lastModified)) }
        return fields
    }
}
