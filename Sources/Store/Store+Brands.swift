package import EarshotDomain
import GRDB

extension Store {
    /// Makes the store's brands and their topics those that are declared, by key; those no longer
    /// declared retire with their mentions.
    package func synchronise(
        brands: [BrandDeclaration], now: Timestamp
    ) async throws -> Synchronisation {
        try await write { db in
            var result = Synchronisation()
            let known = try db.brandRows(sql: "ORDER BY id")
            let knownByKey = Dictionary(uniqueKeysWithValues: known.map { ($0.brand.key, $0) })
            for declared in brands {
                let id: Identifier<Brand>
                if let row = knownByKey[declared.key] {
                    id = row.brand.id
                    let topicsChanged = try db.synchronise(
                        topics: declared.topics, of: id, now: now)
                    guard row.isRetired || topicsChanged || !row.brand.isDeclared(by: declared)
                    else { continue }
                    try db.change(id, to: declared, now: now)
                    result.changed.append(declared.key)
                } else {
                    id = try db.add(declared, now: now)
                    _ = try db.synchronise(topics: declared.topics, of: id, now: now)
                    result.added.append(declared.key)
                }
            }
            let declaredKeys = Set(brands.map(\.key))
            for row in known where !row.isRetired && !declaredKeys.contains(row.brand.key) {
                try db.run(
                    "UPDATE brand SET retiredAt = ? WHERE id = ?",
                    [now.milliseconds, row.brand.id.rawValue])
                result.retired.append(row.brand.key)
            }
            return result
        }
    }

    /// Brands with their topics, each in the order of first declaration; those that are declared
    /// no more only where they are asked for.
    package func brands(includingRetired: Bool = false) async throws -> [Brand] {
        try await read { db in
            let topics = try db.topicRows().filter { includingRetired || !$0.isRetired }
            let topicsByBrand = Dictionary(grouping: topics, by: \.brand)
            let condition = includingRetired ? "ORDER BY id" : "WHERE retiredAt IS NULL ORDER BY id"
            return try db.brandRows(sql: condition).map { row in
                let brand = row.brand
                return Brand(
                    id: brand.id, key: brand.key, names: brand.names, query: brand.query,
                    topics: topicsByBrand[brand.id, default: []].map(\.topic),
                    market: brand.market, isCompetitor: brand.isCompetitor)
            }
        }
    }
}

/// A row of `brand`, its topics not yet read.
private struct BrandRow {
    let brand: Brand
    let isRetired: Bool
}

private struct TopicRow {
    let id: Int64
    let brand: Identifier<Brand>
    let topic: Topic
    let isRetired: Bool
}

extension Brand {
    fileprivate func isDeclared(by declared: BrandDeclaration) -> Bool {
        names == declared.names && query == declared.query && market == declared.market
            && isCompetitor == declared.isCompetitor
    }
}

extension Database {
    fileprivate func brandRows(sql condition: String) throws -> [BrandRow] {
        try all(
            """
            SELECT id, key, names, query, market, isCompetitor, retiredAt FROM brand \(condition)
            """
        ) { columns in
            let brand = Brand(
                id: try columns.identifier(), key: try columns.next(),
                names: try StoredText.names(columns.next()), query: try columns.next(),
                topics: [], market: try columns.next(), isCompetitor: try columns.next())
            return BrandRow(brand: brand, isRetired: try columns.optionalMoment() != nil)
        }
    }

    fileprivate func topicRows() throws -> [TopicRow] {
        try all(
            "SELECT id, brand, key, kind, names, query, retiredAt FROM topic ORDER BY id"
        ) { columns in
            TopicRow(
                id: try columns.next(), brand: try columns.identifier(),
                topic: Topic(
                    key: try columns.next(), kind: try columns.choice(),
                    names: try StoredText.names(columns.next()), query: try columns.next()),
                isRetired: try columns.optionalMoment() != nil)
        }
    }

    fileprivate func add(
        _ declared: BrandDeclaration, now: Timestamp
    ) throws -> Identifier<Brand> {
        try insert(
            """
            INSERT INTO brand (key, names, query, market, isCompetitor, knownAt, changedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [
                declared.key.storable, StoredText.text(names: declared.names),
                declared.query.storable, declared.market.storable,
                declared.isCompetitor ? 1 : 0, now.milliseconds, now.milliseconds,
            ])
    }

    fileprivate func change(
        _ id: Identifier<Brand>, to declared: BrandDeclaration, now: Timestamp
    ) throws {
        try run(
            """
            UPDATE brand SET names = ?, query = ?, market = ?, isCompetitor = ?, changedAt = ?,
                retiredAt = NULL
            WHERE id = ?
            """,
            [
                StoredText.text(names: declared.names), declared.query.storable,
                declared.market.storable, declared.isCompetitor ? 1 : 0, now.milliseconds,
                id.rawValue,
            ])
    }

    /// Whether anything changed.
    fileprivate func synchronise(
        topics: [Topic], of brand: Identifier<Brand>, now: Timestamp
    ) throws -> Bool {
        let known = try topicRows().filter { $0.brand == brand }
        let knownByKey = Dictionary(uniqueKeysWithValues: known.map { ($0.topic.key, $0) })
        var hasChanged = false
        for declared in topics {
            let row = knownByKey[declared.key]
            guard row == nil || row?.isRetired == true || row?.topic != declared else { continue }
            hasChanged = true
            try put(declared, of: brand, now: now)
        }
        let declaredKeys = Set(topics.map(\.key))
        for row in known where !row.isRetired && !declaredKeys.contains(row.topic.key) {
            hasChanged = true
            try run("UPDATE topic SET retiredAt = ? WHERE id = ?", [now.milliseconds, row.id])
        }
        return hasChanged
    }

    private func put(_ topic: Topic, of brand: Identifier<Brand>, now: Timestamp) throws {
        try run(
            """
            INSERT INTO topic (brand, key, kind, names, query, knownAt, changedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (brand, key) DO UPDATE SET kind = excluded.kind, names = excluded.names,
                query = excluded.query, changedAt = excluded.changedAt, retiredAt = NULL
            """,
            [
                brand.rawValue, topic.key.storable, topic.kind.rawValue,
                StoredText.text(names: topic.names), topic.query.storable, now.milliseconds,
                now.milliseconds,
            ])
    }
}
