import CCurl
import EarshotDomain

/// A number that the loop and its transfers share, on the loop's thread.
final class ByteCount {
    var bytes = 0
}

/// One slot of the loop: an easy handle that runs one hop after another.
///
/// libcurl holds it unretained, as context of the callbacks; the loop keeps it alive. It lives on
/// the loop's thread.
final class Transfer {
    /// Why a callback of ours ended the hop: libcurl's code does not tell one cause from another.
    enum Stop {
        case blockedAddress, bodyLimit, headerLimit, framingLimit, contradictoryLength
    }

    /// What has come of the hop so far.
    struct Arrival {
        var headers = HeaderFields()
        /// Of all responses, interim ones and trailers included.
        var headerBytes = 0
        var body: [UInt8] = []
        var gzipEnd: GzipEnd?
        var stop: Stop?
        /// Whether an address was found that may be connected to.
        var hasOpenedSocket = false
        /// Whether the request went out on a connection that an earlier hop had opened.
        var isOnOpenConnection = false
        /// Where the bytes of this response alone come in, and how many had come in there before.
        var socket: Int32?
        var receivedBefore: Int64 = 0
    }

    let easy = EasyHandle()
    let configuration: FetchConfiguration
    let addressGuard: AddressGuard
    let sockets: SocketTable
    /// Bytes of body that have come to all transfers that run.
    let arriving: ByteCount
    var order: Order?
    var arrival = Arrival()
    private var begunAt = Timestamp(seconds: 0)
    private var routes = StringList()
    private var requestHeaders = StringList()

    init(configuration: FetchConfiguration, sockets: SocketTable, arriving: ByteCount) {
        self.configuration = configuration
        self.arriving = arriving
        addressGuard = AddressGuard(allow: configuration.allow)
        self.sockets = sockets
        setOptions()
        setCallbacks()
    }

    /// What holds for every hop.
    private func setOptions() {
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Redirects are ours to follow: each hop passes the URL check, and credentials stay home.
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        // A proxy from the environment would hide the peer from the guard.
        easy.set(CURLOPT_PROXY, "")
        easy.set(CURLOPT_HTTP09_ALLOWED, 0)
        // Every coding that libcurl knows: gzip, deflate, br, zstd.
        easy.set(CURLOPT_ACCEPT_ENCODING, "")
        // No SIGALRM in a program with threads.
        easy.set(CURLOPT_NOSIGNAL, 1)
        easy.set(CURLOPT_TCP_KEEPALIVE, 1)
        easy.set(CURLOPT_USERAGENT, configuration.userAgent)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds: configuration.connectTimeout)
        // Four times the default: most feeds come in one read.
        easy.set(CURLOPT_BUFFERSIZE, 64 << 10)
        for route in configuration.connectTo { routes.append(Array(route.utf8CString)) }
        easy.set(CURLOPT_CONNECT_TO, routes)
    }

    func begin(_ order: Order, at now: Timestamp) {
        self.order = order
        begunAt = now
        arrival = Arrival()
        requestHeaders = StringList()
        for line in order.headerLines { requestHeaders.append(line) }
        easy.set(CURLOPT_HTTPHEADER, requestHeaders)
        easy.set(CURLOPT_URL, order.address.text)
        easy.post(order.body)
        // Refuses a declared length at once; the callback counts what comes undeclared. A post is
        // answered by its status, whatever follows.
        easy.set(
            CURLOPT_MAXFILESIZE_LARGE, offset: order.body == nil ? configuration.maxBodyBytes : 0)
        easy.set(CURLOPT_TIMEOUT_MS, milliseconds: order.timeout)
        easy.set(CURLOPT_FRESH_CONNECT, order.wantsFreshConnection ? 1 : 0)
        easy.set(CURLOPT_VERBOSE, 0)
        // Rather wait for an HTTP/2 connection to share than open one more. Only TLS tells before
        // the first answer whether there will be one: without it a silent page would hold up its
        // whole host.
        easy.set(CURLOPT_PIPEWAIT, order.address.scheme == "https" ? 1 : 0)
    }

    /// The transfer that a handle belongs to.
    static func running(on handle: UnsafeMutableRawPointer?) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard let handle,
            earshot_curl_get_pointer(handle, CURLINFO_PRIVATE, &context) == CURLE_OK
        else { return nil }
        return from(context)
    }

    /// Hands the order back, and lets go of what came for it.
    func end() -> Order? {
        arriving.bytes -= arrival.body.count
        if let socket = arrival.socket { sockets.hold(socket, false) }
        defer {
            order = nil
            arrival = Arrival()
        }
        return order
    }

    /// What the hop came to, once libcurl has ended it with `code`.
    func outcome(_ code: CURLcode) -> Outcome {
        let duration = Duration.microseconds(easy.offset(CURLINFO_TOTAL_TIME_T))
        guard code == CURLE_OK || isAnsweredPost else {
            let reason = TransportError.Reason(
                code, systemError: Int32(truncatingIfNeeded: easy.long(CURLINFO_OS_ERRNO)),
                isConnected: easy.string(CURLINFO_PRIMARY_IP) != nil, stop: arrival.stop)
            return .failed(error(reason, detail(of: code)))
        }
        // libcurl takes a connection that closes within the headers for the end of the body.
        guard arrival.headers.areWhole else {
            return .failed(error(.truncated, "the headers have no end"))
        }
        let status = easy.long(CURLINFO_RESPONSE_CODE)
        let isProven = arrival.gzipEnd?.isProven(decoded: arrival.body.count)
        guard isProven != false || isAnsweredPost || !(200...299).contains(status) else {
            return .failed(error(.truncated, "the compressed body ends early"))
        }
        return .answered(
            HopAnswer(
                status: status, headers: arrival.headers,
                body: arrival.body,
                isEndProven: isProven ?? arrival.headers.nameNoCoding,
                location: easy.string(CURLINFO_REDIRECT_URL),
                receivedBytes: easy.offset(CURLINFO_SIZE_DOWNLOAD_T) + arrival.headerBytes,
                duration: duration))
    }

    /// How long the transfer has waited on a connection that was open already, while nothing came.
    ///
    /// A live one has as long for its first byte as a new one has to open.
    func silence(at now: Timestamp) -> Duration? {
        arrival.isOnOpenConnection && arrival.headerBytes == 0 ? now - begunAt : nil
    }

    /// Whether the final status of a POST has come, however its body ended.
    private var isAnsweredPost: Bool {
        order?.body != nil && arrival.headers.areWhole && easy.long(CURLINFO_RESPONSE_CODE) >= 200
    }

    /// Bytes of a body after decompression.
    var maxBodyBytes: Int {
        order?.body == nil ? configuration.maxBodyBytes : FetchConfiguration.maxAnswerBytes
    }

    private func error(_ reason: TransportError.Reason, _ detail: String) -> TransportError {
        var error = TransportError(url: order?.address.text ?? "", reason: reason, detail: detail)
        error.duration = .microseconds(easy.offset(CURLINFO_TOTAL_TIME_T))
        return error
    }

    private func detail(of code: CURLcode) -> String {
        switch arrival.stop {
        case .blockedAddress: "no address that may be connected to"
        case .bodyLimit: "a body of more than \(configuration.maxBodyBytes) bytes"
        case .headerLimit: "headers of more than \(FetchConfiguration.maxHeaderBytes) bytes"
        case .framingLimit: "more than \(FetchConfiguration.maxFramingBytes) bytes around the body"
        case .contradictoryLength: "two different lengths of the body"
        case nil: easy.explanation(of: code)
        }
    }
}
