/// Takes the text of markup as a reader sees it: spaces squeezed, blocks parted by line feeds,
/// list items led by `- `.
struct PlainTextSink {
    private(set) var bytes: [UInt8] = []
    /// Whether something was left out at the limit.
    private(set) var isCut = false
    /// Whether no-break spaces stay what they are, as in a title; else they are spaces.
    var keepsNoBreakSpaces = false
    private var needsSpace = false
    private var needsBreak = false
    private var needsBullet = false

    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        isCut = false
        (needsSpace, needsBreak, needsBullet) = (false, false, false)
    }

    mutating func lineBreak() { needsBreak = true }
    mutating func space() { needsSpace = true }

    mutating func bullet() {
        needsBreak = true
        needsBullet = true
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < text.count {
            let start = index
            while index < text.count, text[index] > 0x20, text[index] != 0xC2 { index += 1 }
            if index > start {
                flush()
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            }
            guard index < text.count else { break }
            if text[index] <= 0x20 {
                needsSpace = true
                index += 1
            } else if index + 1 < text.count, text[index + 1] == 0xA0,
                !keepsNoBreakSpaces
            {
                needsSpace = true
                index += 2
            } else {
                flush()
                bytes.append(text[index])
                index += 1
            }
        }
        if bytes.count > FeedLimits.text { cut() }
    }

    private mutating func flush() {
        if needsBreak || needsSpace || needsBullet {
            if !bytes.isEmpty {
                if needsBreak {
                    bytes.append(0x0A)
                } else if needsSpace {
                    bytes.append(0x20)
                }
            }
            if needsBullet { bytes.append(contentsOf: "- ".utf8) }
            (needsSpace, needsBreak, needsBullet) = (false, false, false)
        }
    }

    private mutating func cut() {
        isCut = true
        var end = FeedLimits.text
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        bytes.removeLast(bytes.count - end)
    }
}
