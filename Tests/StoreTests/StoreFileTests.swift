import EarshotDomain
import EarshotStore
import Foundation
import GRDB
import Testing

@Suite struct StoreFileTests {
    /// Copies the database with its log as a killed process leaves them: nothing closed, nothing
    /// checkpointed.
    private func crashCopy(_ fixture: StoreFixture) throws -> URL {
        let copy = fixture.folder.appendingPathComponent("copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        for name in ["store.sqlite", "store.sqlite-wal"] {
            try FileManager.default.copyItem(
                at: fixture.folder.appendingPathComponent(name),
                to: copy.appendingPathComponent(name))
        }
        return copy.appendingPathComponent("store.sqlite")
    }

    private func drafts(_ fixture: StoreFixture, _ range: Range<Int>) -> [DraftRecord] {
        range.map { id in
            DraftRecord(
                entry: StoreFixture.draft(id, text: String(repeating: "kettle ", count: 200)),
                mentions: [StoreFixture.mention(fixture.ours, topics: ["kettle"])])
        }
    }

    @Test func aKillBetweenPollsLosesNothingAndDoublesNothing() async throws {
        try await StoreFixture.with { fixture in
            let document = drafts(fixture, 0..<30)
            for last in [10, 20, 30] {
                try await fixture.record(Array(document[..<last]))
                let reopened = try await Store.open(path: crashCopy(fixture).path)
                #expect(try await reopened.counts() == fixture.store.counts())
                let again = try await reopened.record(
                    fixture.poll(document), knownAt: StoreFixture.start + .hours(1))
                #expect(again.entries.map(\.id.rawValue) == Array(Int64(last) + 1..<31))
                let counts = try await reopened.counts()
                #expect(counts.entries == 30)
                #expect(counts.mentions == 30)
                #expect(try await reopened.damage().isEmpty)
                try reopened.close()
            }
        }
    }

    /// The transaction's pages have reached the log, for its cache is one page, but not its commit.
    @Test func aKillInsideATransactionLeavesTheStateBefore() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.record(drafts(fixture, 0..<10))
            let before = try await fixture.store.counts()
            let state = try await fixture.store.sources()[0].state
            let raw = try DatabaseQueue(
                path: fixture.folder.appendingPathComponent("store.sqlite").path)
            defer { try? raw.close() }
            let logFile = fixture.folder.appendingPathComponent("store.sqlite-wal").path
            func logSize() throws -> Int {
                try FileManager.default.attributesOfItem(atPath: logFile)[.size] as? Int ?? 0
            }
            let sizeBefore = try logSize()
            let copy = try await raw.writeWithoutTransaction { db -> URL in
                try db.execute(sql: "PRAGMA cache_size = 1")
                try db.execute(sql: "BEGIN IMMEDIATE")
                try db.execute(
                    sql: """
                        INSERT INTO entry (source, eventAt, knownAt, title, text)
                        SELECT source, eventAt, knownAt, title, text || text || text
                        FROM entry, (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3);
                        UPDATE sourceState SET etag = 'lost', nextDue = 0;
                        """)
                let copy = try crashCopy(fixture)
                try db.execute(sql: "ROLLBACK")
                return copy
            }
            #expect(try logSize() > sizeBefore)
            let reopened = try await Store.open(path: copy.path)
            #expect(try await reopened.counts() == before)
            #expect(try await reopened.sources()[0].state == state)
            #expect(try await reopened.damage().isEmpty)
            try reopened.close()
        }
    }

    @Test func openingAgainChangesNothing() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.record(drafts(fixture, 0..<3))
            let before = try await fixture.store.counts()
            let version = try await fixture.store.schemaVersion()
            #expect(!version.isEmpty)
            try fixture.store.close()
            let again = try await Store.open(path: fixture.store.path)
            #expect(try await again.counts() == before)
            #expect(try await again.schemaVersion() == version)
            try again.close()
        }
    }

    /// Two commands started at once on a store that is not there yet.
    @Test(arguments: 0..<10)
    func openingANewStoreAtOnceWorksForAll(round: Int) async throws {
        try await StoreFixture.with { fixture in
            let path = fixture.folder.appendingPathComponent("new.sqlite").path
            let versions = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await Store.open(path: path).schemaVersion() }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(try await versions == [fixture.store.schemaVersion()])
        }
    }

    @Test func everyTableIsStrict() async throws {
        try await StoreFixture.with { fixture in
            let raw = try DatabaseQueue(path: fixture.store.path)
            let ours = """
                SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                AND name NOT LIKE 'sqlite_%'
                """
            let all = try await raw.read { try String.fetchAll($0, sql: ours) }
            let strict = try await raw.read { db in
                try String.fetchAll(db, sql: ours + " AND strict = 1")
            }
            #expect(strict == all)
            #expect(all.count == 28)
            try raw.close()
        }
    }

    @Test func aNewerStoreIsRefusedUntouched() async throws {
        try await StoreFixture.with { fixture in
            try fixture.store.close()
            let raw = try DatabaseQueue(path: fixture.store.path)
            try await raw.write { db in
                try db.execute(sql: "INSERT INTO earshotMigration VALUES (99, '2040-01 telepathy')")
            }
            try raw.close()
            let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.store.path))
            let error = await #expect(throws: StoreError.self) {
                try await Store.open(path: fixture.store.path)
            }
            #expect(error?.reason == .newerSchema)
            #expect(error?.advice == .ask)
            #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.store.path)) == bytes)
        }
    }

    @Test func foreignFilesAreRefusedUntouched() async throws {
        try await StoreFixture.with { fixture in
            let other = fixture.folder.appendingPathComponent("other.sqlite")
            let raw = try DatabaseQueue(path: other.path)
            try await raw.write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
            try raw.close()
            let text = fixture.folder.appendingPathComponent("letter.txt")
            try Data(String(repeating: "Dear store, ", count: 100).utf8).write(to: text)
            for file in [other, text] {
                let bytes = try Data(contentsOf: file)
                let error = await #expect(throws: StoreError.self) {
                    try await Store.open(path: file.path)
                }
                #expect(error?.reason == .notAStore)
                #expect(try Data(contentsOf: file) == bytes)
            }
            let missing = fixture.folder.appendingPathComponent("no/such/folder/store.sqlite")
            let error = await #expect(throws: StoreError.self) {
                try await Store.open(path: missing.path)
            }
            #expect(error?.reason == .inputOutput)
        }
    }

    /// Many tasks at once: each document is stored once, whoever comes first.
    @Test func concurrentRecordsOfOneDocumentAddItOnce() async throws {
        try await StoreFixture.with { fixture in
            let document = drafts(fixture, 0..<20)
            let added = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await fixture.record(document).entries.count }
                }
                return try await group.reduce(0, +)
            }
            #expect(added == 20)
            #expect(try await fixture.store.counts().entries == 20)
            #expect(try await fixture.store.counts().polls == 8)
        }
    }
}
