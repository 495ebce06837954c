import CCurl
import EarshotDomain
import Glibc

/// The engine's thread: owns every libcurl handle, runs the transfers, answers the orders.
///
/// Made, run and let go on one thread. libcurl says which sockets it waits on and until when
/// (`curl_multi_socket_action`), so a turn costs what has happened, however many transfers run.
final class MultiLoop {
    private let configuration: FetchConfiguration
    private let mailbox: Mailbox
    private let multi: UnsafeMutableRawPointer
    private let sockets: SocketTable
    private var queue: PacedQueue<Order.ID>
    private var waiting: [Order.ID: Order] = [:]
    private var running: [Order.ID: Transfer] = [:]
    private var idle: [Transfer] = []
    private let arriving = ByteCount()
    /// Of bodies that have come and are not released yet.
    private var heldBytes = 0
    private var isHolding = false
    /// When libcurl wants to be called though no socket is ready.
    private var timer: Timestamp?
    private var nextLook: Timestamp
    /// Time at which the turn began, on a clock that is never set back; its zero means nothing.
    private var now: Timestamp

    /// Between two looks for connections that have died unnoticed. (Chosen: a fifth of the time
    /// that a connection has by default; rare enough to cost nothing.)
    private static let lookInterval: Duration = .seconds(1)

