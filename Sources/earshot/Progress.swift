import EarshotWire
import Foundation
import Synchronization

/// A bar on standard error with rate and time left; silent off a terminal and for two seconds.
///
/// Where the total is not known, it tells how much is done and how fast.
final class Progress: Sendable {
    private struct State {
        var shownAt = 0.0
        var isShown = false
    }

    private let label: String
    private let total: Int?
    private let unit: String
    private let started = ProcessInfo.processInfo.systemUptime
    private let isTerminal = isatty(2) == 1
    private let state = Mutex(State())

    init(_ label: String, total: Int?, unit: String) {
        self.label = label
        self.total = total
        self.unit = unit
    }

    /// - Parameter total: where it is estimated anew as the work goes on.
    func update(_ done: Int, of total: Int? = nil) {
        let now = ProcessInfo.processInfo.systemUptime
        guard isTerminal, now - started > 2 else { return }
        state.withLock { state in
            guard now - state.shownAt > 0.1 else { return }
            state.shownAt = now
            state.isShown = true
            let line = line(done, of: total ?? self.total, after: now - started)
            try? OutputError.write(Array("\r\u{1B}[K\(line)".utf8), to: 2)
        }
    }

    private func line(_ done: Int, of total: Int?, after seconds: Double) -> String {
        let rate = Double(done) / seconds
        guard let total else { return "\(label) \(done) \(unit), \(Int(rate)) a second" }
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        let left = rate > 0 ? max(0, Int(Double(total - done) / rate)) : 0
        return "\(label) \(bar) \(done) of \(total) \(unit), \(Int(rate)) a second, \(left) s left"
    }

    /// Clears the line.
    func end() {
        guard state.withLock({ $0.isShown }) else { return }
        try? OutputError.write(Array("\r\u{1B}[K".utf8), to: 2)
    }
}
