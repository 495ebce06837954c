/// How an engine fetches; the same for all its requests.
package struct FetchConfiguration: Sendable {
    /// `Name/VERSION (+URL)`, so that a server's owner can tell who asks and whom to write to.
    package var userAgent: String
    /// Value of the `Accept` field, sent on every hop.
    package var accept = "*/*"
    /// For a connection to open, or for an open one to show that it still lives.
    package var connectTimeout: Duration = .seconds(5)
    /// From the first byte sent to the last received, redirects included.
    ///
    /// The wait for a free connection is not counted. The value is Miniflux's.
    package var totalTimeout: Duration = .seconds(20)
    /// Bytes of a body after decompression.
    package var maxBodyBytes = 16 << 20
    package var maxRedirects = 10
    /// What may be connected to besides the public Internet.
    package var allow: [AllowedPeer] = []
    /// Routes in libcurl's form `HOST:PORT:ADDRESS:PORT` (CURLOPT_CONNECT_TO): a request for the
    /// former connects to the latter, which the guard judges like any other peer.
    package var connectTo: [String] = []
    /// Transfers that run at once.
    package var maxConnections = 64
    /// Transfers that run at once to one host.
    ///
    /// Hosts written as an allowed address have no limit: they are our own.
    package var maxHostConnections = 2
    /// How often a host is asked, and whether it is left alone when it asks for that.
    ///
    /// Without one only `maxHostConnections` is kept, and our own hosts are asked as often as one
    /// likes. A redirect counts at the host that it leads to. What would wait for longer than
    /// `totalTimeout` because of a pause fails as `rateLimited` at once.
    package var pace: HostPace.Rules?

    /// Bytes of all header fields of a response, interim responses and trailers included.
    static let maxHeaderBytes = 256 << 10
    /// Bytes that come with a body and belong neither to it nor to the headers: chunk sizes, TLS
    /// records, and what the kernel has received and nobody has read yet. (Chosen: eight times the
    /// last of these; TLS in the smallest common records adds 2 % to 16 MiB.)
    static let maxFramingBytes = 8 * receiveBufferBytes
    /// What the kernel may hold unread: a peer can push this much past every limit. (Chosen: small,
    /// and a feed of 1 MB still comes within 1.2 s at a round trip of 150 ms.)
    static let receiveBufferBytes = 128 << 10

    /// Bytes of all bodies that are on their way or being read: above this nothing starts, and of
    /// the bodies that are not small the largest alone comes on. (Chosen: what one may have.)
    var maxHeldBytes: Int { maxBodyBytes }
    /// A body up to this is small; most feeds are. (Chosen: with 32 transfers, as much again.)
    static let smallBodyBytes = 512 << 10

    /// Bytes that are kept of the answer to a POST, of which the status is all that counts.
    /// (The reliability note, R10.)
    static let maxAnswerBytes = 64 << 10

    var hostRules: HostPace.Rules {
        if let pace { return pace }
        var rules = HostPace.Rules()
        rules.interval = .zero
        rules.inFlight = maxHostConnections
        return rules
    }

    package init(userAgent: String) {
        self.userAgent = userAgent
    }
}
