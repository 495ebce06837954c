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
        let origin = try WebAddress(request.url)
        var trail = Trail(address: origin)
        var timeLeft = request.timeout ?? configuration.totalTimeout
        for _ in 0...configuration.maxRedirects {
            try Task.checkCancellation()
            let answer = try await hop(
                to: trail.address, fields: request.fields(for: trail.address, from: origin),
                timeout: timeLeft)
            trail.count(answer)
            guard let location = answer.redirect else { return try trail.response(answer) }
            try trail.follow(location, status: answer.status)
            timeLeft -= answer.duration
        }
        throw TransportError(
            url: request.url, reason: .tooManyRedirects,
            detail: "more than \(configuration.maxRedirects) redirects")
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
        timeout: Duration, isSecondTry: Bool = false
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
                wantsFreshConnection: isSecondTry || body != nil, host: host,
                continuation: continuation)
        }
        switch outcome {
        case .answered(let answer): return answer
        case .failed(let error): throw error
        case .hung(let span):
            var answer = try await hop(
                to: address, fields: fields, posting: body, timeout: timeout - span,
                isSecondTry: true)
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
