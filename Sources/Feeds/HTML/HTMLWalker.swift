/// Walks HTML once, without a tree and without recursion, and writes two outputs: markup that is
/// safe to show, and the text that a reader sees.
///
/// Markup keeps the elements and attributes of `HTMLTag` and `HTMLAttribute`, links absolute and of
/// a safe scheme, tags balanced, never deeper than `FeedLimits.depth`. Text is `PlainTextSink`'s.
///
/// One walker serves a whole document on one thread: its buffers are kept, and they are spared the
/// run-time check of exclusive access.
final class HTMLWalker {
    @exclusivity(unchecked)
    var markup = ByteBuffer()
    @exclusivity(unchecked)
    var text = PlainTextSink()

    private struct Open {
        let tag: HTMLTag
        let isKept: Bool
    }

    private let tags = HTMLTag.table
    private let attributeNames = HTMLAttribute.table
    @exclusivity(unchecked)
    private var stack: [Open] = []
    /// Open elements whose text is not for readers.
    @exclusivity(unchecked)
    private var silence = 0
    /// End tags of scripts and styles that ended none.
    ///
    /// Each lets the content of a later one through, as text: feedparser counts them so.
    @exclusivity(unchecked)
    private var strayEnds = 0
    @exclusivity(unchecked)
    var wantsMarkup = true
    /// Index of the last `>`: behind it, no declaration needs to be looked for.
    @exclusivity(unchecked)
    private var lastAngle = -1
    /// What is known not to come any more, so that it is looked for but once.
    @exclusivity(unchecked)
    var hasCommentEnd = true
    @exclusivity(unchecked)
    var hasQuote = (single: true, double: true)
    /// Tags looked into up to the end of the text, which none of them had.
    @exclusivity(unchecked)
    private var unendedTags = 0
    /// The value of an `alt` attribute of the tag that is being read.
    @exclusivity(unchecked)
    var alternative: UnsafeBufferPointer<UInt8>?

    /// Each unended tag costs a walk to the end of the text: behind so many, chosen, a `<` is a sign.
    private static let unendedTagLimit = 64

    /// - Parameter isTitle: whether only one line of text is of use, and all of the text, also that
    ///   of elements which are silent elsewhere.
    func walk(
        _ html: UnsafeBufferPointer<UInt8>, links: LinkResolver, isTitle: Bool = false
    ) {
        markup.clear()
        text.reset(isTitle: isTitle)
        stack.removeAll(keepingCapacity: true)
        (silence, strayEnds, unendedTags) = (0, 0, 0)
        wantsMarkup = !isTitle
        lastAngle = html.lastIndex(of: UInt8(ascii: ">")) ?? -1
        hasCommentEnd = true
        hasQuote = (true, true)
        var index = 0
        while index < html.count {
            index = run(html, from: index)
            guard index < html.count else { break }
            if html[index] == UInt8(ascii: "&") {
                index = reference(html, index)
            } else if let end = angle(html, index, links) {
                index = end
            } else {
                index = sign(html, index)
            }
        }
        while let open = stack.popLast() { close(open.tag, isKept: open.isKept) }
        var end = markup.count
        while end > 0, markup.start[end - 1].isXMLBlank { end -= 1 }
        markup.cut(to: end)
    }

    private var isSilent: Bool { silence > 0 && wantsMarkup }

    // MARK: - Text

    /// Takes text up to the next `<` or `&`; gives its index.
    private func run(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        if isSilent {
            while end < html.count, html[end] != UInt8(ascii: "<"), html[end] != UInt8(ascii: "&") {
                end += 1
            }
        } else {
            end = text.append(markup: html, from: start)
        }
        guard wantsMarkup else { return end }
        var first = start
        // Nothing is before it: blanks are trimmed.
        if markup.count == 0 { while first < end, html[first].isXMLBlank { first += 1 } }
        if first < end { markup.append(UnsafeBufferPointer(rebasing: html[first..<end])) }
        return end
    }

