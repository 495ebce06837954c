import EarshotDomain
import EarshotFeeds
import EarshotTransport
import EarshotWire
import EarshotWording

/// What came of one address, for a person: what it cost, what is in it, and where it failed what
/// to do now.
struct FetchSummary {
    private let fetched: Fetched

    init(_ fetched: Fetched) {
        self.fetched = fetched
    }

    /// Empty where nothing came.
    var text: String {
        guard let response = fetched.response else { return "" }
        var lines = ["\(fetched.line.url)"]
        for redirect in response.redirects {
            let kind = redirect.isPermanent ? "moved for good" : "found for now"
            lines.append("  \(redirect.status), \(kind): \(redirect.location)")
        }
        if let movedTo = response.movedTo {
            lines.append("  the address to keep is \(movedTo)")
        }
        lines.append("  status \(response.status), \(cost(of: response))")
        lines += hints(response)
        if let newest { lines.append("  newest entry \(newest.rfc3339)") }
        let head = lines.map { PrintableText.of($0) + "\n" }.joined()
        guard case .document(let document) = fetched.outcome else { return head }
        return head + DocumentSummary(document, of: response.url).text
    }

    /// Why it failed; nil where it did not.
    var failure: Failure? {
        switch fetched.outcome {
        case .document, .unread, .unchanged: return nil
        case .noFeed(let error):
            return Failure(
                "\(fetched.line.url): this is no feed (\(error.kind.rawValue)): \(error.reason) "
                    + "Where it is a page, 'earshot source add' looks for its feeds.",
                code: .badInput)
        case .failed(let error):
            return Failure("\(error); \(error.whatNow)", code: error.code)
        }
    }

    private func cost(of response: FetchResponse) -> String {
        let seconds = Double(response.duration.milliseconds / 10) / 100
        let wire = "\(size(response.receivedBytes)) over the wire in \(seconds) s"
        if response.isUnchanged { return "not modified, \(wire)" }
        let coding = response.headers.list("content-encoding").map { " by \($0)" } ?? ""
        return "\(size(fetched.bodyBytes)), \(wire)\(coding)"
    }

    /// What the server says of asking again.
    private func hints(_ response: FetchResponse) -> [String] {
        var lines: [String] = []
        let validators = [
            response.etag.map { "ETag \($0)" }, response.lastModified.map { "Last-Modified \($0)" },
        ].compactMap(\.self)
        if !response.isUnchanged {
            lines.append(
                validators.isEmpty
                    ? "  no ETag and no Last-Modified: each poll fetches the whole"
                    : "  " + validators.joined(separator: ", "))
        }
        if let control = response.headers.list("cache-control") {
            lines.append("  Cache-Control \(control)")
        }
        return lines
    }

    private var newest: Timestamp? {
        guard case .document(let document) = fetched.outcome else { return nil }
        return document.entries.compactMap { $0.published ?? $0.updated }.max()
    }

    private func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000: "\(bytes) bytes"
        case ..<1_000_000: "\(Double(bytes / 100) / 10) kB"
        default: "\(Double(bytes / 100_000) / 10) MB"
        }
    }
}

extension TransportError {
    /// Whether asking again later helps a person; a schedule asks again even where it may not,
    /// since sources come back.
    var code: Failure.Code {
        switch reason {
        case .timeout, .reset, .truncated, .emptyReply, .rateLimited, .dnsFailure, .connectRefused:
            .tryAgain
        case .httpStatus: isPassing ? .tryAgain : .failed
        case .gone, .protocolError, .tooLarge, .decodeError, .tooManyRedirects, .blockedAddress,
            .blockedScheme, .badURL, .notFound, .authRequired, .tlsError:
            .failed
        }
    }

    /// Whether the status is one of those that pass, or the server says when to come back
    /// (RFC 9110, sections 15.5.9 and 15.6; RFC 8470, section 5.2).
    private var isPassing: Bool {
        if case .retry(after: .some) = advice { return true }
        return status.map { $0 >= 500 || $0 == 408 || $0 == 425 } ?? true
    }

    /// What a person can do about it.
    var whatNow: String {
        switch reason {
        case .blockedAddress:
            "a private address; '--allow ADDRESS:PORT' permits it where it is meant"
        case .blockedScheme, .badURL: "give an address that begins with http:// or https://"
        case .dnsFailure: "check the name, and that this machine can resolve names"
        case .connectRefused: "nobody listens there; check the address, or try again later"
        case .tlsError: "its certificate or TLS does not hold; the server's owner has to mend that"
        case .authRequired: "it wants a login or refuses robots; ask its owner for a feed"
        case .notFound: "look for the feed's new address on its site"
        case .gone: "it is gone for good; remove the source"
        case .tooLarge: "'--max-body' takes a larger limit where that is meant"
        case .tooManyRedirects: "the server sends in circles; its owner has to mend that"
        case .rateLimited: "try again \(pause)"
        case .protocolError, .decodeError:
            "the server's answer is broken; its owner has to mend that"
        case .httpStatus where !isPassing: "the server will not give it; check the address"
        case .timeout, .reset, .truncated, .emptyReply, .httpStatus: "try again \(pause)"
        }
    }

    private var pause: String {
        guard case .retry(let after?) = advice else { return "later" }
        return Int(after.text) == nil ? "after \(after.text)" : "in \(after.text) s"
    }
}
