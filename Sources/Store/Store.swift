import GRDB

/// What Earshot remembers: one SQLite file, many readers, one writer at a time.
///
/// Every call is one transaction on a thread of the database's own, so that nothing blocks the
/// cooperative pool. The SQL is ours, in the part that SQLite 3.40 and PostgreSQL 15 both take.
package final class Store: Sendable {
    package let path: String
    let pool: DatabasePool

    private init(path: String, pool: DatabasePool) {
        self.path = path
        self.pool = pool
    }

    /// Opens the store at `path`, or makes it, and brings its schema up to date.
    ///
    /// Refuses, and leaves untouched, a file that is no store of Earshot's or that a newer Earshot
    /// has written. Its folder must exist.
    package static func open(path: String) async throws -> Store {
        do {
            try refuseForeign(path: path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            try await pool.write { try Migrations.apply(to: $0) }
            return Store(path: path, pool: pool)
        } catch {
            throw StoreError.wrapping(error, path: path)
        }
    }

    /// Name of the last migration that was applied.
    package func schemaVersion() async throws -> String {
        try await read { try Migrations.applied(in: $0)?.last ?? "" }
    }

    /// Complaints of SQLite's own checks of pages, indices, constraints and foreign keys.
    ///
    /// Empty where all is well. Reads the whole file.
    package func damage() async throws -> [String] {
        try await read { db in
            let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let orphans = try String.fetchAll(
                db, sql: "SELECT \"table\" FROM pragma_foreign_key_check")
            return pages + orphans.map { "orphan in \($0)" }
        }
    }

    /// Ends all connections; calls after it throw.
    package func close() throws {
        do { try pool.close() } catch { throw StoreError.wrapping(error, path: path) }
    }

    func read<Value: Sendable>(
        _ body: @Sendable @escaping (Database) throws -> Value
    ) async throws -> Value {
        do { return try await pool.read(body) } catch {
            throw StoreError.wrapping(error, path: path)
        }
    }

    func write<Value: Sendable>(
        _ body: @Sendable @escaping (Database) throws -> Value
    ) async throws -> Value {
        do { return try await pool.write(body) } catch {
            throw StoreError.wrapping(error, path: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // A killed process loses no commit at any level; a power cut may lose the last ones
            // at NORMAL, whole, and their documents are fetched again.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            // 64 MB: the log is cut back to it after a checkpoint (chosen, reliability note R17).
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            // 16 MiB of log between checkpoints, each of which waits for the disk, and as much cache,
            // so that a transaction of an import stays in memory (chosen: the keys of 500 entries
            // lie on up to 1,000 pages of 4 KiB).
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            try db.execute(sql: "PRAGMA cache_size = -16384")
        }
        return configuration
    }

    /// Looks through a connection that writes nothing, unless to undo what a killed process began,
    /// before one is opened that turns the log on.
    private static func refuseForeign(path: String) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { db in
            guard let applied = try Migrations.applied(in: db) else {
                let isEmpty =
                    try db.first("SELECT count(*) FROM sqlite_master") { try $0.next() } == 0
                guard isEmpty else {
                    throw StoreError(
                        path: path, reason: .notAStore, advice: .ask,
                        detail: "this database belongs to another program")
                }
                return
            }
            guard Set(applied).isSubset(of: Migrations.all.map(\.name)) else {
                throw StoreError(
                    path: path, reason: .newerSchema, advice: .ask,
                    detail: "a newer version of Earshot wrote this store")
            }
        }
    }
}
