import Glibc

/// An IP address with a port, in one form for both families.
///
/// IPv4 is held as IPv4-mapped IPv6 (RFC 4291, section 2.5.5.2), so an address and its mapped
/// spelling are one value and no check can be passed by the other spelling.
package struct SocketAddress: Hashable, Sendable {
    /// The address in network order, read as two big-endian numbers.
    let high: UInt64
    let low: UInt64
    package let port: UInt16

    /// What stands before the 32 bits of an IPv4 address in its mapped form.
    static let mappedPrefix: UInt64 = 0xffff_0000_0000

    var isIPv4: Bool { high == 0 && low >> 32 == Self.mappedPrefix >> 32 }

    /// Reads a `sockaddr_in` or `sockaddr_in6`; nil for other families and short structures.
    package init?(_ address: UnsafeRawPointer, length: Int) {
        guard length >= MemoryLayout<sa_family_t>.size else { return nil }
        switch Int32(address.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            let v4 = address.loadUnaligned(as: sockaddr_in.self)
            high = 0
            low = Self.mappedPrefix | UInt64(UInt32(bigEndian: v4.sin_addr.s_addr))
            port = UInt16(bigEndian: v4.sin_port)
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            let v6 = address.loadUnaligned(as: sockaddr_in6.self)
            (high, low) = Self.halves(of: v6.sin6_addr)
            port = UInt16(bigEndian: v6.sin6_port)
        default:
            return nil
        }
    }

    /// Reads the numeric form of either family, without brackets; nil for anything else.
    package init?(_ text: String, port: UInt16) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            high = 0
            low = Self.mappedPrefix | UInt64(UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            (high, low) = Self.halves(of: v6)
        } else {
            return nil
        }
        self.port = port
    }

    /// The end of `descriptor` that `name` tells of: `getsockname` or `getpeername`.
    init?(
        of descriptor: Int32,
        by name: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let found = withUnsafeMutableBytes(of: &storage) { bytes -> SocketAddress? in
            guard let base = bytes.baseAddress,
                name(descriptor, base.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return nil }
            return SocketAddress(base, length: Int(length))
        }
        guard let found else { return nil }
        self = found
    }

    private static func halves(of address: in6_addr) -> (UInt64, UInt64) {
        withUnsafeBytes(of: address) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}
