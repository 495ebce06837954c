/// A tag of a page or of an outline; its ranges are those of the scanned bytes.
struct MarkupTag {
    struct Attribute {
        let name: Range<Int>
        /// Without quotes, references not yet read; empty where there is no value.
        let value: Range<Int>
    }

    let name: Range<Int>
    let isEnd: Bool
    var isSelfClosing = false
    var attributes: [Attribute] = []
    /// What an HTML element holds whose content is no markup, as `title` does; its end tag is
    /// passed over.
    var content: Range<Int>?
}

/// Cuts markup into tags, once and without a tree; takes what is broken as browsers do.
///
/// Comments, declarations and processing instructions are passed over. In HTML the content of
/// elements whose text is no markup is not looked into (HTML Standard, 13.2.5.1 to 13.2.5.4), in
/// XML that of CDATA sections and of a document type.
struct MarkupScanner {
    enum Language {
        case html, xml
    }

    /// Attributes that are kept of one tag; chosen, far above what a link or outline has.
    private static let attributeLimit = 256

    private static let rawTexts: [StaticString] = [
        "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
    ]

    private let bytes: UnsafeBufferPointer<UInt8>
    private let language: Language
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ language: Language) {
        self.bytes = bytes
        self.language = language
    }

    /// The next tag; absent at the end, also where that lies inside a tag.
    mutating func next() -> MarkupTag? {
        while let angle = index(of: UInt8(ascii: "<"), from: position) {
            guard angle + 1 < bytes.count else { return nil }
            switch bytes[angle + 1] {
            case UInt8(ascii: "!"): passDeclaration(at: angle)
            case UInt8(ascii: "?"): pass(to: UInt8(ascii: ">"), from: angle + 2)
            case UInt8(ascii: "/"):
                guard angle + 2 < bytes.count, bytes[angle + 2].beginsName else {
                    pass(to: UInt8(ascii: ">"), from: angle + 2)
                    continue
                }
                return tag(nameFrom: angle + 2, isEnd: true)
            case let byte where byte.beginsName:
                guard var tag = tag(nameFrom: angle + 1, isEnd: false) else { return nil }
                if language == .html, !tag.isSelfClosing, holdsRawText(tag.name) {
                    tag.content = passRawText(endingAt: tag.name)
                }
                return tag
            default: position = angle + 1
            }
        }
        position = bytes.count
        return nil
    }

    func isNamed(_ range: Range<Int>, _ name: StaticString) -> Bool {
        UnsafeBufferPointer(rebasing: bytes[range]).equalsIgnoringCase(name)
    }

    /// The attribute's value with its references read; of two of one name the first counts.
    func value(_ name: StaticString, of tag: MarkupTag) -> String? {
        for attribute in tag.attributes where isNamed(attribute.name, name) {
            return text(attribute.value)
        }
        return nil
    }

    /// What the bytes mean once character references are read.
    func text(_ range: Range<Int>) -> String {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        guard part.contains(UInt8(ascii: "&")) else { return String(decoding: part, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(part.count)
        var next = 0
        while next < part.count {
            if part[next] == UInt8(ascii: "&"),
                let (character, end) = HTMLEntities.reference(in: part, at: next)
            {
                plain.append(contentsOf: character)
                next = end
            } else {
                plain.append(part[next])
                next += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    // MARK: - What is passed over

    private func index(of byte: UInt8, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return bytes[start...].firstIndex(of: byte)
    }

    private mutating func pass(to byte: UInt8, from start: Int) {
        position = index(of: byte, from: start).map { $0 + 1 } ?? bytes.count
    }

    private mutating func pass(to end: StaticString, from start: Int) {
        let pattern = UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount)
        guard let first = pattern.first else { return }
        var next = start
        while let found = index(of: first, from: next) {
            if bytes[found...].starts(with: pattern) {
                position = found + pattern.count
                return
            }
            next = found + 1
        }
        position = bytes.count
    }

    private mutating func passDeclaration(at angle: Int) {
        let rest = bytes[(angle + 2)...]
        if rest.starts(with: "--".utf8) {
            passComment(from: angle + 4)
        } else if language == .xml, rest.starts(with: "[CDATA[".utf8) {
            pass(to: "]]>", from: angle + 9)
        } else if language == .xml {
            passDocumentType(from: angle + 2)
        } else {
            pass(to: UInt8(ascii: ">"), from: angle + 2)
        }
    }

    /// Ends at `-->`, `--!>`, and at once in `<!-->` and `<!--->` (HTML Standard, 13.2.5.43 on);
    /// an unclosed comment hides all that follows.
    private mutating func passComment(from start: Int) {
        let rest = bytes[start...]
        if rest.starts(with: ">".utf8) || rest.starts(with: "->".utf8) {
            return pass(to: UInt8(ascii: ">"), from: start)
        }
        var next = start
        while let dash = index(of: UInt8(ascii: "-"), from: next) {
            let tail = bytes[dash...]
            if tail.starts(with: "-->".utf8) || tail.starts(with: "--!>".utf8) {
                return pass(to: UInt8(ascii: ">"), from: dash)
            }
            next = dash + 1
        }
        position = bytes.count
    }

    private mutating func passDocumentType(from start: Int) {
        var depth = 0
        var next = start
        while next < bytes.count {
            switch bytes[next] {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">") where depth <= 0:
                position = next + 1
                return
            default: break
            }
            next += 1
        }
        position = bytes.count
    }

    private func holdsRawText(_ name: Range<Int>) -> Bool {
        Self.rawTexts.contains { isNamed(name, $0) }
    }

    /// Goes behind the end tag of that name; without one, to the end.
    private mutating func passRawText(endingAt name: Range<Int>) -> Range<Int> {
        let start = position
        var next = start
        while let angle = index(of: UInt8(ascii: "<"), from: next) {
            let end = angle + 2 + name.count
            if end <= bytes.count, bytes[angle + 1] == UInt8(ascii: "/"),
                end == bytes.count || bytes[end].endsName,
                bytes[(angle + 2)..<end].elementsEqual(
                    bytes[name], by: { $0.asciiLowercased == $1.asciiLowercased })
            {
                pass(to: UInt8(ascii: ">"), from: end)
                return start..<angle
            }
            next = angle + 1
        }
        position = bytes.count
        return start..<bytes.count
    }

    // MARK: - Tags

    private mutating func tag(nameFrom start: Int, isEnd: Bool) -> MarkupTag? {
        var next = start
        while next < bytes.count, !bytes[next].endsTagName { next += 1 }
        var tag = MarkupTag(name: start..<next, isEnd: isEnd)
        while next < bytes.count {
            let byte = bytes[next]
            if byte == UInt8(ascii: ">") {
                position = next + 1
                return tag
            }
            if byte == UInt8(ascii: "<"), language == .xml {
                // The tag was never ended: the next one begins here.
                position = next
                return tag
            }
            if byte.isMarkupBlank || byte == UInt8(ascii: "/") {
                tag.isSelfClosing = byte == UInt8(ascii: "/")
                next += 1
                continue
            }
            tag.isSelfClosing = false
            let (attribute, end) = attribute(at: next)
            if tag.attributes.count < Self.attributeLimit { tag.attributes.append(attribute) }
            next = end
        }
        position = bytes.count
        return nil
    }

    /// The attribute whose name begins at `start`, and the index behind it.
    private func attribute(at start: Int) -> (MarkupTag.Attribute, end: Int) {
        // A stray `=` begins a name (HTML Standard, 13.2.5.32).
        var next = start + 1
        while next < bytes.count, !bytes[next].endsTagName, bytes[next] != UInt8(ascii: "=") {
            next += 1
        }
        let name = start..<next
        var value = next
        while value < bytes.count, bytes[value].isMarkupBlank { value += 1 }
        guard value < bytes.count, bytes[value] == UInt8(ascii: "=") else {
            return (MarkupTag.Attribute(name: name, value: next..<next), next)
        }
        value += 1
        while value < bytes.count, bytes[value].isMarkupBlank { value += 1 }
        guard value < bytes.count else {
            return (MarkupTag.Attribute(name: name, value: value..<value), value)
        }
        let quote = bytes[value]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let end = index(of: quote, from: value + 1) ?? bytes.count
            return (
                MarkupTag.Attribute(name: name, value: (value + 1)..<end),
                min(end + 1, bytes.count)
            )
        }
        var end = value
        while end < bytes.count, !bytes[end].isMarkupBlank, bytes[end] != UInt8(ascii: ">") {
            end += 1
        }
        return (MarkupTag.Attribute(name: name, value: value..<end), end)
    }
}

extension UInt8 {
    fileprivate var isMarkupBlank: Bool { isXMLBlank || self == 0x0C }

    /// Ends the name of a tag or attribute.
    fileprivate var endsTagName: Bool {
        isMarkupBlank || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
    }
}
