/// The distinct 1-, 2- and 3-grams of a text's units, each where it first stands.
struct GramSet: Sendable {
    struct Gram: Sendable {
        let hash: UInt64
        /// Tokens, `first <= last`.
        let first: Int32
        let last: Int32
    }

    private(set) var grams: [Gram] = []
    private var keys: [UInt64] = Array(repeating: 0, count: 1 << 10)
    /// The text of which a key is; a key of an older text is an empty slot.
    private var turns: [UInt32] = Array(repeating: 0, count: 1 << 10)
    private var turn: UInt32 = 0

    /// Marks unigrams that stand behind a negator.
    private static let negation: UInt64 = 0x6e6f_7421

    /// Gathers the grams of a text.
    mutating func gather(_ units: [Unit]) {
        begin(room: 4 * units.count)
        for index in units.indices {
            let unit = units[index]
            if unit.isNegated { insert(joined(Self.negation, unit.hash), unit.first, unit.last) }
            if !unit.isTurned { insert(unit.hash, unit.first, unit.last) }
            guard index + 1 < units.count else { continue }
            let second = units[index + 1]
            let pair = joined(unit.hash, second.hash)
            // Inside a turned form (高兴 in 不高兴) the pair would say the opposite, too.
            let isTurned = unit.isTurned && second.isTurned
            insert(isTurned ? joined(Self.negation, pair) : pair, unit.first, second.last)
            guard index + 2 < units.count else { continue }
            let third = units[index + 2]
            insert(joined(pair, third.hash), unit.first, third.last)
        }
    }

    private mutating func begin(room: Int) {
        grams.removeAll(keepingCapacity: true)
        if keys.count < 2 * room {
            var size = keys.count
            while size < 2 * room { size *= 2 }
            keys = Array(repeating: 0, count: size)
            turns = Array(repeating: 0, count: size)
            turn = 0
        }
        if turn == .max {
            for k in turns.indices { turns[k] = 0 }
            turn = 0
        }
        turn += 1
    }

    @inline(__always)
    private mutating func insert(_ hash: UInt64, _ first: Int32, _ last: Int32) {
        let mask = keys.count - 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while turns[index] == turn {
            if keys[index] == hash { return }
            index = (index + 1) & mask
        }
        turns[index] = turn
        keys[index] = hash
        grams.append(Gram(hash: hash, first: first, last: last))
    }
}
