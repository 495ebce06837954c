import EarshotDelivery
import EarshotDomain
import Testing

@Suite struct WebhookSignatureTests {
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let sentAt = Timestamp(milliseconds: 1_614_265_330_999)

    private static func secret(_ text: String) throws -> WebhookSecret {
        try #require(WebhookSecret(text))
    }

    /// Second source: the test vector that the Standard Webhooks libraries publish.
    @Test func agreesWithThePublishedVector() throws {
        let secret = try Self.secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = WebhookSignature(id: Self.id, sentAt: Self.sentAt, body: Self.body)
        #expect(signature.seconds == 1_614_265_330)
        #expect(
            signature.header([secret]) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    /// Second source: `printf 'm.1772000000.%s' '你好' | openssl dgst -sha256 -hmac KEY -binary |
    /// base64`, with a key of 32 letters k.
    @Test func agreesWithOpenSSLsCommand() throws {
        let secret = try Self.secret("whsec_a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
        let signature = WebhookSignature(
            id: "m", sentAt: Timestamp(seconds: 1_772_000_000), body: Array("你好".utf8))
        #expect(signature.header([secret]) == "v1,h/e/C876eqeuP1l/KIpUld4CJASDCiOJ+oVN9DQO+FQ=")
    }

    @Test func aReceiverKnowsEitherSecretWhileTheyChange() throws {
        let old = try Self.secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let new = try Self.secret("whsec_a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
        let header = WebhookSignature(id: Self.id, sentAt: Self.sentAt, body: Self.body)
            .header([new, old])
        for secret in [old, new] {
            try WebhookSignature.verify(
                id: Self.id, timestamp: "1614265330", signature: header, body: Self.body,
                secrets: [secret], now: Self.sentAt)
        }
        let other = try Self.secret("whsec_" + String(repeating: "AAAA", count: 8))
        #expect(throws: WebhookSignature.Refusal.wrongSignature) {
            try WebhookSignature.verify(
                id: Self.id, timestamp: "1614265330", signature: header, body: Self.body,
                secrets: [other], now: Self.sentAt)
        }
    }

    @Test(
        arguments: [
            (id: nil, timestamp: "1614265330", late: 0, refusal: .missingField),
            (id: "msg.1", timestamp: "1614265330", late: 0, refusal: .fullStop),
            (id: Self.id, timestamp: "soon", late: 0, refusal: .badTimestamp),
            (id: Self.id, timestamp: "-9223372036854775808", late: 0, refusal: .badTimestamp),
            (id: Self.id, timestamp: "1614265331", late: 0, refusal: .wrongSignature),
            (id: "msg_other", timestamp: "1614265330", late: 0, refusal: .wrongSignature),
            (id: Self.id, timestamp: "1614265330", late: 301, refusal: .staleTimestamp),
            (id: Self.id, timestamp: "1614265330", late: -302, refusal: .staleTimestamp),
        ] as [(id: String?, timestamp: String, late: Int64, refusal: WebhookSignature.Refusal)])
    func whatIsNotAsSentIsRefused(
        id: String?, timestamp: String, late: Int64, refusal: WebhookSignature.Refusal
    ) throws {
        let secret = try Self.secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let header = WebhookSignature(id: Self.id, sentAt: Self.sentAt, body: Self.body)
            .header([secret])
        #expect(throws: refusal) {
            try WebhookSignature.verify(
                id: id, timestamp: timestamp, signature: header, body: Self.body,
                secrets: [secret], now: Self.sentAt + .seconds(late))
        }
    }

    /// 24 to 64 bytes; the standard's prefix; base64 and nothing else.
    @Test(arguments: [
        "", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La", "whsec_MfKQ9r8GKYqr!wjUPD8ILPZIo2LaLaSw",
        "whsec_" + String(repeating: "AAAA", count: 22),
    ])
    func whatIsNoSecretIsRefused(text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test func aSecretIsNeverShown() throws {
        let secret = try Self.secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let destination = WebhookDestination(
            key: "team", url: "https://hooks.test.invalid/", secrets: [secret])
        var dumped = ""
        dump(destination, to: &dumped)
        // Second source: the secret's first bytes, `base64 -d | od -An -tu1`.
        for text in ["\(destination)", String(reflecting: destination), dumped] {
            #expect(!text.contains("MfKQ") && !text.contains("49, 242"))
        }
    }
}
