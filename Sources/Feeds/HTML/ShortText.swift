/// The one or two characters that a reference stands for: up to seven bytes of UTF-8 in a word.
struct ShortText: Sequence, IteratorProtocol {
    /// The bytes, the first one lowest.
    private var word: UInt64 = 0
    private(set) var count = 0

    init() {}

    init(_ scalar: Unicode.Scalar) { append(scalar) }

    mutating func append(_ scalar: Unicode.Scalar) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
            word |= UInt64(byte) << UInt64(count * 8)
            count += 1
        }
    }

    mutating func next() -> UInt8? {
        guard count > 0 else { return nil }
        let byte = UInt8(truncatingIfNeeded: word)
        word >>= 8
        count -= 1
        return byte
    }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeBytes(of: word.littleEndian) { bytes in
            body(UnsafeBufferPointer(rebasing: bytes.assumingMemoryBound(to: UInt8.self)[..<count]))
        }
    }
}
