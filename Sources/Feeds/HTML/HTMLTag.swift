/// What the walker knows of an element of HTML.
struct HTMLTag {
    struct Traits: OptionSet {
        let rawValue: UInt8
        /// Stays in sanitised markup.
        static let kept = Traits(rawValue: 1)
        /// Has no content and no end tag.
        static let void = Traits(rawValue: 2)
        /// Begins and ends a line of text.
        static let block = Traits(rawValue: 4)
        /// Goes with all that is in it.
        static let dropped = Traits(rawValue: 8)
        /// What is in it is no text for a reader.
        static let silent = Traits(rawValue: 16)
        /// Parted from what stands beside it by a space.
        static let cell = Traits(rawValue: 32)
    }

    /// Lower case, at most 16 bytes.
    let name: StaticString
    let traits: Traits

    /// Index in `all` by name; absent for elements of no account.
    static func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        guard name.count <= 16, !name.isEmpty else { return nil }
        let key = Key(name)
        var slot = key.slot
        while let index = slots[slot].index {
            if slots[slot].key == key { return index }
            slot = (slot + 1) & 511
        }
        return nil
    }

    /// A name of up to 16 bytes in lower case, as two words.
    private struct Key: Equatable {
        var low: UInt64 = 0
        var high: UInt64 = 0

        init(_ name: UnsafeBufferPointer<UInt8>) {
            for (position, byte) in name.enumerated() {
                let lower = UInt64(byte.asciiLowercased)
                if position < 8 {
                    low |= lower << UInt64(position * 8)
                } else {
                    high |= lower << UInt64((position - 8) * 8)
                }
            }
        }

        var slot: Int {
            let mixed = (low ^ (high &* 31)) &* 0x9E37_79B9_7F4A_7C15
            return Int(truncatingIfNeeded: mixed >> 55)
        }
    }

    private struct Slot {
        var key: Key
        var index: Int?
    }

    private static let slots: [Slot] = {
        let empty = Slot(key: Key(UnsafeBufferPointer(start: nil, count: 0)), index: nil)
        var slots = [Slot](repeating: empty, count: 512)
        for (index, tag) in all.enumerated() {
            let key = Key(
                UnsafeBufferPointer(
                    start: tag.name.utf8Start, count: tag.name.utf8CodeUnitCount))
            var slot = key.slot
            while slots[slot].index != nil { slot = (slot + 1) & 511 }
            slots[slot] = Slot(key: key, index: index)
        }
        return slots
    }()

    /// What stays is feedparser's list without forms, media players and what only decorates, so
    /// that nothing is kept that it removes.
    static let all: [HTMLTag] =
        tags(
            [.kept],
            [
                "a", "abbr", "acronym", "audio", "b", "big", "cite", "code", "del", "dfn", "em",
                "font", "i", "ins", "kbd", "map", "q", "s", "samp", "small", "span", "strike",
                "strong", "sub", "sup", "time", "tt", "u", "var", "video",
            ])
        + tags(
            [.kept, .block],
            [
                "address", "article", "aside", "blockquote", "caption", "center", "dd",
                "details", "dir", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
                "h2", "h3", "h4", "h5", "h6", "header", "li", "menu", "nav", "ol", "p", "pre",
                "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
            ])
        + tags([.kept, .void], ["area", "img", "source", "col"])
        + tags([.kept, .void, .block], ["br", "hr"])
        + tags([.kept, .cell], ["td", "th"])
        + tags([.kept], ["colgroup"])
        + tags([.void], ["base", "embed", "input", "link", "meta", "param", "track", "wbr"])
        + tags(
            [.block],
            ["body", "fieldset", "form", "html", "hgroup", "legend", "main", "optgroup", "option"]
        )
        + tags([.silent], ["head", "math", "noscript", "svg", "template"])
        + tags([.dropped], ["applet", "script", "style"])

    private static func tags(_ traits: Traits, _ names: [StaticString]) -> [HTMLTag] {
        names.map { HTMLTag(name: $0, traits: traits) }
    }
}

/// Attributes that stay in sanitised markup; each is one that feedparser keeps too.
enum HTMLAttribute {
    private static let links: [StaticString] = ["href", "src", "cite", "longdesc", "poster"]
    private static let plain: [StaticString] = [
        "alt", "title", "width", "height", "lang", "dir", "colspan", "rowspan", "datetime",
        "align", "valign", "abbr", "border", "cellpadding", "cellspacing", "headers", "hreflang",
        "label", "controls", "rel", "scope", "shape", "coords", "span", "start", "summary", "type",
        "value",
    ]

    /// The name in lower case, and whether it holds a URL; absent for all that goes.
    static func kept(_ name: UnsafeBufferPointer<UInt8>) -> (name: StaticString, isLink: Bool)? {
        for known in links where name.equalsIgnoringCase(known) { return (known, true) }
        for known in plain where name.equalsIgnoringCase(known) { return (known, false) }
        return nil
    }
}
