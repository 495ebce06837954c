/// The way of a request over its redirects.
struct Trail {
    /// Where the next hop goes.
    private(set) var address: WebAddress
    private var movedTo: String?
    /// Whether every redirect so far was a permanent one.
    private var isPermanent = true
    private var receivedBytes = 0
    private var duration: Duration = .zero

    init(address: WebAddress) {
        self.address = address
    }

    mutating func count(_ answer: HopAnswer) {
        receivedBytes += answer.receivedBytes
        duration += answer.duration
    }

    mutating func follow(_ location: String, status: Int) throws(TransportError) {
        address = try WebAddress(location)
        isPermanent = isPermanent && (status == 301 || status == 308)
        if isPermanent { movedTo = address.text }
    }

    /// The end of the way: a whole document, no change, or an error.
    func response(_ answer: HopAnswer) throws(TransportError) -> FetchResponse {
        // 204 and 205 have no document, 206 a part of one.
        guard
            (200...203).contains(answer.status) || (207...299).contains(answer.status)
                || answer.status == 304
        else { throw TransportError(url: address.text, answer) }
        return FetchResponse(
            status: answer.status, url: address.text, movedTo: movedTo, headers: answer.headers,
            body: answer.status == 304 ? [] : answer.body, receivedBytes: receivedBytes,
            duration: duration)
    }
}

extension HopAnswer {
    /// Where to go on; nil where the answer is the last one.
    var redirect: String? {
        [301, 302, 303, 307, 308].contains(status) ? location : nil
    }
}

extension TransportError {
    /// An answer whose status is no success.
    init(url: String, _ answer: HopAnswer) {
        let retryAfter = answer.headers["retry-after"].map { RetryAfter(text: $0) }
        let reason = Reason(status: answer.status, hasRetryAfter: retryAfter != nil)
        self.init(
            url: url, reason: reason,
            status: answer.status, detail: "status \(answer.status)")
        if case .retry = advice { advice = .retry(after: retryAfter) }
    }
}
