import CCrypto
package import EarshotDomain
import Foundation

/// What is signed of a webhook, and how (Standard Webhooks 1.0, "Signature scheme"):
/// `v1,base64(HMAC-SHA256(secret, id "." timestamp "." body))`.
package struct WebhookSignature: Sendable {
    private let content: [UInt8]
    /// The value of `webhook-timestamp`.
    package let seconds: Int64

    /// How far a timestamp may lie from a receiver's clock; five minutes, as the standard's own
    /// libraries have it.
    private static let tolerance: Int64 = 300

    /// - Parameters:
    ///   - id: value of `webhook-id`, without a full stop.
    ///   - sentAt: the time of sending, cut to its second.
    package init(id: String, sentAt: Timestamp, body: [UInt8]) {
        self.init(
            id: id, seconds: Int64((Double(sentAt.milliseconds) / 1_000).rounded(.down)),
            body: body)
    }

    private init(id: String, seconds: Int64, body: [UInt8]) {
        self.seconds = seconds
        content = Array("\(id).\(seconds).".utf8) + body
    }

    /// The value of `webhook-signature`: one signature a secret, in their order, so that a
    /// receiver may know the old secret or the new one while they change.
    package func header(_ secrets: [WebhookSecret]) -> String {
        secrets.map(signature).joined(separator: " ")
    }

    private func signature(_ secret: WebhookSecret) -> String {
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = HMAC(
            EVP_sha256(), secret.bytes, Int32(secret.bytes.count), content, content.count, &code,
            &length)
        precondition(done != nil, "OpenSSL has no HMAC with SHA-256")
        return "v1," + Data(code.prefix(Int(length))).base64EncodedString()
    }

    /// Why a receiver refuses a webhook.
    package enum Refusal: String, Error, Sendable {
        case missingField = "missing field"
        case badTimestamp = "timestamp is no number"
        case staleTimestamp = "timestamp outside tolerance"
        case fullStop = "id contains a full stop"
        case wrongSignature = "no signature matches"
    }

    /// A receiver's side: throws unless one of the signatures is that of one of the secrets, and
    /// the timestamp lies within five minutes of `now`.
    package static func verify(
        id: String?, timestamp: String?, signature: String?, body: [UInt8],
        secrets: [WebhookSecret], now: Timestamp
    ) throws(Refusal) {
        guard let id, let timestamp, let signature else { throw .missingField }
        guard !id.contains(".") else { throw .fullStop }
        // Ten digits last until the year 2286.
        guard timestamp.utf8.count <= 10, let seconds = Int64(timestamp), seconds >= 0 else {
            throw .badTimestamp
        }
        let expected = WebhookSignature(id: id, seconds: seconds, body: body)
        let offered = signature.split(separator: " ").map { Array($0.utf8) }
        let isSigned = secrets.contains { secret in
            let right = Array(expected.signature(secret).utf8)
            return offered.contains {
                $0.count == right.count && CRYPTO_memcmp($0, right, right.count) == 0
            }
        }
        guard isSigned else { throw .wrongSignature }
        guard abs(seconds - now.milliseconds / 1_000) <= tolerance else { throw .staleTimestamp }
    }
}
