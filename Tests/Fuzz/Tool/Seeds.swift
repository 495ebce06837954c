import EarshotFeeds
import EarshotWire
import Foundation

/// Cuts the seeds of every target out of documents: files whole, and from feeds their markup, dates
/// and links.
struct Seeds {
    /// Holds a folder for each target.
    let folder: URL

    /// Bytes of a seed; larger ones slow every round, and length is the concern of `SlowInputs`.
    private static func limit(_ target: FuzzTarget) -> Int {
        switch target {
        case .dates, .links: 256
        case .csv: 2 << 10
        default: 24 << 10
        }
    }
    /// Seeds cut out of documents, for each target; chosen, the fuzzer finds the rest itself.
    private static let most = 600

    private static let ofJSON: [FuzzTarget] = [.json, .parse, .raw, .archive]

    private var written: [FuzzTarget: Set<[UInt8]>] = [:]

    init(folder: URL) {
        self.folder = folder
    }

    /// How many seeds there are for a target.
    func count(_ target: FuzzTarget) -> Int { written[target]?.count ?? 0 }

    /// Takes all files below `root`, in the order of their paths.
    mutating func take(from root: URL) throws {
        let names = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        let files = (names?.compactMap { $0 as? URL } ?? []).sorted { $0.path < $1.path }
        for file in files where !file.hasDirectoryPath {
            guard let data = FileManager.default.contents(atPath: file.path) else { continue }
            try take(Array(data), kind: file.pathExtension)
            if file.pathExtension == "json" {
                try takeMapped(Array(data), name: file.lastPathComponent)
            }
        }
    }

    /// Texts that no document of the corpora holds.
    mutating func takeOwn() throws {
        let dates = [
            "2024-02-29T23:59:60.123456789+23:59", "Thu, 29 Feb 24 12:00 EST", "20240229T120000Z",
            "2024-060", "1700000000", "1700000000000", "2004年5月28日 下午2:30", "2004년 5월 28일 오후 2:30",
            "29. Februar 2024 12 Uhr", "12/13/2024 12:00 PM", "Sat Feb 29 12:00:00 2024",
        ]
        for date in dates { try put(Array(date.utf8), .dates) }
        let links = [
            "https://user@EXAMPLE.org:443/a/../b?utm_source=x&y#z", "//[::1]:80/", "?x",
            "java\nscript:x",
            "mailto:a@b", "feed:http://x", "../../..", "http:",
        ]
        for link in links { try put(Array(link.utf8), .links) }
        let json = [
            #"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1e400,"url":"\ud83d"}]}"#,
            #"[null,true,false,-0.1E+2,"\u0000\"\\",{"a":{}}]"#,
        ]
        for text in json {
            for target in Self.ofJSON { try put(Array(text.utf8), target) }
            try takeMapped(Array(text.utf8), name: "")
        }
        let opml = """
            <opml version="2.0"><body><outline text="a"><outline text="b &amp; c" type="rss"
            xmlUrl="https://a.example/feed"/></outline></body></opml>
            """
        try put(Array(opml.utf8), .opml)
        try put(Array("id,text\r\n1,\"a \"\"b\"\"\nc\"\n2,d".utf8), .csv)
    }

    private mutating func take(_ bytes: [UInt8], kind: String) throws {
        switch kind {
        case "json":
            for target in Self.ofJSON { try put(bytes, target) }
            try takeStrings(of: try? JSON(parsing: bytes))
        case "jsonl":
            for line in bytes.split(separator: 0x0A) {
                let json = try? JSON(parsing: Array(line))
                for target in [FuzzTarget.json, .archive] { try put(Array(line), target) }
                for target in [FuzzTarget.html, .discovery] {
                    if let page = json?["html"]?.utf8 { try put(page, target) }
                }
            }
        case "csv": try put(bytes, .csv)
        case "html": for target in [FuzzTarget.html, .discovery] { try put(bytes, target) }
        case "opml": try put(bytes, .opml)
        default:
            guard bytes.prefix(512).contains(UInt8(ascii: "<")) else { return }
            for target in [FuzzTarget.parse, .raw] { try put(bytes, target) }
            if bytes.contains(where: { $0 > 0x7F || $0 == 0 }) { try put([0] + bytes, .encoding) }
            try takeParts(of: bytes)
        }
    }

    /// Under the mapping that the file is named after, else under each in turn.
    private mutating func takeMapped(_ bytes: [UInt8], name: String) throws {
        let named = MappingSet.builtIn.names.firstIndex { name.hasPrefix($0) }
        try put([UInt8(truncatingIfNeeded: named ?? count(.mapped))] + bytes, .mapped)
    }

    private mutating func takeParts(of bytes: [UInt8]) throws {
        for date in Self.dates(in: bytes) { try put(date, .dates) }
        guard let document = try? FeedParser.parse(bytes, FeedContext(isRaw: true)) else { return }
        for entry in document.entries {
            for markup in [entry.contentHTML, entry.summaryHTML].compactMap({ $0 }) {
                try put(Array(markup.utf8), .html)
            }
            if let url = entry.url { try put(Array(url.utf8), .links) }
        }
    }

    /// Short strings of a list of cases may be dates.
    private mutating func takeStrings(of json: JSON?) throws {
        for string in (json?.array ?? []).flatMap({ $0.array ?? [] }).compactMap(\.string) {
            try put(Array(string.utf8), .dates)
        }
    }

    /// What stands in elements such as `pubDate`, `dc:date`, `updated`.
    private static func dates(in bytes: [UInt8]) -> [[UInt8]] {
        let element =
            /<[a-zA-Z:]*(?:[dD]ate|updated|published|issued|created|modified)[^>]*>([^<]{1,80})</
        return String(decoding: bytes, as: UTF8.self).matches(of: element).map {
            Array($0.output.1.utf8)
        }
    }

    private mutating func put(_ bytes: [UInt8], _ target: FuzzTarget) throws {
        guard !bytes.isEmpty, bytes.count <= Self.limit(target), count(target) < Self.most else {
            return
        }
        guard written[target, default: []].insert(bytes).inserted else { return }
        let place = folder.appending(path: target.rawValue)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(bytes).write(to: place.appending(path: "seed-\(count(target))"))
    }
}
