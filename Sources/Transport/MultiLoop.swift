import CCurl
import Glibc

/// The engine's thread: owns every libcurl handle, runs the transfers, answers the orders.
///
/// Made, run and let go on one thread.
final class MultiLoop {
    private let configuration: FetchConfiguration
    private let mailbox: Mailbox
    private let multi: UnsafeMutableRawPointer
    private let sockets = SocketTable()
    private var queue: HostQueue
    private var waiting: [Order.ID: Order] = [:]
    private var running: [Order.ID: Transfer] = [:]
    private var idle: [Transfer] = []

    /// How long the loop sleeps when nothing happens, in milliseconds.
    ///
    /// Mail and libcurl's own timers end the sleep earlier; the clock of `Transfer.isAlive` does
    /// not. (Chosen: rare enough to cost nothing.)
    private static let longestSleep: Int32 = 1_000

    init(configuration: FetchConfiguration, mailbox: Mailbox) {
        guard let multi = curl_multi_init() else { fatalError("out of memory") }
        self.configuration = configuration
        self.mailbox = mailbox
        self.multi = multi
        queue = HostQueue(
            total: configuration.maxConnections, perHost: configuration.maxHostConnections)
        // Connections kept for reuse.
        earshot_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maxConnections)
        mailbox.setBell(multi)
    }

    deinit {
        mailbox.setBell(nil)
        running = [:]
        idle = []
        curl_multi_cleanup(multi)
        mailbox.loopHasEnded()
    }

    /// Runs until the mailbox is closed.
    func run() {
        Self.ignoreBrokenPipes()
        while true {
            let mail = mailbox.takeMail()
            for order in mail.arrivals {
                waiting[order.id] = order
                queue.arrive(order.id, host: order.host)
            }
            for id in mail.cancelled { cancel(id) }
            if mail.isClosed { break }
            startTransfers()
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            if !finishTransfers() {
                curl_multi_poll(multi, nil, 0, Self.longestSleep, nil)
            }
        }
        for id in running.keys { cancel(id) }
        for id in waiting.keys { cancel(id) }
    }

    private func startTransfers() {
        while let (id, host) = queue.next() {
            // An order cancelled in the queue leaves its number behind.
            guard let order = waiting.removeValue(forKey: id) else {
                queue.leave(host: host)
                continue
            }
            let transfer =
                idle.popLast() ?? Transfer(configuration: configuration, sockets: sockets)
            transfer.begin(order)
            running[id] = transfer
            curl_multi_add_handle(multi, transfer.easy.raw)
        }
    }

    /// Answers the orders whose transfers have ended; whether there were any.
    private func finishTransfers() -> Bool {
        var hasFinished = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let transfer = Transfer.running(on: message.pointee.easy_handle)
            else { continue }
            hasFinished = true
            finish(transfer, transfer.outcome(earshot_curl_result(message)))
        }
        return hasFinished
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
        queue.leave(host: order.host)
        order.continuation.resume(returning: outcome)
    }

    /// OpenSSL writes to sockets without MSG_NOSIGNAL: a peer that has gone would end the process.
    private static func ignoreBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
