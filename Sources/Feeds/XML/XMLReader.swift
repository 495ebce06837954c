/// What the builder wants after an element has begun.
enum XMLStep {
    case goOn, stop
}

/// Reads what calls itself XML, in one pass without a tree, and tells a `FeedBuilder`.
///
/// Written for what publishers send rather than for the grammar. A bare `&` and a `<` that begins no
/// tag are text; HTML's names of characters are known; control characters and U+FFFE, U+FFFF go; an
/// end tag ends all that was left open inside its element, one without a start is passed over; an
/// attribute needs no quotes; a prefix needs no declaration. libxml2's recover mode loses text at most
/// of these (research note on feeds, section 3): each would have to be mended before it, which costs
/// as much as reading does.
///
/// No entity of the document type is followed: of the internal ones, short plain texts are put in
/// place, all others stay as they are written. Nothing is copied but text with references in it.
/// Time is linear in the bytes, whatever they are; bounds are those of `FeedLimits`.
struct XMLReader: ~Copyable {
    /// Valid UTF-8.
    let source: UnsafeBufferPointer<UInt8>
    let builder: FeedBuilder
    /// Whether the source is free of carriage returns, other controls, U+FFFE and U+FFFF.
    let isPlain: Bool

    var position = 0
    /// Set when the document is given up, or ends before its bytes do.
    var isOver = false
    private(set) var warnings: [FeedWarning] = []
    /// Whether the document type is Netscape's, which tells RSS 0.91 of Netscape from UserLand's.
    var isNetscape = false
    /// Whether the text ends inside a tag, comment or CDATA section.
    private(set) var isCut = false
    /// Whether a tag or document type of unreasonable size ended the reading.
    private(set) var wasGivenUp = false
    /// Texts of internal entities, by name.
    var entities: [[UInt8]: [UInt8]] = [:]
    /// Set when no processing instruction ends any more: each is looked for only once.
    private var hasNoInstructions = false

    /// A name of an open element, in the source; offsets fit because documents are limited.
    struct Open {
        let name: UInt32
        let local: UInt32
        let end: UInt32
    }

    /// Outermost first.
    var open: [Open] = []
    var namespaces = Namespaces()

    /// The text since the last tag: a run of the source as long as it is one, else in `text`.
    private var run = 0..<0
    private var text = ByteBuffer()

    var attributes: [XMLAttribute] = []
    var declarations: [XMLAttribute] = []
    var values = ByteBuffer()

    /// Open elements among which an end tag looks for its own; what is deeper is not read anyway.
    static let searchedLevels = FeedLimits.depth
    /// Open elements at which a document is given up; chosen: names of open elements take memory.
    static let deepest = 1 << 16

