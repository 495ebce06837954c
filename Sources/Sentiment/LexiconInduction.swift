import EarshotDomain
import Foundation

/// Finds the forms that tell negative from positive texts, in several data sets at once.
///
/// Counted are texts that hold a form, 1 to 4 units of Han long, or one [emoticon] name. In one
/// data set a form's log-odds are ln((n⁺+½)/(N⁺−n⁺+½)) − ln((n⁻+½)/(N⁻−n⁻+½)) with variance
/// Σ 1/(n+½) (Haldane 1956; Monroe et al. 2008 on ranking words by z); over the sets they are
/// averaged with inverse variances. Kept is what is far from 0 and has one sign in the sets that
/// know it; a longer form stays only where it says more than its parts, since the longest form wins
/// in use.
package struct LexiconInduction: Sendable {
    /// Texts that a form must stand in, over all data sets.
    package var fewestTexts = 20
    /// |z| that is kept; chosen: at 50,000 candidates chance gives 5 about 0.03 times.
    package var leastZ = 5.0
    /// |log-odds| that is kept; chosen: below, the form decides little.
    package var leastOdds = 0.7
    /// By how much a longer form must differ from its parts; chosen.
    package var leastGain = 0.3

    /// A form that ends with one of these (我不) would swallow the negator of what follows.
    private static let negators = ["不", "没", "无", "别", "未"].map { Array($0.utf8) }

    package init() {}

    /// Lines of a word table (form, role, log-odds), strongest z first.
    ///
    /// The neutral texts are not looked at.
    package func table(_ texts: [LabelledText]) -> [UInt8] {
        let polar = texts.filter { $0.label != .neutral }
        let names = Set(polar.map(\.corpus)).sorted()
        let corpora = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        var vocabulary = Vocabulary(fewest: fewestTexts)
        var reader = FormReader()
        for text in polar { vocabulary.count(reader.grams(of: text.text)) }
        for text in polar { vocabulary.admit(reader.grams(of: text.text)) }
        let forms = vocabulary.hashes.count
        var counts = Array(repeating: Int32(0), count: forms * names.count * 2)
        var totals = Array(repeating: 0.0, count: names.count * 2)
        var spellings = Array(repeating: [UInt8](), count: forms)
        for text in polar {
            let column = (corpora[text.corpus] ?? 0) * 2 + (text.label == .positive ? 1 : 0)
            totals[column] += 1
            for gram in reader.grams(of: text.text) {
                guard let number = vocabulary.number(of: gram.hash).map(Int.init) else { continue }
                counts[number * names.count * 2 + column] += 1
                if spellings[number].isEmpty { spellings[number] = reader.spelling(of: gram) }
            }
        }
        let found = (0..<forms).compactMap { number -> Form? in
            let row = counts[number * names.count * 2..<(number + 1) * names.count * 2]
            guard row.reduce(0, +) >= Int32(fewestTexts) else { return nil }
            return form(spellings[number], Array(row), totals)
        }
        return lines(distinct(found))
    }

    private struct Form {
        let spelling: [UInt8]
        let odds: Double
        let z: Double
        let agrees: Bool
    }

    private func form(_ spelling: [UInt8], _ counts: [Int32], _ totals: [Double]) -> Form? {
        var weighted = 0.0
        var precision = 0.0
        var signs: Set<Int> = []
        for corpus in 0..<totals.count / 2 {
            let negative = Double(counts[2 * corpus])
            let positive = Double(counts[2 * corpus + 1])
            guard negative + positive >= 5 else { continue }
            let without = (totals[2 * corpus] - negative, totals[2 * corpus + 1] - positive)
            let odds =
                log((positive + 0.5) / (without.1 + 0.5))
                - log((negative + 0.5) / (without.0 + 0.5))
            let variance = 1 / (positive + 0.5) + 1 / (negative + 0.5)
            weighted += odds / variance
            precision += 1 / variance
            // A set in which the form hardly leans neither agrees nor objects.
            if abs(odds) > 0.2 { signs.insert(odds > 0 ? 1 : -1) }
        }
        guard precision > 0 else { return nil }
        return Form(
            spelling: spelling, odds: weighted / precision,
            z: weighted / precision.squareRoot(), agrees: signs.count == 1)
    }

    private func distinct(_ forms: [Form]) -> [Form] {
        let odds = Dictionary(
            forms.map { ($0.spelling, $0.odds) }, uniquingKeysWith: { first, _ in first })
        return forms.filter { form in
            guard form.agrees, abs(form.z) >= leastZ, abs(form.odds) >= leastOdds,
                !Self.negators.contains(where: { form.spelling.ends(with: $0) })
            else { return false }
            let size = form.spelling.count
            guard size > 3, form.spelling.first != UInt8(ascii: "[") else { return true }
            // Han characters take three bytes: the parts are all but the first or last of them.
            let parts = [Array(form.spelling.dropFirst(3)), Array(form.spelling.dropLast(3))]
            return parts.allSatisfy { part in
                abs(form.odds - (odds[part] ?? 0)) >= leastGain
            }
        }.sorted {
            abs($0.z) != abs($1.z)
                ? abs($0.z) > abs($1.z) : $0.spelling.lexicographicallyPrecedes($1.spelling)
        }
    }

    private func lines(_ forms: [Form]) -> [UInt8] {
        var out: [UInt8] = []
        for form in forms {
            let hundredths = Int((min(4, max(-4, form.odds)) * 100).rounded())
            let sign = hundredths < 0 ? "-" : ""
            let digits = String(abs(hundredths) % 100)
            let padded = digits.count < 2 ? "0" + digits : digits
            out += form.spelling
            out += Array("\tvalence\t\(sign)\(abs(hundredths) / 100).\(padded)\n".utf8)
        }
        return out
    }
}

/// Reads a text's candidate forms, each once.
private struct FormReader {
    private var tokens: [Token] = []
    private var bytes: [UInt8] = []

    mutating func grams(of text: String) -> [GramSet.Gram] {
        bytes = Array(text.utf8)
        tokens.removeAll(keepingCapacity: true)
        bytes.withUnsafeBufferPointer {
            Tokenizer($0, bracketsName: true).tokenize(into: &tokens)
        }
        var seen: Set<UInt64> = []
        var grams: [GramSet.Gram] = []
        for index in tokens.indices {
            var hash = tokens[index].hash
            var last = index
            guard tokens[index].kind == .ideograph || tokens[index].kind == .emoticon else {
                continue
            }
            while true {
                if seen.insert(hash).inserted {
                    grams.append(
                        GramSet.Gram(hash: hash, first: Int32(index), last: Int32(last)))
                }
                last += 1
                guard tokens[index].kind == .ideograph, last < tokens.count, last < index + 4,
                    tokens[last].kind == .ideograph, tokens[last].start == tokens[last - 1].end
                else { break }
                hash = joined(hash, tokens[last].hash)
            }
        }
        return grams
    }

    /// The bytes of a form of the text read last.
    func spelling(of gram: GramSet.Gram) -> [UInt8] {
        let range = tokens[Int(gram.first)].start..<tokens[Int(gram.last)].end
        return Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)])
    }
}

extension [UInt8] {
    fileprivate func ends(with other: [UInt8]) -> Bool {
        count >= other.count && suffix(other.count).elementsEqual(other)
    }
}
