package import EarshotDomain
import GRDB

/// A digest as it was made for a reader, once.
package struct DigestRecord: Hashable, Sendable {
    package let reader: String
    /// The reader's day, `YYYY-MM-DD`.
    package let localDate: String
    /// `daily`, and what else there will be.
    package let kind: String
    /// Facts as JSON.
    package let contents: String
    /// Only rows known by then entered.
    package let cut: Timestamp
    package let madeAt: Timestamp

    package init(
        reader: String, localDate: String, kind: String, contents: String, cut: Timestamp,
        madeAt: Timestamp
    ) {
        self.reader = reader
        self.localDate = localDate
        self.kind = kind
        self.contents = contents
        self.cut = cut
        self.madeAt = madeAt
    }
}

extension Store {
    /// Keeps a digest unless its reader has one of this day and kind, and returns the one kept.
    package func record(_ digest: DigestRecord) async throws -> DigestRecord {
        try await write { db in
            try db.run(
                """
                INSERT INTO digest (reader, localDate, kind, contents, cut, madeAt)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (reader, localDate, kind) DO NOTHING
                """,
                [
                    digest.reader, digest.localDate, digest.kind, digest.contents.storable,
                    digest.cut.milliseconds, digest.madeAt.milliseconds,
                ])
            return try db.digest(
                reader: digest.reader, localDate: digest.localDate, kind: digest.kind) ?? digest
        }
    }

    package func digest(
        reader: String, localDate: String, kind: String
    ) async throws -> DigestRecord? {
        try await read { try $0.digest(reader: reader, localDate: localDate, kind: kind) }
    }

    /// A reader's digests, the newest day first.
    package func digests(of reader: String, limit: Int) async throws -> [DigestRecord] {
        try await read { db in
            try db.all(
                """
                SELECT reader, localDate, kind, contents, cut, madeAt FROM digest
                WHERE reader = ? ORDER BY localDate DESC, kind LIMIT ?
                """, [reader, limit]
            ) { try $0.digest() }
        }
    }
}

extension Columns {
    fileprivate mutating func digest() throws -> DigestRecord {
        DigestRecord(
            reader: try next(), localDate: try next(), kind: try next(), contents: try next(),
            cut: try moment(), madeAt: try moment())
    }
}

extension Database {
    fileprivate func digest(
        reader: String, localDate: String, kind: String
    ) throws -> DigestRecord? {
        try first(
            """
            SELECT reader, localDate, kind, contents, cut, madeAt FROM digest
            WHERE reader = ? AND localDate = ? AND kind = ?
            """, [reader, localDate, kind]
        ) { try $0.digest() }
    }
}
