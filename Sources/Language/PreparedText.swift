/// A text after rule A1 of the specification (NFKC, one apostrophe, invisible characters gone),
/// with the way back to the bytes of the text as given.
struct PreparedText {
    private(set) var bytes: [UInt8] = []
    /// For each byte, the bytes of the original it came from; empty where they are the same.
    private var starts: [UInt32] = []
    private var ends: [UInt32] = []
    private var segment: [MappedScalar] = []

    /// The bytes of the original that `range` (not empty) came from.
    func source(of range: Range<Int>) -> Range<Int> {
        guard !starts.isEmpty else { return range }
        var start = starts[range.lowerBound]
        var end = ends[range.lowerBound]
        for k in range.dropFirst() {  // reordered marks need not come in order
            start = min(start, starts[k])
            end = max(end, ends[k])
        }
        return Int(start)..<Int(end)
    }

    /// Takes a text of less than 4 GiB; bytes that are no UTF-8 read as U+FFFD.
    mutating func prepare(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        let table = UnicodeTable.shared
        if Self.isPrepared(text, table) {
            bytes.append(contentsOf: text)
        } else {
            rewrite(text, table)
        }
    }

    private static func isPrepared(
        _ text: UnsafeBufferPointer<UInt8>, _ table: UnicodeTable
    ) -> Bool {
        var place = 0
        while place < text.count {
            while place + 8 <= text.count,
                Hash64.load(text, place, 8) & 0x8080_8080_8080_8080 == 0
            {
                place += 8
            }
            guard place < text.count else { break }
            let (scalar, length) = UTF8Scalar.decode(text, place)
            if length == 1 {
                guard scalar < 0x80 else { return false }
            } else if table.properties(scalar).isUnprepared {
                return false
            }
            place += length
        }
        return true
    }

    private mutating func rewrite(_ text: UnsafeBufferPointer<UInt8>, _ table: UnicodeTable) {
        bytes.reserveCapacity(text.count)
        starts.reserveCapacity(text.count)
        ends.reserveCapacity(text.count)
        /// The last scalar that joins nothing before it: in the text, and in `bytes`.
        var boundary = (text: 0, bytes: 0)
        var place = 0
        while place < text.count {
            let (scalar, length) = UTF8Scalar.decode(text, place)
            let properties = table.properties(scalar)
            guard properties.needsNormalizing else {
                boundary = (place, bytes.count)
                append(scalar, properties, place, place + length)
                place += length
                continue
            }
            bytes.removeSubrange(boundary.bytes...)
            starts.removeSubrange(boundary.bytes...)
            ends.removeSubrange(boundary.bytes...)
            segment.removeAll(keepingCapacity: true)
            let first = boundary.text
            place = first
            while place < text.count {
                let (scalar, length) = UTF8Scalar.decode(text, place)
                guard place == first || table.properties(scalar).needsNormalizing else { break }
                segment.append(MappedScalar(scalar: scalar, start: place, end: place + length))
                place += length
            }
            UnicodeTable.normalizer.normalize(&segment, compatibility: true)
            for part in segment {
                append(part.scalar, table.properties(part.scalar), part.start, part.end)
            }
            boundary = (place, bytes.count)
        }
    }

    private mutating func append(
        _ scalar: UInt32, _ properties: UnicodeTable.Properties, _ start: Int, _ end: Int
    ) {
        guard properties.kind != UnicodeTable.Kind.deleted else { return }
        let apostrophe: UInt32 = 0x27
        let isApostrophe = scalar == 0x2019 || scalar == 0x02BC
        UTF8Scalar.append(isApostrophe ? apostrophe : scalar, to: &bytes)
        while starts.count < bytes.count {
            starts.append(UInt32(truncatingIfNeeded: start))
            ends.append(UInt32(truncatingIfNeeded: end))
        }
    }
}
