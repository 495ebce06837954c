import EarshotLanguage
import Testing

@Suite struct FoldingTests {
    /// Second source: the reference of the matching specification.
    ///
    /// For each scalar below U+20000
    /// it writes what it is prepared to, what that folds to, and the tokens of the scalar between
    /// two letters; `reference.py` beside this file prints the digest of it all.
    @Test func everyScalarFoldsAndClassifiesAsTheSpecificationSays() {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        var analysis = TextAnalysis()
        for scalar in (UInt32(0)..<0x20000).compactMap(Unicode.Scalar.init) {
            let prepared = Folding.prepare(String(scalar))
            analysis.analyse("x\(Character(scalar))y#x\(Character(scalar))Y")
            let tokens = analysis.tokens.map {
                "\($0.first)-\($0.last):" + String(decoding: analysis.folded(of: $0), as: UTF8.self)
            }
            let line = [prepared, Folding.fold(prepared), tokens.joined(separator: ";")]
            for byte in (line.joined(separator: "\t") + "\n").utf8 {
                digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        #expect(digest == referenceDigest)
    }

    @Test(arguments: [
        ("ＮＩＫＥ", "nike"), ("Nestlé", "nestle"), ("Straße", "strasse"), ("İstanbul", "istanbul"),
        ("Mærsk", "maersk"), ("Łódź", "lodz"), ("後來", "后来"), ("ｿﾆｰ", "ソニー"),
        ("N\u{200B}ike", "nike"),
        ("\u{1112}\u{200D}\u{1161}\u{11AB}", "한"), ("か\u{200D}\u{3099}", "が"),
    ])
    func writingHabitsMakeNoDifference(written: String, folded: String) {
        #expect(Folding.fold(Folding.prepare(written)) == folded)
        #expect(Folding.fold(folded) == folded)
    }
}

/// Printed by `reference.py` with Python 3.11 (Unicode 14.0).
private let referenceDigest: UInt64 = 0xBFB8_BDB8_EF12_FB85
