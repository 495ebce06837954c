import Foundation

/// Looks for bytes over which a target takes more time than their length explains.
///
/// No input of 1 MiB may take above one second (research note on feeds, goal F13). Made inputs are
/// tried at that size. Of pairs of tokens there are too many: each is repeated to a sixteenth of
/// it, then to a quarter, then in full, as long as it takes more than quadratic time would leave of
/// the bound. What the fuzzer has collected is repeated in the same way. Time is that of the
/// processor, so that a busy machine finds nothing that is not there.
struct SlowInputs {
    private static let size = 1 << 20
    /// Seconds.
    private static let bound = 1.0
    /// Parts of the size at which pairs are tried before it.
    private static let shares = [16, 4]

    /// Cuts of the languages that the targets read.
    private static let tokens = [
        "<", "&", ">", "]", "[", "{", "\"", "'", "=", "/", "-", "!", "?", ";", ":", ",", ".", "%",
        "#", "@", " ", "\n", "\t", "\0", "0", "9", "a", "é", "年", "\u{FFFE}", "\\", "\\ud800",
        "<a>", "</a>", "<a b", "<a b=", "<a href=", "<a href=\"", "<p>", "<b>", "<li>", "<div>",
        "</div>", "<br/>", "<blockquote>", "<table><tr><td>", "<script>", "</script", "<style>",
        "<svg>", "<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "<!DOCTYPE", "<!DOCTYPE a [",
        "<!ENTITY a \"b\">", "<?", "?>", "<?xml ", "&amp;", "&amp", "&a", "&#", "&#x", "&#65;",
        "&#x41;", "&nbsp;", "xmlns:a=\"b\" ", " a=\"b\"", "<rss>", "<channel>", "<item>", "</item>",
        "<entry>", "</entry>", "<title>", "</title>", "<guid>", "<link>", "<link rel=\"x\"/>",
        "<description>", "<content:encoded>", "{\"a\":", "[[", "1e", "Mon, ", "12:", "-12", "Jan ",
        "../", "/./", "?a&", "utm_a&",
    ]

    /// Seconds and name.
    private(set) var slowest: [FuzzTarget: (Double, String)] = [:]
    private(set) var tried = 0
    /// Inputs above the bound, kept for a look.
    private(set) var found: [(FuzzTarget, String, [UInt8])] = []

    mutating func run(_ target: FuzzTarget, collected: URL?) {
        for (name, bytes) in Self.made(for: target) { time(target, name, bytes) }
        for (index, first) in Self.tokens.enumerated() {
            // Repeated, a pair is the same the other way round.
            for second in Self.tokens[index...] {
                pump(target, first == second ? "\(first)…" : "\(first) \(second)…") { size in
                    Self.wrapped(
                        Self.repeated(first + (first == second ? "" : second), size), target)
                }
            }
        }
        guard let collected else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: collected.path)) ?? []
        for name in names.sorted() {
            let file = collected.appending(path: name)
            guard let data = FileManager.default.contents(atPath: file.path), !data.isEmpty else {
                continue
            }
            let seed = Array(data)
            pump(target, "collected \(name)…") { size in
                Self.repeated(seed, size)
            }
        }
    }

    /// Tries parts of the size, and all of it where they were slow.
    private mutating func pump(_ target: FuzzTarget, _ name: String, _ make: (Int) -> [UInt8]) {
        tried += 1
        for share in Self.shares {
            let taken = Self.seconds(target, make(Self.size / share))
            guard taken * Double(share * share) > Self.bound else { return }
        }
        time(target, name, make(Self.size))
    }

    private mutating func time(_ target: FuzzTarget, _ name: String, _ bytes: [UInt8]) {
        tried += 1
        let taken = Self.seconds(target, bytes)
        if taken > slowest[target]?.0 ?? 0 { slowest[target] = (taken, name) }
        if taken > Self.bound { found.append((target, name, bytes)) }
    }

    private static func seconds(_ target: FuzzTarget, _ bytes: [UInt8]) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let begin = now()
        bytes.withUnsafeBufferPointer(target.run)
        return now() - begin
    }

    // MARK: - Inputs

    private static func repeated(_ text: String, _ size: Int) -> [UInt8] {
        repeated(Array(text.utf8), size)
    }

    /// As often as it takes to reach the size.
    private static func repeated(_ unit: [UInt8], _ size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + unit.count)
        while bytes.count < size { bytes.append(contentsOf: unit) }
        return bytes
    }

    /// Documents need a beginning to be read at all.
    private static func wrapped(_ bytes: [UInt8], _ target: FuzzTarget) -> [UInt8] {
        switch target {
        case .parse, .raw:
            Array("<rss version=\"2.0\"><channel><item><description>".utf8) + bytes
        case .encoding: [0] + Array("<feed><entry><content type=\"html\">".utf8) + bytes
        default: bytes
        }
    }

    /// What is known to hurt readers of such languages, at full size.
    private static func made(for target: FuzzTarget) -> [(String, [UInt8])] {
        func nested(_ open: String, _ close: String) -> [UInt8] {
            let half = repeated(open, size / 2)
            return half + repeated(close, half.count / open.utf8.count * close.utf8.count)
        }
        func numbered(_ make: (Int) -> String) -> [UInt8] {
            var bytes: [UInt8] = []
            var number = 0
            while bytes.count < size {
                bytes.append(contentsOf: make(number).utf8)
                number += 1
            }
            return bytes
        }
        let rss = "<rss version=\"2.0\"><channel>"
        let markup: [(String, [UInt8])] = [
            ("deep elements", nested("<a>", "</a>")),
            ("deep and distinct", numbered { "<a\($0)>" }),
            ("end tags of no element", repeated("<div>", 2_000) + numbered { "</x\($0)>" }),
            ("many attributes", Array("<a ".utf8) + numbered { "a\($0)=\"\" " } + [0x3E]),
            ("many namespaces", Array("<a ".utf8) + numbered { "xmlns:a\($0)=\"u\" " } + [0x3E]),
            ("one long attribute", Array("<a b=\"".utf8) + repeated("x", size)),
            ("one long name", Array("<".utf8) + repeated("x", size)),
            ("crossed tags", repeated("<b><i></b></i>", size)),
            ("quotes in blockquotes", nested("<blockquote>", "</blockquote>")),
            ("unclosed links", repeated("<a href=http://a/>", size)),
            ("million entities", repeated("&lt;", size)),
            ("long entity", Array("&".utf8) + repeated("a", size) + Array(";".utf8)),
            ("big number", Array("&#".utf8) + repeated("9", size) + Array(";".utf8)),
            ("unclosed comment", Array("<!--".utf8) + repeated("-", size)),
            ("unclosed CDATA", Array("<a><![CDATA[".utf8) + repeated("]", size)),
            ("unclosed doctype", Array("<!DOCTYPE a [".utf8) + repeated("<!ENTITY a 'b'>", size)),
            (
                "distinct entities",
                Array("<!DOCTYPE a [".utf8) + numbered { "<!ENTITY a\($0) 'b'>" }
                    + Array("]><a>".utf8) + repeated("&a1;", 200_000)
            ),
            (
                "entities of entities",
                Array("<!DOCTYPE a [<!ENTITY a '0123456789'>".utf8)
                    + numbered { "<!ENTITY b\($0) '&a;&a;&a;&a;&a;&a;&a;&a;'>" }
                    + Array("]><a>&b1;</a>".utf8)
            ),
            ("bad UTF-8", [UInt8](repeating: 0xC3, count: size)),
        ]
        let feeds: [(String, [UInt8])] = [
            ("empty entries", Array(rss.utf8) + repeated("<item/>", size)),
            (
                "entries of one id",
                Array(rss.utf8)
                    + repeated("<item><guid>a</guid><link>b</link></item>", size)
            ),
            (
                "entries of distinct links",
                Array(rss.utf8)
                    + numbered { "<item><guid>a</guid><link>\($0)</link></item>" }
            ),
            ("distinct elements", Array(rss.utf8) + numbered { "<item><e\($0)/></item>" }),
            ("many titles", Array((rss + "<item>").utf8) + repeated("<title>a</title>", size)),
            (
                "many categories",
                Array((rss + "<item>").utf8)
                    + numbered { "<category>a\($0)</category>" }
            ),
            ("one long title", Array((rss + "<item><title>").utf8) + repeated("a ", size)),
            ("one long date", Array((rss + "<item><pubDate>").utf8) + repeated("1", size)),
            ("one long link", Array((rss + "<item><link>").utf8) + repeated("/../a", size)),
            (
                "long base, many links",
                Array("<feed xml:base=\"http://a/".utf8)
                    + repeated("b/", 100_000) + Array("\">".utf8)
                    + repeated("<entry><link href=\"../c\"/></entry>", size - 100_000)
            ),
            ("deep bases", repeated("<feed xml:base=\"a/\">", size)),
            (
                "xhtml",
                Array(
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">"
                        .utf8)
                    + repeated("<div><a href='x'>", size)
            ),
            (
                "escaped markup",
                Array((rss + "<item><description>").utf8) + repeated("&lt;a href=", size)
            ),
            (
                "long base64",
                Array("<feed version=\"0.3\"><entry><content mode=\"base64\">".utf8)
                    + repeated("QUFB", size)
            ),
        ]
        let json: [(String, [UInt8])] = [
            ("deep arrays", repeated("[", size)),
            ("long number", repeated("1", size)),
            ("long string", Array("\"".utf8) + repeated("\\u0041", size)),
            ("one name", Array("{".utf8) + repeated("\"a\":1,", size)),
            (
                "many members",
                Array("{".utf8) + numbered { "\"a\($0)\":1," } + Array("\"b\":1}".utf8)
            ),
            (
                "items without members",
                Array("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[".utf8)
                    + repeated("{},", size) + Array("{}]}".utf8)
            ),
            (
                "items of many tags",
                Array(
                    "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"a\",\"tags\":["
                        .utf8)
                    + repeated("\"a\",", size) + Array("\"a\"]}]}".utf8)
            ),
        ]
        let words: [(String, [UInt8])] = [
            ("digits", repeated("1", size)), ("numbers", repeated("12 ", size)),
            ("months", repeated("Jan ", size)), ("signs", repeated(":-", size)),
            ("letters", repeated("a", size)), ("dots", repeated("/..", size)),
            ("colons", repeated(":", size)), ("parameters", repeated("&utm_a=", size)),
        ]
        switch target {
        case .parse, .raw: return markup + feeds + json
        case .encoding: return (markup + feeds).map { ($0.0, [0] + $0.1) }
        case .html, .discovery, .opml: return markup + feeds
        case .json, .mapped, .archive: return json
        case .dates, .csv, .links: return words
        }
    }
}
