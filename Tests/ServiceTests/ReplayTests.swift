import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire
import Foundation
import Testing

/// A recorded month through the real fetcher, the real store, and processes that die.
@Suite(.serialized) struct ReplayTests {
    private static let until = "2026-02-24T00:00:00Z"

    private func prepare(_ folder: URL) throws {
        try FileManager.default.copyItem(
            at: Project.samples.appending(path: "earshot.yaml"),
            to: folder.appending(path: "earshot.yaml"))
    }

    private var arguments: [String] {
        [
            "run", "--now", Demo.start.rfc3339, "--until", Self.until, "--recording",
            Project.samples.appending(path: "feeds").path,
        ]
    }

    /// Every mention with its times, story, score and text, and what the store counts.
    private func contents(of folder: URL) async throws -> (table: [UInt8], counts: StoreCounts) {
        let store = try await Store.open(path: folder.appending(path: "earshot.db").path)
        var table = MentionTable(
            brands: try await store.brands(), sources: try await store.sources().map(\.source))
        for try await page in store.mentionPages(matching: MentionFilter()) { table.add(page) }
        let counts = try await store.counts()
        #expect(try await store.damage().isEmpty)
        try store.close()
        return (table.bytes, counts)
    }

    @Test func aKilledReplayEndsAsIfItHadNeverDied() async throws {
        try await Project.withFolder { whole in
            try prepare(whole)
            #expect(try Project.run(arguments, in: whole).code == 0)
            let expected = try await contents(of: whole)
            #expect(expected.counts.mentions > 100)
            // Each of two readers, each morning; the first day's digest is of the day before.
            #expect(expected.counts.digests == 2 * 15)

            try await Project.withFolder { killed in
                try prepare(killed)
                var deaths = 0
                for step in 0..<12 {
                    // From before the store is opened to deep in the replay.
                    let delay = 0.02 + 0.05 * Double(step)
                    let run = try Project.run(arguments, in: killed, killedAfter: delay)
                    deaths += run.code == 0 ? 0 : 1
                }
                #expect(deaths > 3)
                #expect(try Project.run(arguments, in: killed).code == 0)
                let found = try await contents(of: killed)
                #expect(found.counts == expected.counts)
                #expect(found.table == expected.table)
            }
        }
    }

    @Test func aSecondRunAddsNothing() async throws {
        try await Project.withFolder { folder in
            try prepare(folder)
            #expect(try Project.run(arguments, in: folder).code == 0)
            let first = try await contents(of: folder)
            #expect(try Project.run(arguments, in: folder).code == 0)
            let second = try await contents(of: folder)
            #expect(second.table == first.table)
            #expect(second.counts == first.counts)
        }
    }
}
