/// A scalar and the bytes of the text it came from.
struct MappedScalar {
    var scalar: UInt32
    var start: Int
    var end: Int
}

/// Unicode normalisation (UAX #15) and folding of short runs of scalars, the slow and exact way.
///
/// Texts reach it only where a scalar is changed by NFKC or may join its neighbour; tables are
/// built with it.
struct Normalizer: Sendable {
    private let combining: [UInt32: UInt8]
    private let caseFolding: [UInt32: [UInt32]]
    private let canonical: [UInt32: [UInt32]]
    private let compatible: [UInt32: [UInt32]]
    private let composed: [UInt64: UInt32]
    private let joiners: Set<UInt32>
    private let simplified: [UInt32: [UInt32]]

    /// Folds beside case, marks and Chinese: `EXTRA` of `queries.py`.
    private static let extra: [UInt32: [UInt32]] = [
        0xF8: [0x6F], 0x142: [0x6C], 0x111: [0x64], 0x127: [0x68], 0x131: [0x69],
        0xE6: [0x61, 0x65], 0x153: [0x6F, 0x65],
    ]

    /// Arithmetic of Hangul syllables: The Unicode Standard, section 3.12.
    private enum Hangul {
        static let syllables: Range<UInt32> = 0xAC00..<0xD7A4
        static let lead: Range<UInt32> = 0x1100..<0x1113
        static let vowel: Range<UInt32> = 0x1161..<0x1176
        /// The first trailing consonant is one less than its range: index 0 means none.
        static let trailBase: UInt32 = 0x11A7
        static let trail: Range<UInt32> = 0x11A8..<0x11C3
    }

