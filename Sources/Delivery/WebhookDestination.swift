/// Where webhooks go.
package struct WebhookDestination: Hashable, Sendable {
    /// The user's text key.
    package let key: String
    /// Absolute, http or https.
    package let url: String
    /// The new one first while they change; at least one.
    package let secrets: [WebhookSecret]

    package init(key: String, url: String, secrets: [WebhookSecret]) {
        self.key = key
        self.url = url
        self.secrets = secrets
    }
}
