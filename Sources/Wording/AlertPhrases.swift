/// The sentences of an alert, once per language; numbers come in worded by `Numerals`.
protocol AlertPhrases: Sendable {
    // What happened, in one sentence; `topic` carries at least half of the excess.
    func opened(_ brand: String, topic: String?) -> String
    func updated(_ brand: String, topic: String?) -> String
    func resolved(_ brand: String) -> String

    /// What was counted, against the usual.
    func counts(_ counts: AlertCounts) -> String
    /// How likely that is, as `odds` words it.
    func evidence(share: String, both: String) -> String
    /// A factor: 29 times, or more than a million times.
    func odds(_ factor: Double) -> String
    /// The excess as more stories and a worse share, which add up.
    func effects(excess: String, volume: String, share: String) -> String

    // States.
    func since(_ start: String) -> String
    func openedAt(_ time: String) -> String
    func updatedAt(_ time: String) -> String
    func resolvedAt(_ time: String) -> String
    var isOpen: String { get }

    // The excess split.
    var bySource: String { get }
    var byAspect: String { get }
    var byStory: String { get }
    var earlierStories: String { get }
    func furtherStories(_ count: Int) -> String
    func mentions(_ ids: String) -> String
}

/// What a window held, worded.
struct AlertCounts: Hashable, Sendable {
    let negatives: Count
    let hours: Count
    let usualNegatives: Count
    let stories: Count
    let share: String
    let usualShare: String
    let authors: Count
}
