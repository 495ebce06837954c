/// Something to deliver, as it leaves the transaction that gives rise to it.
package struct OutboxDraft: Hashable, Sendable {
    /// Stable: the same fact for the same destination always has the same one, so that a second
    /// run of its transaction adds nothing and a receiver knows a repeat.
    package let id: String
    /// Key of the destination.
    package let destination: String
    /// What the payload is, such as `alert.opened`.
    package let kind: String
    /// What is sent, byte for byte.
    package let payload: String

    package init(id: String, destination: String, kind: String, payload: String) {
        self.id = id
        self.destination = destination
        self.kind = kind
        self.payload = payload
    }
}
