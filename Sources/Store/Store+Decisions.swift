package import EarshotDomain
import GRDB

/// A decision as it was logged, once.
package struct DecisionRecord: Hashable, Sendable {
    /// Given by who asked.
    package let key: String
    /// Key of the customer.
    package let customer: String
    package let at: Timestamp
    /// The newest row that was read.
    package let known: Timestamp
    package let rule: String
    /// Key of the campaign that went out, with the item's; absent where none did.
    package let action: String?
    package let item: String?
    package let propensity: Double
    package let isControl: Bool
    /// All of it, as JSON: candidates, parts, versions.
    package let contents: String

    package init(
        key: String, customer: String, at: Timestamp, known: Timestamp, rule: String,
        action: String?, item: String?, propensity: Double, isControl: Bool, contents: String
    ) {
        self.key = key
        self.customer = customer
        self.at = at
        self.known = known
        self.rule = rule
        self.action = action
        self.item = item
        self.propensity = propensity
        self.isControl = isControl
        self.contents = contents
    }
}

extension Store {
    /// Logs a decision unless one with its key is known, and returns the one in the log.
    package func record(_ decision: DecisionRecord) async throws -> DecisionRecord {
        try await write { db in
            guard let customer = try db.id(of: decision.customer, in: "customer") else {
                throw StoredFault.unknown("no customer is called '\(decision.customer)'")
            }
            try db.run(
                """
                INSERT INTO decision (key, customer, eventAt, knownAt, rule, action, item,
                    propensity, isControl, contents)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
                """,
                [
                    decision.key.storable, customer, decision.at.milliseconds,
                    decision.known.milliseconds, decision.rule, decision.action, decision.item,
                    decision.propensity, decision.isControl ? 1 : 0, decision.contents.storable,
                ])
            return try db.decision(decision.key) ?? decision
        }
    }

    package func decision(_ key: String) async throws -> DecisionRecord? {
        try await read { try $0.decision(key) }
    }

    /// A customer's decisions, the newest first.
    package func decisions(of customer: String, limit: Int) async throws -> [DecisionRecord] {
        try await read { db in
            try db.all(
                """
                SELECT \(decisionColumns) FROM decision d JOIN customer c ON c.id = d.customer
                WHERE c.key = ? ORDER BY d.eventAt DESC, d.id DESC LIMIT ?
                """, [customer.storable, limit]
            ) { try $0.decision() }
        }
    }

    /// How often a customer was written to in `from...through`.
    package func contacts(
        of customer: String, from: Timestamp, through: Timestamp
    ) async throws -> Int {
        try await read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM decision d JOIN customer c ON c.id = d.customer
                    WHERE c.key = ? AND d.action IS NOT NULL AND d.eventAt BETWEEN ? AND ?
                    """,
                arguments: [customer.storable, from.milliseconds, through.milliseconds]) ?? 0
        }
    }

    /// How often customers were written to in `from..<to`, by key; those never are left out.
    package func contacts(from: Timestamp, to: Timestamp) async throws -> [String: Int] {
        try await read { db in
            var contacts: [String: Int] = [:]
            try db.each(
                """
                SELECT c.key, count(*) FROM decision d JOIN customer c ON c.id = d.customer
                WHERE d.action IS NOT NULL AND d.eventAt >= ? AND d.eventAt < ? GROUP BY c.key
                """, [from.milliseconds, to.milliseconds]
            ) { columns in
                let key: String = try columns.next()
                contacts[key] = try columns.next()
            }
            return contacts
        }
    }
}

private let decisionColumns = """
    d.key, c.key, d.eventAt, d.knownAt, d.rule, d.action, d.item, d.propensity, d.isControl,
    d.contents
    """

extension Columns {
    fileprivate mutating func decision() throws -> DecisionRecord {
        DecisionRecord(
            key: try next(), customer: try next(), at: try moment(), known: try moment(),
            rule: try next(), action: try optional(), item: try optional(),
            propensity: try next(), isControl: try next(), contents: try next())
    }
}

extension Database {
    fileprivate func decision(_ key: String) throws -> DecisionRecord? {
        try first(
            """
            SELECT \(decisionColumns) FROM decision d JOIN customer c ON c.id = d.customer
            WHERE d.key = ?
            """, [key.storable]
        ) { try $0.decision() }
    }
}
