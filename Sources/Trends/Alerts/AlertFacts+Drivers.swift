import EarshotDomain

extension AlertFacts {
    /// The excess of a window over the usual, split by source, by story and by aspect.
    ///
    /// The parts' shares of μ are those of the negative stories of the same hours of the week in
    /// the 14 days before (trends note, section 5); the arithmetic is that of `ExcessParts`.
    ///
    /// - Parameters:
    ///   - told: the window's negative stories.
    ///   - before: those of the windows one and two weeks earlier.
    ///   - aspects: in the order of their declaration.
    init(
        reading: SpikeReading, told: [StoryVoice], before: [StoryVoice],
        sources: [Identifier<Source>: Source], aspects: [Topic]
    ) {
        let excess = ExcessParts(
            today: told, before: before, expected: reading.expectedNegatives)
        let members = Dictionary(
            told.map { ("\($0.id.rawValue)", $0.members) }, uniquingKeysWith: { first, _ in first })
        let byStory = excess.split(
            key: { story in
                let key = "\(story.id.rawValue)"
                return members[key] == nil ? "" : key
            }, names: [:])
        self.init(
            reading: reading, mentions: told.flatMap { $0.members.map(\.id) }.sorted(),
            sources: Self.whole(excess.bySource(names: sources), of: reading),
            stories: Self.whole(
                DigestParts(
                    parts: Self.ranked(byStory.parts.map { Self.part($0, members[$0.key] ?? []) })),
                of: reading),
            aspects: Self.whole(excess.byTopic(aspects), of: reading))
    }

    /// Where no story is told, now or before, one part holds what is missing.
    private static func whole(_ split: DigestParts, of reading: SpikeReading) -> DigestParts {
        guard split.parts.isEmpty else { return split }
        return DigestParts(
            parts: [
                DigestParts.Part(
                    key: "", names: [:], negative: 0, authors: 0, sources: 0,
                    usualThousandths: reading.expectedThousandths, evidence: [])
            ])
    }

    /// A story's part names all its mentions, and who told them.
    private static func part(
        _ part: DigestParts.Part, _ members: [TrendMention]
    ) -> DigestParts.Part {
        DigestParts.Part(
            key: part.key, names: part.names, negative: part.negative,
            authors: Set(members.map(\.voice)).count, sources: Set(members.map(\.source)).count,
            usualThousandths: part.usualThousandths, evidence: members.map(\.id))
    }

    /// Most mentions first, then the earliest; what earlier stories lead to expect is the last.
    private static func ranked(_ parts: [DigestParts.Part]) -> [DigestParts.Part] {
        parts.sorted {
            (-$0.evidence.count, $0.evidence.first?.rawValue ?? .max)
                < (-$1.evidence.count, $1.evidence.first?.rawValue ?? .max)
        }
    }
}
