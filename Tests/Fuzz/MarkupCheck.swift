import EarshotFeeds

/// What must hold of all sanitised markup, as a browser's tokenizer reads it.
enum MarkupCheck {
    /// Elements that run, load or restyle something, or that switch how what follows is read.
    private static let acting: Set<String> = [
        "!", "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "base",
        "meta", "link", "title", "textarea", "plaintext", "xmp", "noscript", "template", "svg",
        "math", "form", "html", "head", "body",
    ]

    /// No element that acts, no handler, no link that carries out code, nothing left open.
    static func check(_ markup: String?) {
        guard let markup else { return }
        var tokens = MarkupTokens(markup)
        while let tag = tokens.next() {
            promise(!acting.contains(tag.name), "no <\(tag.name)> in markup")
            for (name, value) in tag.attributes {
                promise(!name.hasPrefix("on"), "no handler \(name) in markup")
                promise(name != "style" && name != "srcdoc", "no \(name) in markup")
                if name == "href" || name == "src" { check(link: value) }
            }
            promise(tokens.depth >= 0, "no end tag without a start")
            promise(tokens.depth <= FeedLimits.depth, "markup is not deeper than its limit")
        }
        promise(!tokens.isOpen && tokens.depth == 0, "nothing is left open")
    }

    /// Browsers drop blanks and controls before and inside a scheme.
    static func check(link: [UInt8]) {
        let squeezed = link.filter { $0 > 0x20 && $0 != 0x7F }.prefix(11).map { byte in
            (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        }
        for scheme in ["javascript:", "vbscript:", "data:"] {
            promise(!squeezed.starts(with: scheme.utf8), "no \(scheme) link")
        }
    }
}
