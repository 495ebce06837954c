/// What each n-gram adds to polarity and neutrality: int8 weights in an open-addressed table, as
/// naive Bayes has them and as they were fitted together with the lexicon's.
package struct WeightTable: Sendable {
    /// Weights in units of the steps that the model names.
    package struct Weights: Hashable, Sendable {
        package let polarity: Int8
        package let neutrality: Int8
    }

    /// A feature as it is filed: 8 bytes.
    package struct Record: Hashable, Sendable {
        package let key: UInt32
        package let bayes: Weights
        package let fitted: Weights
    }

    /// Key in the high 32 bits, then the weights in the order of `Record`; 0 is an empty slot.
    private var slots: [UInt64]
    package let count: Int

    package init(_ records: [Record]) {
        var size = 16
        while size < 2 * records.count { size *= 2 }
        slots = Array(repeating: 0, count: size)
        count = records.count
        for record in records where record.key != 0 {
            var index = Int(record.key) & (size - 1)
            while slots[index] != 0 { index = (index + 1) & (size - 1) }
            slots[index] =
                UInt64(record.key) << 32 | Self.packed(record.bayes) << 16
                | Self.packed(record.fitted)
        }
    }

    private static func packed(_ weights: Weights) -> UInt64 {
        UInt64(UInt8(bitPattern: weights.polarity)) << 8
            | UInt64(UInt8(bitPattern: weights.neutrality))
    }

    /// The key under which a feature's hash is filed; never 0.
    @inline(__always)
    package static func key(of hash: UInt64) -> UInt32 {
        max(1, UInt32(truncatingIfNeeded: hash >> 32))
    }

    /// The weights of a feature, fitted or of naive Bayes; absent where the table does not know it.
    @inline(__always)
    func weights(_ hash: UInt64, fitted: Bool) -> Weights? {
        let key = UInt64(Self.key(of: hash))
        let mask = slots.count - 1
        var index = Int(key) & mask
        while slots[index] != 0 {
            let slot = slots[index]
            if slot >> 32 == key {
                let pair = fitted ? slot : slot >> 16
                return Weights(
                    polarity: Int8(bitPattern: UInt8(truncatingIfNeeded: pair >> 8)),
                    neutrality: Int8(bitPattern: UInt8(truncatingIfNeeded: pair)))
            }
            index = (index + 1) & mask
        }
        return nil
    }
}
