/// What tokens and folding need to know of each Unicode scalar, in one look-up.
///
/// Built once from the generated tables (about 15 ms, 350 KB): a two-stage table of 32-bit
/// properties, in which each scalar's own fold is precomputed by the rules A1 and A2 of the
/// matching specification (`queries.py`).
///
/// A handful of pointers, so that copies cost nothing.
///
/// Unchecked, because the compiler cannot see of pointers what makes sharing safe: the buffers are
/// written before the value is shared, never after, and never freed.
struct UnicodeTable: @unchecked Sendable {
    static let shared = built.table
    static let normalizer = built.normalizer

    private static let built: (table: UnicodeTable, normalizer: Normalizer) = {
        var packed = PackedNumbers(unicodeData)
        let classes = Self.classes(&packed)
        let normalizer = Normalizer(&packed)
        return (UnicodeTable(classes, normalizer), normalizer)
    }()

    /// Order of `generate.py`.
    enum Kind {
        static let other: UInt32 = 0
        static let upper: UInt32 = 1
        static let letter: UInt32 = 2
        static let number: UInt32 = 3
        static let mark: UInt32 = 4
        static let deleted: UInt32 = 5
    }

    /// One scalar's properties, packed.
    struct Properties {
        let bits: UInt32

        var kind: UInt32 { bits & 7 }
        var isToken: Bool { bits & 7 &- 1 < 4 }
        /// 0 ordinary run, 1 a token of its own, 2 katakana run.
        var script: UInt32 { bits >> 3 & 3 }
        var isEmoji: Bool { bits & Self.emoji != 0 }
        /// Preparing the text may change it here, so the text cannot be read in place.
        var isUnprepared: Bool { bits & Self.unprepared != 0 }
        /// NFKC changes this scalar or may join it with the one before.
        var needsNormalizing: Bool { bits & Self.normalizing != 0 }
        /// Its fold depends on what stands before it.
        var foldsInContext: Bool { bits & Self.contextual != 0 }
        /// Where its fold stands in `folds`; nil where it folds to itself.
        var fold: Range<Int>? {
            guard bits & Self.folding != 0 else { return nil }
            let start = Int(bits >> 14)
            return start..<start + Int(bits >> 10 & 15)
        }

        static let emoji: UInt32 = 1 << 5
        static let unprepared: UInt32 = 1 << 6
        static let normalizing: UInt32 = 1 << 7
        static let contextual: UInt32 = 1 << 8
        static let folding: UInt32 = 1 << 9
    }

    /// UTF-8 of all folds, one after the other.
    let folds: UnsafePointer<UInt8>
    private let stages: UnsafePointer<UInt16>
    private let blocks: UnsafePointer<UInt32>

    /// Scalars of a block; larger blocks repeat less often.
    private static let blockBits: UInt32 = 7

    func properties(_ scalar: UInt32) -> Properties {
        guard scalar < 0x110000 else { return Properties(bits: 0) }
        let block = UInt32(stages[Int(scalar >> Self.blockBits)])
        let place = block << Self.blockBits | scalar & (1 << Self.blockBits - 1)
        return Properties(bits: blocks[Int(place)])
    }

    /// Kind, script and emoji of every scalar.
    private static func classes(_ packed: inout PackedNumbers) -> [UInt32] {
        var flat = [UInt32](repeating: 0, count: 0x110000)
        var scalar = 0
        for _ in 0..<packed.number() {
            let length = packed.number()
            let value = UInt32(packed.number())
            for k in scalar..<min(scalar + length, flat.count) { flat[k] = value }
            scalar += length
        }
        return flat
    }

    private init(_ classes: [UInt32], _ normalizer: Normalizer) {
        var flat = classes
        var pool: [UInt8] = []
        for special in [0x02BC, 0x2019] { flat[special] |= Properties.unprepared }
        for k in flat.indices where flat[k] & 7 == Kind.deleted { flat[k] |= Properties.unprepared }
        for changed in normalizer.changedByCompatibility {
            flat[Int(changed)] |= Properties.normalizing | Properties.unprepared
        }
        for scalar in normalizer.changedByFolding {
            let fold = normalizer.fold([scalar])
            if normalizer.foldStartsWithJoiner(scalar) {
                flat[Int(scalar)] |= Properties.contextual
            }
            guard fold != [scalar] else { continue }
            let start = pool.count
            for part in fold { UTF8Scalar.append(part, to: &pool) }
            flat[Int(scalar)] |=
                Properties.folding | UInt32(pool.count - start) << 10 | UInt32(start) << 14
        }
        (stages, blocks) = Self.compressed(flat)
        folds = Self.immortal(pool)
    }

    private static func compressed(
        _ flat: [UInt32]
    ) -> (UnsafePointer<UInt16>, UnsafePointer<UInt32>) {
        let size = 1 << Int(blockBits)
        // By hash alone: some 600 different blocks, always the same ones.
        var known: [UInt64: UInt16] = [:]
        var stages: [UInt16] = []
        var blocks: [UInt32] = []
        for start in stride(from: 0, to: flat.count, by: size) {
            let block = flat[start..<start + size]
            let hash = block.withUnsafeBytes { Hash64.of($0.bindMemory(to: UInt8.self)) }
            let index = known[hash] ?? UInt16(known.count)
            if known.updateValue(index, forKey: hash) == nil { blocks += block }
            stages.append(index)
        }
        return (immortal(stages), immortal(blocks))
    }

    private static func immortal<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        let buffer = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        buffer.initialize(from: array, count: array.count)
        return UnsafePointer(buffer)
    }
}
