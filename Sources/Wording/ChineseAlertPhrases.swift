struct ChineseAlertPhrases: AlertPhrases {
    private let numerals = Numerals(language: .zh)

    func opened(_ brand: String, topic: String?) -> String {
        topic.map { "\(brand)：负面内容激增，集中在“\($0)”。" } ?? "\(brand)：负面内容远多于平时。"
    }

    func updated(_ brand: String, topic: String?) -> String {
        topic.map { "\(brand)：负面内容仍在增加，集中在“\($0)”。" } ?? "\(brand)：负面内容仍在增加。"
    }

    func resolved(_ brand: String) -> String { "\(brand)：负面内容已回到平时水平。" }

    func counts(_ counts: AlertCounts) -> String {
        let share =
            counts.stories.value == 0
            ? ""
            : "；占全部 \(counts.stories.text) 条内容的 \(counts.share)，平时约 \(counts.usualShare)"
        let told =
            counts.negatives.value == 0 ? "" : "；来自 \(counts.authors.text) 位作者"
        return "\(counts.hours.text) 小时内出现 \(counts.negatives.text) 条负面内容，"
            + "平时约 \(counts.usualNegatives.text) 条\(share)\(told)。"
    }

    func evidence(share: String, both: String) -> String {
        "若负面占比确已升高，这样的构成出现的可能性是平时的\(share)；连同内容总量一起看，是平时的\(both)。"
    }

    func odds(_ factor: Double) -> String {
        factor >= 1_000_000 ? "一百万倍以上" : " \(numerals.usual(factor)) 倍"
    }

    func effects(excess: String, volume: String, share: String) -> String {
        "与平时相比 \(excess) 条：内容总量的变化占 \(volume) 条，负面占比的变化占 \(share) 条。"
    }

    func since(_ start: String) -> String { "自 \(start)起" }
    func openedAt(_ time: String) -> String { "\(time) 触发" }
    func updatedAt(_ time: String) -> String { "\(time) 更新" }
    func resolvedAt(_ time: String) -> String { "\(time) 解除" }
    let isOpen = "进行中"

    let bySource = "按来源"
    let byAspect = "按方面"
    let byStory = "按内容"
    let earlierStories = "平时应有的部分（此前的内容）"

    func furtherStories(_ count: Int) -> String { "其余 \(numerals.integer(count)) 条内容" }
    func mentions(_ ids: String) -> String { "提及编号 \(ids)" }
}
