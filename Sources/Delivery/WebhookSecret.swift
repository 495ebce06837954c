import Foundation

/// A key that signs webhooks, shared with their receiver (Standard Webhooks 1.0, "Signature
/// scheme").
///
/// Neither printing nor dumping one shows its bytes.
package struct WebhookSecret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let bytes: [UInt8]

    /// Reads `whsec_` and the base64 of 24 to 64 bytes, the range that the standard names; nil for
    /// anything else.
    package init?(_ text: String) {
        guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))),
            (24...64).contains(data.count)
        else { return nil }
        bytes = Array(data)
    }

    package var description: String { "whsec_…" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
