import Glibc

extension XMLReader {
    func has(_ text: StaticString, at index: Int) -> Bool { source.has(text, at: index) }

    func hasIgnoringCase(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= source.count else { return false }
        for offset in 0..<count
        where source[index + offset].asciiLowercased != text.utf8Start[offset].asciiLowercased {
            return false
        }
        return true
    }

    func find(_ text: StaticString, from start: Int) -> Int? {
        source.firstIndex(of: text, from: start)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Index of the first `byte` from `start` on; `count` where there is none.
    func next(_ byte: UInt8, from start: Int) -> Int {
        guard start < count, let base = baseAddress,
            let found = memchr(base + start, Int32(byte), count - start)
        else { return count }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }

    /// Whether `text`, not empty, stands at `index`.
    func has(_ text: StaticString, at index: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard index + length <= count else { return false }
        for offset in 0..<length where self[index + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Index of the first `text`, not empty, from `start` on.
    func firstIndex(of text: StaticString, from start: Int) -> Int? {
        var index = next(text.utf8Start[0], from: start)
        while index < count {
            if has(text, at: index) { return index }
            index = next(text.utf8Start[0], from: index + 1)
        }
        return nil
    }

    /// Index of the first `<` or `&` from `start` on; `count` where there is none.
    ///
    /// Eight bytes at a time: a byte of `x` is zero where that of `(x - 1) & ~x` has its highest bit
    /// set, exactly up to the first such byte (Mycroft 1987).
    func nextMark(from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(self)
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var index = start
        while index + 8 <= count {
            let word = UInt64(
                littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let less = word ^ (ones &* UInt64(UInt8(ascii: "<")))
            let and = word ^ (ones &* UInt64(UInt8(ascii: "&")))
            let found = (((less &- ones) & ~less) | ((and &- ones) & ~and)) & highs
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, self[index] != UInt8(ascii: "<"), self[index] != UInt8(ascii: "&") {
            index += 1
        }
        return index
    }

    func equalsIgnoringCase(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count
        where self[index].asciiLowercased != other[index].asciiLowercased {
            return false
        }
        return true
    }
}
