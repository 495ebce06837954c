/// From a key to the queries that need it: an open-addressing table behind a bit filter.
struct KeyIndex: Sendable {
    /// One bit for each of 2¹⁹ hash values (64 KiB), so that the many keys no query needs are
    /// refused without leaving the first-level cache.
    private var filter: [UInt64]
    private var keys: [UInt64]
    /// First posting of the key at that slot plus 1; 0 where the slot is free.
    private var slots: [UInt32]
    /// Query numbers, those of one key in a row; the last one of a row is marked.
    private var postings: [UInt32] = []
    private let mask: Int

    private static let filterBits: UInt64 = 19
    private static let lastOfRow: UInt32 = 1 << 31

    /// Takes pairs in any order; query numbers are below 2³¹.
    init(_ pairs: [(key: UInt64, query: UInt32)]) {
        let sorted = pairs.sorted { ($0.key, $0.query) < ($1.key, $1.query) }
        var capacity = 16
        while capacity < 2 * sorted.count { capacity *= 2 }
        filter = [UInt64](repeating: 0, count: 1 << Int(Self.filterBits - 6))
        keys = [UInt64](repeating: 0, count: capacity)
        slots = [UInt32](repeating: 0, count: capacity)
        mask = capacity - 1
        var last: UInt64?
        for (key, query) in sorted {
            if key == last {
                let before = postings[postings.count - 1] & ~Self.lastOfRow
                guard before != query else { continue }
                postings[postings.count - 1] = before
            } else {
                insert(key)
                last = key
            }
            postings.append(query | Self.lastOfRow)
        }
    }

    private mutating func insert(_ key: UInt64) {
        let bit = key >> (64 - Self.filterBits)
        filter[Int(bit >> 6)] |= 1 << (bit & 63)
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        keys[slot] = key
        slots[slot] = UInt32(postings.count + 1)
    }

    /// Calls `body` with each query that needs `key`.
    @inline(__always)
    func forEach(_ key: UInt64, _ body: (UInt32) -> Void) {
        let bit = key >> (64 - Self.filterBits)
        guard filter[Int(bit >> 6)] & 1 << (bit & 63) != 0 else { return }
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != 0 {
            if keys[slot] == key {
                var place = Int(slots[slot] - 1)
                while true {
                    let posting = postings[place]
                    body(posting & ~Self.lastOfRow)
                    if posting & Self.lastOfRow != 0 { return }
                    place += 1
                }
            }
            slot = (slot + 1) & mask
        }
    }
}
