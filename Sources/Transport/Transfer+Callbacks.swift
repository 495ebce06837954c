import CCurl

/// libcurl's side of a transfer: each callback finds its transfer again and asks it.
extension Transfer {
    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_PRIVATE, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_XFERINFODATA,
            CURLOPT_OPENSOCKETDATA, CURLOPT_PREREQDATA, CURLOPT_DEBUGDATA,
        ] {
            easy.set(option, context)
        }
        earshot_curl_on_body(easy.raw) { bytes, _, count, context in
            Transfer.from(context)?.takeBody(bytes, count) ?? 0
        }
        earshot_curl_on_header(easy.raw) { bytes, _, count, context in
            Transfer.from(context)?.takeHeader(bytes, count) ?? 0
        }
        earshot_curl_on_debug(easy.raw) { _, kind, bytes, count, context in
            if kind == CURLINFO_DATA_IN {
                let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
                Transfer.from(context)?.arrival.gzipEnd?.take(bytes)
            }
            return 0
        }
        easy.set(CURLOPT_NOPROGRESS, 0)
        earshot_curl_on_progress(easy.raw) { context, _, bodyBytes, _, _ in
            guard let transfer = Transfer.from(context) else { return 1 }
            return transfer.mayGoOn(after: bodyBytes) ? 0 : 1
        }
        earshot_curl_on_open(easy.raw) { context, _, address in
            guard let address, let transfer = Transfer.from(context) else {
                return earshot_curl_no_socket
            }
            return transfer.openSocket(to: address)
        }
        earshot_curl_on_request(easy.raw) { context, peer, local, peerPort, localPort in
            guard let peer, let local, let transfer = Transfer.from(context),
                transfer.mayAsk(
                    peer: SocketAddress(String(cString: peer), port: UInt16(clamping: peerPort)),
                    local: SocketAddress(String(cString: local), port: UInt16(clamping: localPort)))
            else { return CURL_PREREQFUNC_ABORT }
            return CURL_PREREQFUNC_OK
        }
        // A connection outlives the transfer that opened it, and the table outlives both.
        easy.set(CURLOPT_CLOSESOCKETDATA, Unmanaged.passUnretained(sockets).toOpaque())
        earshot_curl_on_close(easy.raw) { context, descriptor in
            guard let context else { return -1 }
            return Unmanaged<SocketTable>.fromOpaque(context).takeUnretainedValue()
                .close(descriptor)
        }
    }

    /// Takes decompressed bytes; any other result than `count` ends the hop.
    ///
    /// The limit stands here because libcurl's own knows only declared and compressed lengths:
    /// 1.5 GiB of a gzip bomb came through it in 7.8 s.
    private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard count <= maxBodyBytes - arrival.body.count else {
            arrival.stop = .bodyLimit
            return 0
        }
        if arrival.body.count + count > arrival.body.capacity {
            // Doubled as arrays do, but never beyond the limit: those are the large ones.
            let doubled = max(2 * arrival.body.capacity, arrival.body.count + count)
            arrival.body.reserveCapacity(min(doubled, maxBodyBytes))
        }
        arrival.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        arriving.bytes += count
        return count
    }

    private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        arrival.headerBytes += count
        guard arrival.headerBytes <= FetchConfiguration.maxHeaderBytes else {
            arrival.stop = .headerLimit
            return 0
        }
        let wereWhole = arrival.headers.areWhole
        arrival.headers.take(line: UnsafeRawBufferPointer(start: bytes, count: count))
        guard !arrival.headers.isLengthContradictory else {
            arrival.stop = .contradictoryLength
            return 0
        }
        if arrival.headers.areWhole, !wereWhole {
            arrival.gzipEnd = GzipEnd(arrival.headers)
            // From here on libcurl shows the body as it comes, too.
            if arrival.gzipEnd != nil { easy.set(CURLOPT_VERBOSE, 1) }
        }
        return count
    }

    /// Whether what came around the body has stayed within its limit; `bodyBytes` have come of the
    /// body itself, still compressed.
    ///
    /// A chunk extension without end reaches no other callback (1 GiB came in 4 s), so the kernel is
    /// asked what it has received. For HTTP/1 only: an HTTP/2 connection carries other responses
    /// too, and has no such place to hide.
    private func mayGoOn(after bodyBytes: curl_off_t) -> Bool {
        guard arrival.headers.isHTTP1, let socket = arrival.socket else { return true }
        let received = earshot_tcp_bytes_received(socket) - arrival.receivedBefore
        let around = received - Int64(bodyBytes) - Int64(arrival.headerBytes)
        guard around > Int64(FetchConfiguration.maxFramingBytes) else { return true }
        arrival.stop = .framingLimit
        return false
    }

    /// A refused address is skipped: libcurl goes on to the next one that the name has.
    private func openSocket(to address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        // The declared `sockaddr` is the head of a longer structure, `addrlen` bytes in all.
        let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0
        let peer = SocketAddress(
            UnsafeRawPointer(address) + offset, length: Int(address.pointee.addrlen))
        guard let peer, addressGuard.permits(peer) else {
            if !arrival.hasOpenedSocket { arrival.stop = .blockedAddress }
            return earshot_curl_no_socket
        }
        arrival.hasOpenedSocket = true
        arrival.stop = nil
        return sockets.open(
            family: address.pointee.family, type: address.pointee.socktype,
            protocol: address.pointee.protocol)
    }

    /// Whether the request may go out on the connection that libcurl has chosen, which for a
    /// reused one was never opened by this transfer.
    private func mayAsk(peer: SocketAddress?, local: SocketAddress?) -> Bool {
        guard let peer, addressGuard.permits(peer) else {
            arrival.stop = .blockedAddress
            return false
        }
        arrival.isOnOpenConnection = !arrival.hasOpenedSocket
        arrival.socket = local.flatMap { sockets.descriptor(local: $0, peer: peer) }
        arrival.receivedBefore = arrival.socket.map { earshot_tcp_bytes_received($0) } ?? 0
        return true
    }
}
