/// Scheme, host and port of an address of the web (RFC 6454, section 4), compared as such: whatever
/// the letters' case, and with the usual port where none stands.
struct WebOrigin: Hashable {
    let scheme: String
    let host: String
    let port: Int32

    /// Absent where the address is not one of the web, or names a user.
    init?(_ address: String) {
        let reference = URLReference(address)
        guard let scheme = reference.scheme, let host = reference.host,
            let authority = reference.authority, !authority.utf8.contains(UInt8(ascii: "@")),
            let usual: Int32 = ["http": 80, "https": 443][scheme]
        else { return nil }
        self.scheme = scheme
        self.host = host
        // Behind the bracket of an IPv6 address.
        let rest = authority.dropFirst(host.count)
        guard rest.hasPrefix(":"), rest.utf8.count > 1 else {
            guard rest.isEmpty || rest == ":" else { return nil }
            port = usual
            return
        }
        guard let port = Int32(rest.dropFirst()) else { return nil }
        self.port = port
    }
}
