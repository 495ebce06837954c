/// A part of a hashtag in the prepared text.
struct HashtagPart: Sendable {
    var range: Range<Int>
    /// As `UnicodeTable.Properties.script`.
    var script: UInt32
}

extension TextAnalysis {
    private enum CaseClass {
        case none, upper, lower, digit
    }

    /// Cuts the body of a hashtag into `parts` (rule A5): at `_`; between lower and upper case;
    /// before the last of several upper-case letters that a lower-case one follows; between
    /// letters and digits; and where the class of characters changes.
    mutating func cutHashtag(_ s: UnsafeBufferPointer<UInt8>, _ body: Range<Int>) {
        var before = CaseClass.none
        var isFirst = true  // of its part
        var i = body.lowerBound
        while i < body.upperBound {
            let (scalar, length) = UTF8Scalar.decode(s, i)
            guard scalar != 0x5F else {
                isFirst = true
                before = .none
                i += length
                continue
            }
            let properties = table.properties(scalar)
            let own = Self.caseClass(properties) ?? before
            if !isFirst {
                let isCapitalized =
                    before == .upper && own == .upper
                    && classAfter(s, i + length, body.upperBound, own) == .lower
                isFirst =
                    before == .lower && own == .upper || isCapitalized
                    || (before == .digit) != (own == .digit)
            }
            if !isFirst, properties.script != 1, let last = parts.last,
                last.script == properties.script
            {
                parts[parts.count - 1].range = last.range.lowerBound..<i + length
            } else {
                parts.append(HashtagPart(range: i..<i + length, script: properties.script))
            }
            isFirst = false
            before = own
            i += length
        }
    }

    /// Nil for a mark, which belongs to the character before it.
    private static func caseClass(_ properties: UnicodeTable.Properties) -> CaseClass? {
        switch properties.kind {
        case UnicodeTable.Kind.upper: .upper
        case UnicodeTable.Kind.number: .digit
        case UnicodeTable.Kind.mark: nil
        default: .lower
        }
    }

    private func classAfter(
        _ s: UnsafeBufferPointer<UInt8>, _ place: Int, _ end: Int, _ before: CaseClass
    ) -> CaseClass {
        guard place < end else { return .none }
        let scalar = UTF8Scalar.decode(s, place).scalar
        guard scalar != 0x5F else { return .none }
        return Self.caseClass(table.properties(scalar)) ?? before
    }
}
