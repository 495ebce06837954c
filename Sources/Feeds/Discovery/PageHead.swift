/// What a page says of itself and where it leads, as far as finding feeds needs it.
struct PageHead {
    struct Link {
        /// As written, without line breaks; never empty.
        let href: String
        /// Lower-case words.
        let rel: [String]
        /// Media type, lower case without parameters; empty where there is none.
        let type: String
        /// Spaces squeezed; absent where there is none.
        let title: String?
    }

    private(set) var title: String?
    /// `href` of the first `base` that has one.
    private(set) var base: String?
    /// The program that made the page, as it calls itself.
    private(set) var generator: String?
    /// `link` elements, in document order.
    private(set) var links: [Link] = []
    /// Addresses of `a` elements that mention feeds, in document order.
    private(set) var anchors: [String] = []

    /// Bounds that hostile pages meet; chosen, far above what real pages need.
    private static let linkLimit = 1_000
    private static let anchorLimit = 1_000

    /// - Parameter bytes: UTF-8.
    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { read($0) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = MarkupScanner(bytes, .html)
        // What a template holds is no part of the page.
        var templates = 0
        while let tag = scanner.next() {
            if scanner.isNamed(tag.name, "template") {
                templates = max(0, templates + (tag.isEnd ? -1 : tag.isSelfClosing ? 0 : 1))
            }
            guard templates == 0, !tag.isEnd else { continue }
            if scanner.isNamed(tag.name, "link") {
                if links.count < Self.linkLimit, let link = Self.link(tag, scanner) {
                    links.append(link)
                }
            } else if scanner.isNamed(tag.name, "a") {
                if anchors.count < Self.anchorLimit, let href = Self.href(tag, scanner),
                    FeedAddress.isLikely(href)
                {
                    anchors.append(href)
                }
            } else if scanner.isNamed(tag.name, "base") {
                base = base ?? Self.href(tag, scanner)
            } else if scanner.isNamed(tag.name, "title") {
                title = title ?? tag.content.map { scanner.text($0).squeezedBlanks }
            } else if scanner.isNamed(tag.name, "meta"), generator == nil,
                scanner.value("name", of: tag)?.lowercased() == "generator"
            {
                generator = scanner.value("content", of: tag)
            }
        }
    }

    private static func link(_ tag: MarkupTag, _ scanner: MarkupScanner) -> Link? {
        guard let href = href(tag, scanner) else { return nil }
        let type = (scanner.value("type", of: tag) ?? "").prefix { $0 != ";" }
        let title = scanner.value("title", of: tag)?.squeezedBlanks ?? ""
        return Link(
            href: href,
            rel: (scanner.value("rel", of: tag) ?? "").lowercased()
                .split(whereSeparator: \.isWhitespace).map(String.init),
            type: String(type).trimmedBlanks.lowercased(), title: title.isEmpty ? nil : title)
    }

    /// Browsers drop line breaks and tabs inside addresses (URL Standard, 4.4).
    private static func href(_ tag: MarkupTag, _ scanner: MarkupScanner) -> String? {
        guard let href = scanner.value("href", of: tag) else { return nil }
        let plain = String(href.unicodeScalars.filter { ![0x09, 0x0A, 0x0D].contains($0.value) })
            .trimmedBlanks
        return plain.isEmpty ? nil : plain
    }
}

/// The `charset` that a page names within its first 1,024 bytes (HTML Standard, 13.2.3.2).
enum PageCharset {
    static func label(in bytes: [UInt8]) -> String? {
        Array(bytes.prefix(1_024)).withUnsafeBufferPointer { head in
            var scanner = MarkupScanner(head, .html)
            while let tag = scanner.next() {
                guard !tag.isEnd, scanner.isNamed(tag.name, "meta") else { continue }
                if let label = scanner.value("charset", of: tag) { return label }
                if scanner.value("http-equiv", of: tag)?.lowercased() == "content-type",
                    let content = scanner.value("content", of: tag)
                {
                    let context = FeedContext(headers: ["content-type": content.lowercased()])
                    if let label = context.charset { return label }
                }
            }
            return nil
        }
    }
}

extension String {
    /// Runs of blanks as one space, none at the ends.
    var squeezedBlanks: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
