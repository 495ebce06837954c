import EarshotTransport
import Testing

@Suite struct AddressGuardTests {
    /// Second source: the first and last address of each block of the IANA special-purpose
    /// registries (RFC 6890 and updates) and of multicast, and the spellings that `inet_aton`
    /// and `getaddrinfo` turn into them.
    @Test(arguments: [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0",
        "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.0", "192.0.2.255", "192.88.99.0",
        "192.88.99.255", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
        "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255", "224.0.0.0",
        "239.255.255.255", "240.0.0.0", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2002:7f00:1::", "3fff::1", "3fff:fff:ffff::1",
        "4000::1", "5f00::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1",
    ])
    func specialAddressesAreRefused(text: String) throws {
        #expect(try !#require(SocketAddress(text, port: 80)).isPublic)
    }

    /// Second source: the neighbours of those blocks, which the registries do not name.
    @Test(arguments: [
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
        "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.88.98.255",
        "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
        "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
        "::ffff:8.8.8.8", "2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1",
        "2001:ffff::1", "2003::1", "2606:4700:4700::1111", "3ffe:ffff::1", "3fff:1000::1",
    ])
    func publicAddressesAreNot(text: String) throws {
        #expect(try #require(SocketAddress(text, port: 80)).isPublic)
    }

    @Test func anAllowedPeerIsOneAddressWithOnePortOrAll() throws {
        let one = AddressGuard(allow: [try #require(AllowedPeer("127.0.0.1:8080"))])
        #expect(one.permits(try #require(SocketAddress("127.0.0.1", port: 8_080))))
        #expect(one.permits(try #require(SocketAddress("::ffff:127.0.0.1", port: 8_080))))
        #expect(!one.permits(try #require(SocketAddress("127.0.0.1", port: 8_081))))
        #expect(!one.permits(try #require(SocketAddress("127.0.0.2", port: 8_080))))
        let all = AddressGuard(allow: [try #require(AllowedPeer("[fd00::7]:*"))])
        #expect(all.permits(try #require(SocketAddress("fd00::7", port: 1))))
        #expect(!all.permits(try #require(SocketAddress("fd00::8", port: 1))))
    }

    @Test(arguments: [
        "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:-1",
        "localhost:80", "127.1:80", "::1:80", "[::1]", "[::1:80", "*:80", "10.0.0.0/8:80",
    ])
    func whatIsNoAllowedPeerIsRefused(text: String) {
        #expect(AllowedPeer(text) == nil)
    }
}