    /// What the `&` at `index` begins, a reference or only a sign; gives the index behind it.
    private func reference(_ html: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        guard let found = HTMLEntities.reference(in: html, at: index) else {
            return sign(html, index)
        }
        found.text.withBytes { append(escaping: $0) }
        return found.end
    }

    /// A `<` or `&` that means itself.
    private func sign(_ html: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        append(escaping: UnsafeBufferPointer(rebasing: html[index...index]))
        return index + 1
    }

    private func append(escaping run: UnsafeBufferPointer<UInt8>) {
        if wantsMarkup { markup.append(escaped: run) }
        if !isSilent { text.append(run) }
    }

    // MARK: - Tags

    /// What begins with the `<` at `index`; gives the index behind it, nil where it is only a sign.
    private func angle(
        _ html: UnsafeBufferPointer<UInt8>, _ index: Int, _ links: LinkResolver
    ) -> Int? {
        guard index + 1 < html.count else { return nil }
        switch html[index + 1] {
        case UInt8(ascii: "!") where index > lastAngle && !isComment(html, index): return nil
        case UInt8(ascii: "?") where index > lastAngle: return nil
        case UInt8(ascii: "/"): return endTag(html, index)
        case UInt8(ascii: "!"): return declaration(html, index)
        case UInt8(ascii: "?"):
            return html[index...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        case let byte where byte.isASCIILetter: return startTag(html, index, links)
        default: return nil
        }
    }

    /// The name at `start`, and the index behind it.
    @inline(__always)
    private func name(
        _ html: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (name: ShortName, end: Int) {
        var name = ShortName()
        var end = start
        while end < html.count, !html[end].isHTMLBlank, html[end] != UInt8(ascii: ">"),
            html[end] != UInt8(ascii: "/"), html[end] != UInt8(ascii: "<")
        {
            name.append(html[end])
            end += 1
        }
        return (name, end)
    }

    private func startTag(
        _ html: UnsafeBufferPointer<UInt8>, _ start: Int, _ links: LinkResolver
    ) -> Int? {
        guard unendedTags < Self.unendedTagLimit else { return nil }
        let (name, nameEnd) = name(html, from: start + 1)
        let tag = tags[name]
        let traits = tag?.traits ?? []
        let isKept = traits.contains(.kept) && stack.count < FeedLimits.depth
        let isWritten = isKept && wantsMarkup
        if traits.contains(.block), let tag { implyEnds(before: tag) }
        let markupStart = markup.count
        if isWritten {
            markup.append(UInt8(ascii: "<"))
            markup.append(name)
        }
        alternative = nil
        guard let (end, isClosed) = attributes(html, from: nameEnd, links, isKept: isKept) else {
            // The text ends inside the tag: one that was cut, or no tag at all.
            markup.cut(to: markupStart)
            unendedTags += 1
            let isTag =
                tag != nil
                && (html[nameEnd...].contains(UInt8(ascii: "=")) || nameEnd == html.count)
            return isTag ? html.count : nil
        }
        if traits.contains(.dropped) {
            if isClosed { return end }
            if strayEnds == 0 { return endOfDropped(html, from: end, name) }
            strayEnds -= 1
            return end
        }
        if isWritten {
            if traits.contains(.void) { markup.append(" /") }
            markup.append(UInt8(ascii: ">"))
        }
        lay(out: traits)
        if !isSilent { readAlternative() }
        guard let tag, !traits.contains(.void) else { return end }
        if isClosed, isKept {
            close(tag, isKept: true, isCounted: false)
        } else if isKept
            || (traits.contains(.silent) && !isClosed && stack.count < FeedLimits.depth)
        {
            stack.append(Open(tag: tag, isKept: isKept))
            if traits.contains(.silent) { silence += 1 }
        }
        return end
    }

    /// Line breaks and bullets that a tag means to a reader.
    private func lay(out traits: HTMLTag.Traits) {
        if traits.contains(.item) {
            text.bullet()
        } else if traits.contains(.block) {
            text.lineBreak()
        } else if traits.contains(.cell) {
            text.space()
        }
    }

    /// A block ends an open paragraph, a list item the one before it.
    private func implyEnds(before tag: HTMLTag) {
        guard let last = stack.last, last.isKept, !tag.traits.contains(.void) else { return }
        let isItem = last.tag.traits.contains(.closesItself) && last.tag.name == tag.name
        if last.tag.traits.contains(.paragraph) || isItem {
            stack.removeLast()
            close(last.tag, isKept: true)
        }
    }

    private func endTag(_ html: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var first = start + 2
        while first < html.count, html[first].isHTMLBlank { first += 1 }
        let (name, nameEnd) = name(html, from: first)
        var end = nameEnd
        while end < html.count, html[end] != UInt8(ascii: ">"), html[end] != UInt8(ascii: "<") {
            end += 1
        }
        let tag = tags[name]
        // The text ends inside the tag: one that was cut, or no tag at all.
        guard end < html.count else { return tag == nil ? nil : html.count }
        let next = html[end] == UInt8(ascii: ">") ? end + 1 : end
        guard let tag else { return next }
        if tag.traits.contains(.dropped) {
            strayEnds += 1
            return next
        }
        if tag.traits.contains(.block) { text.lineBreak() }
        guard let level = stack.lastIndex(where: { $0.tag.name == name }) else { return next }
        while stack.count > level, let open = stack.popLast() {
            close(open.tag, isKept: open.isKept)
        }
        return next
    }

    private func close(_ tag: HTMLTag, isKept: Bool, isCounted: Bool = true) {
        if isCounted, tag.traits.contains(.silent) { silence -= 1 }
        if tag.traits.contains(.block) { text.lineBreak() }
        guard isKept, wantsMarkup else { return }
        markup.append("</")
        markup.append(tag.name)
        markup.append(UInt8(ascii: ">"))
    }

    /// Behind the end tag of a script or style; the end of the text without one.
    private func endOfDropped(
        _ html: UnsafeBufferPointer<UInt8>, from start: Int, _ dropped: ShortName
    ) -> Int {
        var next = start
        while let found = html[next...].firstIndex(of: UInt8(ascii: "<")) {
            next = found + 1
            guard next < html.count, html[next] == UInt8(ascii: "/") else { continue }
            let (name, nameEnd) = name(html, from: next + 1)
            if name == dropped {
                let end = html[nameEnd...].firstIndex(of: UInt8(ascii: ">"))
                return end.map { $0 + 1 } ?? html.count
            }
        }
        return html.count
    }

    // MARK: - Comments and declarations

    private func isComment(_ html: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        index + 3 < html.count && html[index + 2] == UInt8(ascii: "-")
            && html[index + 3] == UInt8(ascii: "-")
    }

    private func declaration(_ html: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        if isComment(html, index) { return endOfComment(html, from: index + 4) }
        guard index + 2 < html.count, html[index + 2].isASCIILetter else { return nil }
        return html[index...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
    }

    /// Behind `-->`; where there is none, behind the `>` that follows the next `--`, for comments
    /// that were meant to end; else the end, since an open comment hides all that follows.
    private func endOfComment(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var dashes: Int?
        var next = start
        while hasCommentEnd || dashes == nil,
            let dash = html[min(next, html.count)...].firstIndex(of: UInt8(ascii: "-"))
        {
            next = dash + 1
            guard next < html.count, html[next] == UInt8(ascii: "-") else { continue }
            if next + 1 < html.count, html[next + 1] == UInt8(ascii: ">") { return next + 2 }
            if dashes == nil { dashes = next + 1 }
        }
        hasCommentEnd = false
        guard let dashes else { return html.count }
        return html[dashes...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.count
    }

    /// What is known of the attribute of this name, if it stays.
    @inline(__always)
    func attribute(_ name: ShortName) -> HTMLAttribute? { attributeNames[name] }
}

extension UInt8 {
    /// Space, tab, line feed, form feed, carriage return.
    var isHTMLBlank: Bool { isXMLBlank || self == 0x0C }
}
