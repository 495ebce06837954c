package import EarshotDomain
import GRDB

/// What ticks have to tell, written as a whole or not at all.
package struct TickRecord: Hashable, Sendable {
    /// What a brand's detector remembers once the ticks up to `watermark` are run.
    package struct Detector: Hashable, Sendable {
        package let brand: Identifier<Brand>
        package let watermark: Timestamp
        /// JSON of its maker's.
        package let standing: String

        package init(brand: Identifier<Brand>, watermark: Timestamp, standing: String) {
            self.brand = brand
            self.watermark = watermark
            self.standing = standing
        }
    }

    /// Something that happened to the alert of `brand` that was opened at `openedAt`.
    package struct News: Hashable, Sendable {
        package let brand: Identifier<Brand>
        package let openedAt: Timestamp
        package let event: AlertEvent

        package init(brand: Identifier<Brand>, openedAt: Timestamp, event: AlertEvent) {
            self.brand = brand
            self.openedAt = openedAt
            self.event = event
        }
    }

    package var detectors: [Detector]
    /// In the order in which it happened.
    package var news: [News]
    package var outbox: [OutboxDraft]
    /// When the outbox rows came to be.
    package var knownAt: Timestamp

    package init(
        detectors: [Detector], news: [News], outbox: [OutboxDraft], knownAt: Timestamp
    ) {
        self.detectors = detectors
        self.news = news
        self.outbox = outbox
        self.knownAt = knownAt
    }
}

extension Store {
    /// Writes detectors, alerts and outbox rows of ticks in one transaction; what is known already
    /// adds nothing.
    package func record(tick: TickRecord) async throws {
        try await write { db in
            for news in tick.news { try db.add(news) }
            for draft in tick.outbox { try db.add(outbox: draft, knownAt: tick.knownAt) }
            for detector in tick.detectors { try db.put(detector) }
        }
    }

    /// Of every brand that ticks were run for, by brand.
    package func detectors() async throws -> [TickRecord.Detector] {
        try await read { db in
            try db.all("SELECT brand, watermark, standing FROM detector ORDER BY brand") {
                TickRecord.Detector(
                    brand: try $0.identifier(), watermark: try $0.moment(),
                    standing: try $0.next())
            }
        }
    }

    /// Alerts of `brands`, or of all, the newest first, each with what was known of it by `cut`.
    package func alerts(
        of brands: [Identifier<Brand>]? = nil, knownBy cut: Timestamp? = nil, limit: Int
    ) async throws -> [Alert] {
        let cut = cut ?? Timestamp(milliseconds: .max)
        let condition = brands.map { "AND brand IN (\(placeholders($0.count)))" } ?? ""
        let arguments =
            [cut.milliseconds] + StatementArguments((brands ?? []).map(\.rawValue)) + [limit]
        return try await read { db in
            try db.alerts(
                where: "knownAt <= ? \(condition) ORDER BY knownAt DESC, id DESC LIMIT ?",
                arguments, knownBy: cut)
        }
    }

    package func alert(
        _ id: Identifier<Alert>, knownBy cut: Timestamp? = nil
    ) async throws -> Alert? {
        let cut = cut ?? Timestamp(milliseconds: .max)
        return try await read { db in
            try db.alerts(
                where: "id = ? AND knownAt <= ?", [id.rawValue, cut.milliseconds], knownBy: cut
            ).first
        }
    }
}

extension Database {
    fileprivate func alerts(
        where condition: String, _ arguments: StatementArguments, knownBy cut: Timestamp
    ) throws -> [Alert] {
        let rows = try all(
            "SELECT id, brand, knownAt FROM alert WHERE \(condition)", arguments
        ) { columns in
            let row: (id: Identifier<Alert>, brand: Identifier<Brand>, openedAt: Timestamp) = (
                try columns.identifier(), try columns.identifier(), try columns.moment()
            )
            return row
        }
        return try rows.map { row in
            let events = try all(
                """
                SELECT kind, knownAt, facts FROM alertEvent
                WHERE alert = ? AND knownAt <= ? ORDER BY knownAt, id
                """, [row.id.rawValue, cut.milliseconds]
            ) {
                AlertEvent(
                    kind: try $0.choice(), knownAt: try $0.moment(),
                    facts: try StoredText.facts($0.next()))
            }
            return Alert(
                id: row.id, brand: row.brand, openedAt: row.openedAt, events: events)
        }
    }

    fileprivate func add(_ news: TickRecord.News) throws {
        let event = news.event
        if event.kind == .opened {
            try run(
                """
                INSERT INTO alert (brand, eventAt, knownAt) VALUES (?, ?, ?)
                ON CONFLICT (brand, knownAt) DO NOTHING
                """,
                [
                    news.brand.rawValue, event.facts.reading.start.milliseconds,
                    news.openedAt.milliseconds,
                ])
        }
        let alert: Int64? = try first(
            "SELECT id FROM alert WHERE brand = ? AND knownAt = ?",
            [news.brand.rawValue, news.openedAt.milliseconds]
        ) { try $0.next() }
        guard let alert else {
            throw StoredFault.unknown(
                "brand \(news.brand.rawValue) opened no alert at "
                    + "\(news.openedAt.milliseconds)")
        }
        try run(
            """
            INSERT INTO alertEvent (alert, kind, eventAt, knownAt, facts)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                alert, event.kind.rawValue, event.facts.reading.start.milliseconds,
                event.knownAt.milliseconds, StoredText.text(facts: event.facts),
            ])
    }

    fileprivate func put(_ detector: TickRecord.Detector) throws {
        try run(
            """
            INSERT INTO detector (brand, watermark, standing) VALUES (?, ?, ?)
            ON CONFLICT (brand) DO UPDATE SET watermark = excluded.watermark,
                standing = excluded.standing
            """,
            [detector.brand.rawValue, detector.watermark.milliseconds, detector.standing])
    }
}
