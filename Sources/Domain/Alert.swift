/// A brand's negative stories rose above the usual: opened once, updated as it grows, resolved.
package struct Alert: Hashable, Sendable {
    package let id: Identifier<Alert>
    package let brand: Identifier<Brand>
    /// The tick that raised it.
    package let openedAt: Timestamp
    /// By `knownAt`, at least one: the first opens it.
    package let events: [AlertEvent]

    package init(
        id: Identifier<Alert>, brand: Identifier<Brand>, openedAt: Timestamp,
        events: [AlertEvent]
    ) {
        self.id = id
        self.brand = brand
        self.openedAt = openedAt
        self.events = events
    }

    /// Absent while it is open.
    package var resolvedAt: Timestamp? {
        events.last { $0.kind == .resolved }?.knownAt
    }

    /// The event whose figures were the highest known when it happened; a resolution tells of calm.
    package var height: AlertEvent? {
        events.last { $0.kind != .resolved } ?? events.last
    }
}

/// What happened to an alert, with the figures as known then: never edited afterwards.
package struct AlertEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case opened, updated, resolved
    }

    package let kind: Kind
    /// The tick that told.
    package let knownAt: Timestamp
    package let facts: AlertFacts

    package init(kind: Kind, knownAt: Timestamp, facts: AlertFacts) {
        self.kind = kind
        self.knownAt = knownAt
        self.facts = facts
    }
}

/// What stands behind an event: one window's figures, the mentions they came from, and the excess
/// split three ways.
package struct AlertFacts: Hashable, Sendable {
    package let reading: SpikeReading
    /// Of the window's negative stories, all that is known of each; ascending.
    package let mentions: [Identifier<Mention>]
    /// The excess E = k − μ, three times over: each adds up to it in thousandths.
    package let sources: DigestParts
    /// A part for each negative story of the window, its id the key; the part without a key is
    /// what earlier stories lead to expect.
    package let stories: DigestParts
    package let aspects: DigestParts

    package init(
        reading: SpikeReading, mentions: [Identifier<Mention>], sources: DigestParts,
        stories: DigestParts, aspects: DigestParts
    ) {
        self.reading = reading
        self.mentions = mentions
        self.sources = sources
        self.stories = stories
        self.aspects = aspects
    }
}

/// A window that ends at a tick, held against the usual for its hours.
package struct SpikeReading: Hashable, Sendable {
    /// Length of the window: 1, 3, 6, 24 or 72.
    package let hours: Int
    /// The tick: events at `end` or later are not in the window.
    package let end: Timestamp
    /// m: stories whose first mention lies in the window.
    package let stories: Int
    /// k: those of `stories` that are negative.
    package let negatives: Int
    /// e: stories that are usual for the window's hours.
    package let expectedStories: Double
    /// μ: negative ones of `expectedStories`.
    package let expectedNegatives: Double
    /// q = μ/e, kept in 0.02…0.9.
    package let usualShare: Double
    /// Gs: log-likelihood ratio of the share, tempered by its dispersion, in nats.
    package let shareEvidence: Double
    /// Gv: the same of the volume of all stories.
    package let volumeEvidence: Double
    /// Distinct authors of the first mentions of the negative stories.
    package let authors: Int

    package init(
        hours: Int, end: Timestamp, stories: Int, negatives: Int, expectedStories: Double,
        expectedNegatives: Double, usualShare: Double, shareEvidence: Double,
        volumeEvidence: Double, authors: Int
    ) {
        self.hours = hours
        self.end = end
        self.stories = stories
        self.negatives = negatives
        self.expectedStories = expectedStories
        self.expectedNegatives = expectedNegatives
        self.usualShare = usualShare
        self.shareEvidence = shareEvidence
        self.volumeEvidence = volumeEvidence
        self.authors = authors
    }

    package var start: Timestamp { end - .hours(Int64(hours)) }

    /// μ in thousandths of a story, as the parts of the excess add up to it.
    package var expectedThousandths: Int { Int((expectedNegatives * 1_000).rounded()) }

    /// E = k − μ in thousandths of a story.
    package var excessThousandths: Int { negatives * 1_000 - expectedThousandths }

    /// The part of E that more stories explain at the usual share, (m − e) q, in thousandths; the
    /// rest is the worse share's.
    package var volumeThousandths: Int {
        Int(((Double(stories) - expectedStories) * usualMix * 1_000).rounded())
    }

    package var shareThousandths: Int { excessThousandths - volumeThousandths }

    /// μ/e as it is, so that volume and share add up to E.
    private var usualMix: Double {
        expectedStories > 0 ? expectedNegatives / expectedStories : 0
    }
}

extension DigestParts.Part {
    /// Thousandths of a story over the usual; negative where there are fewer.
    package var excessThousandths: Int { negative * 1_000 - (usualThousandths ?? 0) }
}
