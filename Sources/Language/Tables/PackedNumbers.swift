/// Reads the packed numbers that `generate.py` writes; its head describes the form.
struct PackedNumbers {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var next = 0

    init(_ literal: StaticString) {
        bytes = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    }

    mutating func number() -> Int {
        var value = 0
        var shift = 0
        while next < bytes.count {
            let byte = bytes[next]
            next += 1
            guard byte >= 0x30 else { continue }  // line ends
            let group = Int(byte - 0x30)
            value |= (group & 31) << shift
            shift += 5
            if group < 32 { break }
        }
        return value
    }

    mutating func signed() -> Int {
        let value = number()
        return value & 1 == 0 ? value >> 1 : -((value + 1) >> 1)
    }

    /// A section of mappings from a scalar to a few scalars.
    mutating func mappings() -> [UInt32: [UInt32]] {
        let count = number()
        var table: [UInt32: [UInt32]] = [:]
        table.reserveCapacity(count)
        var key = 0
        for _ in 0..<count {
            key += number()
            let length = number()
            table[UInt32(key)] = (0..<length).map { _ in UInt32(key + signed()) }
        }
        return table
    }
}
