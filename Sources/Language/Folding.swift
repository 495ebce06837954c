/// Folding: rule A2 of the specification.
///
/// Case, accents, width, ø ł đ ħ ı æ œ and Traditional
/// Chinese make no difference. Folding what is folded changes nothing.
package enum Folding {
    /// Appends the fold of prepared UTF-8 (rule A1) to `folded`.
    static func append(
        _ s: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ table: UnicodeTable,
        to folded: inout [UInt8]
    ) {
        let start = folded.count
        var i = range.lowerBound
        while i < range.upperBound {
            let byte = s[i]
            if byte < 0x80 {
                folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
                i += 1
                continue
            }
            let (scalar, length) = UTF8Scalar.decode(s, i)
            let properties = table.properties(scalar)
            if properties.foldsInContext {
                folded.removeSubrange(start...)
                appendInContext(s, range, to: &folded)
                return
            }
            if let fold = properties.fold {
                folded.append(
                    contentsOf: UnsafeBufferPointer(
                        start: table.folds + fold.lowerBound, count: fold.count))
            } else {
                folded.append(contentsOf: s[i..<i + length])
            }
            i += length
        }
    }

    private static func appendInContext(
        _ s: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to folded: inout [UInt8]
    ) {
        var scalars: [UInt32] = []
        var i = range.lowerBound
        while i < range.upperBound {
            let (scalar, length) = UTF8Scalar.decode(s, i)
            scalars.append(scalar)
            i += length
        }
        for scalar in UnicodeTable.normalizer.fold(scalars) {
            UTF8Scalar.append(scalar, to: &folded)
        }
    }

    /// A text as folding leaves it, in UTF-8: rules A1 and A2, one after the other.
    package static func folded(_ text: String) -> [UInt8] {
        var text = text
        var prepared = PreparedText()
        var folded: [UInt8] = []
        text.withUTF8 { prepared.prepare($0) }
        folded.reserveCapacity(prepared.bytes.count)
        prepared.bytes.withUnsafeBufferPointer { append($0, 0..<$0.count, .shared, to: &folded) }
        return folded
    }

    /// Rule A1: NFKC, one apostrophe, invisible characters gone.
    package static func prepare(_ text: String) -> String {
        var text = text
        var prepared = PreparedText()
        text.withUTF8 { prepared.prepare($0) }
        return String(decoding: prepared.bytes, as: UTF8.self)
    }

    /// The fold of a prepared text.
    package static func fold(_ prepared: String) -> String {
        var prepared = prepared
        var folded: [UInt8] = []
        prepared.withUTF8 { append($0, 0..<$0.count, .shared, to: &folded) }
        return String(decoding: folded, as: UTF8.self)
    }
}
