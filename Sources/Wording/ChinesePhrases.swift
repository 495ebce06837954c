package import EarshotDomain

package struct ChinesePhrases: Phrases {
    package init() {}

    package let tag = "zh-Hans"

    private let numerals = Numerals(language: .zh)
    private static let weekdays = ["一", "二", "三", "四", "五", "六", "日"]

    package func hardDay(_ brand: String, _ day: DayPart, _ told: Crowd) -> String {
        let stretch =
            switch day {
            case .wholeDay: "这一天"
            case .night: "这个凌晨"
            case .morning: "这个上午"
            case .afternoon: "这个下午"
            case .evening: "这个晚上"
            }
        let what =
            told.topic.map { "负面集中在“\($0)”" }
            ?? "出现 \(numerals.integer(told.negatives)) 条负面内容"
        return "\(spaced(brand))\(stretch)不好过：\(what)，\(numerals.integer(told.authors)) 人"
            + "在 \(numerals.integer(told.places)) 个渠道发声。"
    }

    package func goodDay(_ brand: String, _ positive: Count, usual: Count) -> String {
        "\(spaced(brand))迎来好评的一天：正面内容 \(positive.text) 条，\(about(usual, "条"))。"
    }

    package func busyDay(_ brand: String, _ mentions: Count, usual: Count) -> String {
        "\(spaced(brand))声量高于平时：提及 \(mentions.text) 次，\(about(usual, "次"))。"
    }

    package func stillDay(_ brand: String, _ mentions: Count, usual: Count) -> String {
        mentions.value == 0
            ? "这一天没有人提到\(spacedBefore(brand))，\(about(usual, "次"))。"
            : "\(spaced(brand))声量低于平时：提及 \(mentions.text) 次，\(about(usual, "次"))。"
    }

    package func quietDay(_ brand: String, _ mentions: Count, usual: Count) -> String {
        "\(spaced(brand))这一天风平浪静：提及 \(mentions.text) 次，\(about(usual, "次"))。"
    }

    package func unknownDay(_ brand: String, _ mentions: Count, stories: Count) -> String {
        mentions.value == 0
            ? "这一天没有人提到\(spacedBefore(brand))。"
            : "\(brand)：提及 \(mentions.text) 次，合并相似后共 \(stories.text) 条内容。"
    }

    package func negatives(
        _ negative: Count, usual: Count, topic: Carrier?, place: Carrier?
    ) -> String {
        let parts = [
            topic.map { "\(part($0))谈“\($0.name)”" },
            place.map { "\(part($0))来自\(spacedBefore($0.name))" },
        ].compactMap(\.self)
        let carried = parts.isEmpty ? "" : "；" + parts.joined(separator: "，")
        return "负面内容 \(negative.text) 条，\(about(usual, "条"))\(carried)。"
    }

    package func tones(negative: Count, neutral: Count, positive: Count) -> String {
        "内容中负面 \(negative.text) 条，中性 \(neutral.text) 条，正面 \(positive.text) 条。"
    }

    package let noUsual = "平时水平未知"
    package let noUsualYet = "监测天数尚少，暂时无法判断平时水平。"

    package func date(_ date: LocalDate) -> String {
        "\(date.year)年\(date.month)月\(date.day)日 星期\(Self.weekdays[date.weekday])"
    }

    package func shortDay(_ date: LocalDate) -> String {
        "\(date.day)日 \(weekday(date))"
    }

    package func dayAndTime(_ clock: WallClock) -> String {
        "\(clock.date.month)月\(clock.date.day)日 \(Clock.text(clock))"
    }

    package func weekday(_ date: LocalDate) -> String { "周\(Self.weekdays[date.weekday])" }

    package func dayLine(_ day: DigestDay, hours: String) -> String {
        let soFar = day.cut < day.end ? "（截至目前）" : ""
        let length = (day.hours == 24 ? "" : "（时钟调整，全天 \(hours) 小时）") + soFar
        return "\(date(day.date))\(length) · 时区 \(day.zone)"
    }

    package func span(_ duration: Duration) -> String {
        let hours = Double(duration.milliseconds) / 3_600_000
        if hours < 1 { return "\(numerals.usual(max(1, (hours * 60).rounded())))\u{A0}分钟" }
        if hours < 48 { return "\(numerals.usual(hours))\u{A0}小时" }
        return "\(numerals.usual(hours / 24))\u{A0}天"
    }

    package let mentions = "提及"
    package let stories = "独立内容"
    package let netSentiment = "净情感"
    package let shareOfVoice = "声量占比"

    package func change(_ change: Change, on date: LocalDate) -> String {
        let unit = change.kind == .share ? " 个百分点" : ""
        let usual =
            change.kind == .count
            ? "平常的\(weekday(date))（\(change.usual)）" : "平时（\(change.usual)）"
        let (more, less) = change.kind == .count ? ("多", "少") : ("高", "低")
        return switch change.direction {
        case .same: "与\(usual)持平"
        case .more: "比\(usual)\(more) \(change.amount)\(unit)"
        case .less: "比\(usual)\(less) \(change.amount)\(unit)"
        }
    }

    package func dayBefore(_ value: String) -> String { "前一天：\(value)" }

    package func label(_ label: Sentiment.Label) -> String {
        switch label {
        case .negative: "负面"
        case .neutral: "中性"
        case .positive: "正面"
        }
    }

    package let tone = "内容情感"
    package let sevenDays = "近七天"
    package let usualForTheHours = "该时段平时水平"
    package let usualWord = "平时"
    package let time = "时间"
    package let aspects = "方面（每条计一次）"
    package let products = "产品（每条计一次）"
    package let places = "来源"
    package let noTopic = "未涉及以上"
    package let noPlace = "来源不明"
    package let otherParts = "其余各项"
    package let whereNegativesComeFrom = "负面内容与平时相比"
    package let sum = "合计"
    package let topStories = "热点内容"
    package let noStories = "这一天没有相关内容。"
    package let sources = "来源状态"
    package let rowsBehind = "数字背后的明细"
    package let behindMentions = "全部提及"
    package let behindStories = "按情感分列的独立内容（以首条提及为准）"
    package let behindVoice = "同一市场的独立内容"
    package let tableOfChart = "以表格查看同样的数字"
    package let erased = "已不再保存"
    package let everyFigureOpens = "点击任一数字可查看明细"

    package let quotes = (opening: "“", closing: "”")

    package func posts(_ posts: Int, authors: Int) -> String {
        "\(numerals.integer(posts)) 篇，\(numerals.integer(authors)) 位作者"
    }

    package func weight(_ amount: String, isNegative: Bool) -> String {
        (isNegative ? "偏负面 " : "偏正面 ") + amount
    }

    package func onTime(_ count: Int, of all: Int) -> String {
        "\(numerals.integer(all)) 个来源中 \(numerals.integer(count)) 个正常"
    }

    package func silent(_ name: String, for silence: String, usual: String) -> String {
        "\(spaced(name))已 \(silence)没有更新，平时约每 \(usual)一条"
    }

    package func firstRows(_ shown: Int, of all: Int) -> String {
        "共 \(numerals.integer(all)) 条，列出前 \(numerals.integer(shown)) 条"
    }

    package func asKnown(_ clock: WallClock) -> String {
        "数据截至 \(date(clock.date)) \(Clock.text(clock))。"
    }

    package func digestTitle(_ brand: String, _ date: LocalDate) -> String {
        "\(brand) · \(self.date(date))"
    }

    package func chartTitle(
        _ brand: String, from first: LocalDate, to last: LocalDate
    ) -> String {
        let end = first.month == last.month ? "\(last.day)日" : "\(last.month)月\(last.day)日"
        return "\(spaced(brand))各时段内容情感，\(first.year)年\(first.month)月\(first.day)日至\(end)"
    }

    package func chartDescription(negative: Int, stories: Int, peak: WallClock?) -> String {
        let sums = "七天共 \(numerals.integer(stories)) 条内容，负面 \(numerals.integer(negative)) 条"
        return sums + (peak.map { "；负面最多的时段始于 \(dayAndTime($0))。" } ?? "。")
    }

    private func part(_ carrier: Carrier) -> String {
        carrier.isAll ? "全部" : "其中 \(numerals.integer(carrier.stories)) 条"
    }

    /// Between Latin and Han stands a space.
    private func spaced(_ name: String) -> String {
        name.utf8.last.map { $0 < 0x80 } == true ? name + " " : name
    }

    private func spacedBefore(_ name: String) -> String {
        name.utf8.first.map { $0 < 0x80 } == true ? " " + name : name
    }

    private func about(_ usual: Count, _ measure: String) -> String {
        "平时约 \(usual.text) \(measure)"
    }
}