    init(_ packed: inout PackedNumbers) {
        var classes: [UInt32: UInt8] = [:]
        var scalar = 0
        for _ in 0..<packed.number() {
            scalar += packed.number()
            let length = packed.number()
            let value = UInt8(truncatingIfNeeded: packed.number())
            for k in scalar..<scalar + length { classes[UInt32(k)] = value }
            scalar += length
        }
        combining = classes
        caseFolding = packed.mappings()
        canonical = packed.mappings()
        compatible = packed.mappings()
        var pairs: [UInt64: UInt32] = [:]
        var seconds: Set<UInt32> = []
        var result = 0
        for _ in 0..<packed.number() {
            result += packed.number()
            let first = UInt32(result + packed.signed())
            let second = UInt32(result + packed.signed())
            pairs[Self.pair(first, second)] = UInt32(result)
            seconds.insert(second)
        }
        composed = pairs
        joiners = seconds.union(Hangul.vowel).union(Hangul.trail).union(classes.keys)
        var han = PackedNumbers(hanData)
        simplified = han.mappings()
    }

    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 32 | UInt64(second)
    }

    /// Scalars that NFKC changes or may join with the one before.
    var changedByCompatibility: Set<UInt32> {
        var changed = joiners
        for scalar in canonical.keys where normalized([scalar], compatibility: true) != [scalar] {
            changed.insert(scalar)
        }
        return changed.union(compatible.keys)
    }

    /// Scalars whose fold may differ from themselves or depend on their neighbours.
    var changedByFolding: [UInt32] {
        joiners.union(caseFolding.keys).union(canonical.keys).union(simplified.keys)
            .union(Self.extra.keys).union(0x300...0x36F).sorted()
    }

    /// Whether the fold begins with a scalar that may join or be ordered with one before it.
    func foldStartsWithJoiner(_ scalar: UInt32) -> Bool {
        let first = undecorated([scalar]).first
        return first.map { joiners.contains($0) } ?? false
    }

    // MARK: - Normal forms

    func normalized(_ scalars: [UInt32], compatibility: Bool) -> [UInt32] {
        var run = scalars.map { MappedScalar(scalar: $0, start: 0, end: 0) }
        normalize(&run, compatibility: compatibility)
        return run.map(\.scalar)
    }

    /// Brings `run` to NFKC or NFC; each scalar keeps the bytes of all it was made of.
    func normalize(_ run: inout [MappedScalar], compatibility: Bool) {
        run = decomposed(run, compatibility: compatibility)
        order(&run)
        compose(&run)
    }

    private func decomposed(_ run: [MappedScalar], compatibility: Bool) -> [MappedScalar] {
        var out: [MappedScalar] = []
        out.reserveCapacity(run.count * 2)
        for part in run {
            for scalar in decomposition(part.scalar, compatibility: compatibility) {
                out.append(MappedScalar(scalar: scalar, start: part.start, end: part.end))
            }
        }
        return out
    }

    private func decomposition(_ scalar: UInt32, compatibility: Bool) -> [UInt32] {
        if Hangul.syllables.contains(scalar) {
            let index = scalar - Hangul.syllables.lowerBound
            let lead = Hangul.lead.lowerBound + index / 588
            let vowel = Hangul.vowel.lowerBound + index % 588 / 28
            let trail = Hangul.trailBase + index % 28
            return trail == Hangul.trailBase ? [lead, vowel] : [lead, vowel, trail]
        }
        if compatibility, let parts = compatible[scalar] { return parts }
        return canonical[scalar] ?? [scalar]
    }

    /// Canonical ordering: a stable sort of each run of combining scalars by class.
    private func order(_ run: inout [MappedScalar]) {
        var first = 0
        while first < run.count {
            guard combining[run[first].scalar] != nil else {
                first += 1
                continue
            }
            var end = first + 1
            while end < run.count, combining[run[end].scalar] != nil { end += 1 }
            if end - first > 1 {
                let keyed = (first..<end).map { (combining[run[$0].scalar] ?? 0, $0) }
                let sorted = keyed.sorted { $0 < $1 }.map { run[$0.1] }
                run.replaceSubrange(first..<end, with: sorted)
            }
            first = end
        }
    }

    private func compose(_ run: inout [MappedScalar]) {
        var write = 0
        var starter: Int?
        /// Class of the last scalar kept since the starter; nil right after it.
        var last: UInt8?
        for part in run {
            let own = combining[part.scalar] ?? 0
            let isBlocked = last.map { $0 == 0 || $0 >= own } ?? false
            if let at = starter, !isBlocked,
                let whole = composition(run[at].scalar, part.scalar)
            {
                run[at].scalar = whole
                run[at].start = min(run[at].start, part.start)
                run[at].end = max(run[at].end, part.end)
                continue
            }
            run[write] = part
            if own == 0 {
                starter = write
                last = nil
            } else {
                last = own
            }
            write += 1
        }
        run.removeSubrange(write...)
    }

    private func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if Hangul.lead.contains(first), Hangul.vowel.contains(second) {
            let lead = first - Hangul.lead.lowerBound
            let vowel = second - Hangul.vowel.lowerBound
            return Hangul.syllables.lowerBound + (lead * 21 + vowel) * 28
        }
        if Hangul.syllables.contains(first), Hangul.trail.contains(second),
            (first - Hangul.syllables.lowerBound) % 28 == 0
        {
            return first + second - Hangul.trailBase
        }
        return composed[Self.pair(first, second)]
    }

    // MARK: - Folding

    /// Case folding and NFD without the marks U+0300 to U+036F.
    private func undecorated(_ scalars: [UInt32]) -> [UInt32] {
        var run: [MappedScalar] = []
        for scalar in scalars {
            for folded in caseFolding[scalar] ?? [scalar] {
                for part in decomposition(folded, compatibility: false) {
                    run.append(MappedScalar(scalar: part, start: 0, end: 0))
                }
            }
        }
        order(&run)
        return run.map(\.scalar).filter { !(0x300...0x36F).contains($0) }
    }

    /// Rule A2 of the specification.
    func fold(_ scalars: [UInt32]) -> [UInt32] {
        normalized(undecorated(scalars), compatibility: false)
            .flatMap { Self.extra[$0] ?? simplified[$0] ?? [$0] }
    }
}
