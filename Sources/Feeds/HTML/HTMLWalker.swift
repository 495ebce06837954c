/// Walks HTML once, without a tree and without recursion, and writes two outputs: markup that is
/// safe to show, and the text that a reader sees.
///
/// Markup keeps the elements and attributes of `HTMLTag` and `HTMLAttribute`, links absolute and of
/// a safe scheme, tags balanced, never deeper than `FeedLimits.depth`. Text is `PlainTextSink`'s.
struct HTMLWalker {
    private(set) var markup: [UInt8] = []
    private(set) var text = PlainTextSink()

    private struct Open {
        let tag: Int
        let isKept: Bool
    }

    private var stack: [Open] = []
    /// Open elements whose text is not for readers.
    private var silence = 0
    private var wantsMarkup = true
    /// Index of the last `>`: behind it, no declaration needs to be looked for.
    private var lastAngle = -1

    /// - Parameter wantsMarkup: false where only the text is of use, as for a title.
    mutating func walk(
        _ html: UnsafeBufferPointer<UInt8>, links: LinkResolver, wantsMarkup: Bool = true
    ) {
        markup.removeAll(keepingCapacity: true)
        text.reset()
        text.keepsNoBreakSpaces = !wantsMarkup
        stack.removeAll(keepingCapacity: true)
        silence = 0
        self.wantsMarkup = wantsMarkup
        lastAngle = html.lastIndex(of: UInt8(ascii: ">")) ?? -1
        var index = 0
        while index < html.count {
            let start = index
            while index < html.count, html[index] != UInt8(ascii: "<"),
                html[index] != UInt8(ascii: "&")
            { index += 1 }
            if index > start { append(UnsafeBufferPointer(rebasing: html[start..<index])) }
            guard index < html.count else { break }
            if html[index] == UInt8(ascii: "&") {
                if let (character, end) = HTMLEntities.reference(in: html, at: index) {
                    character.withUnsafeBufferPointer { append(escaping: $0) }
                    index = end
                } else {
                    append(escaping: UnsafeBufferPointer(rebasing: html[index...index]))
                    index += 1
                }
            } else if let end = angle(html, index, links) {
                index = end
            } else {
                append(escaping: UnsafeBufferPointer(rebasing: html[index...index]))
                index += 1
            }
        }
        while let open = stack.popLast() { close(open) }
        let trimmed = markup.trimmedBlanks
        if trimmed.count < markup.count { markup = Array(trimmed) }
    }

