/// Numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood 2014, OOPSLA).
struct Chance {
    private var state: UInt64

    init(_ seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 up to `limit`, which it does not reach.
    mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(below: elements.count)]
    }
}

/// Writes one made-up feed as publishers write them: RSS 2.0 with full texts or summaries only,
/// Atom with escaped or plain XHTML, RSS 1.0; in several languages and with the namespaces,
/// entities, CDATA sections, dates and tracking links that real feeds carry.
struct FeedWriter {
    enum Shape: CaseIterable {
        case rssFull, rssSummary, atomHTML, atomXHTML, rdf
    }

    private let number: Int
    private let shape: Shape
    private let words: [String]
    private let special: [String]
    private let site: String
    private var chance: Chance
    /// Seconds since 1970 of the entry being written; feeds run backwards.
    private var moment = 1_780_272_000

    private static let syllables = [
        "ka", "lo", "mi", "ren", "sto", "tal", "ver", "qui", "bra", "den", "fo", "gar", "hel",
        "ist", "jun", "lam", "mor", "nex", "ol", "per", "ra", "sen", "tur", "ul", "vo",
    ]
    /// What careless parsers stumble over; the first is the language of six feeds in ten.
    private static let specials = [
        ["don’t", "R&D", "AT&T", "“quoted”", "naïve", "5 < 6", "café", "👍🏽", "👩‍💻"],
        ["Straße", "Übergröße", "Fußgänger", "schön"], ["déjà", "l’été", "œuvre", "«oui»"],
        ["погода", "новости", "сегодня", "отзыв"], ["感想", "評判", "新製品", "すごい"],
        ["评论", "质量", "价格", "很好"], ["اليوم", "خبر", "جيد"],
    ]

    init(number: Int, shape: Shape? = nil) {
        self.number = number
        var chance = Chance(number)
        // Shares as in the note's corpus: full RSS is the most common.
        let shapes: [Shape] = [
            .rssFull, .rssFull, .rssFull, .rssFull, .rssSummary, .rssSummary, .atomHTML, .atomHTML,
            .atomXHTML, .rdf,
        ]
        self.shape = shape ?? shapes[number % shapes.count]
        words = (0..<600).map { _ in
            (0...chance.number(below: 3)).map { _ in chance.pick(Self.syllables) }.joined()
        }
        special = number % 10 < 6 ? Self.specials[0] : chance.pick(Self.specials)
        site = "https://site\(number % 97).example/\(number)"
        self.chance = chance
    }

    /// The bytes of the feed.
    ///
    /// - Parameter words: the mean length of an entry.
    mutating func feed(entries: Int, words: Int) -> [UInt8] {
        var text = head
        for entry in 0..<entries { append(entry, words: words, to: &text) }
        text += foot
        return Array(text.utf8)
    }

    // MARK: - Texts

    private mutating func sentence(_ count: Int) -> String {
        var chosen = (0..<count).map { _ in
            // Few words are most of a text.
            words[min(chance.number(below: words.count), chance.number(below: words.count))]
        }
        for start in stride(from: 0, to: count, by: 12) {
            chosen[start + chance.number(below: min(12, count - start))] = chance.pick(special)
        }
        return chosen.joined(separator: " ")
    }

