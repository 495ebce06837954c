/// Splits UTF-8 text into tokens of sentiment, in one walk.
///
/// Words in lower case with letters repeated three times or more cut to two; each Han character,
/// kana or Hangul syllable by itself; numbers, links and @names as one form each; #tags as their
/// word; emoticons, emoji (without skin tone) and runs of one mark; in Chinese text also the
/// [emoticon] names of Weibo. Full-width forms read as ASCII.
struct Tokenizer {
    /// Hashes that stand for a whole kind, so that each link counts as the same feature.
    enum Shared {
        static let number = mixed(1)
        static let link = mixed(2)
        static let name = mixed(3)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    /// Whether `[…]` with a short content is the name of an emoticon.
    private let bracketsName: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, bracketsName: Bool) {
        self.bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Int(Int32.max)))
        self.bracketsName = bracketsName
    }

    /// Appends the tokens of the text, in order, never overlapping.
    ///
    /// Of a text of 2 GiB or more the rest is not read.
    func tokenize(into tokens: inout [Token]) {
        var index = 0
        var isNewLine = false
        while index < bytes.count {
            let known = tokens.count
            isNewLine = isNewLine || bytes[index] == UInt8(ascii: "\n")
            index = step(index, into: &tokens)
            if isNewLine, tokens.count > known {
                tokens[known].startsLine = true
                isNewLine = false
            }
        }
    }

    /// Reads one token or what is none; answers where the next begins.
    private func step(_ index: Int, into tokens: inout [Token]) -> Int {
        let read = readScalar(bytes, at: index)
        let ascii = asciiForm(read.value)
        switch ascii {
        case 1...32, 127:
            return index + read.length
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return number(from: index, into: &tokens)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return word(from: index, kind: .word, tokenStart: index, into: &tokens)
        case 33..<127:
            return markLed(from: index, ascii: ascii, length: read.length, into: &tokens)
        default:
            return foreign(from: index, read, into: &tokens)
        }
    }

    /// Whatever has no ASCII form.
    private func foreign(from index: Int, _ read: ScalarRead, into tokens: inout [Token]) -> Int {
        let next = index + read.length
        if !read.isValid || read.value == 0 || isEmojiModifier(read.value) { return next }
        if isIdeograph(read.value) || isEmoji(read.value) {
            var hash = TokenHash()
            hash.add(read.value)
            let kind: Token.Kind = isEmoji(read.value) ? .emoji : .ideograph
            append(kind, index, next, hash.value, into: &tokens)
            return next
        }
        if read.value < 0xc0 || 0x2000...0x2bff ~= read.value || 0x3000...0x303f ~= read.value {
            return next
        }
        return word(from: index, kind: .word, tokenStart: index, into: &tokens)
    }

    private func markLed(
        from index: Int, ascii: UInt8, length: Int, into tokens: inout [Token]
    ) -> Int {
        if ascii == UInt8(ascii: "@"), let end = handleEnd(from: index + length) {
            append(.name, index, end, Shared.name, into: &tokens)
            return end
        }
        if ascii == UInt8(ascii: "#"), isLetter(at: index + length) {
            return word(from: index + length, kind: .tag, tokenStart: index, into: &tokens)
        }
        if bracketsName, ascii == UInt8(ascii: "["),
            let end = bracketEnd(from: index + length, into: &tokens, tokenStart: index)
        {
            return end
        }
        if let end = Emoticon.end(bytes, from: index) {
            var hash = TokenHash()
            for k in index..<end { hash.add(bytes[k]) }
            append(.emoticon, index, end, hash.value, into: &tokens)
            return end
        }
        if ascii == UInt8(ascii: "'"), isLetter(at: index + length),
            tokens.last.map({ Int($0.end) == index }) != true
        {
            return word(from: index + length, kind: .word, tokenStart: index, into: &tokens)
        }
        return markRun(from: index, ascii: ascii, into: &tokens)
    }

    /// A run of one mark; its form is the mark written once, or three times for a run.
    private func markRun(from index: Int, ascii: UInt8, into tokens: inout [Token]) -> Int {
        var end = index
        var run = 0
        while end < bytes.count {
            let read = readScalar(bytes, at: end)
            guard asciiForm(read.value) == ascii else { break }
            run += read.value == 0x2026 ? 3 : 1
            end += read.length
        }
        var hash = TokenHash()
        for _ in 0..<(run > 1 ? 3 : 1) { hash.add(ascii) }
        tokens.append(
            Token(
                start: Int32(index), end: Int32(end), hash: hash.value, shortHash: hash.value,
                kind: .mark, mark: ascii, run: UInt8(min(run, 255)), isShouted: false,
                isContracted: false))
        return end
    }

    /// Digits with separators inside: 1,299.00 or 12:30.
    private func number(from index: Int, into tokens: inout [Token]) -> Int {
        var end = index
        while end < bytes.count {
            let read = readScalar(bytes, at: end)
            let ascii = asciiForm(read.value)
            if isDigit(ascii) {
                end += read.length
            } else if ascii == UInt8(ascii: ".") || ascii == UInt8(ascii: ",")
                || ascii == UInt8(ascii: ":"), end + read.length < bytes.count,
                isDigit(asciiForm(readScalar(bytes, at: end + read.length).value))
            {
                end += read.length
            } else {
                break
            }
        }
        append(.number, index, end, Shared.number, into: &tokens)
        return end
    }

    private func word(
        from index: Int, kind: Token.Kind, tokenStart: Int, into tokens: inout [Token]
    ) -> Int {
        if kind == .word, let end = linkEnd(from: index) {
            append(.link, index, end, Shared.link, into: &tokens)
            return end
        }
        var form = WordForm()
        var end = index
        while end < bytes.count {
            let read = readScalar(bytes, at: end)
            let ascii = asciiForm(read.value)
            if ascii == UInt8(ascii: "'") {
                // Inside a word only: don't, it's.
                guard isLetter(at: end + read.length) else { break }
                form.add(UInt32(ascii), isCapital: false, isLetter: false)
            } else if isLetterForm(ascii) || isDigit(ascii) || ascii == UInt8(ascii: "_") {
                let lower = lowercased(UInt32(ascii))
                form.add(lower, isCapital: lower != UInt32(ascii), isLetter: isLetterForm(ascii))
            } else if ascii == 0, isWordScalar(read) {
                let lower = lowercased(read.value)
                form.add(lower, isCapital: lower != read.value, isLetter: true)
            } else {
                break
            }
            end += read.length
        }
        tokens.append(
            Token(
                start: Int32(tokenStart), end: Int32(end), hash: form.hash,
                shortHash: form.shortHash, kind: kind, mark: 0, run: form.longestRun,
                isShouted: form.letters > 1 && form.capitals == form.letters,
                isContracted: form.isContracted))
        return end
    }

    private func append(
        _ kind: Token.Kind, _ start: Int, _ end: Int, _ hash: UInt64, into tokens: inout [Token]
    ) {
        tokens.append(
            Token(
                start: Int32(start), end: Int32(end), hash: hash, shortHash: hash, kind: kind,
                mark: 0, run: 1, isShouted: false, isContracted: false))
    }
}

