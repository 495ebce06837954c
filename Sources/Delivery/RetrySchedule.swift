package import EarshotDomain

/// When a message is tried again, and when no more.
///
/// The waits are Svix's (docs.svix.com/retries), the classes Standard Webhooks 1.0's ("Webhook
/// delivery"): 2xx is success and nothing else, 410 ends the destination, `Retry-After` is obeyed.
package enum RetrySchedule {
    /// Waits after the first failed try, the second, and so on; 27 h 35 min 5 s in all.
    private static let waits: [Duration] = [
        .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(10),
    ]

    /// Waits are spread over ±10 %, so that many that failed together do not return together.
    /// (Chosen: half of the ±20 % within which the reliability note's R10 wants them.)
    private static let jitter = 0.1

    /// Longest wait that a receiver may ask for. (Chosen: it could silence alerts for years.)
    private static let longestRetryAfter = Duration.days(1)

    /// What becomes of `message` after `attempt`.
    package static func verdict(
        on message: OutboxMessage, after attempt: DeliveryAttempt
    ) -> DeliveryVerdict {
        switch attempt.status {
        case .some(200...299): return .delivered
        case .some(410): return .destinationGone
        default: break
        }
        let tries = message.attempts + 1
        // Short waits that the receiver asked for use up tries, not its day of grace.
        let span = attempt.endedAt - message.knownAt
        guard tries <= waits.count || span < waits.reduce(.zero, +) else { return .failed }
        if let asked = attempt.retryAfter, attempt.status == 429 || attempt.status == 503 {
            return .retry(at: attempt.endedAt + min(max(asked, .seconds(1)), longestRetryAfter))
        }
        let wait = Double(waits[min(tries, waits.count) - 1].milliseconds)
        let spread = 1 + jitter * (2 * fraction(of: message.draft.id, tries) - 1)
        return .retry(at: attempt.endedAt + .milliseconds(Int64(wait * spread)))
    }

    /// Whether a failure speaks of the destination, and not of this message's form or size alone.
    package static func concernsDestination(_ attempt: DeliveryAttempt) -> Bool {
        switch attempt.status {
        case .some(200...299), .some(400), .some(413), .some(415), .some(422): false
        default: true
        }
    }

    /// A number in 0..<1 that is the same at each replay: FNV-1a of 64 bits
    /// (draft-eastlake-fnv), whose high bits the last step mixes.
    private static func fraction(of id: String, _ tries: Int) -> Double {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(id) \(tries)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01b3 }
        hash = (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15
        return Double(hash >> 11) / Double(UInt64(1) << 53)
    }
}
