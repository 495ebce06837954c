/// Makes the two outputs, markup and text, of what stands in an entry.
struct EntryTexts {
    typealias Both = (html: String, text: [UInt8])

    /// Whether markup is kept as published and no text is made of it.
    let isRaw: Bool
    /// Whether the last text or title was longer than its limit.
    private(set) var isCut = false
    private let walker = HTMLWalker()

    init(isRaw: Bool) {
        self.isRaw = isRaw
    }

    func html(plain bytes: UnsafeBufferPointer<UInt8>) -> String {
        walker.markup.clear()
        walker.markup.append(escaped: bytes)
        return String(checked: walker.markup.bytes)
    }

    func html(plain text: String) -> String {
        var text = text
        return text.withUTF8 { html(plain: $0) }
    }

    mutating func both(plain text: String) -> Both {
        var text = text
        return text.withUTF8 { both(plain: $0) }
    }

    mutating func both(plain bytes: UnsafeBufferPointer<UInt8>) -> Both {
        guard !isRaw else { return (html(plain: bytes), []) }
        walker.text.reset()
        for line in bytes.split(separator: 0x0A) {
            walker.text.lineBreak()
            walker.text.append(UnsafeBufferPointer(rebasing: line))
        }
        isCut = walker.text.isCut
        return (html(plain: bytes), Array(walker.text.bytes))
    }

    mutating func both(html text: String, links: LinkResolver) -> Both {
        var text = text
        return text.withUTF8 { both(html: $0, links: links) }
    }

    /// - Parameter bytes: UTF-8 that was checked, as `String(checked:)` asks for.
    mutating func both(html bytes: UnsafeBufferPointer<UInt8>, links: LinkResolver) -> Both {
        guard !isRaw else { return (String(checked: bytes), []) }
        walker.walk(Self.unwrapped(bytes), links: links)
        isCut = walker.text.isCut
        return (String(checked: walker.markup.bytes), Array(walker.text.bytes))
    }

    /// Some publishers write a CDATA section as text: what is in it was meant.
    private static func unwrapped(
        _ html: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let (start, end) = ("<![CDATA[".utf8, "]]>".utf8)
        guard html.starts(with: start), html.count >= start.count + end.count,
            html.suffix(end.count).elementsEqual(end)
        else { return html }
        return UnsafeBufferPointer(rebasing: html[start.count..<(html.count - end.count)])
    }

    /// One line of plain text, at most `FeedLimits.title` characters; nil where there is nothing,
    /// empty where the markup holds no text.
    mutating func title(plain text: String?) -> String? {
        guard var text else { return nil }
        return text.withUTF8 { title($0, isHTML: false) }
    }

    mutating func title(_ bytes: UnsafeBufferPointer<UInt8>, isHTML: Bool) -> String? {
        if isHTML {
            walker.walk(bytes, links: LinkResolver(base: nil), isTitle: true)
        } else {
            walker.text.reset(isTitle: true)
            walker.text.append(bytes)
        }
        let title = String(checked: walker.text.bytes)
        isCut = false
        guard title.utf8.count > FeedLimits.title,
            let end = title.unicodeScalars.index(
                title.startIndex, offsetBy: FeedLimits.title, limitedBy: title.endIndex),
            end < title.endIndex
        else { return title.isEmpty && bytes.isEmpty ? nil : title }
        isCut = true
        return String(title[..<end])
    }

    /// Gives an entry its markup, and the text of the fuller one.
    func put(summary: Both?, content: Both?, into entry: inout FeedEntry) {
        entry.summaryHTML = summary?.html
        entry.contentHTML = content?.html
        let texts = [summary?.text, content?.text].compactMap { $0 }
        let fuller = texts.max { $0.count < $1.count } ?? []
        entry.text = String(decoding: fuller, as: UTF8.self)
    }
}
