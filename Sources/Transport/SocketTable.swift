import CCurl
import Glibc

/// The sockets that libcurl has open, found again by the two ends of their connection.
///
/// libcurl does not tell a running transfer which socket it uses; it tells both ends of it.
final class SocketTable {
    private struct Ends: Hashable {
        let local: SocketAddress
        let peer: SocketAddress
    }

    private var byEnds: [Ends: Int32] = [:]
    /// Opened, and not connected when last looked at.
    private var nameless: [Int32] = []

    /// The descriptor, or `earshot_curl_no_socket`.
    func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { return earshot_curl_no_socket }
        var size = Int32(FetchConfiguration.receiveBufferBytes)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        nameless.append(descriptor)
        return descriptor
    }

    func close(_ descriptor: Int32) -> Int32 {
        if let place = nameless.firstIndex(of: descriptor) {
            nameless.remove(at: place)
        } else if let known = byEnds.first(where: { $0.value == descriptor }) {
            byEnds[known.key] = nil
        }
        return Glibc.close(descriptor)
    }

    func descriptor(local: SocketAddress, peer: SocketAddress) -> Int32? {
        let wanted = Ends(local: local, peer: peer)
        if let known = byEnds[wanted] { return known }
        nameless.removeAll { descriptor in
            guard let local = SocketAddress(of: descriptor, by: getsockname),
                let peer = SocketAddress(of: descriptor, by: getpeername)
            else { return false }
            byEnds[Ends(local: local, peer: peer)] = descriptor
            return true
        }
        return byEnds[wanted]
    }
}