    /// Markup with links, images and lists.
    private mutating func body(_ words: Int) -> (markup: String, plain: String) {
        var markup = ""
        var plain = ""
        var left = words / 2 + chance.number(below: words)
        repeat {
            let count = min(max(left, 12), 12 + chance.number(below: 58))
            left -= count
            let text = sentence(count)
            plain += text + " "
            let safe = Self.escaped(text)
            switch chance.number(below: 8) {
            case 0, 1:
                markup += "<p><a href=\"\(site)/ref?a=1&amp;b=\(count)\" rel=\"nofollow\">more</a> "
                markup += safe + "</p>\n"
            case 2: markup += "<ul><li>\(safe)</li></ul>\n"
            case 3: markup += "<p class=\"c\(count)\" style=\"margin:0\">\(safe)<br /></p>\n"
            case 4:
                markup += "<p><img src=\"\(site)/i/\(count).jpg\" width=\"640\" alt=\"\" /></p>"
                markup += "<p>\(safe)</p>\n"
            default: markup += "<p>\(safe)</p>\n"
            }
        } while left > 0
        return (markup, plain)
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    // MARK: - Formats

    private var head: String {
        let title = "Feed \(number) &amp; co"
        let start = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        let spaces = """
            xmlns:content="http://purl.org/rss/1.0/modules/content/" \
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" \
            xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" \
            xmlns:slash="http://purl.org/rss/1.0/modules/slash/" \
            xmlns:media="http://search.yahoo.com/mrss/"
            """
        switch shape {
        case .rssFull, .rssSummary:
            return start + """
                <rss version="2.0" \(spaces)>
                <channel>
                \t<title>\(title)</title>
                \t<link>\(site)</link>
                \t<atom:link href="\(site)/feed" rel="self" type="application/rss+xml"/>
                \t<description>d</description>
                \t<ttl>60</ttl>
                \t<sy:updatePeriod>hourly</sy:updatePeriod>\n
                """
        case .atomHTML, .atomXHTML:
            return start + """
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>\(title)</title>\
                <link href="\(site)"/><link rel="self" href="\(site)/feed"/><id>\(site)</id>\
                <updated>2026-06-01T00:00:00Z</updated>\n
                """
        case .rdf:
            return start + """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \(spaces) \
                xmlns="http://purl.org/rss/1.0/"><channel rdf:about="\(site)">\
                <title>\(title)</title><link>\(site)</link><description>d</description></channel>\n
                """
        }
    }

    private var foot: String {
        switch shape {
        case .rssFull, .rssSummary: "</channel>\n</rss>\n"
        case .atomHTML, .atomXHTML: "</feed>\n"
        case .rdf: "</rdf:RDF>\n"
        }
    }

    private mutating func append(_ entry: Int, words: Int, to text: inout String) {
        moment -= 60 + chance.number(below: 9_000)
        let (markup, plain) = body(words)
        let title = Self.escaped(sentence(4 + chance.number(below: 8)))
        let author = Self.escaped(sentence(2))
        let url = "\(site)/\(entry)?utm_source=rss&amp;p=\(entry)"
        let short = Self.escaped(String(plain.prefix(200)))
        let tags = (0..<chance.number(below: 5)).map { _ in "tag\(chance.number(below: 200))" }
        switch shape {
        case .rssFull, .rssSummary:
            let isFull = shape == .rssFull
            text += """
                <item>
                \t\t<title>\(title)</title>
                \t\t<link>\(url)</link>
                \t\t<dc:creator><![CDATA[\(author)]]></dc:creator>
                \t\t<pubDate>\(FeedMoment(moment).rfc822)</pubDate>
                \t\t\(tags.map { "<category><![CDATA[\($0)]]></category>" }.joined())\
                <guid isPermaLink="false">\(site)/\(entry)</guid>
                \t\t<description>\(isFull ? "<![CDATA[\(short)]]>" : Self.escaped(markup))\
                </description>\n
                """
            if isFull { text += "\t\t<content:encoded><![CDATA[\(markup)]]></content:encoded>\n" }
            if entry % 10 == 0 {
                text +=
                    "\t\t<enclosure url=\"\(site)/\(entry).mp3\" length=\"9\" type=\"audio/mpeg\"/>"
            }
            text += """
                \t\t<slash:comments>\(chance.number(below: 90))</slash:comments>
                \t\t<media:thumbnail url="\(site)/\(entry).jpg" width="120" height="90"/>
                \t</item>\n
                """
        case .atomHTML, .atomXHTML:
            let content =
                shape == .atomHTML
                ? "<content type=\"html\">\(Self.escaped(markup))</content>"
                : "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\(markup)"
                    + "</div></content>"
            let date = FeedMoment(moment).rfc3339
            text += """
                <entry><title type="html">\(Self.escaped(title))</title><link rel="alternate" \
                type="text/html" href="\(url)"/><id>tag:example,2026:\(number).\(entry)</id>\
                <published>\(date)</published><updated>\(date)</updated>\
                <author><name>\(author)</name></author>\
                \(tags.map { "<category term=\"\($0)\"/>" }.joined())\
                <summary>\(short)</summary>\(content)</entry>\n
                """
        case .rdf:
            text += """
                <item rdf:about="\(site)/\(entry)"><title>\(title)</title><link>\(url)</link>\
                <description>\(short)</description><dc:creator>\(author)</dc:creator>\
                <dc:date>\(FeedMoment(moment).rfc3339)</dc:date>\
                <content:encoded><![CDATA[\(markup)]]></content:encoded></item>\n
                """
        }
    }
}
