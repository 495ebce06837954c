/// Deterministic parts of a data set, told from the bytes of each row alone, so that a row keeps
/// its part when others come or go.
package enum Fold {
    /// The part of a row, in `0..<parts`: FNV-1a (Noll, 64 bits) with murmur3's finaliser, so that
    /// rows that differ in their last byte only fall apart too.
    package static func part(of bytes: some Sequence<UInt8>, parts: Int) -> Int {
        precondition(parts > 0, "a split needs a part")
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash ^= hash >> 33
        hash = hash &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 33
        return Int(hash % UInt64(parts))
    }
}
