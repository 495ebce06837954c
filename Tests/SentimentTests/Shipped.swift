import EarshotDomain
import EarshotLexicons
import EarshotSentiment
import Foundation

/// The tables and weights that the program ships.
enum Shipped {
    static let english = load(
        [
            earshot_table_english_words(), earshot_table_english_own(), earshot_table_emoji(),
            earshot_table_emoji_own(),
        ], earshot_table_english_model())
    static let chinese = load(
        [
            earshot_table_chinese_induced(), earshot_table_chinese_own(), earshot_table_emoji(),
            earshot_table_emoji_own(),
        ], earshot_table_chinese_model())

    static func reader(_ scorer: SentimentModel.Scorer = .combined) -> SentimentReader {
        SentimentReader([english, chinese].compactMap(\.self), scorer: scorer)
    }

    static func bytes(_ table: EarshotTable) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: table.start, count: table.count)
    }

    private static func load(_ words: [EarshotTable], _ model: EarshotTable) -> LanguageSentiment? {
        try? LanguageSentiment(tables: words.map(bytes), model: bytes(model))
    }
}

/// The corpora beside the package, where they are.
enum Shared {
    static let corpora: URL? = {
        let named = ProcessInfo.processInfo.environment["EARSHOT_SHARED"].map {
            URL(fileURLWithPath: $0)
        }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared = named ?? root.deletingLastPathComponent().appending(path: "shared")
        let folder = shared.appending(path: "corpora/sentiment")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Rows of a gzipped JSON Lines file, unpacked by the system's gzip.
    static func rows(_ name: String) throws -> [Row] {
        guard let corpora else { return [] }
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", corpora.appending(path: name + ".jsonl.gz").path]
        let pipe = Pipe()
        gzip.standardOutput = pipe
        try gzip.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        return try data.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Row.self, from: Data($0))
        }
    }

    struct Row: Decodable {
        let text: String
        let label: Sentiment.Label
        let mean: Double?
    }
}

/// Random numbers from a seed, by SplitMix64 (Steele and others 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
