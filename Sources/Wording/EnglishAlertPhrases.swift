struct EnglishAlertPhrases: AlertPhrases {
    private let numerals = Numerals(language: .en)

    func opened(_ brand: String, topic: String?) -> String {
        topic.map { "\(brand): bad news is piling up, most of it about “\($0)”." }
            ?? "\(brand): far more negative stories than usual."
    }

    func updated(_ brand: String, topic: String?) -> String {
        topic.map { "\(brand): it keeps rising, most of it about “\($0)”." }
            ?? "\(brand): the negative stories keep rising."
    }

    func resolved(_ brand: String) -> String { "\(brand): negative stories are back to the usual." }

    func counts(_ counts: AlertCounts) -> String {
        let negatives =
            "\(number(counts.negatives)) negative \(noun(counts.negatives, "story", "stories"))"
        let usual = "\(counts.usualNegatives.text) \(isAre(counts.usualNegatives)) usual"
        let told =
            counts.negatives.value == 0
            ? "" : "; told by \(counts.authors.text) \(noun(counts.authors, "author", "authors"))"
        let share =
            counts.stories.value == 0
            ? ""
            : "; \(counts.share) of \(counts.stories.text) "
                + "\(noun(counts.stories, "story", "stories")) where \(counts.usualShare) is usual"
        return "\(negatives) in \(counts.hours.text) \(noun(counts.hours, "hour", "hours")) "
            + "where \(usual)\(share)\(told)."
    }

    func evidence(share: String, both: String) -> String {
        "The mix is \(share) likelier under a worse share than under the usual one; mix and volume "
            + "together are \(both) likelier."
    }

    func odds(_ factor: Double) -> String {
        factor >= 1_000_000
            ? "more than a million times" : "\(numerals.usual(factor)) times"
    }

    func effects(excess: String, volume: String, share: String) -> String {
        "Against the usual \(excess): \(volume) for the number of stories, \(share) for the share "
            + "of negative ones."
    }

    func since(_ start: String) -> String { "since \(start)" }
    func openedAt(_ time: String) -> String { "opened \(time)" }
    func updatedAt(_ time: String) -> String { "updated \(time)" }
    func resolvedAt(_ time: String) -> String { "resolved \(time)" }
    let isOpen = "open"

    let bySource = "By source"
    let byAspect = "By aspect"
    let byStory = "By story"
    let earlierStories = "as usual, from earlier stories"

    func furtherStories(_ count: Int) -> String {
        "\(numerals.integer(count)) further \(count == 1 ? "story" : "stories")"
    }

    func mentions(_ ids: String) -> String { "mentions \(ids)" }

    private func number(_ count: Count) -> String { count.value == 0 ? "no" : count.text }

    private func noun(_ count: Count, _ one: String, _ many: String) -> String {
        count.text == "1" ? one : many
    }

    private func isAre(_ count: Count) -> String { count.text == "1" ? "is" : "are" }
}
