import Yams

/// A YAML value that knows where it stands, so that each complaint can say so.
struct ConfigurationNode {
    let node: Node
    let file: String

    func error(_ reason: String) -> ConfigurationError {
        ConfigurationError(
            file: file, line: node.mark?.line, column: node.mark?.column, reason: reason)
    }

    /// The members of a mapping, each allowed and at most once.
    func members(allowed: [String]) throws(ConfigurationError) -> [String: ConfigurationNode] {
        guard case .mapping(let mapping) = node else {
            throw error("expected keys and values: \(allowed.joined(separator: ", "))")
        }
        var members: [String: ConfigurationNode] = [:]
        for (key, value) in mapping {
            let place = ConfigurationNode(node: key, file: file)
            guard let name = key.scalar?.string else { throw place.error("expected a key") }
            guard allowed.contains(name) else {
                let near = allowed.min { distance($0, name) < distance($1, name) }
                let hint =
                    near.flatMap { distance($0, name) <= 2 ? "; did you mean '\($0)'?" : nil }
                    ?? "; known here: \(allowed.joined(separator: ", "))"
                throw place.error("unknown key '\(name)'\(hint)")
            }
            guard members[name] == nil else { throw place.error("'\(name)' stands here twice") }
            members[name] = ConfigurationNode(node: value, file: file)
        }
        return members
    }

    func elements() throws(ConfigurationError) -> [ConfigurationNode] {
        if case .scalar(let scalar) = node, scalar.string.isEmpty { return [] }
        guard case .sequence(let sequence) = node else { throw error("expected a list") }
        return sequence.map { ConfigurationNode(node: $0, file: file) }
    }

    func text() throws(ConfigurationError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw error("expected a text")
        }
        return scalar.string
    }

    func int(in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
        guard let number = Int(try text()), range.contains(number) else {
            throw error("expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func bool() throws(ConfigurationError) -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw error("expected true or false")
        }
    }

    /// A number with its unit, such as `15m`.
    func duration() throws(ConfigurationError) -> Duration {
        let units = ["ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let milliseconds = quantity(try text(), units: units) else {
            throw error("expected a duration with its unit: 500ms, 20s, 15m, 6h, 1d")
        }
        return .milliseconds(milliseconds)
    }

    /// A number of bytes with its unit, such as `16 MB`; units are powers of 1024.
    func byteCount() throws(ConfigurationError) -> Int {
        let units = ["B": 1, "kB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30]
        guard let bytes = quantity(try text(), units: units) else {
            throw error("expected a size with its unit: 512 kB, 16 MB")
        }
        return bytes
    }

    private func quantity(_ text: String, units: [String: Int]) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard digits.count <= 9, let count = Int(digits), let size = units[String(unit)] else {
            return nil
        }
        return count * size
    }
}

/// Levenshtein's distance, for "did you mean".
private func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left.utf8), Array(right.utf8))
    var row = Array(0...b.count)
    for (i, byte) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in b.enumerated() {
            let best = min(row[j] + 1, row[j + 1] + 1, diagonal + (byte == other ? 0 : 1))
            diagonal = row[j + 1]
            row[j + 1] = best
        }
    }
    return row[b.count]
}
