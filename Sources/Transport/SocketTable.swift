import CCurl
import Glibc

/// The sockets that libcurl has open: found by the two ends of their connection, and waited on.
///
/// libcurl does not tell a running transfer which socket it uses; it tells both ends of it. It says
/// of each socket what to wait for, and that it is of no interest between two transfers; one of
/// ours stays registered with the kernel then, which saves two calls with each transfer.
final class SocketTable {
    private struct Ends: Hashable {
        let local: SocketAddress
        let peer: SocketAddress
    }

    private struct Socket {
        /// Whether libcurl got it from `open`.
        var isOurs = false
        /// What the kernel watches for; 0 where it is not registered.
        var registered: UInt32 = 0
        /// What libcurl waits for; 0 where it does not.
        var wanted: UInt32 = 0
        /// Whether what comes is left to lie for now.
        var isHeld = false
        var ends: Ends?
    }

    private let poll: Int32
    private var events: [epoll_event]
    /// By descriptor.
    private var sockets: [Socket] = []
    private var byEnds: [Ends: Int32] = [:]
    /// Opened, and not connected when last looked at.
    private var nameless: [Int32] = []

    /// - Parameter bell: a descriptor that is waited on like a socket that is to be read.
    init(bell: Int32) {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        events = Array(repeating: epoll_event(), count: 128)
        guard poll >= 0 else { fatalError("no descriptor for epoll: \(errno)") }
        want(bell, CURL_POLL_IN)
    }

    deinit { Glibc.close(poll) }

    // MARK: Opening and closing

    /// The descriptor, or `earshot_curl_no_socket`.
    func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { return earshot_curl_no_socket }
        var size = Int32(FetchConfiguration.receiveBufferBytes)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        makeRoom(for: descriptor)
        sockets[Int(descriptor)] = Socket(isOurs: true)
        nameless.append(descriptor)
        return descriptor
    }

    func close(_ descriptor: Int32) -> Int32 {
        makeRoom(for: descriptor)
        if let ends = sockets[Int(descriptor)].ends {
            byEnds[ends] = nil
        } else if let place = nameless.firstIndex(of: descriptor) {
            nameless.remove(at: place)
        }
        // The kernel forgets a registration with the descriptor.
        sockets[Int(descriptor)] = Socket()
        return Glibc.close(descriptor)
    }

    func descriptor(local: SocketAddress, peer: SocketAddress) -> Int32? {
        let wanted = Ends(local: local, peer: peer)
        if let known = byEnds[wanted] { return known }
        nameless.removeAll { descriptor in
            guard let local = SocketAddress(of: descriptor, by: getsockname),
                let peer = SocketAddress(of: descriptor, by: getpeername)
            else { return false }
            let ends = Ends(local: local, peer: peer)
            byEnds[ends] = descriptor
            sockets[Int(descriptor)].ends = ends
            return true
        }
        return byEnds[wanted]
    }

    // MARK: Waiting

    /// Notes what libcurl waits for on a socket, one of `CURL_POLL_…`.
    func want(_ descriptor: Int32, _ what: Int32) {
        makeRoom(for: descriptor)
        let wanted: UInt32 =
            switch what {
            case CURL_POLL_IN: EPOLLIN.rawValue
            case CURL_POLL_OUT: EPOLLOUT.rawValue
            case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
            default: 0
            }
        sockets[Int(descriptor)].wanted = wanted
        let socket = sockets[Int(descriptor)]
        if wanted != 0 || !socket.isOurs { register(descriptor, socket.isHeld ? 0 : wanted) }
    }

    /// Lets what comes on a socket lie until it is no longer held: its sender has to wait.
    func hold(_ descriptor: Int32, _ isHeld: Bool) {
        guard sockets[Int(descriptor)].isHeld != isHeld else { return }
        sockets[Int(descriptor)].isHeld = isHeld
        register(descriptor, isHeld ? 0 : sockets[Int(descriptor)].wanted)
    }

    /// Waits until a socket is ready, and hands over each socket that is, with
    /// its `CURL_CSELECT_…` bits.
    func wait(milliseconds: Int32, _ ready: (Int32, Int32) -> Void) {
        let count = epoll_wait(poll, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return }
        for event in events[..<Int(count)] {
            let descriptor = event.data.fd
            let socket = sockets[Int(descriptor)]
            guard socket.registered != 0 else { continue }
            guard socket.wanted != 0 else {
                // The other end has closed an idle connection: no matter until its next use.
                if socket.isOurs { register(descriptor, 0) }
                continue
            }
            var bits: Int32 = 0
            if event.events & EPOLLIN.rawValue != 0 { bits |= CURL_CSELECT_IN }
            if event.events & EPOLLOUT.rawValue != 0 { bits |= CURL_CSELECT_OUT }
            if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 {
                bits |= CURL_CSELECT_ERR
            }
            ready(descriptor, bits)
        }
    }

    private func register(_ descriptor: Int32, _ events: UInt32) {
        makeRoom(for: descriptor)
        let known = sockets[Int(descriptor)].registered
        guard known != events else { return }
        var event = epoll_event(events: events, data: epoll_data_t(fd: descriptor))
        let operation = events == 0 ? EPOLL_CTL_DEL : known == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        epoll_ctl(poll, operation, descriptor, &event)
        sockets[Int(descriptor)].registered = events
    }

    private func makeRoom(for descriptor: Int32) {
        while sockets.count <= descriptor { sockets.append(Socket()) }
    }
}