    /// Reads the document that `bytes` are; what had to be mended becomes warnings.
    ///
    /// - Parameter isPlain: whether there is no control character but tab and line feed in it.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, isPlain: Bool, into builder: FeedBuilder
    ) {
        var reader = XMLReader(bytes, isPlain: isPlain, into: builder)
        reader.read()
        builder.isNetscape = reader.isNetscape
        builder.wasGivenUp = reader.wasGivenUp
        for warning in reader.warnings { builder.warn(warning.kind, line: warning.line) }
        if reader.isCut || builder.isOpen { builder.warn(.truncated) }
    }

    private init(
        _ source: UnsafeBufferPointer<UInt8>, isPlain: Bool, into builder: FeedBuilder
    ) {
        self.source = source
        self.isPlain = isPlain
        self.builder = builder
    }

    private mutating func read() {
        while position < source.count, !isOver {
            let start = position
            position = isPlain ? source.nextMark(from: start) : nextStop(from: start)
            if position > start { add(start..<position) }
            guard position < source.count else { break }
            switch source[position] {
            case UInt8(ascii: "<"): markup()
            case UInt8(ascii: "&"): textReference()
            default: oddCharacter()
            }
        }
    }

    /// Index of the next byte that cannot simply be kept, `start` or behind it.
    private func nextStop(from start: Int) -> Int {
        var next = start
        while next < source.count {
            let byte = source[next]
            if byte < 0x40, byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte.isOdd {
                break
            }
            if byte == 0xEF { break }
            next += 1
        }
        return next
    }

    // MARK: - Warnings

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

    mutating func end(cut: Bool) {
        isCut = cut
        isOver = true
    }

    // MARK: - Text

    private mutating func add(_ piece: Range<Int>) {
        if text.isEmpty {
            if run.isEmpty {
                run = piece
                return
            }
            if run.upperBound == piece.lowerBound {
                run = run.lowerBound..<piece.upperBound
                return
            }
        }
        startBuffer()
        text.append(UnsafeBufferPointer(rebasing: source[piece]))
    }

    /// Moves what was one run of the source to where more can be added to it.
    private mutating func startBuffer() {
        if text.isEmpty, !run.isEmpty { text.append(UnsafeBufferPointer(rebasing: source[run])) }
    }

    private mutating func textReference() {
        let reference = reference(at: position)
        startBuffer()
        switch reference.text {
        case .byte(let byte): text.append(byte)
        case .scalar(let scalar): text.append(scalar: scalar)
        case .short(let short): short.withBytes { text.append($0) }
        case .bytes(let bytes): bytes.withUnsafeBufferPointer { text.append($0) }
        case .nothing: warn(.malformed)
        case .asWritten:
            warn(.malformed)
            add(position..<reference.end)
        }
        position = reference.end
    }

    /// A control character is dropped, a carriage return becomes a line feed (XML 1.0, section
    /// 2.11), U+FFFE and U+FFFF become U+FFFD.
    private mutating func oddCharacter() {
        let byte = source[position]
        if byte == 0xEF {
            guard isNoncharacter(at: position) else {
                add(position..<(position + 1))
                position += 1
                return
            }
            startBuffer()
            text.append("\u{FFFD}")
            position += 3
        } else {
            if byte == 0x0D {
                if position + 1 >= source.count || source[position + 1] != 0x0A {
                    startBuffer()
                    text.append(0x0A)
                }
            } else {
                warn(.malformed)
            }
            position += 1
        }
    }

    func isNoncharacter(at index: Int) -> Bool {
        has("\u{FFFE}", at: index) || has("\u{FFFF}", at: index)
    }

    /// The text since the last tag; valid until the next text.
    var pending: UnsafeBufferPointer<UInt8> {
        text.isEmpty ? UnsafeBufferPointer(rebasing: source[run]) : text.bytes
    }

    mutating func forgetText() {
        run = 0..<0
        text.clear()
    }

    // MARK: - Markup

    private mutating func markup() {
        guard position + 1 < source.count else { return end(cut: true) }
        switch source[position + 1] {
        case UInt8(ascii: "/"): endTag()
        case UInt8(ascii: "!"):
            if has("<![CDATA[", at: position) {
                data()
            } else if has("<!--", at: position) {
                guard let end = find("-->", from: position + 4) else { return end(cut: true) }
                position = end + 3
            } else if hasIgnoringCase("<!doctype", at: position) {
                documentType()
            } else {
                keepLess()
            }
        case UInt8(ascii: "?"):
            if !hasNoInstructions, let end = find("?>", from: position + 2) {
                position = end + 2
            } else {
                hasNoInstructions = true
                keepLess()
            }
        case let byte where byte.beginsName: startTag()
        default: keepLess()
        }
    }

    /// A `<` that is only a sign.
    mutating func keepLess() {
        warn(.malformed)
        add(position..<(position + 1))
        position += 1
    }

    private mutating func data() {
        position += 9
        while position < source.count {
            let start = position
            position =
                isPlain ? source.next(UInt8(ascii: "]"), from: start) : nextInData(from: start)
            if position > start { add(start..<position) }
            guard position < source.count else { break }
            if source[position] != UInt8(ascii: "]") {
                oddCharacter()
            } else if has("]]>", at: position) {
                position += 3
                return
            } else {
                add(position..<(position + 1))
                position += 1
            }
        }
        isCut = true
    }

    private func nextInData(from start: Int) -> Int {
        var next = start
        while next < source.count, source[next] != UInt8(ascii: "]"), source[next] != 0xEF,
            !source[next].isOdd
        { next += 1 }
        return next
    }
}
