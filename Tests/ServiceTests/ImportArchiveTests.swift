import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire
import Foundation
import Testing

@Suite struct ImportArchiveTests {
    private static let now = Timestamp(seconds: 1_790_000_000)

    /// Near-doubles of a few days each, so that stories span batches.
    private static func line(_ number: Int) -> String {
        let day = 1 + number / 400
        return #"{"id":"p\#(number)","date":"2026-05-0\#(day)T10:00:00Z","#
            + #""text":"The harbor kettle number \#(number / 100) leaks all over my kitchen table "#
            + #"and nobody at the shop wants to hear of it, which is a shame"}"#
    }

    private static func store(in folder: URL) async throws -> (Store, Source) {
        let store = try await Store.open(path: folder.appending(path: "s.db").path)
        _ = try await store.synchronise(
            sources: [
                SourceDeclaration(
                    key: "forum", name: "Forum", url: "http://forum.test.invalid", kind: .social)
            ], now: now)
        _ = try await store.synchronise(
            brands: [
                BrandDeclaration(
                    key: "harbor", names: ["en": "Harbor"], query: "harbor", market: "kettles")
            ], now: now)
        return (store, try #require(try await store.sources().first).source)
    }

    /// - Parameter breaks: after how many batches the program ends; absent for the archive's end.
    private static func take(
        _ path: String, into store: Store, _ source: Source, format: ArchiveFormat? = nil,
        breaks: Int? = nil
    ) async throws -> (summary: ArchiveImport.Summary, bad: [BadRow]) {
        let file = try ArchiveFile(
            path: path, format: format, reader: ArchiveReader(source: source, knownAt: now),
            names: ArchiveNames())
        var archive = try await ArchiveImport(store: store, source: source, now: now)
        var bad: [BadRow] = []
        var count = 0
        while count != breaks, let batch = try await file.next() {
            bad += batch.bad
            try await archive.take(batch)
            count += 1
        }
        return (archive.summary, bad)
    }

    /// What an import leaves, as far as it shows.
    private static func contents(_ store: Store) async throws -> [String] {
        let brand = try #require(try await store.brands().first)
        let range = Timestamp(seconds: 0)..<Timestamp(seconds: 1 << 40)
        let mentions = try await store.mentions(of: brand.id, in: range)
        return mentions.map {
            "\($0.mention.rawValue) \($0.story.rawValue) \($0.eventAt.rfc3339) \($0.text)"
        }
    }

    @Test(arguments: [1, 2, 3])
    func brokenOffAndTakenAgainIsAsUnbroken(breaks: Int) async throws {
        try await Project.withFolder { folder in
            let path = folder.appending(path: "a.ndjson").path
            let lines = (0..<1_800).map(Self.line).joined(separator: "\n")
            try Data(lines.utf8).write(to: URL(filePath: path))
            var results: [[String]] = []
            for name in ["whole", "broken"] {
                let place = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: place, withIntermediateDirectories: true)
                let (store, source) = try await Self.store(in: place)
                if name == "broken" {
                    _ = try await Self.take(path, into: store, source, breaks: breaks)
                }
                let (summary, _) = try await Self.take(path, into: store, source)
                #expect(summary.added + summary.known == 1_800)
                #expect(summary.known == (name == "broken" ? breaks * ArchiveFile.batchSize : 0))
                results.append(try await Self.contents(store))
                let again = try await Self.take(path, into: store, source).summary
                #expect(again.added == 0)
                #expect(again.known == 1_800)
            }
            #expect(results[0].count == 1_800)
            #expect(results[0] == results[1])
        }
    }

    @Test func badLinesAreToldAndTheRestGoesIn() async throws {
        try await Project.withFolder { folder in
            let path = folder.appending(path: "a").path
            let text =
                "\u{FEFF}\(Self.line(1))\r\n\nnonsense\n{\"id\":1}\n\(Self.line(2))\n\(Self.line(1))"
            try Data(text.utf8).write(to: URL(filePath: path))
            let (store, source) = try await Self.store(in: folder)
            let (summary, bad) = try await Self.take(path, into: store, source)
            #expect(summary.records == 5)
            #expect(summary.added == 2)
            #expect(summary.known == 1)
            #expect(bad.map(\.line) == [3, 4])
            #expect(bad.map(\.file) == [path, path])
        }
    }

