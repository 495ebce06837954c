import EarshotLanguage

/// `*` (any run) and `?` (one character) within a folded word.
enum Wildcard {
    static func isSign(_ byte: UInt8) -> Bool { byte == 0x2A || byte == 0x3F }
    static func isSign(_ scalar: UInt32) -> Bool { scalar == 0x2A || scalar == 0x3F }

    /// Whether the whole word fits the pattern; cost at most the product of both lengths.
    static func matches(_ pattern: [UInt8], _ word: ArraySlice<UInt8>) -> Bool {
        var p = 0
        var w = word.startIndex
        /// After the last `*`, and the place in the word where its run now ends.
        var star: (pattern: Int, word: Int)?
        while w < word.endIndex {
            if p < pattern.count, pattern[p] == 0x2A {
                p += 1
                star = (p, w)
            } else if p < pattern.count, pattern[p] == 0x3F {
                p += 1
                w += length(word[w])
            } else if p < pattern.count, pattern[p] == word[w] {
                p += 1
                w += 1
            } else if let last = star {
                star = (last.pattern, last.word + length(word[last.word]))
                p = last.pattern
                w = last.word + length(word[last.word])
            } else {
                return false
            }
        }
        return w == word.endIndex && pattern[p...].allSatisfy { $0 == 0x2A }
    }

    /// Bytes of the scalar that begins with `byte`.
    private static func length(_ byte: UInt8) -> Int {
        byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }
}
