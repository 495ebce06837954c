/// Which addresses may be connected to: the public Internet, and what the configuration names.
///
/// A feed's URL comes from strangers, so it must not reach what only this machine can reach
/// (server-side request forgery). Names are no use for that decision: it is made after resolution,
/// on the peer of every connection, new or reused, on every hop of a redirect.
package struct AddressGuard: Sendable {
    package let allow: [AllowedPeer]

    package init(allow: [AllowedPeer]) {
        self.allow = allow
    }

    package func permits(_ peer: SocketAddress) -> Bool {
        peer.isPublic || allow.contains { $0.covers(peer) }
    }
}

/// An exception from the guard, for tests and intranets: one address, with one port or all.
package struct AllowedPeer: Hashable, Sendable {
    private let address: SocketAddress
    private let hasAnyPort: Bool

    /// Reads `127.0.0.1:8080`, `[::1]:8080` or either with `*` as port; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        let portText = text[text.index(after: colon)...]
        hasAnyPort = portText == "*"
        guard let port = hasAnyPort ? 0 : UInt16(portText), hasAnyPort || port > 0,
            let address = SocketAddress(String(host), port: port)
        else { return nil }
        self.address = address
    }

    func covers(_ peer: SocketAddress) -> Bool {
        peer.high == address.high && peer.low == address.low
            && (hasAnyPort || peer.port == address.port)
    }
}

extension SocketAddress {
    /// Whether the address is a unicast one of the public Internet.
    package var isPublic: Bool {
        let special = isIPv4 ? Block.specialIPv4 : Block.specialIPv6
        return (isIPv4 || Block.globalUnicast.contains(self))
            && !special.contains { $0.contains(self) }
    }
}

/// All addresses that share their first bits.
private struct Block {
    let high: UInt64
    let low: UInt64
    /// 0…128.
    let bits: Int

    func contains(_ address: SocketAddress) -> Bool {
        let difference = (high: high ^ address.high, low: low ^ address.low)
        guard bits > 64 else { return difference.high >> UInt64(64 - bits) == 0 }
        return difference.high == 0 && difference.low >> UInt64(128 - bits) == 0
    }

    private static func v4(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ bits: Int) -> Block
    {
        Block(
            high: 0, low: SocketAddress.mappedPrefix | a << 24 | b << 16 | c << 8 | d,
            bits: 96 + bits)
    }

    /// The IANA IPv4 special-purpose registry (RFC 6890, RFC 8190) and multicast.
    static let specialIPv4 = [
        v4(0, 0, 0, 0, 8),  // this network
        v4(10, 0, 0, 0, 8),  // private
        v4(100, 64, 0, 0, 10),  // shared with a carrier's translation
        v4(127, 0, 0, 0, 8),  // loopback
        v4(169, 254, 0, 0, 16),  // link-local, cloud metadata
        v4(172, 16, 0, 0, 12),  // private
        v4(192, 0, 0, 0, 24),  // protocol assignments
        v4(192, 0, 2, 0, 24),  // documentation
        v4(192, 88, 99, 0, 24),  // 6to4 relays, deprecated
        v4(192, 168, 0, 0, 16),  // private
        v4(198, 18, 0, 0, 15),  // benchmarks
        v4(198, 51, 100, 0, 24),  // documentation
        v4(203, 0, 113, 0, 24),  // documentation
        v4(224, 0, 0, 0, 4),  // multicast
        v4(240, 0, 0, 0, 4),  // reserved, broadcast
    ]

    /// 2000::/3, the only block from which public unicast addresses are given (RFC 4291, 2.4).
    ///
    /// The deprecated IPv4-compatible forms and the NAT64 prefixes lie outside.
    static let globalUnicast = Block(high: 0x2000_0000_0000_0000, low: 0, bits: 3)

    /// The IANA IPv6 special-purpose registry (RFC 6890, RFC 8190, RFC 9637), as far as it lies in
    /// `globalUnicast`.
    static let specialIPv6 = [
        Block(high: 0x2001_0000_0000_0000, low: 0, bits: 23),  // protocol assignments, Teredo
        Block(high: 0x2001_0db8_0000_0000, low: 0, bits: 32),  // documentation
        Block(high: 0x2002_0000_0000_0000, low: 0, bits: 16),  // 6to4, carries an IPv4 address
        Block(high: 0x3fff_0000_0000_0000, low: 0, bits: 20),  // documentation
    ]
}
