import EarshotDomain
import EarshotStore
import EarshotWire

extension Campaign {
    /// - Parameter brands: those declared; a campaign speaks of one that is ours.
    init(_ node: ConfigurationNode, brands: [BrandDeclaration]) throws(ConfigurationError) {
        let members = try node.members(
            allowed: [
                "key", "names", "kind", "brand", "aspect", "items", "owners-of", "cost",
                "starts", "ends", "guard",
            ])
        let key = try members.key(of: node)
        let kindNode = try members.required("kind", in: node)
        guard let kind = Kind(rawValue: try kindNode.text()) else {
            throw kindNode.error("expected care or promotion")
        }
        let brandNode = try members.required("brand", in: node)
        let brandKey = try brandNode.text()
        guard let brand = brands.first(where: { $0.key == brandKey && !$0.isCompetitor }) else {
            throw brandNode.error("no brand of ours is called '\(brandKey)'")
        }
        let aspect = try members["aspect"]?.text()
        if let aspect, let place = members["aspect"],
            !brand.topics.contains(where: { $0.kind == .aspect && $0.key == aspect })
        {
            throw place.error("\(brandKey) has no aspect '\(aspect)'")
        }
        let itemsNode = try members.required("items", in: node)
        let items = try itemsNode.texts()
        guard !items.isEmpty else { throw itemsNode.error("expected one item at least") }
        let starts = try members.required("starts", in: node).day()
        let endsNode = try members.required("ends", in: node)
        let ends = try endsNode.day() + .days(1)
        guard starts < ends else { throw endsNode.error("it ends before it starts") }
        self.init(
            key: key, names: try members.names(of: key, in: node), kind: kind, brand: brandKey,
            aspect: aspect, items: items, owners: try members["owners-of"]?.texts() ?? [],
            cost: try members["cost"]?.cents() ?? 0, starts: starts, ends: ends,
            guard: try members["guard"].map(Guard.reading))
    }
}

extension Campaign.Guard {
    fileprivate static func reading(
        _ node: ConfigurationNode
    ) throws(ConfigurationError) -> Campaign.Guard {
        let members = try node.members(allowed: ["below", "action", "item"])
        let limitNode = try members.required("below", in: node)
        guard let limit = Double(try limitNode.text()), (-1...1).contains(limit) else {
            throw limitNode.error("expected a number from -1 to 1")
        }
        let actionNode = try members.required("action", in: node)
        switch try actionNode.text() {
        case "pause":
            if let item = members["item"] { throw item.error("pause offers no item") }
            return Campaign.Guard(below: limit, action: .pause)
        case "swap":
            let item = try members.required("item", in: node).text()
            return Campaign.Guard(below: limit, action: .swap(item: item))
        default:
            throw actionNode.error("expected pause or swap")
        }
    }
}

extension TargetingRules {
    init(_ node: ConfigurationNode) throws(ConfigurationError) {
        self.init()
        let members = try node.members(allowed: ["control", "salt", "cap", "cap-window"])
        if let node = members["control"] { controlPerMille = try node.perMille() }
        if let node = members["salt"] { salt = try node.text() }
        if let node = members["cap"] { cap = try node.int(in: 0...1_000) }
        if let node = members["cap-window"] { capWindow = try node.duration() }
    }
}

extension ConfigurationNode {
    fileprivate func texts() throws(ConfigurationError) -> [String] {
        var texts: [String] = []
        for node in try elements() { texts.append(try node.text()) }
        return texts
    }

    /// The first moment of a date, UTC.
    fileprivate func day() throws(ConfigurationError) -> Timestamp {
        guard let date = LocalDate(iso8601: try text()) else {
            throw error("expected a date: 2026-03-31")
        }
        return Timestamp(milliseconds: Int64(date.dayNumber) * 86_400_000)
    }

    /// An amount such as `1.20 EUR`, in cents.
    fileprivate func cents() throws(ConfigurationError) -> Int {
        let parts = try text().split(separator: " ")
        guard parts.count == 2, parts[1] == "EUR", let cents = Money.cents(String(parts[0]))
        else { throw error("expected an amount in euros: 0.40 EUR") }
        return cents
    }

    /// A share such as `10 %`, at most half, with one decimal at most.
    fileprivate func perMille() throws(ConfigurationError) -> Int {
        let number = try text().split(separator: "%", omittingEmptySubsequences: false)
        guard number.count == 2, number[1].isEmpty,
            let hundredths = Money.cents(number[0].filter { $0 != " " }),
            hundredths.isMultiple(of: 10), hundredths <= 5_000
        else { throw error("expected a share from 0 % to 50 %: 10 %") }
        return hundredths / 10
    }
}
