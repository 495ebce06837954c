import CCurl
import Glibc

/// The table from what libcurl, the kernel, our callbacks and the server tell to a reason.
extension TransportError.Reason {
    /// Reads a failed transfer; `systemError` is the `errno` of the call that failed, or 0.
    ///
    /// One code has several causes, so the code comes last: first what a callback of ours knows,
    /// then what the kernel says.
    init(_ code: CURLcode, systemError: Int32, isConnected: Bool, stop: Transfer.Stop?) {
        switch stop {
        case .blockedAddress:
            self = .blockedAddress
            return
        case .bodyLimit, .headerLimit, .framingLimit:
            self = .tooLarge
            return
        case .contradictoryLength:
            self = .protocolError
            return
        case nil: break
        }
        switch code {
        case CURLE_UNSUPPORTED_PROTOCOL:
            // Also a reply that begins like another protocol's.
            self = isConnected ? .protocolError : .blockedScheme
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: self = .badURL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .dnsFailure
        case CURLE_COULDNT_CONNECT: self = systemError == ETIMEDOUT ? .timeout : .connectRefused
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_PARTIAL_FILE: self = .truncated
        case CURLE_GOT_NOTHING: self = .emptyReply
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR: self = Self.broken(by: systemError)
        // One header line of megabytes: libcurl refuses the memory for it.
        case CURLE_FILESIZE_EXCEEDED, CURLE_OUT_OF_MEMORY: self = .tooLarge
        // Without a stop of ours, garbage after the end of a compressed body.
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR: self = .decodeError
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_SHUTDOWN_FAILED,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_USE_SSL_FAILED, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT:
            self = .tlsError
        default: self = .protocolError
        }
    }

    /// Reads a status that is no success.
    init(status: Int, hasRetryAfter: Bool) {
        switch status {
        case 401, 403: self = .authRequired
        case 404: self = .notFound
        case 410: self = .gone
        case 429: self = .rateLimited
        case 503 where hasRetryAfter: self = .rateLimited
        default: self = .httpStatus
        }
    }

    private static func broken(by systemError: Int32) -> TransportError.Reason {
        switch systemError {
        case ECONNRESET, EPIPE, ECONNABORTED, ENETDOWN, EHOSTUNREACH, ENETUNREACH: .reset
        case ETIMEDOUT: .timeout
        // Nothing wrong below HTTP: a bad chunk, interim responses without end.
        default: .protocolError
        }
    }
}
