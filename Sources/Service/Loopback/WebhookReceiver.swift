package import EarshotDelivery
package import EarshotDomain
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The other end of a webhook: verifies what comes, keeps it, and answers as it is told.
package final class WebhookReceiver: Sendable {
    /// One request as it came.
    package struct Receipt: Hashable, Sendable {
        /// Value of `webhook-id`; empty where there was none.
        package let id: String
        /// Value of `webhook-timestamp`.
        package let timestamp: String
        package let receivedAt: Timestamp
        /// Why its signature was refused; absent where it verifies.
        package let refusal: WebhookSignature.Refusal?
        package let body: [UInt8]
        /// The status that it got.
        package let status: Int
    }

    /// What a verified webhook is answered.
    package struct Answer: Hashable, Sendable {
        package let status: Int
        /// Value of `Retry-After`.
        package let retryAfter: String?

        package init(_ status: Int, retryAfter: String? = nil) {
            self.status = status
            self.retryAfter = retryAfter
        }
    }

    private let secrets: [WebhookSecret]
    private let clock: @Sendable () -> Timestamp
    private let answer: @Sendable (_ number: Int) -> Answer
    private let kept = Mutex<[Receipt]>([])

    /// Largest body that is read; a payload of ours has some kilobytes.
    private static let maxBody = 1 << 20

    /// - Parameters:
    ///   - clock: against which timestamps are held.
    ///   - answer: by the number of the request, from 1; 204 for all by default.
    package init(
        secrets: [WebhookSecret], clock: @escaping @Sendable () -> Timestamp,
        answer: @escaping @Sendable (_ number: Int) -> Answer = { _ in Answer(204) }
    ) {
        self.secrets = secrets
        self.clock = clock
        self.answer = answer
    }

    /// Every request so far, in the order in which they came.
    package var receipts: [Receipt] { kept.withLock { $0 } }

    /// Receives on a free port of 127.0.0.1, given to `body`, until `body` returns.
    package func run<Result: Sendable>(
        whileServing body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run("earshot.receiver", whileServing: body) { [self] in
            try await receive($0)
        }
    }

    private func receive(_ request: Request) async throws -> Response {
        guard request.method == .post else { return Response(status: .methodNotAllowed) }
        let body = Array(try await request.body.collect(upTo: Self.maxBody).readableBytesView)
        let now = clock()
        let field = { (name: String) in HTTPField.Name(name).flatMap { request.headers[$0] } }
        let (id, timestamp) = (field("webhook-id"), field("webhook-timestamp"))
        var refusal: WebhookSignature.Refusal?
        do throws(WebhookSignature.Refusal) {
            try WebhookSignature.verify(
                id: id, timestamp: timestamp, signature: field("webhook-signature"), body: body,
                secrets: secrets, now: now)
        } catch {
            refusal = error
        }
        let answer = kept.withLock { kept in
            let answer = refusal == nil ? self.answer(kept.count + 1) : Answer(401)
            kept.append(
                Receipt(
                    id: id ?? "", timestamp: timestamp ?? "", receivedAt: now, refusal: refusal,
                    body: body, status: answer.status))
            return answer
        }
        var headers = HTTPFields()
        headers[.retryAfter] = answer.retryAfter
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: headers)
    }
}
