import EarshotWording
import Testing

@Suite struct NumeralsTests {
    private let english = Numerals(language: .en)
    private let chinese = Numerals(language: .zh)

    @Test(arguments: [
        (0, "0", "0"), (7, "7", "7"), (12_345, "12,345", "12,345"), (-1_234, "−1,234", "−1,234"),
        (99_999, "99,999", "99,999"), (100_000, "100,000", "10万"),
        (1_234_567, "1,234,567", "123.5万"), (-250_000, "−250,000", "−25万"),
        (Int.min, "−9,223,372,036,854,775,808", "−922,337,203,685,477.6万"),
    ])
    func integer(value: Int, en: String, zh: String) {
        #expect(english.integer(value) == en)
        #expect(chinese.integer(value) == zh)
    }

    @Test(arguments: [
        (0.125, "+0.13"), (-0.21, "−0.21"), (-0.004, "0.00"), (0.0, "0.00"), (1.0, "+1.00"),
        (-1_234.5, "−1,234.50"), (Double.nan, "–"), (Double.infinity, "–"), (1e300, "–"),
    ])
    func signedDecimal(value: Double, text: String) {
        #expect(english.decimal(value, places: 2, signed: true) == text)
    }

    @Test(arguments: [
        (0.612, "61\u{A0}%", "61%"), (0, "0\u{A0}%", "0%"), (-0.25, "−25\u{A0}%", "−25%"),
    ])
    func percent(value: Double, en: String, zh: String) {
        #expect(english.percent(value) == en)
        #expect(chinese.percent(value) == zh)
    }

    @Test(arguments: [(0.84, "0.8"), (2.0, "2"), (9.96, "10"), (90.6, "91"), (3.14, "3.1")])
    func usual(value: Double, text: String) {
        #expect(english.usual(value) == text)
    }
}
