/// Start and end tags, and what they open and close.
extension XMLReader {
    mutating func startTag() {
        let start = position
        let limit = min(source.count, start + FeedLimits.tag)
        var next = start + 1
        var local = next
        while next < limit, !source[next].endsName {
            if source[next] == UInt8(ascii: ":"), local == start + 1 { local = next + 1 }
            next += 1
        }
        let nameEnd = next
        // `a:` and `:a` are names without a prefix.
        if local == nameEnd || local == start + 2 { local = start + 1 }
        attributes.removeAll(keepingCapacity: true)
        declarations.removeAll(keepingCapacity: true)
        values.clear()
        var isClosed = false
        scan: while true {
            while next < limit, source[next] <= 0x20 { next += 1 }
            guard next < limit else { return cutTag(local..<nameEnd, start, at: limit) }
            switch source[next] {
            case UInt8(ascii: ">"):
                next += 1
                break scan
            case UInt8(ascii: "<"):
                // A tag that was never closed.
                warn(.malformed)
                break scan
            case UInt8(ascii: "/"):
                next += 1
                if next < limit, source[next] == UInt8(ascii: ">") {
                    isClosed = true
                    next += 1
                    break scan
                }
                warn(.malformed)
            default:
                guard let end = attribute(from: next, limit) else {
                    return cutTag(local..<nameEnd, start, at: limit)
                }
                next = end
                if attributes.count + declarations.count > FeedLimits.attributes {
                    return giveUp()
                }
            }
        }
        let name = name(local..<nameEnd, of: start)
        position = next
        begin(name)
        if isClosed {
            if open.count < FeedLimits.depth {
                builder.end(name.local, UnsafeBufferPointer(start: nil, count: 0))
            }
            namespaces.leave(depth: open.count + 1)
            if open.isEmpty { isOver = true }
        } else {
            open.append(
                Open(
                    name: UInt32(truncatingIfNeeded: start + 1),
                    local: UInt32(truncatingIfNeeded: local),
                    end: UInt32(truncatingIfNeeded: nameEnd)))
            if open.count >= Self.deepest { isOver = true }
        }
    }

    private mutating func begin(_ name: XMLName) {
        let pending = pending
        if !pending.isEmpty {
            builder.characters(pending)
            forgetText()
        }
        guard open.count < FeedLimits.depth else {
            if open.count == FeedLimits.depth { builder.warn(.tooDeep) }
            return
        }
        let source = source
        let decoded = values.bytes
        let step = attributes.withUnsafeBufferPointer { attributes in
            declarations.withUnsafeBufferPointer { declarations in
                builder.start(
                    name,
                    XMLAttributes(
                        attributes, declarations: declarations, in: source, decoded: decoded))
            }
        }
        if step == .stop { isOver = true }
    }

    /// The meaning of the tag at `start`, whose declarations are known.
    private mutating func name(_ local: Range<Int>, of start: Int) -> XMLName {
        let prefixEnd = max(start + 1, local.lowerBound - 1)
        let vocabulary = namespaces.vocabulary(
            of: UnsafeBufferPointer(rebasing: source[(start + 1)..<prefixEnd]))
        let local = UnsafeBufferPointer(rebasing: source[local])
        return XMLName(
            element: .named(local, in: vocabulary), vocabulary: vocabulary, local: local)
    }

    /// A tag that reaches the end of the document, or its own limit; of a root it is known what
    /// began.
    private mutating func cutTag(_ local: Range<Int>, _ start: Int, at limit: Int) {
        guard limit == source.count else { return giveUp() }
        if open.isEmpty { begin(name(local, of: start)) }
        end(cut: true)
    }

