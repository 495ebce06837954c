/// What a text is written in.
enum MarkupKind {
    case plain
    /// Escaped markup: the text is HTML.
    case html
    /// Inline markup: the children are HTML.
    case xhtml

    /// By the `type` attribute of RSS, Atom 0.3 and 1.0.
    init(type: String) {
        switch type.lowercased() {
        case "text", "plain", "text/plain": self = .plain
        case "html", "text/html": self = .html
        case let type where type == "xhtml" || type.hasSuffix("xml"): self = .xhtml
        case let type where type.hasPrefix("text/"): self = .plain
        default: self = .html
        }
    }
}

/// An element whose content is text for people, on its way.
struct TextConstruct {
    let element: Element
    /// Number of open elements with it.
    let depth: Int
    var kind: MarkupKind
    let isBase64: Bool
    let links: LinkResolver
    let language: String?
    /// Text so far; in `xhtml`, markup with children written out.
    var bytes: [UInt8]
    /// Where the one `div` around all content begins and ends, as Atom 1.0 demands of XHTML.
    var wrapper: (start: Range<Int>, end: Range<Int>)?
    var hasContentOutsideWrapper = false
    /// Depths of `div`s passed over because they stand around escaped markup, as some blogs do it.
    var skipped: [Int] = []

    init(
        _ element: Element, depth: Int, kind: MarkupKind, isBase64: Bool, links: LinkResolver,
        language: String?, buffer: [UInt8]
    ) {
        self.element = element
        self.depth = depth
        self.kind = kind
        self.isBase64 = isBase64
        self.links = links
        self.language = language
        bytes = buffer
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>, at depth: Int) {
        guard kind == .xhtml else {
            bytes.append(contentsOf: text)
            return
        }
        if depth == self.depth, !hasContentOutsideWrapper, !text.allSatisfy(\.isXMLBlank) {
            hasContentOutsideWrapper = true
        }
        bytes.append(escaped: text)
    }

    /// A child begins at `depth` open elements.
    mutating func start(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
        if kind != .xhtml {
            if name.element == .div {
                skipped.append(depth)
                return
            }
            // It called itself text, but it has children: what came before was text.
            kind = .xhtml
            let before = bytes
            bytes.removeAll(keepingCapacity: true)
            before.withUnsafeBufferPointer { bytes.append(escaped: $0) }
            hasContentOutsideWrapper = true
        }
        let start = bytes.count
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.local)
        for index in 0..<attributes.count where attributes.prefix(index).isEmpty {
            bytes.append(0x20)
            bytes.append(contentsOf: attributes.local(index))
            bytes.append(contentsOf: "=\"".utf8)
            var value = attributes.value(index)
            value.withUTF8 { bytes.append(escaped: $0) }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
        guard depth == self.depth + 1 else { return }
        if wrapper == nil, name.element == .div {
            wrapper = (start..<bytes.count, bytes.count..<bytes.count)
        } else {
            hasContentOutsideWrapper = true
        }
    }

    /// The child that began at the same `depth` ends.
    mutating func end(_ name: XMLName, depth: Int) {
        if skipped.last == depth {
            skipped.removeLast()
            return
        }
        let start = bytes.count
        bytes.append(contentsOf: "</".utf8)
        bytes.append(contentsOf: name.local)
        bytes.append(UInt8(ascii: ">"))
        if depth == self.depth + 1, !hasContentOutsideWrapper, let open = wrapper?.start {
            wrapper = (open, start..<bytes.count)
        }
    }

    /// The content without its outer blanks; `unwrapped` also without the `div` around it.
    mutating func finish(unwrapped: Bool) -> [UInt8] {
        if unwrapped, kind == .xhtml, !hasContentOutsideWrapper, let (start, end) = wrapper,
            start.upperBound <= end.lowerBound
        {
            bytes = Array(bytes[start.upperBound..<end.lowerBound])
        }
        let trimmed = bytes.trimmedBlanks
        return trimmed.count == bytes.count ? bytes : Array(trimmed)
    }
}

extension [UInt8] {
    /// Appends text as HTML, where quotes delimit attributes.
    mutating func append(escaped text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in 0..<text.count {
            let reference: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): reference = "&amp;"
            case UInt8(ascii: "<"): reference = "&lt;"
            case UInt8(ascii: ">"): reference = "&gt;"
            case UInt8(ascii: "\""): reference = "&quot;"
            default: continue
            }
            append(contentsOf: text[start..<index])
            append(
                contentsOf: UnsafeBufferPointer(
                    start: reference.utf8Start, count: reference.utf8CodeUnitCount))
            start = index + 1
        }
        append(contentsOf: text[start...])
    }

    var trimmedBlanks: ArraySlice<UInt8> {
        var (low, high) = (startIndex, endIndex)
        while low < high, self[low].isXMLBlank { low += 1 }
        while high > low, self[high - 1].isXMLBlank { high -= 1 }
        return self[low..<high]
    }
}
