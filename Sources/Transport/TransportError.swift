/// Why a transfer failed, and what its caller should do now.
package struct TransportError: Error, Hashable {
    /// Closed: each case is one of the kinds that `earshot fetch` answers on the wire.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case timeout, reset, truncated, gone
        case emptyReply = "empty_reply"
        /// What came is not HTTP.
        case protocolError = "protocol_error"
        /// The body, the headers or what came around them passed a limit of ours.
        case tooLarge = "too_large"
        /// The content coding (gzip, br, zstd) is unknown or broken.
        case decodeError = "decode_error"
        case tooManyRedirects = "too_many_redirects"
        /// Only addresses that the guard refuses were to be had.
        case blockedAddress = "blocked_address"
        case blockedScheme = "blocked_scheme"
        case badURL = "bad_url"
        /// A status that is no success and has no case of its own.
        case httpStatus = "http_status"
        case notFound = "not_found"
        case authRequired = "auth_required"
        case rateLimited = "rate_limited"
        case tlsError = "tls_error"
        case dnsFailure = "dns_failure"
        case connectRefused = "connect_refused"
    }

    package enum Advice: Hashable, Sendable {
        /// May pass by itself. Without a time from the server, wait as long as you think fit.
        case retry(after: RetryAfter?)
        /// The same request will fail again.
        case giveUp
        /// A person has to change something: the address, a password, the allow list.
        case ask
    }

    /// The hop that failed.
    package var url: String
    package var reason: Reason
    package var advice: Advice
    /// The status of the answer, where one came.
    package var status: Int?
    /// One line for a person: libcurl's own words where there are any.
    package var detail: String
    /// Of all hops up to the failure, waits for a free connection not counted.
    package var duration: Duration = .zero

    package init(
        url: String, reason: Reason, advice: Advice? = nil, status: Int? = nil, detail: String
    ) {
        self.url = url
        self.reason = reason
        self.advice = advice ?? reason.usualAdvice
        self.status = status
        self.detail = detail
    }
}

extension TransportError: CustomStringConvertible {
    package var description: String { "\(reason.rawValue): \(url): \(detail)" }
}

extension TransportError.Reason {
    fileprivate var usualAdvice: TransportError.Advice {
        switch self {
        case .badURL, .blockedScheme, .gone: .giveUp
        case .blockedAddress, .authRequired, .tooLarge: .ask
        default: .retry(after: nil)
        }
    }
}
