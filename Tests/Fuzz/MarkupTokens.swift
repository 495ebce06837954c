/// The tags of markup as the HTML standard's tokenizer sees them (section 13.2.5).
///
/// A reader of its own, so that the sanitiser is not judged by itself. Comments and declarations
/// count as tags, by the name `!`.
struct MarkupTokens {
    struct Tag {
        var name: String
        /// Names in lower case; references in values are followed.
        var attributes: [(String, [UInt8])] = []
    }

    private let bytes: [UInt8]
    private var index = 0
    /// Whether the markup ended inside a tag.
    private(set) var isOpen = false
    /// Start tags less end tags; those that stand alone are written `<br />`.
    private(set) var depth = 0

    init(_ markup: String) {
        bytes = Array(markup.utf8)
    }

    mutating func next() -> Tag? {
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else {
                index += 1
                continue
            }
            let isEnd = bytes[index + 1] == UInt8(ascii: "/")
            let start = index + (isEnd ? 2 : 1)
            guard start < bytes.count else { break }
            if bytes[start] == UInt8(ascii: "!") || bytes[start] == UInt8(ascii: "?") {
                index = start + 1
                return Tag(name: "!")
            }
            guard isLetter(bytes[start]) else {
                index = start
                continue
            }
            return tag(from: start, isEnd: isEnd)
        }
        return nil
    }

    private mutating func tag(from start: Int, isEnd: Bool) -> Tag {
        index = start
        var tag = Tag(name: word { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") })
        isOpen = true
        var isAlone = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") {
                index += 1
                isOpen = false
                break
            }
            isAlone = byte == UInt8(ascii: "/")
            if isAlone || isBlank(byte) {
                index += 1
                continue
            }
            // The first byte belongs to the name, whatever it is.
            let first = index
            index += 1
            _ = word {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "=")
            }
            tag.attributes.append((lowercased(bytes[first..<index]), value()))
        }
        if !isAlone { depth += isEnd ? -1 : 1 }
        return tag
    }

    private mutating func value() -> [UInt8] {
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return [] }
        index += 1
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        guard index < bytes.count else { return [] }
        let quote = bytes[index]
        let start: Int
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            index += 1
            start = index
            while index < bytes.count, bytes[index] != quote { index += 1 }
            defer { index = min(index + 1, bytes.count) }
            return followed(bytes[start..<index])
        }
        start = index
        _ = word { $0 == UInt8(ascii: ">") }
        return followed(bytes[start..<index])
    }

    /// Up to a blank or a byte that `ends`, in lower case.
    private mutating func word(_ ends: (UInt8) -> Bool) -> String {
        let start = index
        while index < bytes.count, !isBlank(bytes[index]), !ends(bytes[index]) { index += 1 }
        return lowercased(bytes[start..<index])
    }

    /// Numeric references, and the names that write what hides a scheme; others stay.
    private func followed(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = value
        while let byte = rest.first {
            guard byte == UInt8(ascii: "&") else {
                plain.append(byte)
                rest = rest.dropFirst()
                continue
            }
            let body = rest.dropFirst().prefix(12).prefix { $0 != UInt8(ascii: ";") }
            if let character = Self.character(String(decoding: body, as: UTF8.self)) {
                plain.append(contentsOf: character.utf8)
                rest = rest.dropFirst(body.count + 2)
            } else {
                plain.append(byte)
                rest = rest.dropFirst()
            }
        }
        return plain
    }

    private static func character(_ reference: String) -> String? {
        let named = [
            "amp": "&", "colon": ":", "Tab": "\t", "NewLine": "\n", "quot": "\"", "apos": "'",
            "lt": "<", "gt": ">", "nbsp": "\u{A0}",
        ]
        if let character = named[reference] { return character }
        guard reference.hasPrefix("#") else { return nil }
        let digits = reference.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap { Unicode.Scalar($0) }.map { String($0) }
    }

    private func lowercased(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }
}
