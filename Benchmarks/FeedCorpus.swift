import Foundation

/// The documents that the feed rows are measured on, the same bytes each time.
struct FeedCorpus {
    let folder: String

    /// Names of files, one a line, and the same as requests of `earshot parse`.
    func list(_ part: Part) -> String { "\(folder)/\(part.rawValue).txt" }
    func requests(_ part: Part) -> String { "\(folder)/\(part.rawValue).jsonl" }
    func file(_ part: Part, _ number: Int) -> String { "\(folder)/\(part.rawValue)/\(number).xml" }

    enum Part: String, CaseIterable {
        /// Feeds of many sizes and all shapes, about 30 MB.
        case mixed
        /// 200 feeds of about 16 kB, as a fetcher meets them.
        case small
        /// One feed of about 5 MB.
        case large
        /// One feed of 40,000 short items.
        case many

        var feeds: Int {
            switch self {
            case .mixed: 300
            case .small: 200
            case .large, .many: 1
            }
        }

        func feed(_ number: Int) -> [UInt8] {
            switch self {
            case .mixed:
                var writer = FeedWriter(number: number)
                return writer.feed(entries: 30 + number * 7 % 70, words: 120)
            case .small:
                var writer = FeedWriter(number: 1_000 + number)
                return writer.feed(entries: 10, words: 110)
            case .large:
                var writer = FeedWriter(number: 2_000, shape: .rssFull)
                return writer.feed(entries: 3_100, words: 120)
            case .many:
                var writer = FeedWriter(number: 3_000, shape: .rssSummary)
                return writer.feed(entries: 40_000, words: 12)
            }
        }
    }

    /// Writes what is not there yet.
    func write() throws {
        for part in Part.allCases
        where !FileManager.default.fileExists(atPath: requests(part)) {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(part.rawValue)", withIntermediateDirectories: true)
            var list = ""
            var requests = ""
            for number in 0..<part.feeds {
                let file = file(part, number)
                try Data(part.feed(number)).write(to: URL(filePath: file))
                list += file + "\n"
                requests += "{\"path\":\"\(file)\",\"url\":null,\"headers\":{}}\n"
            }
            try list.write(toFile: self.list(part), atomically: true, encoding: .utf8)
            try requests.write(toFile: self.requests(part), atomically: true, encoding: .utf8)
        }
    }

    func bytes(_ part: Part) throws -> Int {
        try String(contentsOfFile: list(part), encoding: .utf8).split(separator: "\n").reduce(0) {
            let attributes = try FileManager.default.attributesOfItem(atPath: String($1))
            return $0 + ((attributes[.size] as? Int) ?? 0)
        }
    }
}
