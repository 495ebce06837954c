/// What a server answered: a whole document, or that nothing has changed.
package struct FetchResponse: Sendable {
    /// 200…299 without 204, 205 and 206, or 304.
    package let status: Int
    /// Where the document was found, after redirects.
    package let url: String
    /// Where it has moved for good: the end of the unbroken run of 301 and 308 from the first hop
    /// on; absent where it has not.
    package let movedTo: String?
    package let headers: HeaderFields
    /// Decompressed; empty for 304.
    package let body: [UInt8]
    /// Bytes that came over the wire on all hops: headers, and bodies as they were compressed.
    package let receivedBytes: Int
    /// Of all hops, waits for a free connection not counted.
    package let duration: Duration

    package var isUnchanged: Bool { status == 304 }

    /// To be sent with the next request.
    package var etag: String? { validator("etag") }
    package var lastModified: String? { validator("last-modified") }

    /// Longest validator that is kept, in bytes.
    ///
    /// A longer one is none: sent back, it would fail every later request. (Chosen: half of what
    /// nginx and Apache take as one request field.)
    private static let maxValidatorBytes = 4 << 10

    private func validator(_ name: String) -> String? {
        headers[name].flatMap { $0.utf8.count <= Self.maxValidatorBytes && !$0.isEmpty ? $0 : nil }
    }
}
