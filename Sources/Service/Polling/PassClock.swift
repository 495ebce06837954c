package import EarshotDomain
import Foundation

/// What time it is for those who poll, and how they wait.
package enum PassClock: Sendable {
    /// The machine's own, moved by so much; waiting takes as long as it says.
    case wall(ahead: Duration)
    /// A recording's: no time passes while something is in flight, and waiting sets the clock.
    case replay(ReplayClock)

    /// The machine's own, which shows `start` now.
    package static func wall(from start: Timestamp) -> PassClock {
        .wall(ahead: start - wallTime)
    }

    package var now: Timestamp {
        switch self {
        case .wall(let ahead): Self.wallTime + ahead
        case .replay(let clock): clock.now
        }
    }

    var isReplay: Bool {
        if case .replay = self { true } else { false }
    }

    /// Shows `moment`, or goes on by itself.
    func advance(to moment: Timestamp) {
        if case .replay(let clock) = self { clock.set(max(clock.now, moment)) }
    }

    private static var wallTime: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}
