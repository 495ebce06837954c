import Foundation

/// The table as the README shows it: Markdown that reads well in a terminal too.
struct BenchmarkTable {
    private static let head = ["goal", "what", "ours", "floor", "ratio", "must", "verdict"]

    let measurements: [Measurement]

    var text: String {
        let rows = [Self.head] + measurements.map(Self.cells)
        let widths = Self.head.indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        let rule = line(widths.map { String(repeating: "-", count: $0) })
        let commands = measurements.map { "  \($0.benchmark.goal)  \($0.benchmark.command)\n" }
        return line(rows[0]) + rule + rows.dropFirst().map(line).joined()
            + "\nOne row again, from the folder of the package:\n" + commands.joined()
    }

    private static func cells(_ measurement: Measurement) -> [String] {
        let benchmark = measurement.benchmark
        return [
            benchmark.goal, benchmark.what, figure(measurement.ours, benchmark.unit),
            measurement.floor.map { figure($0, benchmark.unit) } ?? "-",
            isMemory(benchmark.unit) ? "-" : String(format: "%.2f", measurement.ratio),
            benchmark.must.map { bound($0, benchmark.unit) } ?? "-",
            benchmark.must == nil ? "-" : measurement.isMet ? "met" : "MISSED",
        ]
    }

    private static func isMemory(_ unit: Benchmark.Unit) -> Bool {
        if case .memory = unit { true } else { false }
    }

    private static func figure(_ value: Double, _ unit: Benchmark.Unit) -> String {
        switch unit {
        case .throughput(let bytes): String(format: "%.0f MB/s", Double(bytes) / value / 1e6)
        case .rate(let count): String(format: "%.0f/s", Double(count) / value)
        case .memory: String(format: "%.1f MiB", value)
        }
    }

    private static func bound(_ bound: Benchmark.Bound, _ unit: Benchmark.Unit) -> String {
        let mark = isMemory(unit) ? " MiB" : ""
        switch bound {
        case .atMost(let most): return "<= \(short(most))" + mark
        case .atLeast(let least): return ">= \(short(least))" + mark
        }
    }

    private static func short(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