    init(configuration: FetchConfiguration, mailbox: Mailbox) {
        guard let multi = curl_multi_init() else { fatalError("out of memory") }
        self.configuration = configuration
        self.mailbox = mailbox
        self.multi = multi
        sockets = SocketTable(bell: mailbox.bell.descriptor)
        now = Self.clock
        nextLook = now
        queue = PacedQueue(
            limit: configuration.maxConnections, pace: HostPace(configuration.hostRules))
        // Connections kept for reuse.
        earshot_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maxConnections)
        let context = Unmanaged.passUnretained(self).toOpaque()
        earshot_curl_multi_on_socket(
            multi,
            { _, descriptor, what, context, _ in
                MultiLoop.from(context)?.sockets.want(descriptor, what)
                return 0
            }, context)
        earshot_curl_multi_on_timer(
            multi,
            { _, milliseconds, context in
                MultiLoop.from(context)?.setTimer(milliseconds)
                return 0
            }, context)
    }

    deinit {
        running = [:]
        idle = []
        curl_multi_cleanup(multi)
        mailbox.loopHasEnded()
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> MultiLoop? {
        context.map { Unmanaged<MultiLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Runs until the mailbox is closed.
    func run() {
        Self.ignoreBrokenPipes()
        while true {
            now = Self.clock
            let mail = mailbox.takeMail()
            for order in mail.arrivals { accept(order) }
            for id in mail.cancelled { cancel(id) }
            heldBytes -= mail.releasedBytes
            if mail.isClosed { break }
            startTransfers()
            if let timer, timer <= now { act(CURL_SOCKET_TIMEOUT, 0) }
            finishTransfers()
            look()
            holdLargeBodies()
            sleep()
        }
        for id in running.keys { cancel(id) }
        for id in waiting.keys { cancel(id) }
    }

    private static var clock: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec * 1_000 + time.tv_nsec / 1_000_000))
    }

    private func setTimer(_ milliseconds: Int) {
        timer = milliseconds < 0 ? nil : now + .milliseconds(milliseconds)
    }

    /// Sleeps until a socket is ready, mail comes or a moment is due, and lets libcurl work.
    private func sleep() {
        var due = nextLook
        if running.isEmpty { due = now + .hours(1) }
        if let timer { due = min(due, timer) }
        if !isFull, let delay = queue.delay(at: now) { due = min(due, now + delay) }
        let span = mailbox.mayWait() ? max(.zero, due - now).milliseconds : 0
        sockets.wait(milliseconds: Int32(clamping: span)) { descriptor, bits in
            if descriptor == mailbox.bell.descriptor {
                mailbox.bell.silence()
            } else {
                act(descriptor, bits)
            }
        }
    }

    private func act(_ socket: curl_socket_t, _ bits: Int32) {
        var count: Int32 = 0
        if socket == CURL_SOCKET_TIMEOUT { timer = nil }
        curl_multi_socket_action(multi, socket, bits, &count)
    }

    private func accept(_ order: Order) {
        if let host = order.host, let delay = queue.pace.delay(for: host, at: now),
            delay > configuration.totalTimeout
        {
            return order.continuation.resume(returning: .failed(.paused(order, for: delay)))
        }
        waiting[order.id] = order
        queue.arrive(order.id, host: order.host, at: now)
    }

    private func startTransfers() {
        while !isFull, let (id, _) = queue.next(at: now, where: { waiting[$0] != nil }) {
            guard let order = waiting.removeValue(forKey: id) else { continue }
            let transfer =
                idle.popLast()
                ?? Transfer(configuration: configuration, sockets: sockets, arriving: arriving)
            transfer.begin(order, at: now)
            running[id] = transfer
            curl_multi_add_handle(multi, transfer.easy.raw)
        }
    }

    /// Answers the orders whose transfers have ended.
    private func finishTransfers() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let transfer = Transfer.running(on: message.pointee.easy_handle)
            else { continue }
            finish(transfer, transfer.outcome(earshot_curl_result(message)))
        }
    }

    private var isFull: Bool { arriving.bytes + heldBytes > configuration.maxHeldBytes }

    /// Lets large bodies wait while there is no room for them, but for the largest: it will soon
    /// come to its end, or to the limit.
    private func holdLargeBodies() {
        guard isFull || isHolding else { return }
        isHolding = isFull
        let large = running.values.filter {
            $0.arrival.body.count > FetchConfiguration.smallBodyBytes
        }
        let first = large.max {
            ($0.arrival.body.count, $0.order?.id ?? 0) < ($1.arrival.body.count, $1.order?.id ?? 0)
        }
        for transfer in large {
            // An HTTP/2 connection carries other bodies, too.
            guard let socket = transfer.arrival.socket, transfer.arrival.headers.isHTTP1 else {
                continue
            }
            sockets.hold(socket, isFull && transfer !== first)
        }
    }

    /// Ends transfers that wait on a connection which has died unnoticed.
    private func look() {
        guard now >= nextLook else { return }
        nextLook = now + Self.lookInterval
        for transfer in Array(running.values) {
            if let silence = transfer.silence(at: now), silence > configuration.connectTimeout {
                finish(transfer, .hung(silence))
            }
        }
    }

    private func cancel(_ id: Order.ID) {
        if let order = waiting.removeValue(forKey: id) {
            order.continuation.resume(returning: .cancelled)
        } else if let transfer = running[id] {
            finish(transfer, .cancelled)
        }
    }

    private func finish(_ transfer: Transfer, _ outcome: Outcome) {
        curl_multi_remove_handle(multi, transfer.easy.raw)
        guard let order = transfer.end() else { return }
        running[order.id] = nil
        // A handle never forgets its last system error, which would colour a later failure.
        if transfer.easy.long(CURLINFO_OS_ERRNO) == 0 { idle.append(transfer) }
        queue.leave(host: order.host, at: now)
        if case .answered(let answer) = outcome {
            if order.holdsBody { heldBytes += answer.body.count }
            pauseHost(of: order, after: answer)
        }
        order.continuation.resume(returning: outcome)
    }

    /// Leaves a host alone that has asked for it; what waits for it fails where that takes long.
    private func pauseHost(of order: Order, after answer: HopAnswer) {
        guard configuration.pace != nil, let host = order.host, let pause = answer.pause else {
            return
        }
        queue.paused(host, until: now + pause)
        guard pause > configuration.totalTimeout else { return }
        for id in queue.withdraw(from: host) {
            guard let order = waiting.removeValue(forKey: id) else { continue }
            order.continuation.resume(returning: .failed(.paused(order, for: pause)))
        }
    }

    /// OpenSSL writes to sockets without MSG_NOSIGNAL: a peer that has gone would end the process.
    private static func ignoreBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

extension TransportError {
    /// An order that was not carried out, because its host is to be left alone.
    fileprivate static func paused(_ order: Order, for pause: Duration) -> TransportError {
        let seconds = (pause.milliseconds + 999) / 1_000
        return TransportError(
            url: order.address.text, reason: .rateLimited,
            advice: .retry(after: RetryAfter(text: "\(seconds)")),
            detail: "\(order.address.host) has asked to be left alone for another \(seconds) s")
    }
}
