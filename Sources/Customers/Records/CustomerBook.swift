package import EarshotDomain

/// Customers, items, identities and interactions with their times: what was known at any moment.
package struct CustomerBook: Sendable {
    /// Keys, ascending.
    package let customerKeys: [String]
    private let customers: [String: [Known<Customer>]]
    private let items: [[Known<Item>]]
    private let identities: [String: [Identity]]
    private let interactions: [String: [Interaction]]
    /// Each moment at which something became known, ascending.
    private let moments: [Timestamp]

    /// - Parameters: each in any order; the same key more than once is one thing and its changes.
    package init(
        customers: [Known<Customer>], items: [Known<Item>], identities: [Identity],
        interactions: [Interaction]
    ) {
        self.customers = Dictionary(grouping: customers, by: \.value.key)
            .mapValues { $0.sorted { $0.knownAt < $1.knownAt } }
        customerKeys = self.customers.keys.sorted()
        self.items = Dictionary(grouping: items, by: \.value.key)
            .sorted { $0.key < $1.key }
            .map { $0.value.sorted { $0.knownAt < $1.knownAt } }
        self.identities = Dictionary(grouping: identities, by: \.customer)
        self.interactions = Dictionary(grouping: interactions, by: \.customer)
            .mapValues { $0.sorted(by: Self.isEarlier) }
        moments =
            (customers.map(\.knownAt) + items.map(\.knownAt) + identities.map(\.knownAt)
            + interactions.map(\.knownAt)).sorted()
    }

    package func customer(_ key: String, at moment: Timestamp) -> Customer? {
        customers[key]?.last { $0.knownAt <= moment }?.value
    }

    /// In the order of their keys.
    package func items(at moment: Timestamp) -> [Item] {
        items.compactMap { versions in versions.last { $0.knownAt <= moment }?.value }
    }

    /// What the customer did, earliest first.
    package func interactions(of customer: String, at moment: Timestamp) -> [Interaction] {
        (interactions[customer] ?? []).filter { $0.knownAt <= moment && $0.eventAt <= moment }
    }

    /// Authors whom the customer lets us know as themselves, each by what was last reported.
    package func identities(of customer: String, at moment: Timestamp) -> [Identity] {
        let known = (identities[customer] ?? []).filter { $0.knownAt <= moment }
        return Dictionary(grouping: known, by: \.author)
            .compactMap { $0.value.max { $0.knownAt < $1.knownAt } }
            .filter(\.hasConsent)
            .sorted { $0.author < $1.author }
    }

    /// When the newest row that was known at `moment` became known; absent before the first.
    package func lastKnown(at moment: Timestamp) -> Timestamp? {
        moments.last(by: moment)
    }

    private static func isEarlier(_ left: Interaction, _ right: Interaction) -> Bool {
        (left.eventAt, left.item, left.kind.rawValue)
            < (right.eventAt, right.item, right.kind.rawValue)
    }
}

extension [Timestamp] {
    /// The last that is not after `moment`, of ascending ones, by binary search.
    package func last(by moment: Timestamp) -> Timestamp? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : self[low - 1]
    }
}
