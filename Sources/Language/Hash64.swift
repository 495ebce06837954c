/// A fast 64-bit hash of bytes, the same on every machine and in every run.
///
/// Eight bytes at a time through a full-width multiplication folded by XOR (the mixing step of
/// wyhash, https://github.com/wangyi-fudan/wyhash, public domain). Not keyed: who needs certainty
/// compares the bytes as well.
package enum Hash64 {
    private static let first: UInt64 = 0xA076_1D64_78BD_642F
    private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

    @inline(__always)
    package static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (high, low) = (left ^ first).multipliedFullWidth(by: right ^ second)
        return high ^ low
    }

    @inline(__always)
    package static func of(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash = mix(seed, UInt64(truncatingIfNeeded: bytes.count))
        var place = 0
        while place + 8 <= bytes.count {
            hash = mix(hash, load(bytes, place, 8))
            place += 8
        }
        if place < bytes.count { hash = mix(hash, load(bytes, place, bytes.count - place)) }
        return hash
    }

    package static func of(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
        bytes.withUnsafeBufferPointer { of($0, seed: seed) }
    }

    /// `count` bytes (at most 8) from `place` on as a number, the first one lowest.
    @inline(__always)
    package static func load(
        _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ count: Int
    ) -> UInt64 {
        if place + 8 <= bytes.count, let base = bytes.baseAddress {
            let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
            let value = UInt64(littleEndian: word)
            return count == 8 ? value : value & (1 << UInt64(count * 8) - 1)
        }
        var value: UInt64 = 0
        for k in 0..<count { value |= UInt64(bytes[place + k]) << UInt64(8 * k) }
        return value
    }
}
