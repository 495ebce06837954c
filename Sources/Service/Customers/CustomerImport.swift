package import EarshotDomain
package import EarshotStore
import EarshotWire

/// Takes customers, items, identities and interactions in from files of comma-separated values.
///
/// A bad row is told with its line and reason, the rest goes in; a row that is known already adds
/// nothing. Where a file says when its sender knew of a row (`known_at`), that holds; else the row
/// is known from the import on.
package struct CustomerImport {
    package enum Kind: String, Sendable, CaseIterable {
        case customers, items, identities, interactions
    }

    /// What became of a file's rows.
    package struct Summary: Hashable, Sendable {
        package internal(set) var added = 0
        package internal(set) var changed = 0
        package internal(set) var same = 0
        /// In the order of their lines.
        package internal(set) var bad: [BadRow] = []
    }

    private let store: Store
    private let now: Timestamp

    package init(store: Store, now: Timestamp) {
        self.store = store
        self.now = now
    }

    package func take(_ kind: Kind, from path: String) async throws -> Summary {
        switch kind {
        case .customers:
            try await take(path, Self.customerColumns, Self.customer) { drafts in
                try await store.record(drafts, knownAt: now)
            }
        case .items:
            try await take(path, Self.itemColumns, Self.item) { items in
                try await store.record(items, knownAt: now)
            }
        case .identities:
            try await take(path, Self.identityColumns, identity) { try await store.record($0) }
        case .interactions:
            try await take(path, Self.interactionColumns, interaction) {
                try await store.record($0)
            }
        }
    }

    private func take<Value>(
        _ path: String, _ required: [String],
        _ read: (ImportRow) throws(ImportRow.Fault) -> Value,
        _ record: ([Value]) async throws -> [RowOutcome]
    ) async throws -> Summary {
        var file = try ImportFile(path: path, required: required)
        var summary = Summary()
        while let (rows, bad) = try file.next() {
            summary.bad += bad
            var values: [Value] = []
            var lines: [Int] = []
            for row in rows {
                do {
                    values.append(try read(row))
                    lines.append(row.line)
                } catch {
                    summary.bad.append(BadRow(file: path, line: row.line, reason: error.reason))
                }
            }
            for (line, outcome) in zip(lines, try await record(values)) {
                summary.count(outcome, file: path, line: line)
            }
        }
        summary.bad.sort { $0.line < $1.line }
        return summary
    }

    private static let customerColumns = [
        "customer", "name", "language", "tier", "since", "email_consent", "profiling_consent",
    ]

    private static func customer(_ row: ImportRow) throws(ImportRow.Fault) -> CustomerDraft {
        guard let since = try row.moment("since") else {
            throw ImportRow.Fault(reason: "since is empty")
        }
        return CustomerDraft(
            key: try row.key("customer"),
            profile: CustomerProfile(
                name: try row.text("name"), email: row.optional("email"),
                language: try row.text("language").lowercased(),
                country: row.optional("country"), zone: row.optional("zone"),
                tier: try row.int("tier", in: 0...9), since: since,
                allowsEmail: try row.flag("email_consent"),
                allowsProfiling: try row.flag("profiling_consent"),
                openCaseSince: try row.moment("open_case_since")))
    }

    private static let itemColumns = [
        "item", "brand", "category", "price_eur", "margin_eur", "title_en",
    ]

    private static func item(_ row: ImportRow) throws(ImportRow.Fault) -> Item {
        guard let price = try row.cents("price_eur"), let margin = try row.cents("margin_eur")
        else { throw ImportRow.Fault(reason: "price_eur or margin_eur is empty") }
        var titles = ["en": try row.text("title_en")]
        titles["zh"] = row.optional("title_zh")
        return Item(
            key: try row.key("item"), brand: try row.key("brand"),
            product: row.optional("product"), category: try row.text("category"), price: price,
            margin: margin, titles: titles)
    }

    private static let identityColumns = [
        "platform", "handle", "customer", "confidence", "consent",
    ]

    private func identity(_ row: ImportRow) throws(ImportRow.Fault) -> Identity {
        let confidence = try row.text("confidence")
        guard let number = Double(confidence), (0...1).contains(number) else {
            throw ImportRow.Fault(
                reason: "confidence '\(confidence)' is no number from 0 to 1")
        }
        let handle = String(try row.text("handle").drop { $0 == "@" })
        guard !handle.isEmpty else { throw ImportRow.Fault(reason: "handle is empty") }
        return Identity(
            platform: try row.text("platform").lowercased(), handle: handle,
            customer: try row.key("customer"), confidence: number,
            hasConsent: try row.flag("consent"), knownAt: try known(row))
    }

    private static let interactionColumns = ["event_at", "customer", "item", "kind"]

    private func interaction(_ row: ImportRow) throws(ImportRow.Fault) -> Interaction {
        guard let eventAt = try row.moment("event_at") else {
            throw ImportRow.Fault(reason: "event_at is empty")
        }
        let kind = try row.text("kind")
        guard let kind = Interaction.Kind(rawValue: kind) else {
            throw ImportRow.Fault(reason: "kind '\(kind)' is none of view, purchase, return")
        }
        let quantity =
            row.optional("quantity") == nil ? 1 : try row.int("quantity", in: 1...1_000_000)
        return Interaction(
            eventAt: eventAt, knownAt: try known(row), customer: try row.key("customer"),
            item: try row.key("item"), kind: kind, quantity: quantity,
            price: try row.cents("price_eur"))
    }

    private func known(_ row: ImportRow) throws(ImportRow.Fault) -> Timestamp {
        try row.moment("known_at") ?? now
    }
}

extension CustomerImport.Summary {
    fileprivate mutating func count(_ outcome: RowOutcome, file: String, line: Int) {
        switch outcome {
        case .added: added += 1
        case .changed: changed += 1
        case .same: same += 1
        case .refused(let reason): bad.append(BadRow(file: file, line: line, reason: reason))
        }
    }
}
