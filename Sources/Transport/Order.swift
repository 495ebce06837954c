import EarshotDomain
import Glibc

/// One hop that the engine has been asked for, on its way to the loop's thread.
struct Order: Sendable {
    typealias ID = UInt64

    let id: ID
    let address: WebAddress
    /// NUL-terminated.
    let headerLines: [[CChar]]
    /// What is posted; nil for a GET.
    let body: [UInt8]?
    let timeout: Duration
    /// Whether no connection that is open already will do.
    let wantsFreshConnection: Bool
    /// Whether the body counts as held until it is released.
    let holdsBody: Bool
    /// The host whose transfers are limited; nil for our own.
    let host: String?
    let continuation: CheckedContinuation<Outcome, Never>
}

/// How an order ended.
enum Outcome: Sendable {
    case answered(HopAnswer)
    case failed(TransportError)
    /// A connection that was open already stayed silent for so long: it has died unnoticed, as
    /// idle ones do behind a firewall that forgets them.
    case hung(Duration)
    /// By its task, or by the engine's shutdown.
    case cancelled
}

/// What came back on one hop.
struct HopAnswer: Sendable {
    let status: Int
    let headers: HeaderFields
    let body: [UInt8]
    /// Whether the body's coding, where it has one, says that it came to its end.
    let isEndProven: Bool
    /// Where `Location` points, absolute; on 3xx only.
    let location: String?
    let receivedBytes: Int
    var duration: Duration

    /// How long the host is to be left alone, where it says so.
    var pause: Duration? {
        guard status == 429 || status == 503 else { return nil }
        // Its own clock, where it shows it, reads a date of its own best.
        let now = headers["date"].flatMap { RetryAfter.moment(of: $0) } ?? Self.wallClock
        return HostPace.pause(
            asked: headers["retry-after"].flatMap { RetryAfter(text: $0).delay(from: now) })
    }

    private static var wallClock: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
