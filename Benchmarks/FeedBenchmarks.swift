import Foundation

/// The rows of the note on feeds: goals F5, F6, F7 and F11.
struct FeedBenchmarks {
    /// The program that is measured.
    let earshot: String
    /// This program, which runs its floors as processes of their own: a large corpus in here would
    /// show in the memory of whatever is started.
    let itself: String
    let corpus: FeedCorpus
    let nginx: LoopbackNginx

    private static let urls = 5_000

    func rows() throws -> [Benchmark] {
        let urls = try writeURLs()
        return try parsing() + [
            speedup(), memory(.large, "a feed of 5 MB"), memory(.many, "40,000 items in 28 MB"),
            countMemory(), fetching(urls), fetchMemory(urls),
        ]
    }

    // MARK: - Parsing

    private func parsing() throws -> [Benchmark] {
        let bytes = try corpus.bytes(.mixed)
        func row(_ goal: String, _ what: String, _ options: [String], most: Double) -> Benchmark {
            let arguments = ["parse", "--jsonl"] + options + ["--count", "--threads", "1"]
            return Benchmark(
                goal: goal, what: what, unit: .throughput(bytes: bytes), must: .atMost(most),
                command: command(arguments, input: corpus.requests(.mixed)),
                ours: {
                    // What the program costs before its first document is not parsing.
                    let idle = try ChildProcess([earshot] + arguments).run().cpu
                    let busy = try ChildProcess(
                        [earshot] + arguments, input: corpus.requests(.mixed)
                    ).run().cpu
                    return max(busy - idle, 1e-6)
                },
                floor: { try floor(.sax) })
        }
        return [
            Benchmark(
                goal: "-", what: "memory scan, for scale", unit: .throughput(bytes: bytes),
                must: nil,
                command: "\(itself) floor scan \(corpus.list(.mixed))",
                ours: { try floor(.scan) }, floor: { try floor(.sax) }),
            row("F5", "parse, markup as published", ["--raw"], most: 2),
            row("F6", "parse, sanitised, with text", [], most: 5),
        ]
    }

    private func floor(_ floor: Floor) throws -> Double {
        let output = "\(corpus.folder)/floor.txt"
        _ = try ChildProcess(
            [itself, "floor", floor.rawValue, corpus.list(.mixed)], output: output
        ).run()
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard let seconds = Double(text.split(separator: "\n").first ?? "") else {
            throw BenchmarkError(description: "no seconds in \(output)")
        }
        return seconds
    }

    private func speedup() -> Benchmark {
        func arguments(_ threads: Int) -> [String] {
            [earshot, "parse", "--jsonl", "--count", "--threads", "\(threads)"]
        }
        let input = corpus.requests(.mixed)
        let feeds = FeedCorpus.Part.mixed.feeds
        return Benchmark(
            goal: "F7", what: "feeds parsed on two threads, floor: on one",
            unit: .rate(count: feeds),
            must: .atLeast(1.7),
            command: command(["parse", "--jsonl", "--count", "--threads", "2"], input: input),
            ours: { try ChildProcess(arguments(2), input: input).run().wall },
            floor: { try ChildProcess(arguments(1), input: input).run().wall })
    }

    private func memory(_ part: FeedCorpus.Part, _ what: String) -> Benchmark {
        let file = corpus.file(part, 0)
        return Benchmark(
            goal: "F7", what: "peak memory, \(what)", unit: .memory, must: .atMost(64),
            command: command(["parse", file]),
            ours: { try ChildProcess([earshot, "parse", file]).run().memory }, floor: nil)
    }

    private func countMemory() -> Benchmark {
        let arguments = ["parse", "--jsonl", "--count", "--threads", "1"]
        let input = corpus.requests(.many)
        return Benchmark(
            goal: "F7", what: "the same, counted by the filter", unit: .memory, must: .atMost(64),
            command: command(arguments, input: input),
            ours: { try ChildProcess([earshot] + arguments, input: input).run().memory },
            floor: nil)
    }

    // MARK: - Fetching

    private func writeURLs() throws -> (requests: String, configuration: String) {
        let requests = "\(corpus.folder)/urls.jsonl"
        let configuration = "\(corpus.folder)/curl.txt"
        var lines = ""
        var list = ""
        for number in 0..<Self.urls {
            let file = number % FeedCorpus.Part.small.feeds
            let url = "http://127.0.0.1:\(nginx.port)/small/\(file).xml?\(number)"
            lines += "{\"id\":\"\(number)\",\"url\":\"\(url)\",\"validators\":null}\n"
            list += "url = \"\(url)\"\noutput = \"/dev/null\"\n"
        }
        try lines.write(toFile: requests, atomically: true, encoding: .utf8)
        try list.write(toFile: configuration, atomically: true, encoding: .utf8)
        return (requests, configuration)
    }

    private var fetch: [String] {
        ["fetch", "--jsonl", "--count", "--allow", "127.0.0.1:\(nginx.port)"]
    }

    private func fetching(_ urls: (requests: String, configuration: String)) -> Benchmark {
        Benchmark(
            goal: "F11", what: "16 kB feeds fetched and parsed, floor: curl --parallel",
            unit: .rate(count: Self.urls), must: .atLeast(0.7),
            command: command(fetch, input: urls.requests),
            ours: {
                let answers = "\(corpus.folder)/answers.jsonl"
                let cost = try ChildProcess(
                    [earshot] + fetch, input: urls.requests, output: answers
                ).run()
                try checkAnswers(answers)
                return cost.wall
            },
            floor: {
                try ChildProcess([
                    "curl", "-s", "--no-progress-meter", "--noproxy", "*", "--compressed",
                    "--parallel", "--parallel-max", "100", "-K", urls.configuration,
                ]).run().wall
            })
    }

    /// None may be lost: each URL is answered with its entries.
    private func checkAnswers(_ path: String) throws {
        let answers = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let good = answers.count { $0.contains("\"status\":200") && $0.contains("\"entries\":10") }
        guard good == Self.urls else {
            throw BenchmarkError(
                description: "\(good) of \(Self.urls) URLs came with their entries")
        }
    }

    private func fetchMemory(_ urls: (requests: String, configuration: String)) -> Benchmark {
        Benchmark(
            goal: "F11", what: "peak memory of that", unit: .memory, must: .atMost(64),
            command: command(fetch, input: urls.requests),
            ours: { try ChildProcess([earshot] + fetch, input: urls.requests).run().memory },
            floor: nil)
    }

    private func command(_ arguments: [String], input: String? = nil) -> String {
        ([earshot] + arguments).joined(separator: " ") + (input.map { " < \($0)" } ?? "")
    }
}