    private mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
        if wantsMarkup { markup.append(contentsOf: run) }
        if silence == 0 { text.append(run) }
    }

    private mutating func append(escaping run: UnsafeBufferPointer<UInt8>) {
        if wantsMarkup { markup.append(escaped: run) }
        if silence == 0 { text.append(run) }
    }

    // MARK: - Tags

    /// What begins with the `<` at `index`; gives the index behind it, nil where it is only a sign.
    private mutating func angle(
        _ html: UnsafeBufferPointer<UInt8>, _ index: Int, _ links: LinkResolver
    ) -> Int? {
        guard index + 1 < html.count else { return nil }
        switch html[index + 1] {
        case UInt8(ascii: "!") where index > lastAngle && !isComment(html, index): return nil
        case UInt8(ascii: "?") where index > lastAngle: return nil
        case UInt8(ascii: "/"):
            guard index + 2 < html.count, html[index + 2].isASCIILetter else { return nil }
            let end = nameEnd(html, from: index + 2)
            guard let close = html[end...].firstIndex(of: UInt8(ascii: ">")) else {
                return html.count
            }
            endTag(UnsafeBufferPointer(rebasing: html[(index + 2)..<end]))
            return close + 1
        case UInt8(ascii: "!"): return declaration(html, index)
        case UInt8(ascii: "?"):
            return html[index...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        case let byte where byte.isASCIILetter: return startTag(html, index, links)
        default: return nil
        }
    }

    private func nameEnd(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < html.count, !html[end].isHTMLBlank, html[end] != UInt8(ascii: ">"),
            html[end] != UInt8(ascii: "/"), html[end] != UInt8(ascii: "<")
        { end += 1 }
        return end
    }

    private func isComment(_ html: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        html[(index + 1)...].starts(with: "!--".utf8)
    }

    private func declaration(_ html: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let rest = html[(index + 2)...]
        if isComment(html, index) {
            var next = index + 4
            while next + 2 < html.count {
                if html[next] == 0x2D, html[next + 1] == 0x2D, html[next + 2] == 0x3E {
                    return next + 3
                }
                next += 1
            }
            // An unclosed comment hides all that follows, as in browsers.
            return html.count
        }
        guard let first = rest.first, first.isASCIILetter else { return nil }
        return rest.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
    }

    private mutating func startTag(
        _ html: UnsafeBufferPointer<UInt8>, _ start: Int, _ links: LinkResolver
    ) -> Int? {
        let nameStop = nameEnd(html, from: start + 1)
        let name = UnsafeBufferPointer(rebasing: html[(start + 1)..<nameStop])
        let found = HTMLTag.index(of: name)
        let tag = found.map { HTMLTag.all[$0] }
        let traits = tag?.traits ?? []
        let isKept = traits.contains(.kept) && stack.count < FeedLimits.depth
        if traits.contains(.block), let found { implyEnds(before: found) }
        let markupStart = markup.count
        if isKept, wantsMarkup, let tag {
            markup.append(UInt8(ascii: "<"))
            markup.append(tag.name)
        }
        var alternative: [UInt8]?
        guard
            let (end, isClosed) = attributes(
                html, from: nameStop, links, isKept: isKept, alternative: &alternative)
        else {
            // The text ends inside the tag.
            markup.removeLast(markup.count - markupStart)
            return html.count
        }
        if traits.contains(.dropped) {
            return isClosed ? end : endOfDropped(html, from: end, name: name)
        }
        if isKept, wantsMarkup {
            markup.append(contentsOf: traits.contains(.void) ? " />".utf8 : ">".utf8)
        }
        lay(out: traits, name)
        if let alternative, silence == 0 {
            alternative.withUnsafeBufferPointer { text.append($0) }
        }
        guard let found, !traits.contains(.void) else { return end }
        if isClosed, isKept {
            close(Open(tag: found, isKept: true), isCounted: false)
        } else if isKept
            || (traits.contains(.silent) && !isClosed && stack.count < FeedLimits.depth)
        {
            stack.append(Open(tag: found, isKept: isKept))
            if traits.contains(.silent) { silence += 1 }
        }
        return end
    }

    /// Line breaks and bullets that a tag means to a reader.
    private mutating func lay(out traits: HTMLTag.Traits, _ name: UnsafeBufferPointer<UInt8>) {
        if traits.contains(.block) {
            if name.equalsIgnoringCase("li") { text.bullet() } else { text.lineBreak() }
        } else if traits.contains(.cell) {
            text.space()
        }
    }

    /// A block ends an open paragraph, a list item the one before it.
    private mutating func implyEnds(before tag: Int) {
        guard let last = stack.last, last.isKept else { return }
        let open = HTMLTag.all[last.tag].name
        let isItem = last.tag == tag && (equal(open, "li") || equal(open, "dd"))
        if equal(open, "p") || isItem {
            if !HTMLTag.all[tag].traits.contains(.void) {
                stack.removeLast()
                close(last)
            }
        }
    }

    private func equal(_ left: StaticString, _ right: StaticString) -> Bool {
        UnsafeBufferPointer(start: left.utf8Start, count: left.utf8CodeUnitCount)
            .equalsIgnoringCase(right)
    }

    private mutating func endTag(_ name: UnsafeBufferPointer<UInt8>) {
        guard let tag = HTMLTag.index(of: name) else { return }
        let traits = HTMLTag.all[tag].traits
        if traits.contains(.block) { text.lineBreak() }
        guard let level = stack.lastIndex(where: { $0.tag == tag }) else { return }
        while stack.count > level, let open = stack.popLast() { close(open) }
    }

    private mutating func close(_ open: Open, isCounted: Bool = true) {
        let tag = HTMLTag.all[open.tag]
        if isCounted, tag.traits.contains(.silent) { silence -= 1 }
        if tag.traits.contains(.block) { text.lineBreak() }
        guard open.isKept, wantsMarkup else { return }
        markup.append(contentsOf: "</".utf8)
        markup.append(tag.name)
        markup.append(UInt8(ascii: ">"))
    }

    /// Behind the end tag of a script or style; the end of the text without one.
    private func endOfDropped(
        _ html: UnsafeBufferPointer<UInt8>, from start: Int, name: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var next = start
        while next + 2 + name.count <= html.count {
            if html[next] == UInt8(ascii: "<"), html[next + 1] == UInt8(ascii: "/") {
                let candidate = html[(next + 2)..<(next + 2 + name.count)]
                if candidate.elementsEqual(name, by: { $0.asciiLowercased == $1.asciiLowercased }) {
                    let end = html[next...].firstIndex(of: UInt8(ascii: ">"))
                    return end.map { $0 + 1 } ?? html.count
                }
            }
            next += 1
        }
        return html.count
    }

    // MARK: - Attributes

    /// Reads attributes up to and over `>`, writes those that stay; nil where the text ends first.
    private mutating func attributes(
        _ html: UnsafeBufferPointer<UInt8>, from start: Int, _ links: LinkResolver, isKept: Bool,
        alternative: inout [UInt8]?
    ) -> (end: Int, isClosed: Bool)? {
        var index = start
        var isClosed = false
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
                let nameStart = index
                while index < html.count, !html[index].endsAttributeName { index += 1 }
                // A stray quote is a name of its own.
                if index == nameStart { index += 1 }
                let name = UnsafeBufferPointer(rebasing: html[nameStart..<index])
                let value = attributeValue(html, &index)
                guard isKept else { continue }
                write(name, value, links, alternative: &alternative)
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
        guard next < html.count, html[next] == UInt8(ascii: "=") else { return nil }
        next += 1
        while next < html.count, html[next].isHTMLBlank { next += 1 }
        guard next < html.count else {
            index = next
            return nil
        }
        let quote = html[next]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let end = html[(next + 1)...].firstIndex(of: quote) ?? html.count
            index = min(end + 1, html.count)
            return UnsafeBufferPointer(rebasing: html[(next + 1)..<end])
        }
        var end = next
        while end < html.count, !html[end].isHTMLBlank, html[end] != UInt8(ascii: ">") { end += 1 }
        index = end
        return UnsafeBufferPointer(rebasing: html[next..<end])
    }

    private mutating func write(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?,
        _ links: LinkResolver, alternative: inout [UInt8]?
    ) {
        guard let (kept, isLink) = HTMLAttribute.kept(name) else { return }
        var plain = value.map(decoded) ?? []
        if equal(kept, "alt") { alternative = plain }
        guard wantsMarkup else { return }
        if isLink {
            plain = Array((links.resolveSafely(String(decoding: plain, as: UTF8.self)) ?? "").utf8)
        }
        markup.append(0x20)
        markup.append(kept)
        markup.append(contentsOf: "=\"".utf8)
        plain.withUnsafeBufferPointer { markup.append(escaped: $0) }
        markup.append(UInt8(ascii: "\""))
    }

    /// The value with its references replaced.
    private func decoded(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard value.contains(UInt8(ascii: "&")) else { return Array(value) }
        var plain: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index] == UInt8(ascii: "&"),
                let (character, end) = HTMLEntities.reference(in: value, at: index)
            {
                plain.append(contentsOf: character)
                index = end
            } else {
                plain.append(value[index])
                index += 1
            }
        }
        return plain
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(
                start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

extension UInt8 {
    /// Space, tab, line feed, form feed, carriage return.
    var isHTMLBlank: Bool { isXMLBlank || self == 0x0C }

    fileprivate var endsAttributeName: Bool {
        isHTMLBlank || self == UInt8(ascii: "=") || self == UInt8(ascii: ">")
            || self == UInt8(ascii: "/") || self == UInt8(ascii: "<")
    }
}
