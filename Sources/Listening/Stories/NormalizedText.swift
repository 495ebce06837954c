import EarshotLanguage

/// What a text says, without what reposting changes: folded words with one space before, between
/// and after them; addresses, @names, "RT" and "via" left out.
struct NormalizedText {
    private(set) var scalars: [UInt32] = [0x20]
    /// Words; two characters of unspaced scripts count as one, rounded up.
    private(set) var words = 0

    private static let space: UInt32 = 0x20

    init(_ text: String) {
        let folded = Folding.folded(text)
        scalars.reserveCapacity(folded.count + 2)
        folded.withUnsafeBufferPointer { read($0) }
    }

    private mutating func read(_ folded: UnsafeBufferPointer<UInt8>) {
        var halves = 0
        var place = 0
        while place < folded.count {
            let (scalar, length) = UTF8Scalar.decode(folded, place)
            if scalar == 0x40 {
                place += 1
                while place < folded.count, folded[place] < 0x80, Self.isPart(UInt32(folded[place]))
                {
                    place += 1
                }
            } else if let end = Self.address(folded, place) {
                place = end
            } else if Self.isPart(scalar) {
                halves += word(folded, &place)
            } else {
                place += length
            }
        }
        words = (halves + 1) / 2
    }

    /// Takes the word at `place` and says how much it counts, in half words.
    private mutating func word(
        _ folded: UnsafeBufferPointer<UInt8>, _ place: inout Int
    ) -> Int {
        let start = place
        let kept = scalars.count
        var alone = 0
        while place < folded.count {
            let (scalar, length) = UTF8Scalar.decode(folded, place)
            guard Self.isPart(scalar) else { break }
            if scalar >= 0x80, ScalarClass.standsAlone(scalar) { alone += 1 }
            scalars.append(scalar)
            place += length
        }
        guard !Self.isRepostMark(folded[start..<place]) else {
            scalars.removeSubrange(kept...)
            return 0
        }
        scalars.append(Self.space)
        return alone > 0 ? alone : 2
    }

    private static func isRepostMark(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        switch word.count {
        case 2: word.elementsEqual([0x72, 0x74])
        case 3: word.elementsEqual([0x76, 0x69, 0x61])
        default: false
        }
    }

    private static func isPart(_ scalar: UInt32) -> Bool {
        scalar < 0x80
            ? ASCII.isAlphanumeric(UInt8(scalar)) || scalar == 0x5F : ScalarClass.isToken(scalar)
    }

    /// End of the address that begins at `start`; nil where none does.
    private static func address(_ folded: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        let http: UInt64 = 0x7074_7468
        guard start + 7 <= folded.count, folded[start] == 0x68,
            Hash64.load(folded, start, 4) == http
        else { return nil }
        let colon = folded[start + 4] == 0x73 ? start + 5 : start + 4
        let sign: UInt64 = 0x2F2F3A
        guard colon + 3 <= folded.count, Hash64.load(folded, colon, 3) == sign else { return nil }
        return folded[start...].firstIndex { $0 <= 0x20 || $0 >= 0x7F } ?? folded.count
    }
}
