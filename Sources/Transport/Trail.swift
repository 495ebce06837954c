/// The way of a request over its redirects.
struct Trail {
    /// Where the next hop goes.
    private(set) var address: WebAddress
    /// Whether no hop so far has left the origin of the first.
    private(set) var isAtHome = true
    private var redirects: [Redirect] = []
    private var receivedBytes = 0
    private(set) var duration: Duration = .zero

    init(address: WebAddress) {
        self.address = address
    }

    mutating func count(_ answer: HopAnswer) {
        receivedBytes += answer.receivedBytes
        duration += answer.duration
    }

    mutating func follow(_ location: String, status: Int) throws(TransportError) {
        let next = try WebAddress(location)
        isAtHome = isAtHome && next.hasOrigin(of: address)
        address = next
        redirects.append(Redirect(status: status, location: address.text))
    }

    private var movedTo: String? { redirects.prefix { $0.isPermanent }.last?.location }

    /// The end of the way: a whole document, no change, or an error.
    func response(_ answer: HopAnswer) throws(TransportError) -> FetchResponse {
        // 204 and 205 have no document, 206 a part of one.
        guard
            (200...203).contains(answer.status) || (207...299).contains(answer.status)
                || answer.status == 304
        else {
            var error = TransportError(url: address.text, answer)
            error.duration = duration
            throw error
        }
        return FetchResponse(
            status: answer.status, url: address.text, redirects: redirects, movedTo: movedTo,
            headers: answer.headers,
            body: answer.status == 304 ? [] : answer.body, isEndProven: answer.isEndProven,
            receivedBytes: receivedBytes,
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
