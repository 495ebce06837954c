/// An element's name; valid only during the call that hands it over.
struct XMLName {
    let element: Element
    let vocabulary: Vocabulary
    /// Without its prefix.
    let local: UnsafeBufferPointer<UInt8>
}

/// Where an attribute stands.
struct XMLAttribute {
    /// In the source; the prefix and its colon stand between `name` and `local`.
    let name: Int
    let local: Int
    let nameEnd: Int
    /// In the source as written, else among the decoded values.
    let isDecoded: Bool
    let value: Range<Int>
}

/// An element's attributes; valid only during the call that hands them over.
struct XMLAttributes {
    private let source: UnsafeBufferPointer<UInt8>
    private let decoded: UnsafeBufferPointer<UInt8>
    private let attributes: UnsafeBufferPointer<XMLAttribute>
    private let declarations: UnsafeBufferPointer<XMLAttribute>

    init(
        _ attributes: UnsafeBufferPointer<XMLAttribute>,
        declarations: UnsafeBufferPointer<XMLAttribute>, in source: UnsafeBufferPointer<UInt8>,
        decoded: UnsafeBufferPointer<UInt8>
    ) {
        (self.attributes, self.declarations) = (attributes, declarations)
        (self.source, self.decoded) = (source, decoded)
    }

    /// Attributes that declare no namespace.
    var count: Int { attributes.count }

    func local(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let attribute = attributes[index]
        return UnsafeBufferPointer(rebasing: source[attribute.local..<attribute.nameEnd])
    }

    func hasPrefix(_ index: Int) -> Bool { attributes[index].local > attributes[index].name }

    /// References resolved, blanks made spaces.
    func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { bytes(attributes[index]) }

    private func bytes(_ attribute: XMLAttribute) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: (attribute.isDecoded ? decoded : source)[attribute.value])
    }

    private func isOfXML(_ index: Int) -> Bool {
        let attribute = attributes[index]
        guard attribute.local - attribute.name == 4 else { return false }
        return UnsafeBufferPointer(rebasing: source[attribute.name..<(attribute.local - 1)])
            .equalsIgnoringCase("xml")
    }

    /// The value of the first attribute of that local name, ASCII case aside, outside the
    /// namespace of XML itself; absent where there is none.
    subscript(name: StaticString) -> String? {
        for index in 0..<attributes.count
        where local(index).equalsIgnoringCase(name) && !isOfXML(index) {
            return String(checked: bytes(index))
        }
        return nil
    }

    /// The same in lower case.
    func lowercased(_ name: StaticString) -> String? {
        for index in 0..<attributes.count
        where local(index).equalsIgnoringCase(name) && !isOfXML(index) {
            let bytes = bytes(index)
            let text = String(checked: bytes)
            return bytes.allSatisfy { $0 < 0x80 && $0 == $0.asciiLowercased }
                ? text : text.lowercased()
        }
        return nil
    }

    /// The value of `xml:NAME`.
    func xml(_ name: StaticString) -> String? {
        for index in 0..<attributes.count
        where isOfXML(index) && local(index).equalsIgnoringCase(name) {
            return String(checked: bytes(index))
        }
        return nil
    }

    /// Whether a namespace declared here contains the lower-case ASCII `part`.
    func declares(_ part: String) -> Bool {
        declarations.contains {
            String(checked: bytes($0)).lowercased().contains(part)
        }
    }
}
