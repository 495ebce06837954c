/// Tells text from markup where a format does not say which it is.
enum HTMLGuess {
    /// Whether the text has an end tag, a void tag or a reference, and no tag or reference that
    /// HTML does not know: feedparser's rule, on the safe side, because a false yes loses text.
    static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { looksLikeHTML($0) }
    }

    static func looksLikeHTML(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var isLikely = false
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "&") {
                guard let isReference = reference(text, index - 1) else { continue }
                guard isReference else { return false }
                isLikely = true
            } else if byte == UInt8(ascii: "<") {
                let isEnd = index < text.count && text[index] == UInt8(ascii: "/")
                let start = isEnd ? index + 1 : index
                var end = start
                var name = ShortName()
                while end < text.count, text[end].isASCIILetterOrDigit {
                    name.append(text[end])
                    end += 1
                }
                guard end > start else { continue }
                guard let tag = HTMLTag.table[name], tag.traits.contains(.telling) else {
                    return false
                }
                let isClosed = end < text.count && text[end] == UInt8(ascii: ">")
                let isVoid = tag.traits.isSuperset(of: [.kept, .void])
                if (isEnd && isClosed) || isVoid { isLikely = true }
            }
        }
        return isLikely
    }

    /// Whether the text holds a tag that people write in titles, where nothing says that the title
    /// is markup.
    static func holdsCommonTag(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while let mark = text[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = mark + 1
            if index < text.count, text[index] == UInt8(ascii: "/") { index += 1 }
            var name = ShortName()
            while index < text.count, text[index].isASCIILetterOrDigit {
                name.append(text[index])
                index += 1
            }
            guard index < text.count, HTMLTag.table[name]?.traits.contains(.common) == true
            else { continue }
            if text[index].isHTMLBlank || text[index] == UInt8(ascii: ">")
                || text[index] == UInt8(ascii: "/")
            {
                return true
            }
        }
        return false
    }

    /// Nil where the `&` at `index` begins nothing that has the form of a reference.
    private static func reference(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool? {
        var end = index + 1
        if end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
        let start = end
        while end < text.count, text[end].isASCIILetterOrDigit, end - start <= 32 { end += 1 }
        guard end > start, end < text.count, text[end] == UInt8(ascii: ";") else { return nil }
        return HTMLEntities.reference(in: text, at: index) != nil
    }
}
