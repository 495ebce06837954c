/// Takes the text of markup as a reader sees it: blanks squeezed, blocks parted by line feeds,
/// list items led by `- `.
///
/// A blank or break is written at once and taken back or upgraded by what follows, so that the
/// loop over the bytes has no state but the last byte it wrote.
struct PlainTextSink: ~Copyable {
    /// Whether something was left out at the limit.
    private(set) var isCut = false
    private var buffer = ByteBuffer()
    private var needsBullet = false
    /// Whether all is one line, in which no-break spaces stay what they are: a title.
    private var isTitle = false

    mutating func reset(isTitle: Bool = false) {
        buffer.clear()
        isCut = false
        needsBullet = false
        self.isTitle = isTitle
    }

    /// What was taken, without blanks at its ends; valid until the sink changes.
    var bytes: UnsafeBufferPointer<UInt8> {
        let length = endsBlank && buffer.count > 0 ? buffer.count - 1 : buffer.count
        return UnsafeBufferPointer(rebasing: buffer.bytes[..<length])
    }

    /// Whether a further blank would be one too many.
    private var endsBlank: Bool { buffer.count == 0 || buffer.start[buffer.count - 1] <= 0x20 }

    mutating func lineBreak() {
        guard buffer.count > 0 else { return }
        let mark: UInt8 = isTitle ? 0x20 : 0x0A
        if endsBlank {
            buffer.start[buffer.count - 1] = mark
        } else {
            buffer.append(mark)
        }
    }

    mutating func space() {
        if !endsBlank { buffer.append(0x20) }
    }

    mutating func bullet() {
        lineBreak()
        needsBullet = !isTitle
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        _ = take(text, from: 0, stopsAtMarkup: false)
    }

    /// Takes text up to the next `<` or `&`; gives its index, or the end.
    mutating func append(markup text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        take(text, from: start, stopsAtMarkup: true)
    }

    @inline(__always)
    private mutating func take(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, stopsAtMarkup: Bool
    ) -> Int {
        var index = start
        if needsBullet {
            while index < text.count, text[index] <= 0x20 { index += 1 }
            guard index < text.count else { return index }
            if stopsAtMarkup, text[index] == UInt8(ascii: "<") { return index }
            if stopsAtMarkup, text[index] == UInt8(ascii: "&") { return index }
            needsBullet = false
            buffer.append("- ")
        }
        // The loop below writes eight bytes at a time.
        let first = buffer.room(for: text.count - index + 8)
        var place = first
        var wasBlank = endsBlank
        while index < text.count {
            if !wasBlank {
                let copied = Self.copyPlain(text, from: index, to: &place)
                index += copied
                guard index < text.count else { break }
                wasBlank = copied > 0 && place[-1] == 0x20
            }
            let byte = text[index]
            if stopsAtMarkup, byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") { break }
            var isBlank = byte <= 0x20
            if byte == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0, !isTitle {
                isBlank = true
                index += 1
            }
            place.pointee = isBlank ? 0x20 : byte
            place += isBlank && wasBlank ? 0 : 1
            wasBlank = isBlank
            index += 1
        }
        buffer.advance(by: place - first)
        if buffer.count > FeedLimits.text { cut() }
        return index
    }

    /// Copies, eight bytes at a time, what may be taken as it is: text in which no two spaces
    /// follow each other, up to the first byte that may mean something; gives the number of bytes.
    ///
    /// - Parameter place: has room for what is left of the text and eight bytes.
    @inline(__always)
    private static func copyPlain(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int,
        to place: inout UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard let source = UnsafeRawPointer(text.baseAddress) else { return 0 }
        var index = start
        while index + 9 <= text.count {
            let here = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let next = source.loadUnaligned(fromByteOffset: index + 1, as: UInt64.self)
            UnsafeMutableRawPointer(place).storeBytes(of: here, as: UInt64.self)
            let marks = EightBytes.marks(UInt64(littleEndian: here), UInt64(littleEndian: next))
            let clean = marks.trailingZeroBitCount / 8
            place += clean
            index += clean
            if clean < 8 { break }
        }
        return index - start
    }

    private mutating func cut() {
        isCut = true
        var end = FeedLimits.text
        while end > 0, buffer.start[end] & 0xC0 == 0x80 { end -= 1 }
        buffer.cut(to: end)
    }
}

/// Eight bytes of text in a word, the first one lowest, looked at all at once.
///
/// A byte of `word - 0x0101…` has its high bit set and that of `word` has not where the byte was
/// zero (Warren, Hacker's Delight, 6-1); behind the first such byte the others may be wrong, which
/// does no harm where only the first one counts.
private enum EightBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The high bit of each byte that is a control, `<`, `&`, the lead of a no-break space, or a
    /// space before another.
    @inline(__always)
    static func marks(_ here: UInt64, _ next: UInt64) -> UInt64 {
        let controls = (here &- ones &* 0x20) & ~here
        let spaces = (here ^ ones &* 0x20) | (next ^ ones &* 0x20)
        return
            (controls | zeros(here ^ ones &* 0x3C) | zeros(here ^ ones &* 0x26)
            | zeros(here ^ ones &* 0xC2) | zeros(spaces)) & highs
    }

    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
}
