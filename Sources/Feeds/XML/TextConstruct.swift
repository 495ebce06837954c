/// What a text is written in.
enum MarkupKind {
    case plain
    /// Escaped markup: the text is HTML.
    case html
    /// Inline markup: the children are HTML.
    case xhtml

    /// By the `type` attribute of RSS, Atom 0.3 and 1.0, in lower case.
    init(type: String) {
        switch type {
        case "text", "plain", "text/plain": self = .plain
        case "html", "text/html": self = .html
        case let type where type == "xhtml" || type.hasSuffix("xml"): self = .xhtml
        case let type where type.hasPrefix("text/"): self = .plain
        default: self = .html
        }
    }
}

/// The element whose content is text for people, while it is open.
struct TextConstruct: ~Copyable {
    private(set) var element = Element.unknown
    /// Number of open elements with it; 0 where none is open.
    private(set) var depth = 0
    var kind = MarkupKind.plain
    private(set) var isBase64 = false
    /// Text so far; in `xhtml`, markup with children written out.
    private var bytes = ByteBuffer()
    /// Where the one `div` around all content begins and ends, as Atom 1.0 demands of XHTML.
    private var wrapper: (start: Range<Int>, end: Range<Int>)?
    private var hasContentOutsideWrapper = false
    /// Depths of `div`s passed over because they stand around escaped markup, as some blogs do it.
    private var skipped: [Int] = []

    var isOpen: Bool { depth > 0 }

    mutating func begin(_ element: Element, depth: Int, kind: MarkupKind, isBase64: Bool) {
        self.element = element
        self.depth = depth
        self.kind = kind
        self.isBase64 = isBase64
        bytes.clear()
        wrapper = nil
        hasContentOutsideWrapper = false
        skipped.removeAll(keepingCapacity: true)
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>, at depth: Int) {
        guard kind == .xhtml else { return bytes.append(text) }
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
            let before = Array(bytes.bytes)
            bytes.clear()
            before.withUnsafeBufferPointer { bytes.append(escaped: $0) }
            hasContentOutsideWrapper = true
        }
        let start = bytes.count
        bytes.append(UInt8(ascii: "<"))
        bytes.append(name.local)
        for index in 0..<attributes.count where !attributes.hasPrefix(index) {
            bytes.append(0x20)
            bytes.append(attributes.local(index))
            bytes.append("=\"")
            bytes.append(escaped: attributes.bytes(index))
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
    mutating func end(_ name: UnsafeBufferPointer<UInt8>, depth: Int) {
        if skipped.last == depth {
            skipped.removeLast()
            return
        }
        let start = bytes.count
        bytes.append("</")
        bytes.append(name)
        bytes.append(UInt8(ascii: ">"))
        if depth == self.depth + 1, !hasContentOutsideWrapper, let open = wrapper?.start {
            wrapper = (open, start..<bytes.count)
        }
    }

    /// Ends with its last text; the content without its outer blanks, valid until the next change.
    ///
    /// - Parameter unwrapped: also without the `div` around it.
    mutating func finish(
        _ last: UnsafeBufferPointer<UInt8>, unwrapped: Bool
    ) -> UnsafeBufferPointer<UInt8> {
        if bytes.isEmpty, kind != .xhtml {
            depth = 0
            return last.trimmedBlanks
        }
        append(last, at: depth)
        depth = 0
        if unwrapped, kind == .xhtml, !hasContentOutsideWrapper, let (start, end) = wrapper,
            start.upperBound <= end.lowerBound
        {
            return UnsafeBufferPointer(
                rebasing: bytes.bytes[start.upperBound..<end.lowerBound]
            ).trimmedBlanks
        }
        return bytes.bytes.trimmedBlanks
    }
}

extension UnsafeBufferPointer<UInt8> {
    var trimmedBlanks: UnsafeBufferPointer<UInt8> {
        var (low, high) = (0, count)
        while low < high, self[low].isXMLBlank { low += 1 }
        while high > low, self[high - 1].isXMLBlank { high -= 1 }
        return UnsafeBufferPointer(rebasing: self[low..<high])
    }
}

extension [UInt8] {
    var trimmedBlanks: ArraySlice<UInt8> {
        var (low, high) = (startIndex, endIndex)
        while low < high, self[low].isXMLBlank { low += 1 }
        while high > low, self[high - 1].isXMLBlank { high -= 1 }
        return self[low..<high]
    }
}
