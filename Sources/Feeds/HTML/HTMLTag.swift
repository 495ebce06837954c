/// What the walker knows of an element of HTML.
struct HTMLTag: Hashable, Sendable {
    struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: UInt16
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
        /// Led by a bullet.
        static let item = Traits(rawValue: 64)
        /// Ended by the next block.
        static let paragraph = Traits(rawValue: 128)
        /// Ended by the next of its kind.
        static let closesItself = Traits(rawValue: 256)
        /// Its presence shows that a text is markup: feedparser's list of elements.
        static let telling = Traits(rawValue: 512)
        /// Its presence shows that a title is markup.
        static let common = Traits(rawValue: 1_024)
    }

    let name: ShortName
    let traits: Traits

    /// Absent are elements of no account.
    static let table = ShortNameTable(all.map { ($0.name, $0) })

    /// What stays is feedparser's list without forms, media players and what only decorates, so
    /// that nothing is kept that it removes.
    private static let all: [HTMLTag] =
        tags(
            [.kept, .telling],
            [
                "abbr", "acronym", "audio", "big", "cite", "code", "colgroup", "del", "dfn",
                "font", "ins", "kbd", "map", "q", "s", "samp", "small", "strike", "sub", "sup",
                "time", "tt", "u", "var", "video",
            ])
        + tags([.kept, .telling, .common], ["a", "b", "em", "i", "span", "strong"])
        + tags(
            [.kept, .telling, .block],
            [
                "address", "article", "aside", "blockquote", "caption", "center", "details",
                "dir", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4",
                "h5", "h6", "header", "menu", "nav", "ol", "pre", "section", "table", "tbody",
                "tfoot", "thead", "tr", "ul",
            ])
        + tags([.kept, .telling, .common, .block], ["div"])
        + tags([.kept, .telling, .common, .block, .paragraph], ["p"])
        + tags([.kept, .telling, .block, .closesItself], ["dd"])
        + tags([.kept, .telling, .block, .closesItself, .item], ["li"])
        + tags([.kept, .telling, .void], ["area", "source", "col"])
        + tags([.kept, .telling, .common, .void], ["img"])
        + tags([.kept, .telling, .common, .void, .block], ["br"])
        + tags([.kept, .telling, .void, .block], ["hr"])
        + tags([.kept, .telling, .cell], ["td", "th"])
        + tags([.void], ["base", "embed", "link", "meta", "param", "track", "wbr"])
        + tags([.telling, .void], ["input", "keygen", "spacer"])
        + tags([.block], ["body", "html", "hgroup", "main"])
        + tags([.telling, .block], ["fieldset", "form", "legend", "optgroup", "option"])
        + tags(
            [.telling],
            [
                "button", "canvas", "command", "datagrid", "datalist", "dialog", "event-source",
                "label", "m", "meter", "multicol", "nextid", "output", "progress", "select",
                "sound", "textarea",
            ])
        + tags([.silent], ["head", "math", "svg", "template"])
        + tags([.silent, .telling], ["noscript"])
        + tags([.dropped], ["applet", "script", "style"])

    private static func tags(_ traits: Traits, _ names: [StaticString]) -> [HTMLTag] {
        names.map { HTMLTag(name: ShortName($0), traits: traits) }
    }
}

/// An attribute that stays in sanitised markup; each is one that feedparser keeps too.
struct HTMLAttribute: Sendable {
    enum Kind: Sendable {
        case text
        /// A word of a fixed set, written in lower case.
        case keyword
        /// Made absolute, and emptied where its scheme is not safe.
        case link
        /// Text for a reader who does not see the picture.
        case alternative
    }

    let name: ShortName
    let kind: Kind
    /// One bit of 64, which tells the attribute from all others.
    let bit: UInt64

    static let table = ShortNameTable(
        [
            (Kind.alternative, ["alt"]),
            (.link, ["href", "src", "cite", "longdesc", "poster"]),
            (.keyword, ["rel", "type"]),
            (
                .text,
                [
                    "title", "width", "height", "lang", "dir", "colspan", "rowspan", "datetime",
                    "align", "valign", "abbr", "border", "cellpadding", "cellspacing",
                    "headers", "hreflang", "label", "controls", "scope", "shape", "coords",
                    "span", "start", "summary", "value",
                ]
            ),
        ]
        .flatMap { (kind: Kind, names: [StaticString]) in names.map { (kind, $0) } }
        .enumerated().map { index, known in
            let name = ShortName(known.1)
            return (name, HTMLAttribute(name: name, kind: known.0, bit: 1 << UInt64(index)))
        })
}
