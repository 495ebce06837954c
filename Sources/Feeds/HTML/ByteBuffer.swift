/// Bytes that a hot loop writes: no uniqueness is checked and no bound, once there is room.
///
/// Cleared and used again, so that in the steady state nothing is allocated.
struct ByteBuffer: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    /// - Parameter capacity: bytes to begin with, above 0.
    init(capacity: Int = 4_096) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// Valid until the buffer changes.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    var isEmpty: Bool { count == 0 }

    mutating func clear() { count = 0 }

    /// Forgets all from `length` on.
    mutating func cut(to length: Int) { count = min(count, length) }

    /// Makes room for `more` bytes; gives the place of the next one.
    @inline(__always)
    mutating func room(for more: Int) -> UnsafeMutablePointer<UInt8> {
        if count + more > capacity { grow(by: more) }
        return start + count
    }

    /// Counts what was written behind the end, at most what there is room for.
    @inline(__always)
    mutating func advance(by written: Int) { count += written }

    @inline(never)
    private mutating func grow(by more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        room(for: 1).pointee = byte
        count += 1
    }

    mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
        guard let source = run.baseAddress else { return }
        room(for: run.count).update(from: source, count: run.count)
        count += run.count
    }

    mutating func append(scalar: Unicode.Scalar) {
        for byte in scalar.encoded { append(byte) }
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ name: ShortName) {
        name.write(to: room(for: ShortName.limit))
        count += name.count
    }

    /// Appends text as HTML, where quotes delimit attributes.
    mutating func append(escaped text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in 0..<text.count {
            let reference: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): reference = "&amp;"
            case UInt8(ascii: "<"): reference = "&lt;"
            case UInt8(ascii: ">"): reference = "&gt;"
            case UInt8(ascii: "\""): reference = "&quot;"
            default: continue
            }
            append(UnsafeBufferPointer(rebasing: text[start..<index]))
            append(reference)
            start = index + 1
        }
        append(UnsafeBufferPointer(rebasing: text[start...]))
    }
}

extension String {
    /// A copy of bytes that are known to be UTF-8, because each came from text that was checked
    /// and only whole characters were left out; checking anew cost a tenth of a parse.
    init(checked bytes: UnsafeBufferPointer<UInt8>) {
        assert(String(validating: bytes, as: UTF8.self) != nil)
        self = String(copying: UTF8Span(unchecked: bytes.span))
    }
}
