/// A name of up to 16 ASCII bytes in lower case, held in two words, so that names are compared
/// and written without a loop.
struct ShortName: Hashable, Sendable {
    static let limit = 16

    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private(set) var count = 0

    /// The empty name.
    init() {}

    init(_ name: StaticString) {
        for index in 0..<name.utf8CodeUnitCount { append(name.utf8Start[index]) }
    }

    /// Takes one more byte; a name that grows beyond its limit is no name that is known.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        let lower = UInt64(byte.asciiLowercased)
        if count < 8 {
            low |= lower << UInt64(count * 8)
        } else if count < Self.limit {
            high |= lower << UInt64((count - 8) * 8)
        }
        count += 1
    }

    /// Writes 16 bytes, of which the first `count` are the name.
    @inline(__always)
    func write(to place: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(place)
        raw.storeBytes(of: low.littleEndian, as: UInt64.self)
        raw.storeBytes(of: high.littleEndian, toByteOffset: 8, as: UInt64.self)
    }

    /// Spreads names over a table of `1 << bits` slots (Fibonacci hashing: Knuth, The Art of
    /// Computer Programming 3, 6.4).
    @inline(__always)
    func slot(bits: Int) -> Int {
        let mixed = (low ^ (high &* 31)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> UInt64(64 - bits))
    }
}

/// What is known by short names: a table with open addressing, at most a quarter full.
struct ShortNameTable<Value: Sendable>: Sendable {
    private var slots: [(name: ShortName, value: Value?)]
    private let bits: Int

    init(_ entries: [(name: ShortName, value: Value)]) {
        var bits = 4
        while 1 << bits < entries.count * 4 { bits += 1 }
        self.bits = bits
        slots = Array(repeating: (ShortName(), nil), count: 1 << bits)
        for (name, value) in entries {
            var slot = name.slot(bits: bits)
            while slots[slot].value != nil { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = (name, value)
        }
    }

    @inline(__always)
    subscript(name: ShortName) -> Value? {
        var slot = name.slot(bits: bits)
        while let value = slots[slot].value {
            if slots[slot].name == name { return value }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}
