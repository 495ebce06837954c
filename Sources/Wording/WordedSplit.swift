package import EarshotDomain

/// Negative stories split into parts that add up, as a reader meets them.
package struct WordedSplit: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package let name: String
        package let negative: Int
        /// Tenths of a story over the usual that add up over the parts; absent while unknown.
        package fileprivate(set) var excessTenths: Int?
        package let evidence: [Identifier<Mention>]
    }

    /// `aspect`, `product` or `place`.
    package let key: String
    package let title: String
    /// The largest excess first; those without a story are one part, the last.
    package let parts: [Part]

    package var negative: Int { parts.reduce(0) { $0 + $1.negative } }

    /// Absent while nothing is usual.
    package var excessTenths: Int? {
        let known = parts.compactMap(\.excessTenths)
        return known.count == parts.count ? known.reduce(0, +) : nil
    }
}

extension DigestWording {
    /// The negative stories by aspect, product and source, as far as they have named parts; none
    /// on a day without a crowd: where one story comes from, the story tells.
    package var splits: [WordedSplit] {
        guard digest.figures.negative.evidence.count > 1 else { return [] }
        let all = [
            split("aspect", phrases.aspects, digest.aspects, none: phrases.noTopic),
            split("product", phrases.products, digest.products, none: phrases.noTopic),
            split("place", phrases.places, digest.places, none: phrases.noPlace),
        ]
        return all.compactMap(\.self)
    }

    /// Stories over (or under) the usual.
    package func excess(tenths: Int) -> String {
        numerals.decimal(Double(tenths) / 10, places: 1, signed: true)
    }

    private func split(
        _ key: String, _ title: String, _ given: DigestParts, none: String
    ) -> WordedSplit? {
        guard given.parts.contains(where: { !$0.key.isEmpty }) else { return nil }
        let told = given.parts.filter { $0.negative > 0 }
        let rest = given.parts.filter { $0.negative == 0 }
        var parts = told.map { part in
            WordedSplit.Part(
                name: part.key.isEmpty ? none : language.name(part.names),
                negative: part.negative, excessTenths: Self.tenths([part]),
                evidence: part.evidence)
        }
        if !rest.isEmpty {
            parts.append(
                WordedSplit.Part(
                    name: phrases.otherParts, negative: 0, excessTenths: Self.tenths(rest),
                    evidence: []))
        }
        // The rounding's rest goes to the first, the largest, so that what is shown adds up.
        let shown = parts.compactMap(\.excessTenths)
        if let whole = Self.tenths(given.parts), let first = shown.first {
            parts[0].excessTenths = first + whole - shown.reduce(0, +)
        }
        return WordedSplit(key: key, title: title, parts: parts)
    }

    /// Of parts together; absent while one is unknown.
    private static func tenths(_ parts: [DigestParts.Part]) -> Int? {
        let usual = parts.compactMap(\.usualThousandths)
        guard usual.count == parts.count else { return nil }
        let thousandths = parts.reduce(0) { $0 + $1.negative * 1_000 } - usual.reduce(0, +)
        return Int((Double(thousandths) / 100).rounded())
    }
}
