package import EarshotDomain
import GRDB

extension Store {
    /// Takes in who is whom; one outcome a row, in the order of the rows.
    package func record(_ identities: [Identity]) async throws -> [RowOutcome] {
        try await write { db in try identities.map { try db.add($0) } }
    }

    /// Takes in what was done; one outcome a row, in the order of the rows.
    package func record(_ interactions: [Interaction]) async throws -> [RowOutcome] {
        try await write { db in try interactions.map { try db.add($0) } }
    }

    /// Every report of who is whom known by `cut`, in order of knowing.
    package func identities(knownBy cut: Timestamp) async throws -> [Identity] {
        try await read { db in
            try db.all(
                """
                SELECT i.platform, i.handle, c.key, i.confidence, i.hasConsent, i.knownAt
                FROM identity i JOIN customer c ON c.id = i.customer
                WHERE i.knownAt <= ? ORDER BY i.knownAt, i.platform, i.handle, c.id
                """, [cut.milliseconds]
            ) { columns in
                Identity(
                    platform: try columns.next(), handle: try columns.next(),
                    customer: try columns.next(), confidence: try columns.next(),
                    hasConsent: try columns.next(), knownAt: try columns.moment())
            }
        }
    }

    /// What was done and known by `cut`, by customer, then in order of `eventAt`.
    package func interactions(knownBy cut: Timestamp) async throws -> [Interaction] {
        try await read { db in
            try db.all(
                """
                SELECT a.eventAt, a.knownAt, c.key, i.key, a.kind, a.quantity, a.price
                FROM interaction a
                JOIN customer c ON c.id = a.customer
                JOIN item i ON i.id = a.item
                WHERE a.knownAt <= ? ORDER BY a.customer, a.eventAt, a.item, a.kind
                """, [cut.milliseconds]
            ) { columns in
                Interaction(
                    eventAt: try columns.moment(), knownAt: try columns.moment(),
                    customer: try columns.next(), item: try columns.next(),
                    kind: try columns.choice(), quantity: try columns.next(),
                    price: try columns.optional())
            }
        }
    }
}

extension Database {
    fileprivate func add(_ identity: Identity) throws -> RowOutcome {
        guard let customer = try id(of: identity.customer, in: "customer") else {
            return .refused("no customer is called '\(identity.customer)'")
        }
        let last = try first(
            """
            SELECT confidence, hasConsent, knownAt FROM identity
            WHERE platform = ? AND handle = ? AND customer = ?
            ORDER BY knownAt = ? DESC, knownAt DESC LIMIT 1
            """,
            [
                identity.platform.storable, identity.handle.storable, customer,
                identity.knownAt.milliseconds,
            ]
        ) { columns in
            let confidence: Double = try columns.next()
            let hasConsent: Bool = try columns.next()
            return (
                isSame: confidence == identity.confidence && hasConsent == identity.hasConsent,
                knownAt: try columns.moment()
            )
        }
        if let last {
            if last.isSame { return .same }
            guard last.knownAt < identity.knownAt else {
                return .refused("a report as new says otherwise; it holds")
            }
        }
        try run(
            """
            INSERT INTO identity (platform, handle, customer, eventAt, knownAt, confidence,
                hasConsent)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                identity.platform.storable, identity.handle.storable, customer,
                identity.knownAt.milliseconds, identity.knownAt.milliseconds,
                identity.confidence, identity.hasConsent ? 1 : 0,
            ])
        return last == nil ? .added : .changed
    }

    fileprivate func add(_ interaction: Interaction) throws -> RowOutcome {
        guard let customer = try id(of: interaction.customer, in: "customer") else {
            return .refused("no customer is called '\(interaction.customer)'")
        }
        guard let item = try id(of: interaction.item, in: "item") else {
            return .refused("no item is called '\(interaction.item)'")
        }
        let known = try first(
            """
            SELECT quantity, price FROM interaction
            WHERE customer = ? AND eventAt = ? AND item = ? AND kind = ?
            """,
            [customer, interaction.eventAt.milliseconds, item, interaction.kind.rawValue]
        ) { columns in
            let quantity: Int = try columns.next()
            let price: Int? = try columns.optional()
            return quantity == interaction.quantity && price == interaction.price
        }
        if let known {
            return known ? .same : .refused("known with another quantity or price; the first holds")
        }
        try run(
            """
            INSERT INTO interaction (customer, eventAt, item, kind, knownAt, quantity, price)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                customer, interaction.eventAt.milliseconds, item, interaction.kind.rawValue,
                interaction.knownAt.milliseconds, interaction.quantity, interaction.price,
            ])
        return .added
    }
}
