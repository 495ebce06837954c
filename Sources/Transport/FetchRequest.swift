/// One document that is wanted, by GET.
package struct FetchRequest: Hashable, Sendable {
    /// Absolute, http or https.
    package var url: String
    /// `ETag` and `Last-Modified` of the copy at hand, as the server sent them; with either, the
    /// answer may be 304.
    package var etag: String?
    package var lastModified: String?
    /// Further fields, such as credentials; sent to the URL's own origin only, and not there either
    /// once a redirect has led elsewhere: then it is a stranger who chose the address.
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

    /// What is sent, with or without `headers`.
    func fields(withOwn: Bool) -> [HeaderField] {
        var fields = withOwn ? headers : []
        if let etag { fields.append(HeaderField("If-None-Match", etag)) }
        if let lastModified { fields.append(HeaderField("If-Modified-Since", lastModified)) }
        return fields
    }
}
