/// Makes bytes that call themselves XML into XML that libxml2 reads whole, in one pass.
///
/// libxml2 in recover mode loses text at a bare `&`, everything after a NUL or after `5 < 6`, and
/// takes quadratic time over one long token (research note on feeds, section 3). So before it:
/// control characters and U+FFFE, U+FFFF go; a bare `&` and a `<` that begins no tag are escaped;
/// HTML's names of characters become the characters; comments, processing instructions and the
/// document type are dropped, their line feeds kept so that lines still count; CDATA is cut into
/// short sections. No entity of the document type is ever followed: of the internal ones, short
/// plain texts are put in place, all others stay as they are written.
struct XMLCleaner {
    private(set) var warnings: [FeedWarning] = []
    /// Whether the document type is Netscape's, which tells RSS 0.91 of Netscape from UserLand's.
    var isNetscape = false
    /// Whether the text ends inside a tag, comment or CDATA section.
    private(set) var isCut = false
    /// Whether a tag or document type of unreasonable size ended the reading.
    private(set) var wasGivenUp = false

    var entities: [[UInt8]: [UInt8]] = [:]
    /// Names of the open elements, as places in the source, outermost first.
    private var open: [Range<Int>] = []
    let source: UnsafeBufferPointer<UInt8>
    var position = 0
    var output: [UInt8] = []
    /// Whether `position` stands inside a CDATA section.
    private var isInData = false
    /// Set when no processing instruction ends any more: each is looked for only once.
    private var hasNoInstructions = false
    /// Set when the document is given up.
    var isOver = false

    /// Bytes handed on at a time; libxml2's own chunk.
    private static let chunk = 16_384

