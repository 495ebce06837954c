/// Text of strangers made safe for a terminal: what would steer it becomes a space.
///
/// Control characters (C0, DEL, C1: escape sequences begin with one) and those that turn the
/// direction of writing or break lines (Unicode Standard Annex 9).
package enum PrintableText {
    package static func of(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(of(scalar)) }
        return String(safe)
    }

    /// Only the characters that turn the direction of writing taken out.
    static func withoutTurns(_ text: String) -> String {
        let isTurn = { (scalar: Unicode.Scalar) in
            (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
        guard text.unicodeScalars.contains(where: isTurn) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isTurn($0) }))
    }

    static func of(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: " "
        default: scalar
        }
    }
}