    /// Reads the attribute that begins at `start`; gives the index behind it, nil where there is no
    /// end to it before `limit`.
    private mutating func attribute(from start: Int, _ limit: Int) -> Int? {
        var next = start
        var local = start
        while next < limit, !source[next].endsAttributeKey {
            if source[next] == UInt8(ascii: ":"), local == start { local = next + 1 }
            next += 1
        }
        let nameEnd = next
        while next < limit, source[next] <= 0x20 { next += 1 }
        guard next < limit else { return nil }
        guard source[next] == UInt8(ascii: "=") else {
            warn(.malformed)
            keep(start, local, nameEnd, value: nameEnd..<nameEnd, isDecoded: false)
            return next
        }
        next += 1
        while next < limit, source[next] <= 0x20 { next += 1 }
        guard next < limit else { return nil }
        let quote = source[next]
        let value: Range<Int>
        var isCoded = false
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            next += 1
            let first = next
            while next < limit, source[next] != quote {
                let byte = source[next]
                if byte < 0x40 {
                    if byte == UInt8(ascii: "&") || byte < 0x20 { isCoded = true }
                    if byte == UInt8(ascii: "<") { warn(.malformed) }
                } else if byte == 0xEF, !isPlain {
                    isCoded = true
                }
                next += 1
            }
            guard next < limit else { return nil }
            value = first..<next
            next += 1
        } else {
            warn(.malformed)
            let first = next
            while next < limit, source[next] > 0x20, source[next] != UInt8(ascii: ">"),
                source[next] != UInt8(ascii: "<")
            { next += 1 }
            guard next < limit else { return nil }
            if source[next] == UInt8(ascii: ">"), next > first,
                source[next - 1] == UInt8(ascii: "/")
            {
                next -= 1
            }
            value = first..<next
            isCoded = true
        }
        if nameEnd == start {
            // A sign of equality without a name before it.
            warn(.malformed)
        } else if isCoded {
            let first = values.count
            decode(value)
            keep(start, local, nameEnd, value: first..<values.count, isDecoded: true)
        } else {
            keep(start, local, nameEnd, value: value, isDecoded: false)
        }
        return next
    }

    private mutating func keep(
        _ name: Int, _ local: Int, _ nameEnd: Int, value: Range<Int>, isDecoded: Bool
    ) {
        let attribute = XMLAttribute(
            name: name, local: local < nameEnd ? local : name, nameEnd: nameEnd,
            isDecoded: isDecoded, value: value)
        guard has("xmlns", at: name), nameEnd == name + 5 || local == name + 6 else {
            attributes.append(attribute)
            return
        }
        declarations.append(attribute)
        let prefix = nameEnd == name + 5 ? nameEnd..<nameEnd : (name + 6)..<nameEnd
        let uri = UnsafeBufferPointer(
            rebasing: (isDecoded ? values.bytes : source)[value])
        namespaces.declare(
            UnsafeBufferPointer(rebasing: source[prefix]), uri, depth: open.count + 1)
    }

    /// Appends an attribute's value to `values`, blanks as spaces (XML 1.0, section 3.3.3).
    private mutating func decode(_ value: Range<Int>) {
        var next = value.lowerBound
        while next < value.upperBound {
            let byte = source[next]
            switch byte {
            case UInt8(ascii: "&"):
                let reference = reference(at: next)
                switch reference.text {
                case .byte(let byte): values.append(byte)
                case .scalar(let scalar): values.append(scalar: scalar)
                case .short(let short): short.withBytes { values.append($0) }
                case .bytes(let bytes): bytes.withUnsafeBufferPointer { values.append($0) }
                case .nothing: warn(.malformed)
                case .asWritten:
                    warn(.malformed)
                    values.append(byte)
                }
                next = reference.end
            case 0x0D where next + 1 < value.upperBound && source[next + 1] == 0x0A: next += 1
            case 0x09, 0x0A, 0x0D:
                values.append(0x20)
                next += 1
            case ..<0x20:
                warn(.malformed)
                next += 1
            case 0xEF where isNoncharacter(at: next):
                values.append("\u{FFFD}")
                next += 3
            default:
                values.append(byte)
                next += 1
            }
        }
    }

    /// An end tag ends the innermost open element of its name, and all that are open inside it;
    /// without one it is dropped.
    mutating func endTag() {
        let start = position + 2
        var end = start
        while end < source.count, !source[end].endsName { end += 1 }
        guard end > start, source[start].beginsName else { return keepLess() }
        let close = end < source.count ? source.next(UInt8(ascii: ">"), from: end) : end
        guard close < source.count else { return self.end(cut: true) }
        guard let level = level(of: UnsafeBufferPointer(rebasing: source[start..<end])) else {
            warn(.malformed)
            position = close + 1
            return
        }
        if level < open.count - 1 { warn(.malformed) }
        while open.count > level { endElement() }
        position = close + 1
        // Nothing belongs to the document behind its root.
        if open.isEmpty { isOver = true }
    }

    private mutating func endElement() {
        guard let last = open.popLast() else { return }
        let depth = open.count + 1
        if depth <= FeedLimits.depth {
            builder.end(
                UnsafeBufferPointer(rebasing: source[Int(last.local)..<Int(last.end)]), pending)
        } else {
            builder.characters(pending)
        }
        forgetText()
        namespaces.leave(depth: depth)
    }

    /// Index of the innermost open element of that name; nil where none is near.
    private func level(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        var level = open.count - 1
        let last = max(0, open.count - Self.searchedLevels)
        guard level >= last else { return nil }
        if self.name(open[level]).equals(name) { return level }
        while level >= last {
            if self.name(open[level]).equalsIgnoringCase(name) { return level }
            level -= 1
        }
        return nil
    }

    private func name(_ open: Open) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: source[Int(open.name)..<Int(open.end)])
    }
}
