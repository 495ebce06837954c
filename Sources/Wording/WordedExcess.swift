package import EarshotDomain

/// An alert's excess split one way, as a reader meets it: the tenths shown add up.
package struct WordedExcess: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package let name: String
        package let negatives: Int
        /// Tenths of a story over the usual.
        package let tenths: Int
        package let evidence: [Identifier<Mention>]
    }

    package let title: String
    package let parts: [Part]

    package var negatives: Int { parts.reduce(0) { $0 + $1.negatives } }
    package var tenths: Int { parts.reduce(0) { $0 + $1.tenths } }

    /// Thousandths are cut to tenths and what is left goes to those that lost most (the method of
    /// the largest remainder), so that no part is off by a whole tenth.
    fileprivate init(title: String, lines: [Line], whole: Int) {
        let exact = lines.map { $0.thousandths }
        var tenths = exact.map { Int((Double($0) / 100).rounded(.down)) }
        let order = exact.indices.sorted {
            (tenths[$0] * 100 - exact[$0], $0) < (tenths[$1] * 100 - exact[$1], $1)
        }
        for place in order.prefix(max(0, whole - tenths.reduce(0, +))) { tenths[place] += 1 }
        self.title = title
        parts = zip(lines, tenths).map { line, tenths in
            Part(
                name: line.name, negatives: line.negatives, tenths: tenths,
                evidence: line.evidence)
        }
    }

    fileprivate struct Line {
        let name: String
        let negatives: Int
        let thousandths: Int
        let evidence: [Identifier<Mention>]
    }
}

extension AlertWording {
    /// Stories that get a line of their own; chosen: what fits beside the rest on a screen.
    private static let ownLines = 5

    /// By source, by aspect and by story.
    ///
    /// - Parameter headlines: what tells a story, by its key; an absent one shows its number.
    package func splits(headlines: [String: String]) -> [WordedExcess] {
        let facts = event.facts
        let whole = Self.tenths(facts.reading.excessThousandths)
        let phrases = language.phrases
        return [
            WordedExcess(
                title: words.bySource, lines: named(facts.sources, none: phrases.noPlace),
                whole: whole),
            WordedExcess(
                title: words.byAspect, lines: named(facts.aspects, none: phrases.noTopic),
                whole: whole),
            WordedExcess(
                title: words.byStory, lines: told(facts.stories, headlines), whole: whole),
        ]
    }

    /// Parts with stories, then the others as one.
    private func named(_ split: DigestParts, none: String) -> [WordedExcess.Line] {
        let own = split.parts.filter { $0.negative > 0 }
        return own.map { part in
            line(part.key.isEmpty ? none : language.name(part.names), [part])
        } + rest(split.parts.filter { $0.negative == 0 }, named: language.phrases.otherParts)
    }

    private func told(
        _ split: DigestParts, _ headlines: [String: String]
    ) -> [WordedExcess.Line] {
        let own = split.parts.filter { !$0.key.isEmpty }
        let further = Array(own.dropFirst(Self.ownLines))
        return own.prefix(Self.ownLines).map { line(headlines[$0.key] ?? "#" + $0.key, [$0]) }
            + rest(further, named: words.furtherStories(further.count))
            + rest(split.parts.filter(\.key.isEmpty), named: words.earlierStories)
    }

    private func rest(_ parts: [DigestParts.Part], named name: String) -> [WordedExcess.Line] {
        parts.isEmpty ? [] : [line(name, parts)]
    }

    private func line(_ name: String, _ parts: [DigestParts.Part]) -> WordedExcess.Line {
        WordedExcess.Line(
            name: name, negatives: parts.reduce(0) { $0 + $1.negative },
            thousandths: parts.reduce(0) { $0 + $1.excessThousandths },
            evidence: parts.flatMap(\.evidence))
    }
}
