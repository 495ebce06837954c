package import EarshotDomain

/// How often one host is asked, told by the times that its caller hands in; reads no clock.
///
/// A host is what stands in the URL of the hop that is due, so whoever counts each hop of a
/// redirect keeps the pace of the hosts behind it, too. All calls are O(1), amortised.
package struct HostPace: Sendable {
    /// What every host is granted.
    package struct Rules: Hashable, Sendable {
        /// Between the starts of two requests. (The note's politeness rule.)
        package var interval: Duration = .seconds(1)
        /// Requests at once.
        package var inFlight = 1
        /// Requests at once to a host that carries many sources, as platforms do.
        package var inFlightOfLarge = 2
        /// A host with more sources than this is a large one.
        package var largeAbove = 50

        package init() {}
    }

    private struct Host {
        var running = 0
        /// Before this nothing starts; nil until the first start or pause.
        var readyAt: Timestamp?
        var isLarge = false
    }

    package let rules: Rules
    private var hosts: [String: Host] = [:]
    /// Hosts that are kept in mind before those are forgotten of which nothing is left to know.
    private var roomBeforeSweep = 256

    package init(_ rules: Rules = Rules()) {
        self.rules = rules
    }

    /// Says how many sources the host carries.
    package mutating func carries(_ sources: Int, on host: String) {
        let isLarge = sources > rules.largeAbove
        guard isLarge || hosts[host] != nil else { return }
        hosts[host, default: Host()].isLarge = isLarge
    }

    /// How long from `now` until a request may start: zero where it may at once, nil where it has
    /// to await the end of another first.
    package func delay(for host: String, at now: Timestamp) -> Duration? {
        guard let state = hosts[host] else { return .zero }
        guard state.running < (state.isLarge ? rules.inFlightOfLarge : rules.inFlight) else {
            return nil
        }
        return state.readyAt.map { max(.zero, $0 - now) } ?? .zero
    }

    /// A request to the host starts; whether it should have is not judged.
    package mutating func started(_ host: String, at now: Timestamp) {
        if hosts.count >= roomBeforeSweep { sweep(at: now) }
        hosts[host, default: Host()].running += 1
        notBefore(now + rules.interval, host)
    }

    /// A request that had started has ended, however it did.
    package mutating func finished(_ host: String, at now: Timestamp) {
        guard let running = hosts[host]?.running, running > 0 else { return }
        hosts[host]?.running = running - 1
    }

    /// The host has asked to be left alone; of several pauses the longest holds.
    package mutating func paused(_ host: String, until end: Timestamp) {
        notBefore(end, host)
    }

    /// How long a host is left alone that has answered 429 or 503: as long as it asked, at most a
    /// day, since some ask for years; 10 minutes, chosen, where it asked for nothing.
    package static func pause(asked: Duration?) -> Duration {
        guard let asked else { return .minutes(10) }
        return max(.zero, min(asked, .days(1)))
    }

    private mutating func notBefore(_ moment: Timestamp, _ host: String) {
        let known = hosts[host]?.readyAt ?? moment
        hosts[host, default: Host()].readyAt = max(known, moment)
    }

    private mutating func sweep(at now: Timestamp) {
        hosts = hosts.filter { _, host in
            host.running > 0 || host.isLarge || host.readyAt.map { $0 > now } ?? false
        }
        roomBeforeSweep = max(256, 2 * hosts.count)
    }
}
