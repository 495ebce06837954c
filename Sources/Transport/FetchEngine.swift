import Foundation

/// Fetches documents over HTTP, many at once.
///
/// One thread of its own runs libcurl's multi interface, so no task ever blocks on the network.
/// The engine ends with its last reference, or by `shutdown`.
package final class FetchEngine: Sendable {
    private let configuration: FetchConfiguration
    private let mailbox = Mailbox()

    package init(_ configuration: FetchConfiguration) {
        self.configuration = configuration
        Libcurl.start()
        let thread = Thread { [mailbox] in
            MultiLoop(configuration: configuration, mailbox: mailbox).run()
        }
        thread.name = "earshot.fetch"
        thread.start()
    }

    deinit { mailbox.close() }

    /// Ends what still runs, as if its tasks were cancelled, and returns when all is freed.
    package func shutdown() async {
        mailbox.close()
        await mailbox.awaitEnd()
    }

    /// Fetches a document, following redirects.
    ///
    /// Throws `TransportError`, or `CancellationError` when the task is cancelled or the engine
    /// shut down; the transfer has ended by then.
    package func fetch(_ request: FetchRequest) async throws -> FetchResponse {
        try await fetch(request, holdsBody: false)
    }

    /// Fetches a document and lets `read` read it; throws as `fetch` does, and what `read` throws.
    ///
    /// The body counts as held until `read` returns: while those held together are too large,
    /// nothing further is fetched, so that who reads slowly need not keep what comes fast.
    package func fetch<Reading>(
        _ request: FetchRequest, read: (FetchResponse) async throws -> Reading
    ) async throws -> Reading {
        let response = try await fetch(request, holdsBody: true)
        let bytes = response.body.count
        defer { mailbox.release(bytes: bytes) }
        return try await read(response)
    }

    private func fetch(_ request: FetchRequest, holdsBody: Bool) async throws -> FetchResponse {
        var trail = Trail(address: try WebAddress(request.url))
        var timeLeft = request.timeout ?? configuration.totalTimeout
        for _ in 0...configuration.maxRedirects {
            try Task.checkCancellation()
            let answer: HopAnswer
            do {
                answer = try await hop(
                    to: trail.address, fields: request.fields(withOwn: trail.isAtHome),
                    timeout: timeLeft, holdsBody: holdsBody)
            } catch var error as TransportError {
                error.duration += trail.duration
                throw error
            }
            trail.count(answer)
            var heldBytes = holdsBody ? answer.body.count : 0
            defer { mailbox.release(bytes: heldBytes) }
            guard let location = answer.redirect else {
                let response = try trail.response(answer)
                heldBytes -= response.body.count
                return response
            }
            try trail.follow(location, status: answer.status)
            timeLeft -= answer.duration
        }
        var error = TransportError(
            url: request.url, reason: .tooManyRedirects,
            detail: "more than \(configuration.maxRedirects) redirects")
        error.duration = trail.duration
        throw error
    }

    /// Posts a body to the URL's own server; a redirect is an answer like any other.
    ///
    /// Throws as `fetch` does, and only where no status came: what the server made of the body
    /// stands in its status. Each post opens a connection of its own, because one that has died
    /// unnoticed would leave in doubt whether the body arrived.
    package func post(_ request: PostRequest) async throws -> PostResponse {
        try Task.checkCancellation()
        let answer = try await hop(
            to: WebAddress(request.url), fields: request.fields, posting: request.body,
            timeout: request.timeout ?? configuration.totalTimeout)
        return PostResponse(status: answer.status, headers: answer.headers, body: answer.body)
    }

    private func hop(
        to address: WebAddress, fields: [HeaderField], posting body: [UInt8]? = nil,
        timeout: Duration, holdsBody: Bool = false, isSecondTry: Bool = false
    ) async throws -> HopAnswer {
        let lines = try ([HeaderField("Accept", configuration.accept)] + fields).map { field in
            guard let line = field.line else {
                throw TransportError(
                    url: address.text, reason: .protocolError, advice: .giveUp,
                    detail: "the field \(field.name) cannot be sent")
            }
            return line
        }
        let host = isOurs(address) ? nil : address.host
        let outcome = await outcome { id, continuation in
            Order(
                id: id, address: address, headerLines: lines, body: body, timeout: timeout,
                wantsFreshConnection: isSecondTry || body != nil, holdsBody: holdsBody, host: host,
                continuation: continuation)
        }
        switch outcome {
        case .answered(let answer): return answer
        case .failed(let error): throw error
        case .hung(let span):
            var answer = try await hop(
                to: address, fields: fields, posting: body, timeout: timeout - span,
                holdsBody: holdsBody, isSecondTry: true)
            answer.duration += span
            return answer
        case .cancelled: throw CancellationError()
        }
    }

    private func isOurs(_ address: WebAddress) -> Bool {
        guard let peer = address.literal else { return false }
        return configuration.allow.contains { $0.covers(peer) }
    }

    /// Posts an order and waits for its end; the task's cancellation ends it early.
    private func outcome(
        of order: (Order.ID, CheckedContinuation<Outcome, Never>) -> Order
    ) async -> Outcome {
        let id = mailbox.newID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard mailbox.post(order(id, continuation)) else {
                    return continuation.resume(returning: .cancelled)
                }
                // A cancellation between the handler's registration and the post came too early.
                if Task.isCancelled { mailbox.cancel(id) }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
    }
}
