import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire
import Foundation
import Testing

/// A recorded month through the real fetcher, the real store, and processes that die.
@Suite(.serialized) struct ReplayTests {
    private static let until = Demo.end.rfc3339

    private func prepare(_ folder: URL) throws {
        for name in ["earshot.yaml", "webhook.secret"] {
            try FileManager.default.copyItem(
                at: Project.samples.appending(path: name), to: folder.appending(path: name))
        }
    }

    private var arguments: [String] {
        [
            "run", "--now", Demo.start.rfc3339, "--until", Self.until, "--recording",
            Project.samples.appending(path: "feeds").path,
        ]
    }

    private struct Contents: Equatable {
        /// Every mention with its times, story, score and text.
        let table: [UInt8]
        let counts: StoreCounts
        let alerts: [Alert]
        /// Ids and payloads of what is to be delivered.
        let outbox: [OutboxDraft]
    }

    private func contents(of folder: URL) async throws -> Contents {
        let store = try await Store.open(path: folder.appending(path: "earshot.db").path)
        var table = MentionTable(
            brands: try await store.brands(), sources: try await store.sources().map(\.source))
        for try await page in store.mentionPages(matching: MentionFilter()) { table.add(page) }
        let found = Contents(
            table: table.bytes, counts: try await store.counts(),
            alerts: try await store.alerts(
                of: try await store.brands().map(\.id), knownBy: nil, limit: 100),
            outbox: try await store.outbox(state: nil, limit: 100).map(\.draft))
        #expect(try await store.damage().isEmpty)
        try store.close()
        return found
    }

    @Test func aKilledReplayEndsAsIfItHadNeverDied() async throws {
        try await Project.withFolder { whole in
            try prepare(whole)
            #expect(try Project.run(arguments, in: whole).code == 0)
            let expected = try await contents(of: whole)
            #expect(expected.counts.mentions > 100)
            // Each of two readers, each morning; the first day's digest is of the day before.
            #expect(expected.counts.digests == 2 * 30)
            #expect(expected.alerts.count == 1)
            #expect(expected.outbox.map(\.kind).sorted() == ["alert.opened", "alert.updated"])

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
                #expect(found == expected)
            }
        }
    }

    /// While its brand's alert is open, no source that speaks of it is left alone for longer than
    /// ten minutes.
    private func expectCloseWatch(_ folder: URL) async throws {
        let store = try await Store.open(path: folder.appending(path: "earshot.db").path)
        let alert = try #require(try await store.alerts(limit: 1).first)
        let forum = try #require(
            try await store.sources().first { $0.source.key == "kitchen-forum" })
        let polls = try await store.polls(of: forum.source.id, limit: 1_000)
            .map(\.eventAt).reversed().filter { $0 > alert.openedAt }
        try store.close()
        #expect(polls.count > 100)
        for (before, after) in zip(polls, polls.dropFirst()) {
            #expect(after - before <= .minutes(10))
        }
        #expect(try #require(polls.first) - alert.openedAt <= .minutes(10))
    }

    @Test func aSecondRunAddsNothing() async throws {
        try await Project.withFolder { folder in
            try prepare(folder)
            #expect(try Project.run(arguments, in: folder).code == 0)
            let first = try await contents(of: folder)
            #expect(try Project.run(arguments, in: folder).code == 0)
            let second = try await contents(of: folder)
            #expect(second == first)
            try await expectCloseWatch(folder)
        }
    }
}