// MARK: - Where something ends

extension Tokenizer {
    private func isLetter(at index: Int) -> Bool {
        guard index < bytes.count else { return false }
        let read = readScalar(bytes, at: index)
        let ascii = asciiForm(read.value)
        return ascii == 0 ? isWordScalar(read) : isLetterForm(ascii)
    }

    private func handleEnd(from index: Int) -> Int? {
        var end = index
        while end < bytes.count {
            let byte = bytes[end]
            guard isLetterForm(byte) || isDigit(byte) || byte == UInt8(ascii: "_") else { break }
            end += 1
        }
        // Weibo handles are Han: up to 30 characters, up to a mark or a space.
        if end == index, bracketsName {
            while end < bytes.count, end - index < 90 {
                let read = readScalar(bytes, at: end)
                guard isIdeograph(read.value) || isWordScalar(read) else { break }
                end += read.length
            }
        }
        return end > index ? end : nil
    }

    /// http://…, https://…, www.…, and the bare "http" that stands for a link in the corpora.
    private func linkEnd(from index: Int) -> Int? {
        let isWeb = starts(with: "www.", at: index)
        guard isWeb || starts(with: "http", at: index) else { return nil }
        var end = index + 4
        if !isWeb, end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "s") { end += 1 }
        let isAddress = isWeb || starts(with: "://", at: end)
        if !isAddress { return isLetter(at: end) ? nil : end }
        while end < bytes.count, bytes[end] > 32, bytes[end] < 127 { end += 1 }
        return end
    }

    private func starts(with prefix: StaticString, at index: Int) -> Bool {
        let size = prefix.utf8CodeUnitCount
        guard index + size <= bytes.count else { return false }
        for k in 0..<size {
            let byte = bytes[index + k]
            let lower = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
            guard lower == prefix.utf8Start[k] else { return false }
        }
        return true
    }

    /// The end of `[name]` with one to eight letters or Han characters; appends it where it is one.
    private func bracketEnd(
        from index: Int, into tokens: inout [Token], tokenStart: Int
    ) -> Int? {
        var end = index
        var hash = TokenHash()
        hash.add(UInt8(ascii: "["))
        for size in 0...8 {
            guard end < bytes.count else { return nil }
            let read = readScalar(bytes, at: end)
            let ascii = asciiForm(read.value)
            if ascii == UInt8(ascii: "]") {
                guard size > 0 else { return nil }
                append(.emoticon, tokenStart, end + read.length, hash.value, into: &tokens)
                return end + read.length
            }
            guard isIdeograph(read.value) || isLetterForm(ascii) || isWordScalar(read) else {
                return nil
            }
            hash.add(ascii == 0 ? read.value : lowercased(UInt32(ascii)))
            end += read.length
        }
        return nil
    }
}

@inline(__always)
func isDigit(_ ascii: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= ascii }

@inline(__always)
func isLetterForm(_ ascii: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= ascii | 0x20
}

/// A scalar beyond ASCII that continues a word of a space-separated script.
@inline(__always)
private func isWordScalar(_ read: ScalarRead) -> Bool {
    guard read.isValid, asciiForm(read.value) == 0, read.value >= 0xc0 else { return false }
    if 0x2000...0x2bff ~= read.value || 0x3000...0x303f ~= read.value { return false }
    return !isIdeograph(read.value) && !isEmoji(read.value) && !isEmojiModifier(read.value)
}
