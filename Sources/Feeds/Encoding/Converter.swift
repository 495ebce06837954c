import Glibc

/// One glibc converter to UTF-8, closed when its owner goes.
struct Converter: ~Copyable {
    private let raw: iconv_t

    /// Absent where glibc has no such encoding.
    init?(from name: String) {
        guard let raw = iconv_open("UTF-8", name), Int(bitPattern: raw) != -1 else { return nil }
        self.raw = raw
    }

    deinit { iconv_close(raw) }

    /// The text in UTF-8, with U+FFFD for each byte that begins no character, and the count of those.
    ///
    /// Stops at `limit` bytes of output.
    consuming func convert(_ bytes: [UInt8], limit: Int) -> (text: [UInt8], bad: Int) {
        var text: [UInt8] = []
        text.reserveCapacity(min(limit, bytes.count + bytes.count / 2))
        var bad = 0
        let step = 16_384
        let output = UnsafeMutablePointer<CChar>.allocate(capacity: step)
        defer { output.deallocate() }
        bytes.withUnsafeBytes { buffer in
            // iconv's signature has no const; it does not write to its input.
            let input = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            var next = input.map { UnsafeMutablePointer(mutating: $0) }
            var left = buffer.count
            while left > 0, text.count < limit {
                var end: UnsafeMutablePointer<CChar>? = output
                var room = step
                let result = iconv(raw, &next, &left, &end, &room)
                let reason = errno
                output.withMemoryRebound(to: UInt8.self, capacity: step) {
                    text.append(contentsOf: UnsafeBufferPointer(start: $0, count: step - room))
                }
                guard result == -1, reason != E2BIG else { continue }
                // EILSEQ: skip one byte; EINVAL: the text ends inside a character.
                text.append(contentsOf: [0xEF, 0xBF, 0xBD])
                bad += 1
                if reason == EINVAL { break }
                next = next?.successor()
                left -= 1
            }
        }
        return (text, bad)
    }
}
