import EarshotDomain

struct ChineseAudience: AudiencePhrases {
    func standing(_ standing: AudienceStanding) -> String {
        switch standing {
        case .reached: "触达"
        case .notBegun: "未开始"
        case .over: "已结束"
        case .control: "对照组"
        case .consent: "未同意"
        case .openCase: "投诉未结"
        case .cap: "已达上限"
        case .notForThem: "不适用"
        case .stopped: "已暂停"
        case .notWorth: "不划算"
        case .otherCampaign: "另有活动"
        }
    }

    func feature(_ feature: Feature) -> String {
        switch feature {
        case .brandShort: "品牌口碑（三天）"
        case .brandLong: "品牌口碑（两周）"
        case .aspectShort: "该方面口碑（三天）"
        case .aspectLong: "该方面口碑（两周）"
        case .brandShortReached: "传到客户的品牌口碑（三天）"
        case .brandLongReached: "传到客户的品牌口碑（两周）"
        case .aspectShortReached: "传到客户的该方面口碑（三天）"
        case .aspectLongReached: "传到客户的该方面口碑（两周）"
        case .trend: "三天与两周之差"
        case .volume: "一周声音数"
        case .authors: "一周作者数"
        case .reach: "口碑离客户多近"
        case .taste: "商品合意程度"
        case .brandShare: "品牌占其购买的比例"
        case .categoryShare: "品类占其购买的比例"
        case .priceDistance: "与其惯常价格之比"
        case .tier: "等级"
        case .openCase: "投诉未结"
        }
    }

    func group(_ group: Decision.Part.Group) -> String {
        switch group {
        case .base: "基准"
        case .taste: "喜好"
        case .price: "价格"
        case .loyalty: "忠诚"
        case .case: "投诉"
        case .sentiment: "口碑"
        }
    }

    func reached(item: String, value: String, talk: String?) -> String {
        "推荐\(item)，每次触达扣除成本后约值 \(value) 欧元" + clause(talk)
    }

    func careForCase(item: String) -> String {
        "有未结投诉：提供帮助（\(item)），不做推销"
    }

    func notWorth(talk: String?) -> String { "触达成本高于所得" + clause(talk) }

    func otherCampaign(_ name: String, talk: String?) -> String {
        "改收更合适的“\(name)”" + clause(talk)
    }

    func openCase(instead: String?) -> String {
        "有未结投诉：不做推销" + (instead.map { "，改收“\($0)”" } ?? "")
    }

    func stopped(brand: String, mood: String) -> String {
        "\(brand)口碑太差（三天均值 \(mood)），对所有人暂停"
    }

    func rule(_ standing: AudienceStanding) -> String {
        switch standing {
        case .notBegun: "活动尚未开始"
        case .over: "活动已经结束"
        case .control: "对照组：无论口碑如何都不触达"
        case .consent: "未同意接收邮件"
        case .cap: "近期联系已够多"
        case .notForThem: "没有活动所针对的商品，或已拥有全部所推商品"
        default: self.standing(standing)
        }
    }

    func talk(
        of brand: String, tone: Tone, mood: String, voices: Int, odds: String, isLess: Bool,
        isChange: Bool
    ) -> String {
        let how =
            switch tone {
            case .bad: "不佳"
            case .cool: "平淡"
            case .kind: "尚好"
            }
        return "\(brand)口碑\(how)（三天均值 \(mood)，一周 \(voices) 个声音），"
            + "使回应的胜算\(isChange ? "较先前" : "")\(isLess ? "降低" : "提高") \(odds)"
    }

    func joined(_ reason: String, cause: String?) -> String { "进入：\(reason)" + because(cause) }

    func left(_ reason: String, cause: String?) -> String { "退出：\(reason)" + because(cause) }

    func asBefore(_ reason: String) -> String { "不变：\(reason)" }

    private func clause(_ talk: String?) -> String { talk.map { "；\($0)" } ?? "" }

    private func because(_ cause: String?) -> String {
        cause.map { "；变化最大的是\($0)" } ?? ""
    }
}
