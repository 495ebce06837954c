package import EarshotDomain
import Synchronization

/// The time of a replay, shared by those who read it and the one who sets it.
package final class ReplayClock: Sendable {
    private let milliseconds: Atomic<Int64>

    package init(_ start: Timestamp) {
        milliseconds = Atomic(start.milliseconds)
    }

    package var now: Timestamp {
        Timestamp(milliseconds: milliseconds.load(ordering: .acquiring))
    }

    package func set(_ moment: Timestamp) {
        milliseconds.store(moment.milliseconds, ordering: .releasing)
    }
}
