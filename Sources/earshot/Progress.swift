import EarshotWire
import Foundation
import Synchronization

/// A bar on standard error with rate and time left; silent off a terminal and for two seconds.
final class Progress: Sendable {
    private struct State {
        var shownAt = 0.0
        var isShown = false
    }

    private let label: String
    private let total: Int
    private let unit: String
    private let started = ProcessInfo.processInfo.systemUptime
    private let isTerminal = isatty(2) == 1
    private let state = Mutex(State())

    init(_ label: String, total: Int, unit: String) {
        self.label = label
        self.total = total
        self.unit = unit
    }

    func update(_ done: Int) {
        let now = ProcessInfo.processInfo.systemUptime
        guard isTerminal, now - started > 2 else { return }
        state.withLock { state in
            guard now - state.shownAt > 0.1 else { return }
            state.shownAt = now
            state.isShown = true
            let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
            let filled = Int(share * 24)
            let bar =
                String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            let rate = Double(done) / (now - started)
            let left = rate > 0 ? Int(Double(total - done) / rate) : 0
            let line =
                "\(label) \(bar) \(done) of \(total) \(unit), \(Int(rate)) a second, "
                + "\(left) s left"
            try? OutputError.write(Array("\r\u{1B}[K\(line)".utf8), to: 2)
        }
    }

    /// Clears the line.
    func end() {
        guard state.withLock({ $0.isShown }) else { return }
        try? OutputError.write(Array("\r\u{1B}[K".utf8), to: 2)
    }
}
