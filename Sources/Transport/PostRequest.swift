/// A body that is handed to a server, by POST.
package struct PostRequest: Hashable, Sendable {
    /// Absolute, http or https.
    package var url: String
    /// Media type of the body.
    package var contentType: String
    package var body: [UInt8]
    /// Further fields, such as a signature.
    package var headers: [HeaderField]
    /// In place of the configuration's total.
    package var timeout: Duration?

    package init(
        url: String, contentType: String, body: [UInt8], headers: [HeaderField] = [],
        timeout: Duration? = nil
    ) {
        self.url = url
        self.contentType = contentType
        self.body = body
        self.headers = headers
        self.timeout = timeout
    }

    /// The empty `Expect` keeps libcurl from asking first and waiting a second for leave to send.
    var fields: [HeaderField] {
        [HeaderField("Content-Type", contentType), HeaderField("Expect", "")] + headers
    }
}

/// What a server answered to a POST.
package struct PostResponse: Sendable {
    /// Any final status, redirects included.
    package let status: Int
    package let headers: HeaderFields
    /// Decompressed; its beginning where it was longer than 64 KiB or broke off.
    package let body: [UInt8]
}
