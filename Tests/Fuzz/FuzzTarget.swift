import EarshotDomain
import EarshotFeeds
import EarshotWire

/// What is fuzzed, by the name of its folder of inputs.
///
/// A target reads any bytes and checks what must hold for all of them; a promise that is broken
/// stops the process, as a crash does.
enum FuzzTarget: String, CaseIterable {
    case parse, raw, encoding, mapped, html, dates, json, csv, archive, links, opml, discovery

    func run(_ input: UnsafeBufferPointer<UInt8>) {
        switch self {
        case .parse: Self.parse(input)
        case .raw: Self.raw(input)
        case .encoding: Self.encoding(input)
        case .mapped: Self.mapped(input)
        case .html: Self.html(input)
        case .dates: Self.dates(input)
        case .json: Self.json(input)
        case .csv: Self.csv(input)
        case .archive: Self.archive(input)
        case .links: Self.links(input)
        case .opml: Self.opml(input)
        case .discovery: Self.discovery(input)
        }
    }
}

/// Stops the process where a target broke its promise.
func promise(_ holds: Bool, _ text: @autoclosure () -> String) {
    if !holds { fatalError("broken promise: \(text())") }
}

private let address = "https://fuzz.example/feed/"
private let now = Timestamp(milliseconds: 1_700_000_000_000)
private let source = Source(
    id: Identifier(1), key: "fuzz", name: "Fuzz", url: address, kind: .news)

// MARK: - Documents

extension FuzzTarget {
    /// A document, sanitised, the line that answers it, and the entries made of it.
    private static func parse(_ input: UnsafeBufferPointer<UInt8>) {
        guard let document = answer(Array(input), FeedContext(url: address)) else { return }
        for entry in document.entries {
            promise(entry.text.utf8.count <= FeedLimits.text, "a text is within its limit")
            MarkupCheck.check(entry.summaryHTML)
            MarkupCheck.check(entry.contentHTML)
        }
        let drafts = EntryIdentity(source).drafts(of: document, knownAt: now)
        promise(Set(drafts.map { $0.key }).count == drafts.count, "no key twice")
        _ = PollHints(headers: [:], feed: document.feed, now: now)
    }

    /// A document with markup as published has the same entries as when it is sanitised.
    private static func raw(_ input: UnsafeBufferPointer<UInt8>) {
        let bytes = Array(input)
        let raw = answer(bytes, FeedContext(isRaw: true))
        let sanitised = try? FeedParser.parse(bytes)
        promise(
            raw?.entries.map(\.id) == sanitised?.entries.map(\.id),
            "raw parsing finds the same entries")
    }

    private static let labels = [
        "utf-8", "utf-16", "utf-16le", "utf-7", "us-ascii", "iso-8859-1", "windows-1252",
        "windows-1251", "koi8-r", "gb2312", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
        "iso-2022-jp", "hz-gb-2312", "cp037", "x-no-such",
    ]

    /// The first byte chooses the label that HTTP gives the rest.
    private static func encoding(_ input: UnsafeBufferPointer<UInt8>) {
        guard let choice = input.first else { return }
        let label = labels[Int(choice) % labels.count]
        let headers = ["content-type": "application/xml; charset=\(label)"]
        _ = answer(Array(input.dropFirst()), FeedContext(headers: headers))
    }

    private static let mappings = MappingSet.builtIn.names.compactMap { MappingSet.builtIn[$0] }

    /// JSON through the mapping that its first byte chooses; what is itself a mapping is used on
    /// itself.
    private static func mapped(_ input: UnsafeBufferPointer<UInt8>) {
        guard let choice = input.first else { return }
        let bytes = Array(input.dropFirst())
        let mapping = mappings[Int(choice) % mappings.count]
        _ = answer(bytes, FeedContext(url: address, mapping: mapping))
        guard let own = try? Mapping(parsing: String(decoding: bytes, as: UTF8.self)) else {
            return
        }
        _ = answer(bytes, FeedContext(url: address, mapping: own))
    }

    /// Parses, and checks that the answer is a line of JSON.
    private static func answer(_ bytes: [UInt8], _ context: FeedContext) -> FeedDocument? {
        let result = Result { () throws(FeedError) in try FeedParser.parse(bytes, context) }
        var writer = JSONWriter()
        ParseAnswer().write(result, path: "fuzz", to: &writer)
        promise(!writer.bytes.contains(0x0A), "an answer is one line")
        promise((try? JSON(parsing: writer.bytes)) != nil, "an answer is JSON")
        promise(isUTF8(writer.bytes), "an answer is UTF-8")
        return try? result.get()
    }

    private static func opml(_ input: UnsafeBufferPointer<UInt8>) {
        guard let outlines = try? OPMLReader.outlines(in: Array(input)) else { return }
        for outline in outlines where SubscriptionAddress.absolute(outline.url) != nil {
            _ = SubscriptionAddress.host(of: outline.url)
        }
        let once = OPMLWriter.document(outlines)
        let again = try? OPMLWriter.document(OPMLReader.outlines(in: Array(once.utf8)))
        promise(again == once, "what is exported reads back")
    }

