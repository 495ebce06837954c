/// A part of a date's text.
enum DateToken: Equatable {
    case number(Int, digits: Int)
    /// Lower case.
    case word(String)
    /// `-`, `+`, `:`, `/` and `.`.
    case sign(UInt8)
    case comma

    var number: Int? {
        guard case .number(let value, _) = self else { return nil }
        return value
    }

    var digits: Int {
        guard case .number(_, let digits) = self else { return 0 }
        return digits
    }

    var word: String? {
        guard case .word(let text) = self else { return nil }
        return text
    }

    func isSign(_ sign: Unicode.Scalar) -> Bool { self == .sign(UInt8(ascii: sign)) }
}
