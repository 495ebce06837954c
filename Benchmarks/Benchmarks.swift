import Foundation

/// Measures Earshot against floors of its own, back to back in one run, and prints the table.
///
///     Benchmarks table EARSHOT FOLDER [ROUNDS]    rows against their floors; status 1 where missed
///     Benchmarks corpus FOLDER                    only writes the documents
///     Benchmarks floor sax|scan LIST              CPU seconds of one floor
@main
enum Benchmarks {
    /// Rounds of a row, of which the median counts; chosen, an odd number that two minutes allow.
    private static let rounds = 5
    private static let port = 18_097

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch (arguments.first, arguments.count) {
            case ("table", 3...):
                let rounds = arguments.count > 3 ? Int(arguments[3]) : Self.rounds
                try printTable(
                    earshot: arguments[1], folder: arguments[2],
                    rounds: rounds ?? Self.rounds)
            case ("corpus", 2): try FeedCorpus(folder: arguments[1]).write()
            case ("floor", 3):
                guard let floor = Floor(rawValue: arguments[1]) else { fallthrough }
                print(try floor.seconds(list: arguments[2]))
            default:
                print("usage: table EARSHOT FOLDER [ROUNDS] | corpus FOLDER | floor sax|scan LIST")
                exit(64)
            }
        } catch {
            FileHandle.standardError.write(Data("Benchmarks: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func printTable(earshot: String, folder: String, rounds: Int) throws {
        let itself = CommandLine.arguments[0]
        // In a process of its own: what is held here shows in the memory of what is started.
        _ = try ChildProcess([itself, "corpus", folder]).run()
        let corpus = FeedCorpus(folder: folder)
        let nginx = try LoopbackNginx(
            serving: URL(filePath: folder).absoluteURL.standardizedFileURL, port: port)
        defer { nginx.stop() }
        let rows = try FeedBenchmarks(
            earshot: earshot, itself: itself, corpus: corpus, nginx: nginx
        ).rows()
        let measurements = try rows.map { row in
            FileHandle.standardError.write(Data("\(row.goal)  \(row.what)\n".utf8))
            return try row.measured(rounds: rounds)
        }
        print("median of \(rounds) rounds, \(load())\n")
        print(BenchmarkTable(measurements: measurements).text)
        if measurements.contains(where: { !$0.isMet }) {
            nginx.stop()
            exit(1)
        }
    }

    private static func load() -> String {
        var averages = [0.0, 0.0, 0.0]
        getloadavg(&averages, 3)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return String(format: "%d cores, load %.1f", cores, averages[0])
    }
}
