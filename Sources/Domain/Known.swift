/// A value and when Earshot learned of it.
package struct Known<Value: Hashable & Sendable>: Hashable, Sendable {
    package let value: Value
    package let knownAt: Timestamp

    package init(_ value: Value, at knownAt: Timestamp) {
        self.value = value
        self.knownAt = knownAt
    }
}
