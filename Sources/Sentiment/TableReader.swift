/// Reads the lines of a word table.
enum TableReader {
    struct Line {
        let form: UnsafeBufferPointer<UInt8>
        let role: Lexicon.Role
        let first: Float?
        let second: Float?
        let third: Float?
    }

    /// Calls `body` for each line with a form; a line whose role is unknown is left out.
    static func forEachLine(of bytes: UnsafeBufferPointer<UInt8>, _ body: (Line) -> Void) {
        var start = 0
        while start < bytes.count {
            let rest = bytes[start...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let fields = bytes[start..<end].split(
                separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            start = end + 1
            guard let form = fields.first, !form.isEmpty, !isRemark(fields) else { continue }
            guard let role = role(fields.count > 1 ? fields[1] : bytes[end..<end]) else { continue }
            body(
                Line(
                    form: UnsafeBufferPointer(rebasing: form), role: role,
                    first: number(fields, 2), second: number(fields, 3), third: number(fields, 4)))
        }
    }

    /// A line of one field that begins with `#`: no form does that without a role behind it.
    private static func isRemark(_ fields: [Slice<UnsafeBufferPointer<UInt8>>]) -> Bool {
        fields.count == 1 && fields[0].first == UInt8(ascii: "#")
    }

    private static func role(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Lexicon.Role? {
        switch String(decoding: field, as: UTF8.self) {
        case "", "valence": .valence
        case "negator": .negator
        case "booster": .booster
        case "damper": .damper
        case "contrast": .contrast
        case "breaker": .breaker
        case "shield": .shield
        default: nil
        }
    }

    private static func number(
        _ fields: [Slice<UnsafeBufferPointer<UInt8>>], _ index: Int
    ) -> Float? {
        guard index < fields.count, !fields[index].isEmpty else { return nil }
        guard let value = Float(String(decoding: fields[index], as: UTF8.self)), value.isFinite
        else { return nil }
        return min(10, max(-10, value))
    }
}