    /// Open elements among which an end tag looks for its own; what is deeper is not read anyway.
    private static let searchedLevels = FeedLimits.depth

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
        output.reserveCapacity(Self.chunk + 64)
    }

    /// Whether a byte cannot simply be copied between tags.
    private let stops = table("&<")
    /// The same inside a tag, with what its structure hangs on.
    private let tagStops = table("&<>\"'=")
    private let dataStops = table("]")

    private static func table(_ marks: String) -> [Bool] {
        var table = [Bool](repeating: false, count: 256)
        for byte in 0..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D {
            table[byte] = true
        }
        for mark in marks.utf8 { table[Int(mark)] = true }
        table[0xEF] = true
        return table
    }

    /// Hands the cleaned text to `flush` in pieces; stops where that answers false.
    mutating func run(_ flush: (UnsafeBufferPointer<UInt8>) -> Bool) {
        while position < source.count, !isOver {
            if isInData {
                data()
            } else {
                copy(upTo: stops)
                guard position < source.count else { break }
                switch source[position] {
                case UInt8(ascii: "&"): reference()
                case UInt8(ascii: "<"): markup()
                case let byte where stops[Int(byte)]: oddCharacter()
                default: break
                }
            }
            if output.count >= Self.chunk {
                guard output.withUnsafeBufferPointer(flush) else { return }
                output.removeAll(keepingCapacity: true)
            }
        }
        if !output.isEmpty { _ = output.withUnsafeBufferPointer(flush) }
    }

    /// Copies plain bytes, at most a chunk of them, and stands on the first other one.
    private mutating func copy(upTo stops: [Bool]) {
        let start = position
        let end = min(source.count, start + Self.chunk)
        var next = start
        stops.withUnsafeBufferPointer { stops in
            while next < end, !stops[Int(source[next])] { next += 1 }
        }
        // Never ends inside a character.
        while next >= end, next < source.count, source[next] & 0xC0 == 0x80 {
            next += 1
        }
        guard next > start else { return }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<next]))
        position = next
    }

    func has(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= source.count else { return false }
        for offset in 0..<count where source[index + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

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
        let first = text.utf8Start[0]
        var index = start
        while index < source.count {
            if source[index] == first, has(text, at: index) { return index }
            index += 1
        }
        return nil
    }

    mutating func put(_ text: StaticString) {
        output.append(
            contentsOf: UnsafeBufferPointer(
                start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func warn(_ kind: FeedWarning.Kind) {
        guard !warnings.contains(where: { $0.kind == kind }) else { return }
        let line = source[..<min(position, source.count)].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        warnings.append(FeedWarning(kind, line: line))
    }

    mutating func giveUp() {
        warn(.forbidden)
        wasGivenUp = true
        isOver = true
    }

    /// A control character is dropped; U+FFFE and U+FFFF become U+FFFD.
    private mutating func oddCharacter() {
        if source[position] == 0xEF {
            if has("\u{FFFE}", at: position) || has("\u{FFFF}", at: position) {
                put("\u{FFFD}")
                position += 3
            } else {
                output.append(0xEF)
                position += 1
            }
        } else {
            warn(.malformed)
            position += 1
        }
    }

    // MARK: - Markup

    private mutating func markup() {
        guard position + 1 < source.count else {
            isCut = true
            isOver = true
            return
        }
        switch source[position + 1] {
        case UInt8(ascii: "/"):
            endTag()
        case UInt8(ascii: "!"):
            if has("<!--", at: position) {
                comment()
            } else if has("<![CDATA[", at: position) {
                position += 9
                isInData = true
            } else if hasIgnoringCase("<!doctype", at: position) {
                documentType()
            } else {
                escapeLess()
            }
        case UInt8(ascii: "?"):
            if !hasNoInstructions, let end = find("?>", from: position + 2) {
                keepLines(position..<end)
                position = end + 2
            } else {
                hasNoInstructions = true
                escapeLess()
            }
        case let byte where byte.beginsName: tag()
        default: escapeLess()
        }
    }

    private mutating func escapeLess() {
        warn(.malformed)
        put("&lt;")
        position += 1
    }

    private mutating func comment() {
        guard let end = find("-->", from: position + 4) else {
            isCut = true
            isOver = true
            return
        }
        keepLines(position..<end)
        position = end + 3
    }

    mutating func keepLines(_ range: Range<Int>) {
        for index in range where source[index] == 0x0A { output.append(0x0A) }
    }

    /// One piece of a CDATA section, as a section of its own, so that no single one is long.
    private mutating func data() {
        put("<![CDATA[")
        let full = output.count + Self.chunk
        while position < source.count {
            copy(upTo: dataStops)
            guard position < source.count else { break }
            switch source[position] {
            case UInt8(ascii: "]"):
                if has("]]>", at: position) {
                    put("]]>")
                    position += 3
                    isInData = false
                    return
                }
                output.append(UInt8(ascii: "]"))
                position += 1
            case let byte where dataStops[Int(byte)]: oddCharacter()
            default: break
            }
            if output.count >= full { return put("]]>") }
        }
        isCut = true
        put("]]>")
    }

    private mutating func tag() {
        let start = position
        var nameEnd = position + 1
        while nameEnd < source.count, !source[nameEnd].endsName { nameEnd += 1 }
        let name = (position + 1)..<nameEnd
        output.append(UInt8(ascii: "<"))
        position += 1
        var quote: UInt8 = 0
        var attributes = 0
        while position < source.count {
            copy(upTo: tagStops)
            guard position < source.count else { break }
            let byte = source[position]
            switch byte {
            case UInt8(ascii: "&"): reference()
            case UInt8(ascii: "<"):
                guard quote == 0 else {
                    escapeLess()
                    continue
                }
                // A tag that was never closed.
                warn(.malformed)
                output.append(UInt8(ascii: ">"))
                open.append(name)
                return
            case UInt8(ascii: ">"):
                output.append(byte)
                position += 1
                guard quote == 0 else { continue }
                if source[position - 2] != UInt8(ascii: "/") { open.append(name) }
                return
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == 0 { quote = byte } else if quote == byte { quote = 0 }
                output.append(byte)
                position += 1
            case UInt8(ascii: "="):
                if quote == 0 { attributes += 1 }
                output.append(byte)
                position += 1
            default: oddCharacter()
            }
            if position - start > FeedLimits.tag || attributes > FeedLimits.attributes {
                return giveUp()
            }
        }
        isCut = true
    }

    /// An end tag ends the innermost open element of its name, and all that are open inside it;
    /// without one it is dropped.
    private mutating func endTag() {
        let start = position + 2
        var end = start
        while end < source.count, !source[end].endsName { end += 1 }
        guard end > start, source[start].beginsName else { return escapeLess() }
        guard let close = source[end...].firstIndex(of: UInt8(ascii: ">")) else {
            isCut = true
            isOver = true
            return
        }
        guard let level = level(of: start..<end) else {
            warn(.malformed)
            position = close + 1
            return
        }
        if level < open.count - 1 { warn(.malformed) }
        while open.count > level, let name = open.popLast() {
            put("</")
            output.append(contentsOf: UnsafeBufferPointer(rebasing: source[name]))
            put(">")
        }
        position = close + 1
        // Nothing belongs to the document behind its root.
        if open.isEmpty { isOver = true }
    }

    /// Index of the innermost open element of that name; nil where none is near.
    private func level(of name: Range<Int>) -> Int? {
        var level = open.count - 1
        let last = max(0, open.count - Self.searchedLevels)
        while level >= last {
            if names(open[level], name) { return level }
            level -= 1
        }
        return nil
    }

    private func names(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count
        where source[left.lowerBound + offset].asciiLowercased
            != source[right.lowerBound + offset].asciiLowercased
        {
            return false
        }
        return true
    }
}
