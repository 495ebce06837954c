import CCurl

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
    /// Where `Location` points, absolute; on 3xx only.
    let location: String?
    let receivedBytes: Int
    var duration: Duration
}
