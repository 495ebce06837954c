/// Makes the two outputs, markup and text, of what stands in an entry.
struct EntryTexts {
    typealias Both = (html: String, text: [UInt8])

    /// Whether markup is kept as published and no text is made of it.
    let isRaw: Bool
    /// Whether the last text or title was longer than its limit.
    private(set) var isCut = false
    private var walker = HTMLWalker()

    init(isRaw: Bool) {
        self.isRaw = isRaw
    }

    func html(plain bytes: [UInt8]) -> String {
        var html: [UInt8] = []
        html.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { html.append(escaped: $0) }
        return String(decoding: html, as: UTF8.self)
    }

    func html(plain text: String) -> String { html(plain: Array(text.utf8)) }

    mutating func both(plain text: String) -> Both { both(plain: Array(text.utf8)) }

    mutating func both(plain bytes: [UInt8]) -> Both {
        guard !isRaw else { return (html(plain: bytes), []) }
        var sink = PlainTextSink()
        bytes.withUnsafeBufferPointer { text in
            for line in text.split(separator: 0x0A) {
                sink.lineBreak()
                sink.append(UnsafeBufferPointer(rebasing: line))
            }
        }
        isCut = sink.isCut
        return (html(plain: bytes), sink.bytes)
    }

    mutating func both(html text: String, links: LinkResolver) -> Both {
        both(html: Array(text.utf8), links: links)
    }

    mutating func both(html bytes: [UInt8], links: LinkResolver) -> Both {
        guard !isRaw else { return (String(decoding: bytes, as: UTF8.self), []) }
        bytes.withUnsafeBufferPointer { walker.walk($0, links: links) }
        isCut = walker.text.isCut
        return (String(decoding: walker.markup, as: UTF8.self), walker.text.bytes)
    }

    /// One line of plain text, at most `FeedLimits.title` characters; nil where there is nothing,
    /// empty where the markup holds no text.
    mutating func title(plain text: String?) -> String? {
        text.flatMap { title(Array($0.utf8), isHTML: false) }
    }

    mutating func title(_ bytes: [UInt8], isHTML: Bool) -> String? {
        let plain: [UInt8]
        if isHTML {
            bytes.withUnsafeBufferPointer {
                walker.walk($0, links: LinkResolver(base: nil), wantsMarkup: false)
            }
            plain = walker.text.bytes.map { $0 == 0x0A ? 0x20 : $0 }
        } else {
            var sink = PlainTextSink()
            sink.keepsNoBreakSpaces = true
            bytes.withUnsafeBufferPointer { sink.append($0) }
            plain = sink.bytes
        }
        let title = String(decoding: plain, as: UTF8.self)
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
