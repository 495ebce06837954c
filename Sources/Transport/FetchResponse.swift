/// One step of a request's way.
package struct Redirect: Hashable, Sendable {
    /// 301, 302, 303, 307 or 308.
    package let status: Int
    /// Where it leads, absolute.
    package let location: String

    /// Whether the document has moved for good, as far as this step says.
    package var isPermanent: Bool { status == 301 || status == 308 }
}

/// What a server answered: a whole document, or that nothing has changed.
package struct FetchResponse: Sendable {
    /// 200…299 without 204, 205 and 206, or 304.
    package let status: Int
    /// Where the document was found, after redirects.
    package let url: String
    /// The redirects on the way there.
    package let redirects: [Redirect]
    /// Where it has moved for good: the end of the unbroken run of 301 and 308 from the first hop
    /// on; absent where it has not.
    package let movedTo: String?
    package let headers: HeaderFields
    /// Decompressed; empty for 304.
    package var body: [UInt8]
    /// Whether the body is known to be whole.
    ///
    /// Not where it is compressed in a way that does not tell (br, zstd, deflate): then only its
    /// reader can say, and a document that breaks off is one that was cut on its way.
    package let isEndProven: Bool
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
    /// A longer one is none: sent back, it would fail every later request. (The note's limit: what
    /// the servers in wide use take as a whole request head.)
    private static let maxValidatorBytes = 32 << 10

    private func validator(_ name: String) -> String? {
        headers[name].flatMap { $0.utf8.count <= Self.maxValidatorBytes && !$0.isEmpty ? $0 : nil }
    }
}
