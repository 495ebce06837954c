import ArgumentParser
import EarshotWire
import Foundation

/// What every filter takes.
struct FilterOptions: ParsableArguments {
    @Option(help: "Threads; the answers are the same at any number. Default: all cores.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads takes a number from 1 to 256")
        }
    }

    var filter: LineFilter {
        LineFilter(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }
}

extension LineError {
    /// What reading the line's JSON ended with.
    init(id: [UInt8]?, _ error: JSONError) {
        self.init(id: id, reason: "\(error.reason), at byte \(error.offset + 1)")
    }
}
