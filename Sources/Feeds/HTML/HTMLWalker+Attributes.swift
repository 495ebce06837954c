/// Attributes: read by their ranges, written anew.
extension HTMLWalker {
    /// Reads attributes up to and over `>`, writes those that stay; nil where the text ends first.
    func attributes(
        _ html: UnsafeBufferPointer<UInt8>, from start: Int, _ links: LinkResolver, isKept: Bool
    ) -> (end: Int, isClosed: Bool)? {
        var index = start
        var isClosed = false
        var seen: UInt64 = 0
        while index < html.count {
            switch html[index] {
            case UInt8(ascii: ">"): return (index + 1, isClosed)
            case UInt8(ascii: "<"): return (index, isClosed)
            case UInt8(ascii: "/"):
                isClosed = true
                index += 1
            case let byte where byte.isHTMLBlank || byte == UInt8(ascii: "="): index += 1
            default:
                isClosed = false
                var name = ShortName()
                let nameStart = index
                while index < html.count, !html[index].endsAttributeName {
                    name.append(html[index])
                    index += 1
                }
                // A stray quote is a name of its own.
                if index == nameStart { index += 1 }
                let written = UnsafeBufferPointer(rebasing: html[nameStart..<index])
                let value = attributeValue(html, &index)
                // Of two of one name, browsers take the first.
                guard isKept, let known = attribute(name), seen & known.bit == 0 else {
                    continue
                }
                seen |= known.bit
                if let value {
                    write(known, value, links)
                } else if known.kind == .text {
                    // SGML's short form: the name is the value.
                    write(known, written, links)
                }
            }
        }
        return nil
    }

    /// What follows the name at `index`, without quotes; nil where the attribute has no value.
    private func attributeValue(
        _ html: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) -> UnsafeBufferPointer<UInt8>? {
        var next = index
        while next < html.count, html[next].isHTMLBlank { next += 1 }
        guard next < html.count, html[next] == UInt8(ascii: "=") else {
            return nil
        }
        next += 1
        while next < html.count, html[next].isHTMLBlank { next += 1 }
        index = next
        if next < html.count, let end = endOfQuoted(html, from: next) {
            index = end + 1
            return UnsafeBufferPointer(rebasing: html[(next + 1)..<end])
        }
        // What an open quote begins does not swallow the next tag.
        let isOpen = next < html.count && (html[next] == 0x22 || html[next] == 0x27)
        var end = next
        while end < html.count, !html[end].isHTMLBlank, html[end] != UInt8(ascii: ">"),
            !isOpen || html[end] != UInt8(ascii: "<")
        { end += 1 }
        index = end
        return UnsafeBufferPointer(rebasing: html[next..<end])
    }

    /// Index of the quote that ends what the quote at `start` begins; nil where that is no quote,
    /// or one that was never closed.
    ///
    /// A value that holds an angle bracket counts only if what follows its end could follow a
    /// value: else the quote found is the one that begins a later value.
    private func endOfQuoted(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let quote = html[start]
        let isDouble = quote == UInt8(ascii: "\"")
        guard isDouble ? hasQuote.double : quote == UInt8(ascii: "'") && hasQuote.single else {
            return nil
        }
        var end = start + 1
        var hasAngle = false
        while end < html.count, html[end] != quote {
            if html[end] == UInt8(ascii: "<") || html[end] == UInt8(ascii: ">") { hasAngle = true }
            end += 1
        }
        guard end < html.count else {
            if isDouble { hasQuote.double = false } else { hasQuote.single = false }
            return nil
        }
        guard hasAngle, end + 1 < html.count else { return end }
        var next = end + 1
        if html[next].isHTMLBlank || html[next] == UInt8(ascii: ">") || html[next] == 0x2F {
            return end
        }
        while next < html.count, html[next].isASCIILetterOrDigit { next += 1 }
        return next > end + 1 && next < html.count && html[next] == UInt8(ascii: "=") ? end : nil
    }

    private func write(
        _ known: HTMLAttribute, _ value: UnsafeBufferPointer<UInt8>, _ links: LinkResolver
    ) {
        if known.kind == .alternative { alternative = value }
        guard wantsMarkup else { return }
        markup.append(UInt8(ascii: " "))
        markup.append(known.name)
        markup.append("=\"")
        let start = markup.count
        if known.kind == .link, !LinkResolver.isPlainWeb(value) {
            writeResolved(value, links)
        } else {
            writeText(value)
        }
        if known.kind == .keyword {
            for index in start..<markup.count {
                markup.start[index] = markup.start[index].asciiLowercased
            }
        }
        markup.append(UInt8(ascii: "\""))
    }

    /// Writes a value anew: references read, then what must be escaped escaped.
    private func writeText(_ value: UnsafeBufferPointer<UInt8>) {
        var rest = 0
        for index in 0..<value.count {
            let byte = value[index]
            guard byte <= UInt8(ascii: ">"), index >= rest else { continue }
            let mark: StaticString
            switch byte {
            case UInt8(ascii: "&"): mark = "&amp;"
            case UInt8(ascii: "<"): mark = "&lt;"
            case UInt8(ascii: ">"): mark = "&gt;"
            case UInt8(ascii: "\""): mark = "&quot;"
            default: continue
            }
            markup.append(UnsafeBufferPointer(rebasing: value[rest..<index]))
            rest = index + 1
            if byte == UInt8(ascii: "&"), let found = HTMLEntities.reference(in: value, at: index) {
                found.text.withBytes { markup.append(escaped: $0) }
                rest = found.end
            } else {
                markup.append(mark)
            }
        }
        markup.append(UnsafeBufferPointer(rebasing: value[rest...]))
    }

    private func writeResolved(_ value: UnsafeBufferPointer<UInt8>, _ links: LinkResolver) {
        var plain: [UInt8] = []
        plain.reserveCapacity(value.count)
        var index = 0
        while index < value.count {
            if value[index] == UInt8(ascii: "&"),
                let found = HTMLEntities.reference(in: value, at: index)
            {
                plain.append(contentsOf: found.text)
                index = found.end
            } else {
                plain.append(value[index])
                index += 1
            }
        }
        var resolved = links.resolveSafely(String(decoding: plain, as: UTF8.self)) ?? ""
        resolved.withUTF8 { markup.append(escaped: $0) }
    }

    /// Gives a reader the text that stands for the picture.
    func readAlternative() {
        guard let alternative else { return }
        var index = 0
        while index < alternative.count {
            index = text.append(markup: alternative, from: index)
            guard index < alternative.count else { break }
            if alternative[index] == UInt8(ascii: "&"),
                let found = HTMLEntities.reference(in: alternative, at: index)
            {
                found.text.withBytes { text.append($0) }
                index = found.end
            } else {
                text.append(UnsafeBufferPointer(rebasing: alternative[index...index]))
                index += 1
            }
        }
    }
}

extension UInt8 {
    fileprivate var endsAttributeName: Bool {
        isHTMLBlank || self == UInt8(ascii: "=") || self == UInt8(ascii: ">")
            || self == UInt8(ascii: "/") || self == UInt8(ascii: "<")
    }
}