    @Test func tablesAreReadAsTheyCome() async throws {
        try await Project.withFolder { folder in
            let path = folder.appending(path: "a.csv").path
            let rows = (0..<1_200).map {
                "\"harbor, \"\"\($0)\"\"\nis fine\",2026-05-01,u\($0)\r\n"
            }
            let text = "text,date,author\r\n" + rows.joined() + "a,b\r\n"
            try Data(text.utf8).write(to: URL(filePath: path))
            let (store, source) = try await Self.store(in: folder)
            let (summary, bad) = try await Self.take(path, into: store, source)
            #expect(summary.added == 1_200)
            #expect(summary.mentions == 1_200)
            #expect(bad.map(\.line) == [2_402])
        }
    }

    /// As office programs of Europe write tables.
    @Test(arguments: [";", "\t"], [String.Encoding.utf8, .utf16LittleEndian, .utf16BigEndian])
    func tablesOfOtherHabitsAreRead(separator: String, encoding: String.Encoding) async throws {
        try await Project.withFolder { folder in
            let path = folder.appending(path: "a.csv").path
            let text =
                "\u{FEFF}\"text\"\(separator)date\r\n\"Harbor, 水壶 🫖\"\(separator)2026-05-01\r\n"
            try #require(text.data(using: encoding)).write(to: URL(filePath: path))
            let (store, source) = try await Self.store(in: folder)
            let (summary, bad) = try await Self.take(path, into: store, source)
            #expect(bad.isEmpty)
            #expect(summary.added == 1)
            let brand = try #require(try await store.brands().first)
            let range = Timestamp(seconds: 0)..<Timestamp(seconds: 1 << 40)
            #expect(
                try await store.mentions(of: brand.id, in: range).map(\.text) == ["Harbor, 水壶 🫖"])
        }
    }

    @Test(
        arguments: [
            ("[{\"text\":\"a\"}]", nil, "JSON array"), ("{\"text\":\"a\"}\n", .csv, "is JSON"),
            ("a\u{0}b\n", nil, "no UTF-8 text"), ("x\"y,text\n", nil, "the header, line 1"),
        ] as [(String, ArchiveFormat?, String)])
    func whatIsNoArchiveSaysWhatWouldHelp(
        text: String, format: ArchiveFormat?, reason: String
    ) async throws {
        try await Project.withFolder { folder in
            let path = folder.appending(path: "a").path
            try Data(text.utf8).write(to: URL(filePath: path))
            let (store, source) = try await Self.store(in: folder)
            let error = await #expect(throws: ArchiveError.self) {
                try await Self.take(path, into: store, source, format: format)
            }
            #expect(error?.reason.contains(reason) == true)
        }
    }

    @Test func foldersAndMissingFilesAreNamed() async throws {
        try await Project.withFolder { folder in
            let (store, source) = try await Self.store(in: folder)
            for path in [folder.path, folder.appending(path: "none").path] {
                let error = await #expect(throws: ArchiveError.self) {
                    try await Self.take(path, into: store, source)
                }
                #expect(error?.description.hasPrefix("\(path): ") == true)
                #expect(error?.reason.contains("rror") == false)
            }
        }
    }

    @Test func whatAPollKnowsAddsNothing() async throws {
        try await Project.withFolder { folder in
            let (store, source) = try await Self.store(in: folder)
            var reader = ArchiveReader(source: source, knownAt: Self.now)
            let drafts = try reader.drafts(line: Array(Self.line(1).utf8))
            _ = try await store.record(
                drafts.map { DraftRecord(entry: $0) }, of: source.id, knownAt: Self.now)
            let path = folder.appending(path: "a").path
            try Data(Self.line(1).utf8).write(to: URL(filePath: path))
            #expect(try await Self.take(path, into: store, source).summary.known == 1)
        }
    }

    /// The program is killed where it stands, three times, and run again.
    @Test func aKilledProgramGoesOn() async throws {
        try await Project.withFolder { folder in
            let config = """
                store: s.db
                sources: [{key: forum, url: "http://forum.test.invalid/", kind: social}]
                brands:
                  - {key: harbor, names: {en: Harbor}, market: kettles, query: harbor}
                """
            try Data(config.utf8).write(to: folder.appending(path: "earshot.yaml"))
            let lines = (0..<3_500).map(Self.line).joined(separator: "\n") + "\n{bad\n"
            try Data(lines.utf8).write(to: folder.appending(path: "a.ndjson"))
            let arguments = ["import", "a.ndjson", "--source", "forum", "--json"]
            for seconds in [0.2, 0.4, 0.6] {
                _ = try Project.run(arguments, in: folder, killedAfter: seconds)
            }
            let last = try Project.run(arguments, in: folder)
            #expect(last.code == 65)
            #expect(last.errors.contains("a.ndjson:3501: "))
            let store = try await Store.open(path: folder.appending(path: "s.db").path)
            #expect(try await Self.contents(store).count == 3_500)
            #expect(try await store.damage().isEmpty)
        }
    }
}
