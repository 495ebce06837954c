/// Gives sources keys that people can read and that nobody has yet.
struct SourceKeys {
    private var taken: Set<String>
    /// By key, the last number that was put behind it.
    private var numbers: [String: Int] = [:]

    /// Bytes of a key before its number; keys have at most 64.
    private static let length = 48

    init(taken: Set<String>) {
        self.taken = taken
    }

    func isTaken(_ key: String) -> Bool { taken.contains(key) }

    mutating func take(_ key: String) {
        taken.insert(key)
    }

    /// From the letters and digits of `title`, else of `host`; numbered where it is taken.
    mutating func make(title: String, host: String) -> String {
        let ofTitle = Self.plain(title)
        let base = ofTitle.count > 1 ? ofTitle : Self.plain(host)
        let stem = base.isEmpty ? "source" : base
        var key = stem
        while taken.contains(key) {
            let number = (numbers[stem] ?? 1) + 1
            numbers[stem] = number
            key = "\(stem)-\(number)"
        }
        taken.insert(key)
        return key
    }

    /// ASCII letters in lower case and digits, what stands between them as one `-`.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for byte in text.lowercased().utf8 {
            let isPlain =
                byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
            if isPlain {
                plain.unicodeScalars.append(Unicode.Scalar(byte))
            } else if !plain.isEmpty, plain.last != "-" {
                plain += "-"
            }
            if plain.utf8.count == length { break }
        }
        while plain.last == "-" { plain.removeLast() }
        return plain
    }
}
