/// Words, phrases, emoticons and emoji with the valence that people gave them, and the words that
/// turn, strengthen or weaken those that follow.
///
/// Read from tables of tab-separated lines `form, role, first, second, third`: lines that begin
/// with `#` and hold no tab are remarks; an empty field says nothing; a form that comes again adds
/// to what is known of it, and its last role holds.
package struct Lexicon: Sendable {
    package enum Role: UInt8, Sendable {
        /// Carries valence.
        case valence
        /// Turns the valence of what follows: not, never, 不, 没有.
        case negator
        /// Strengthens what follows: very, 非常.
        case booster
        /// Weakens it: slightly, 有点.
        case damper
        /// Begins a clause that outweighs the one before: but, 但是.
        case contrast
        /// Begins a clause without being a contrast: because, 因为.
        case breaker
        /// Looks like one of the above and is none: not only, 非常, 别人.
        case shield
    }

    package struct Entry: Sendable {
        package var role: Role
        /// Valences on the scales of the three columns; 0 where a column does not know the form.
        package var first: Float
        package var second: Float
        package var third: Float
        /// Tokens of the form.
        var length: Int

        var sum: Float { first + second + third }
    }

    /// A slot of the open-addressed table; `key` 0 is an empty one.
    private struct Slot {
        var key: UInt64 = 0
        var entry: Int32 = -1
        /// Whether a longer form begins with this one.
        var isFront = false
    }

    private let slots: [Slot]
    private let entries: [Entry]
    /// Names the bytes it was read from: FNV-1a of all tables.
    package let fingerprint: UInt32

    /// Reads tables in order.
    ///
    /// - Parameter bracketsName: whether `[…]` names an emoticon, as on Weibo.
    package init(tables: [UnsafeRawBufferPointer], bracketsName: Bool) {
        var entries: [Entry] = []
        var forms: [UInt64: Int32] = [:]
        var fronts: Set<UInt64> = []
        var hash = TokenHash()
        var tokens: [Token] = []
        for table in tables {
            let bytes = table.bindMemory(to: UInt8.self)
            for byte in bytes { hash.add(byte) }
            TableReader.forEachLine(of: bytes) { line in
                tokens.removeAll(keepingCapacity: true)
                Tokenizer(line.form, bracketsName: bracketsName).tokenize(into: &tokens)
                guard let head = tokens.first, tokens.count <= Self.longest else { return }
                var key = head.hash
                for token in tokens.dropFirst() {
                    fronts.insert(key)
                    key = joined(key, token.hash)
                }
                Self.add(line, key, tokens.count, to: &forms, &entries)
            }
        }
        fingerprint = UInt32(truncatingIfNeeded: hash.value >> 32)
        slots = Self.table(forms, fronts)
        self.entries = entries
    }

    /// Tokens of the longest form that is kept.
    static let longest = 8

    private static func add(
        _ line: TableReader.Line, _ key: UInt64, _ length: Int,
        to forms: inout [UInt64: Int32], _ entries: inout [Entry]
    ) {
        let known = forms[key]
        var entry =
            known.map { entries[Int($0)] }
            ?? Entry(role: line.role, first: 0, second: 0, third: 0, length: length)
        entry.role = line.role
        entry.first = line.first ?? entry.first
        entry.second = line.second ?? entry.second
        entry.third = line.third ?? entry.third
        if let known {
            entries[Int(known)] = entry
        } else {
            forms[key] = Int32(entries.count)
            entries.append(entry)
        }
    }

    private static func table(_ forms: [UInt64: Int32], _ fronts: Set<UInt64>) -> [Slot] {
        var size = 16
        while size < 2 * (forms.count + fronts.count) { size *= 2 }
        var slots = Array(repeating: Slot(), count: size)
        // The order of insertion moves slots about, and changes no answer.
        func place(_ key: UInt64) -> Int {
            var index = Int(truncatingIfNeeded: key) & (size - 1)
            while slots[index].key != 0, slots[index].key != key {
                index = (index + 1) & (size - 1)
            }
            slots[index].key = key
            return index
        }
        for (key, entry) in forms { slots[place(key)].entry = entry }
        for key in fronts { slots[place(key)].isFront = true }
        return slots
    }

    /// Whether the token alone is a negator.
    func isNegator(_ token: Token) -> Bool {
        let slot = find(token.hash)
        return slot.entry >= 0 && entries[Int(slot.entry)].role == .negator
    }

    /// The longest form that begins at token `index`.
    @inline(__always)
    func match(_ tokens: [Token], at index: Int) -> Entry? {
        var best = walk(tokens, at: index, head: tokens[index].hash)
        if best == nil, tokens[index].shortHash != tokens[index].hash {
            best = walk(tokens, at: index, head: tokens[index].shortHash)
        }
        return best
    }

    private func walk(_ tokens: [Token], at index: Int, head: UInt64) -> Entry? {
        var key = head
        var best: Entry?
        var next = index + 1
        while true {
            let slot = find(key)
            if slot.entry >= 0 { best = entries[Int(slot.entry)] }
            guard slot.isFront, next < tokens.count, !tokens[next].startsLine else { return best }
            key = joined(key, tokens[next].hash)
            next += 1
        }
    }

    private func find(_ key: UInt64) -> Slot {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: key) & mask
        while slots[index].key != 0 {
            if slots[index].key == key { return slots[index] }
            index = (index + 1) & mask
        }
        return Slot()
    }
}
