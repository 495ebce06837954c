package import EarshotDomain
package import EarshotTransport

/// Sends a message to a webhook once, signed with the time of sending.
package struct WebhookSender: Sendable {
    private let engine: FetchEngine
    private let clock: @Sendable () -> Timestamp

    /// For the answer; the standard asks for 15 to 30 s.
    private static let timeout = Duration.seconds(20)

    package init(engine: FetchEngine, clock: @escaping @Sendable () -> Timestamp) {
        self.engine = engine
        self.clock = clock
    }

    /// Throws `CancellationError` only, and then nobody knows whether it arrived.
    package func send(
        _ draft: OutboxDraft, to destination: WebhookDestination
    ) async throws -> DeliveryAttempt {
        let body = Array(draft.payload.utf8)
        let sentAt = clock()
        let signature = WebhookSignature(id: draft.id, sentAt: sentAt, body: body)
        let request = PostRequest(
            url: destination.url, contentType: "application/json", body: body,
            headers: [
                HeaderField("webhook-id", draft.id),
                HeaderField("webhook-timestamp", "\(signature.seconds)"),
                HeaderField("webhook-signature", signature.header(destination.secrets)),
            ], timeout: Self.timeout)
        do {
            let answer = try await engine.post(request)
            let endedAt = clock()
            return DeliveryAttempt(
                sentAt: sentAt, endedAt: endedAt, status: answer.status,
                retryAfter: answer.headers["retry-after"]
                    .flatMap { RetryAfter(text: $0).delay(from: endedAt) })
        } catch let error as TransportError {
            // Without the URL, which may hold a token.
            return DeliveryAttempt(
                sentAt: sentAt, endedAt: clock(), status: nil,
                error: "\(error.reason.rawValue): \(error.detail)")
        }
    }
}
