import EarshotCustomers
import EarshotDomain
import EarshotService
import EarshotStore
import Foundation
import Testing

@Suite struct ImportTests {
    private static let now = Timestamp(seconds: 1_770_595_200)
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")

    private static func withStore(_ body: (Store, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "earshot-customers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await Store.open(path: folder.appending(path: "store.sqlite").path)
        try await body(store, folder)
        try store.close()
    }

    @Test func aBadRowIsToldByLineAndTheRestGoesIn() async throws {
        try await Self.withStore { store, folder in
            let file = folder.appending(path: "customers.csv")
            let text = """
                customer,name,language,tier,since,email_consent,profiling_consent
                C1,"Holm, Vera",en,1,2024-05-28,yes,yes
                C2,David,en,12,2024-03-30,no,yes
                C3,"two
                lines",en,0,2024-03-30,no,yes
                C4,Quentin,en,2,yesterday,yes,yes
                C5,Ben,en,2,2024-03-30,perhaps,yes
                C6,Ben,en,2
                C 7,Ben,en,2,2024-03-30,yes,yes
                C1,Another,en,1,2024-05-28,yes,yes
                C8,B"n,en,2,2024-03-30,yes,yes
                C9,Ben,en,2,2024-03-30,yes,yes
                """
            try Data(text.utf8).write(to: file)
            let taker = CustomerImport(store: store, now: Self.now)
            let summary = try await taker.take(.customers, from: file.path)
            #expect(summary.added == 3)
            #expect(summary.bad.map(\.line) == [3, 6, 7, 8, 9, 10, 11])
            #expect(
                summary.bad.map(\.reason) == [
                    "tier '12' is no whole number from 0 to 9",
                    "since 'yesterday' is no RFC 3339 time",
                    "email_consent 'perhaps' is neither yes nor no",
                    "4 cells, the header has 7", "customer 'C 7' is no key",
                    "stands twice with different values; the first holds",
                    "a quote inside an unquoted cell",
                ])
            let known = try await store.customers(knownBy: Self.now)
            #expect(known.map(\.value.key) == ["C1", "C3", "C9"])
            #expect(known.map(\.value.profile.name) == ["Holm, Vera", "two\nlines", "Ben"])
        }
    }

    /// Whatever bytes come, rows are told or taken and nothing throws.
    @Test func hostileCellsAreBadRows() async throws {
        try await Self.withStore { store, folder in
            let taker = CustomerImport(store: store, now: Self.now)
            let customers = folder.appending(path: "customers.csv")
            let head = "customer,name,language,tier,since,email_consent,profiling_consent\n"
            try Data(
                (head + "C1,Ben,en,1,2024-01-01,yes,yes\nC2,B\0n,en,1,2024-01-01,yes,yes\n").utf8
            )
            .write(to: customers)
            let first = try await taker.take(.customers, from: customers.path)
            #expect(first.added == 1)
            #expect(first.bad.map(\.reason) == ["holds a NUL byte"])
            let identities = folder.appending(path: "identities.csv")
            let rows = [
                "forum.invalid,@@,C1,0.9,yes", "forum.invalid,ken,C1,nan,yes",
                "forum.invalid,ken,C1,1.5,yes", "forum.invalid,ken,C7,0.9,yes",
                "forum.invalid,@ken,C1,0.9,yes",
            ]
            try Data(
                ("platform,handle,customer,confidence,consent\n" + rows.joined(separator: "\n"))
                    .utf8
            ).write(to: identities)
            let second = try await taker.take(.identities, from: identities.path)
            #expect(second.bad.map(\.line) == [2, 3, 4, 5])
            #expect(second.added == 1)
            let known = try await store.identities(knownBy: Self.now)
            #expect(known.map(\.author) == ["forum.invalid/ken"])
            let items = folder.appending(path: "items.csv")
            try Data(
                """
                item,brand,category,price_eur,margin_eur,title_en
                K1,b,c,99999999999999999999,1,t
                K2,b,c,-1,1,t
                K3,b,c,1e9,1,t
                K4,b,c,1.234,1,t
                K5,b,c,79.5,31,t
                """.utf8
            ).write(to: items)
            let third = try await taker.take(.items, from: items.path)
            #expect(third.bad.map(\.line) == [2, 3, 4, 5])
            let kept = try await store.items(knownBy: Self.now)
            #expect(kept.map(\.value.price) == [7_950])
        }
    }

    @Test func aFileThatIsNoneIsRefusedWhole() async throws {
        try await Self.withStore { store, folder in
            let taker = CustomerImport(store: store, now: Self.now)
            let file = folder.appending(path: "items.csv")
            try Data("item,brand\nx,y\n".utf8).write(to: file)
            await #expect(throws: ImportError.self) {
                try await taker.take(.items, from: file.path)
            }
            try Data().write(to: file)
            await #expect(throws: ImportError.self) {
                try await taker.take(.items, from: file.path)
            }
            await #expect(throws: ImportError.self) {
                try await taker.take(.items, from: folder.appending(path: "none.csv").path)
            }
        }
    }

    /// Second source: the numbers of lines of the files, and Python's csv for the sums.
    @Test func theSamplesGoInWholeAndOnce() async throws {
        try await Self.withStore { store, _ in
            for (time, now) in [Self.now, Self.now + .days(1)].enumerated() {
                let taker = CustomerImport(store: store, now: now)
                let expected: [(CustomerImport.Kind, Int)] = [
                    (.customers, 300), (.items, 13), (.identities, 34), (.interactions, 1_131),
                ]
                for (kind, rows) in expected {
                    let path = Self.samples.appending(path: "\(kind.rawValue).csv").path
                    let summary = try await taker.take(kind, from: path)
                    #expect(summary.bad.isEmpty)
                    #expect(summary.changed == 0)
                    #expect(summary.added == (time == 0 ? rows : 0))
                    #expect(summary.same == (time == 0 ? 0 : rows))
                }
            }
            let end = Self.now + .days(400)
            let interactions = try await store.interactions(knownBy: end)
            #expect(interactions.allSatisfy { $0.knownAt == $0.eventAt + .minutes(5) })
            #expect(interactions.count { $0.kind == .purchase } == 752)
            #expect(interactions.compactMap(\.price).reduce(0, +) == 3_774_700)
        }
    }
}
