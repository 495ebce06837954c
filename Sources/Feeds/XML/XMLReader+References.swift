/// What a `&` turned out to be.
struct XMLReferenceText {
    enum Text {
        case byte(UInt8)
        case scalar(Unicode.Scalar)
        case short(ShortText)
        /// That of an internal entity.
        case bytes([UInt8])
        /// A character that has no place in XML.
        case nothing
        /// It begins no reference, or one that nobody knows: it is only a sign.
        case asWritten
    }

    let text: Text
    /// Index behind it.
    let end: Int
}

extension XMLReader {
    /// What stands at `index`, where there is a `&`.
    func reference(at index: Int) -> XMLReferenceText {
        let left = source.count - index
        // The usual ones first.
        if left >= 4 {
            switch source[index + 1] {
            case UInt8(ascii: "l") where source[index + 2] == UInt8(ascii: "t"):
                if source[index + 3] == UInt8(ascii: ";") {
                    return XMLReferenceText(text: .byte(UInt8(ascii: "<")), end: index + 4)
                }
            case UInt8(ascii: "g") where source[index + 2] == UInt8(ascii: "t"):
                if source[index + 3] == UInt8(ascii: ";") {
                    return XMLReferenceText(text: .byte(UInt8(ascii: ">")), end: index + 4)
                }
            case UInt8(ascii: "a") where has("&amp;", at: index):
                return XMLReferenceText(text: .byte(UInt8(ascii: "&")), end: index + 5)
            case UInt8(ascii: "q") where has("&quot;", at: index):
                return XMLReferenceText(text: .byte(UInt8(ascii: "\"")), end: index + 6)
            case UInt8(ascii: "a") where has("&apos;", at: index):
                return XMLReferenceText(text: .byte(UInt8(ascii: "'")), end: index + 6)
            case UInt8(ascii: "#"): return numericReference(at: index)
            default: break
            }
        }
        return namedReference(at: index)
    }

    private func namedReference(at index: Int) -> XMLReferenceText {
        let start = index + 1
        var end = start
        while end < source.count, end - start < HTMLEntities.longestName,
            source[end].isASCIILetterOrDigit
        { end += 1 }
        guard end > start, end < source.count, source[end] == UInt8(ascii: ";") else {
            return asWritten(index)
        }
        let name = UnsafeBufferPointer(rebasing: source[start..<end])
        if let text = entities.isEmpty ? nil : entities[Array(name)] {
            return XMLReferenceText(text: .bytes(text), end: end + 1)
        }
        if let text = HTMLEntities.characterInXML(named: name) {
            return XMLReferenceText(text: .short(text), end: end + 1)
        }
        return asWritten(index)
    }

    private func numericReference(at index: Int) -> XMLReferenceText {
        guard let (scalar, end) = HTMLEntities.numericInXML(in: source, at: index),
            source[end - 1] == UInt8(ascii: ";")
        else { return asWritten(index) }
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: return XMLReferenceText(text: .scalar(scalar), end: end)
        case ..<0x20, 0xFFFE, 0xFFFF: return XMLReferenceText(text: .nothing, end: end)
        default: return XMLReferenceText(text: .scalar(scalar), end: end)
        }
    }

    private func asWritten(_ index: Int) -> XMLReferenceText {
        XMLReferenceText(text: .asWritten, end: index + 1)
    }
}
