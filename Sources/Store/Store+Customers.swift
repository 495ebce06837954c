package import EarshotDomain
import GRDB

/// A customer as a file reports them, before the store gives an id.
package struct CustomerDraft: Hashable, Sendable {
    package let key: String
    package let profile: CustomerProfile

    package init(key: String, profile: CustomerProfile) {
        self.key = key
        self.profile = profile
    }
}

extension Store {
    /// Takes in customers; one outcome a row.
    package func record(
        _ customers: [CustomerDraft], knownAt: Timestamp
    ) async throws -> [RowOutcome] {
        try await write { db in
            try customers.map { draft in
                let id: Int64? = try db.id(of: draft.key, in: "customer")
                let last = try id.flatMap { try db.lastProfile(of: $0) }
                let outcome = RowOutcome(last, draft.profile, knownAt: knownAt)
                switch outcome {
                case .added, .changed:
                    let id = try id ?? db.insertKey(draft.key, into: "customer")
                    try db.add(
                        draft.profile, of: id, knownAt: knownAt,
                        eventAt: last == nil ? draft.profile.since : knownAt)
                case .same, .refused: break
                }
                return outcome
            }
        }
    }

    /// Takes in what is for sale; one outcome a row.
    package func record(_ items: [Item], knownAt: Timestamp) async throws -> [RowOutcome] {
        try await write { db in
            try items.map { item in
                let id: Int64? = try db.id(of: item.key, in: "item")
                let last = try id.flatMap { try db.lastItem(item.key, id: $0) }
                let outcome = RowOutcome(last, item, knownAt: knownAt)
                switch outcome {
                case .added, .changed:
                    let id = try id ?? db.insertKey(item.key, into: "item")
                    try db.add(item, id: id, knownAt: knownAt)
                case .same, .refused: break
                }
                return outcome
            }
        }
    }

    /// Every profile known by `cut`, in order of id, then knowing.
    package func customers(knownBy cut: Timestamp) async throws -> [Known<Customer>] {
        try await read { db in
            try db.all(
                """
                SELECT c.id, c.key, \(profileColumns), p.knownAt
                FROM customer c JOIN customerProfile p ON p.customer = c.id
                WHERE p.knownAt <= ? ORDER BY c.id, p.knownAt
                """, [cut.milliseconds]
            ) { columns in
                let customer = Customer(
                    id: try columns.identifier(), key: try columns.next(),
                    profile: try columns.profile())
                return Known(customer, at: try columns.moment())
            }
        }
    }

    /// Every version of every item known by `cut`, in order of id, then knowing.
    package func items(knownBy cut: Timestamp) async throws -> [Known<Item>] {
        try await read { db in
            try db.all(
                """
                SELECT i.key, \(itemColumns), v.knownAt
                FROM item i JOIN itemVersion v ON v.item = i.id
                WHERE v.knownAt <= ? ORDER BY i.id, v.knownAt
                """, [cut.milliseconds]
            ) { columns in
                let key: String = try columns.next()
                return Known(try columns.item(key), at: try columns.moment())
            }
        }
    }
}

private let profileColumns = """
    p.name, p.email, p.language, p.country, p.zone, p.tier, p.since, p.allowsEmail,
    p.allowsProfiling, p.openCaseSince
    """

private let itemColumns = "v.brand, v.product, v.category, v.price, v.margin, v.titles"

extension RowOutcome {
    /// What to do with a report of something whose last report is `last`.
    fileprivate init<Value: Hashable>(
        _ last: (value: Value, knownAt: Timestamp)?, _ value: Value, knownAt: Timestamp
    ) {
        guard let last else {
            self = .added
            return
        }
        if last.value == value {
            self = .same
        } else if last.knownAt < knownAt {
            self = .changed
        } else if last.knownAt == knownAt {
            self = .refused("stands twice with different values; the first holds")
        } else {
            self = .refused("a newer report is known")
        }
    }
}

extension Columns {
    fileprivate mutating func profile() throws -> CustomerProfile {
        CustomerProfile(
            name: try next(), email: try optional(), language: try next(),
            country: try optional(), zone: try optional(), tier: try next(),
            since: try moment(), allowsEmail: try next(), allowsProfiling: try next(),
            openCaseSince: try optionalMoment())
    }

    fileprivate mutating func item(_ key: String) throws -> Item {
        Item(
            key: key, brand: try next(), product: try optional(), category: try next(),
            price: try next(), margin: try next(), titles: try StoredText.names(next()))
    }
}

extension Database {
    /// - Parameter table: `customer` or `item`.
    func id(of key: String, in table: String) throws -> Int64? {
        try first("SELECT id FROM \(table) WHERE key = ?", [key.storable]) { try $0.next() }
    }

    fileprivate func insertKey(_ key: String, into table: String) throws -> Int64 {
        let id: Identifier<Customer> = try insert(
            "INSERT INTO \(table) (key) VALUES (?) RETURNING id", [key.storable])
        return id.rawValue
    }

    fileprivate func lastProfile(
        of customer: Int64
    ) throws -> (value: CustomerProfile, knownAt: Timestamp)? {
        try first(
            """
            SELECT \(profileColumns), p.knownAt FROM customerProfile p
            WHERE p.customer = ? ORDER BY p.knownAt DESC LIMIT 1
            """, [customer]
        ) { (try $0.profile(), try $0.moment()) }
    }

    fileprivate func lastItem(
        _ key: String, id: Int64
    ) throws -> (value: Item, knownAt: Timestamp)? {
        try first(
            """
            SELECT \(itemColumns), v.knownAt FROM itemVersion v
            WHERE v.item = ? ORDER BY v.knownAt DESC LIMIT 1
            """, [id]
        ) { (try $0.item(key), try $0.moment()) }
    }

    fileprivate func add(
        _ profile: CustomerProfile, of customer: Int64, knownAt: Timestamp, eventAt: Timestamp
    ) throws {
        try run(
            """
            INSERT INTO customerProfile (customer, eventAt, knownAt, name, email, language,
                country, zone, tier, since, allowsEmail, allowsProfiling, openCaseSince)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                customer, eventAt.milliseconds, knownAt.milliseconds, profile.name.storable,
                profile.email?.storable, profile.language.storable, profile.country?.storable,
                profile.zone?.storable, profile.tier, profile.since.milliseconds,
                profile.allowsEmail ? 1 : 0, profile.allowsProfiling ? 1 : 0,
                profile.openCaseSince?.milliseconds,
            ])
    }

    fileprivate func add(_ item: Item, id: Int64, knownAt: Timestamp) throws {
        try run(
            """
            INSERT INTO itemVersion (item, eventAt, knownAt, brand, product, category, price,
                margin, titles)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, knownAt.milliseconds, knownAt.milliseconds, item.brand.storable,
                item.product?.storable, item.category.storable, item.price, item.margin,
                StoredText.text(names: item.titles),
            ])
    }
}
