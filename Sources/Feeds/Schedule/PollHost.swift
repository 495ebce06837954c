/// Whom a poll asks.
package enum PollHost {
    /// The host of an address, in lower case; the address itself where it names none.
    package static func of(_ address: String) -> String {
        URLReference(address).host ?? address
    }
}