    private static func discovery(_ input: UnsafeBufferPointer<UInt8>) {
        let found = FeedDiscovery(page: Array(input), FeedContext(url: address))
        let all = found.candidates + found.guesses
        promise(all.count < 200, "candidates are bounded")
        for candidate in all {
            let isWeb = candidate.url.hasPrefix("http://") || candidate.url.hasPrefix("https://")
            promise(isWeb, "a candidate is on the web: \(candidate.url)")
        }
    }

    /// A line of JSON as entries, with and without a mapping.
    private static func archive(_ input: UnsafeBufferPointer<UInt8>) {
        var plain = ArchiveReader(source: source, knownAt: now)
        var mapped = ArchiveReader(
            source: source, knownAt: now, mapping: MappingSet.builtIn["mastodon"])
        _ = try? plain.drafts(line: Array(input))
        _ = try? mapped.drafts(line: Array(input))
    }
}

// MARK: - Parts

extension FuzzTarget {
    /// Markup as the content of an entry, and as its title.
    private static func html(_ input: UnsafeBufferPointer<UInt8>) {
        let markup = String(decoding: input, as: UTF8.self)
        let entry = entry([("content_html", markup), ("title", markup)])
        promise(entry.text.utf8.count <= FeedLimits.text, "a text is within its limit")
        promise(entry.title.map { $0.utf8.count <= 4 * FeedLimits.title } ?? true, "a title too")
        guard let once = entry.contentHTML else { return }
        MarkupCheck.check(once)
        MarkupCheck.check(Self.entry([("content_html", once)]).contentHTML)
    }

    /// An address as that of an entry, of a link in its content and of a subscription.
    private static func links(_ input: UnsafeBufferPointer<UInt8>) {
        let link = String(decoding: input, as: UTF8.self)
        let quoted = link.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let entry = entry([("url", link), ("content_html", "<a href=\"\(quoted)\">a</a>")])
        MarkupCheck.check(entry.contentHTML)
        if let url = entry.url { MarkupCheck.check(link: Array(url.utf8)) }
        guard let absolute = SubscriptionAddress.absolute(link) else { return }
        _ = SubscriptionAddress.host(of: absolute)
        let identity = SubscriptionAddress.identity(absolute)
        let scheme = absolute.prefix { $0 != ":" }
        let again = SubscriptionAddress.identity("\(scheme):\(identity)")
        promise(again == identity, "an identity is its own: \(identity), \(again)")
    }

    /// The only entry of a JSON Feed that is made of these members.
    private static func entry(_ members: [(String, String)]) -> FeedEntry {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("version", "https://jsonfeed.org/version/1.1")
        writer.name("items")
        writer.beginArray()
        writer.beginObject()
        writer.member("id", "1")
        for (name, text) in members { writer.member(name, text) }
        writer.endObject()
        writer.endArray()
        writer.endObject()
        let document = try? FeedParser.parse(writer.bytes, FeedContext(url: address))
        guard let entry = document?.entries.first else {
            fatalError("broken promise: an entry is found")
        }
        return entry
    }

    private static func dates(_ input: UnsafeBufferPointer<UInt8>) {
        if let moment = Timestamp(rfc3339: String(decoding: input, as: UTF8.self)) {
            promise(Timestamp(rfc3339: moment.rfc3339) == moment, "RFC 3339 reads back")
        }
        guard let moment = DateScanner.timestamp(input) else { return }
        promise(moment.milliseconds >= 0, "a date is of 1970 or later")
        promise(Timestamp(rfc3339: moment.rfc3339) == moment, "a date reads back")
        var text = moment.rfc3339
        let scanned = text.withUTF8 { DateScanner.timestamp($0) }
        promise(scanned == moment, "a date is scanned as it is written")
    }

    private static func json(_ input: UnsafeBufferPointer<UInt8>) {
        guard let json = try? JSON(parsing: Array(input)) else { return }
        let bytes = json.bytes
        promise(isUTF8(bytes), "JSON is UTF-8")
        promise((try? JSON(parsing: bytes).bytes) == bytes, "JSON reads back")
    }

    /// The rows are the same however the bytes are cut.
    private static func csv(_ input: UnsafeBufferPointer<UInt8>) {
        var whole = CSVReader()
        let rows = whole.rows(in: input) + whole.end()
        var parted = CSVReader()
        let cut = input.count / 3
        let pieces =
            parted.rows(in: input[..<cut]) + parted.rows(in: input[cut...]) + parted.end()
        promise(rows == pieces, "rows do not hang on where the bytes are cut")
        guard let head = rows.first, let header = try? ArchiveHeader(head.cells, ArchiveNames())
        else { return }
        var archive = ArchiveReader(source: source, knownAt: now)
        for row in rows.dropFirst() { _ = try? archive.draft(cells: row.cells, header: header) }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
