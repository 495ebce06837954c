import Foundation

/// Numbers as each language writes them: a real minus sign (U+2212), groups of three, `61 %` in
/// English (ISO 80000-1, 7.3, the space one that does not break) and `61%` in Chinese, where great numbers count in 万.
package struct Numerals: Hashable, Sendable {
    package let language: ReaderLanguage

    package init(language: ReaderLanguage) {
        self.language = language
    }

    static let minus = "−"
    /// What stands for a value that is undefined.
    package static let none = "–"

    package func integer(_ value: Int) -> String {
        let sign = value < 0 ? Self.minus : ""
        if language == .zh, value.magnitude >= 100_000 {
            let tenths = (value.magnitude + 500) / 1_000
            let rest = tenths % 10
            return sign + grouped(tenths / 10) + (rest == 0 ? "" : ".\(rest)") + "万"
        }
        return sign + grouped(value.magnitude)
    }

    /// Rounded half away from zero; a value that rounds to nothing has no sign.
    package func decimal(_ value: Double, places: Int, signed: Bool = false) -> String {
        guard value.isFinite, abs(value) < 1e12, (0...6).contains(places) else { return Self.none }
        let unit = (0..<places).reduce(UInt(1)) { product, _ in product * 10 }
        let scaled = UInt((abs(value) * Double(unit)).rounded())
        let sign = scaled == 0 ? "" : value < 0 ? Self.minus : signed ? "+" : ""
        guard places > 0 else { return sign + grouped(scaled) }
        let fraction = String(scaled % unit)
        let zeros = String(repeating: "0", count: max(0, places - fraction.utf8.count))
        return sign + grouped(scaled / unit) + "." + zeros + fraction
    }

    /// - Parameter fraction: 0.61 for 61 %.
    package func percent(_ fraction: Double) -> String {
        let number = decimal(fraction * 100, places: 0)
        guard number != Self.none else { return number }
        return language == .en ? number + "\u{A0}%" : number + "%"
    }

    /// An expected count: whole from ten on, one decimal below where it is not whole.
    package func usual(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return Self.none }
        let tenths = (value * 10).rounded()
        let isWhole = abs(value) >= 10 || tenths.truncatingRemainder(dividingBy: 10) == 0
        return isWhole ? integer(Int(value.rounded())) : decimal(value, places: 1)
    }

    private func grouped(_ value: UInt) -> String {
        let digits = String(value)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.utf8.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}
