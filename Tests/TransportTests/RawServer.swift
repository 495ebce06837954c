import Foundation
import Glibc
import Synchronization

/// A server on a free loopback port that answers with any bytes, so that it can misbehave.
///
/// Each connection has a thread of its own, which runs the script.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let count = Atomic<Int>(0)

    /// How many connections have come in.
    var connections: Int { count.load(ordering: .acquiring) }

    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 1_024) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in accept(script) }
    }

    deinit { close(listener) }

    private func accept(_ script: @escaping @Sendable (Connection) -> Void) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            count.wrappingAdd(1, ordering: .releasing)
            Thread.detachNewThread { script(Connection(descriptor: descriptor)) }
        }
    }
}

/// The server's end of a connection; closed when it is let go.
final class Connection {
    /// -1 after a reset.
    private var descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The head of the next request; nil when the client has closed.
    func readRequest() -> String? {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
            head.append(byte)
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// The next `count` bytes; fewer when the client has closed.
    func read(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count,
            case let more = recv(descriptor, &buffer, min(buffer.count, count - bytes.count), 0),
            more > 0
        {
            bytes += buffer[..<more]
        }
        return bytes
    }

    /// False when the client has closed.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// A whole response with its length.
    @discardableResult
    func respond(
        _ status: Int = 200, _ fields: [String] = [], body: [UInt8] = Array("<rss/>".utf8)
    ) -> Bool {
        let head = ["HTTP/1.1 \(status) Some", "Content-Length: \(body.count)"] + fields
        return write(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    /// A body in the chunked coding, one chunk each.
    func write(chunks: [[UInt8]]) {
        for chunk in chunks + [[]] {
            write(Array((String(chunk.count, radix: 16) + ";a=b\r\n").utf8) + chunk)
            write("\r\n")
        }
    }

    /// Ends what this end sends; the client's may go on.
    func shut() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Returns when the client has closed its end.
    func awaitClose() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Ends the connection with RST.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger,
            socklen_t(MemoryLayout.size(ofValue: linger)))
        close(descriptor)
        descriptor = -1
    }
}
