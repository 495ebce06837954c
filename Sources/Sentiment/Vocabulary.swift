/// The features that enough training texts hold, and each text as the list of its own.
struct Vocabulary {
    /// Hash of each feature, by number, in the order of first sight.
    private(set) var hashes: [UInt64] = []
    private var numbers: [UInt64: Int32] = [:]
    /// Texts seen for a hash's low bits, saturating: an upper bound that lets most rare features
    /// pass by without a place in `numbers`.
    private var sketch: [UInt8] = Array(repeating: 0, count: 1 << 26)
    private let fewest: UInt8

    init(fewest: Int) {
        self.fewest = UInt8(clamping: fewest)
    }

    /// Counts a text's features in the first pass.
    mutating func count(_ grams: [GramSet.Gram]) {
        for gram in grams {
            let slot = Int(truncatingIfNeeded: gram.hash) & (sketch.count - 1)
            if sketch[slot] < fewest { sketch[slot] += 1 }
        }
    }

    /// Numbers a text's features in the second pass.
    mutating func admit(_ grams: [GramSet.Gram]) {
        for gram in grams {
            let slot = Int(truncatingIfNeeded: gram.hash) & (sketch.count - 1)
            guard sketch[slot] >= fewest, numbers[gram.hash] == nil else { continue }
            numbers[gram.hash] = Int32(hashes.count)
            hashes.append(gram.hash)
        }
    }

    /// Gives back the room of the first pass.
    mutating func closeCounting() { sketch = [] }

    /// The number of a feature; absent where too few texts hold it.
    func number(of hash: UInt64) -> Int32? { numbers[hash] }
}
