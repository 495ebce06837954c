import EarshotCustomers
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWording
import Foundation
import Testing

/// The sample customers before an invented month of talk, in a store.
@Suite struct AudienceTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")
    private static let start = Timestamp(seconds: 1_770_595_200)

    private struct World {
        let store: Store
        let configuration: Configuration

        /// Whom each campaign reaches across the crisis, as bytes.
        func table(knownBy cut: Timestamp) async throws -> String {
            let desk = try await CustomerDesk(
                store: store, configuration: configuration, knownBy: cut)
            let audiences = try await AudienceDesk(store: store, desk: desk)
            var table = AudienceTable(desk: audiences, language: .en)
            let changes = try await audiences.changes(
                from: CampaignDemo.before, to: CampaignDemo.after)
            for change in changes { table.add(change) }
            var features = FeatureTable()
            for moment in [CampaignDemo.before, CampaignDemo.after] {
                features.add(desk.features(at: moment))
            }
            return String(decoding: table.bytes + features.bytes, as: UTF8.self)
        }

        /// A mention of Harbor, by an author and in a story of its own.
        func say(_ number: Int, _ isBad: Bool, at eventAt: Timestamp, knownAt: Timestamp)
            async throws -> Identifier<Mention>?
        {
            let brand = try await store.brands()[0].id
            let source = try await store.sources()[0].source.id
            let digits = String(number + 1_000_000)
            let draft = EntryDraft(
                key: EntryKey(hex: String(repeating: "a", count: 25) + digits),
                secondKey: EntryKey(hex: String(repeating: "b", count: 25) + digits),
                eventAt: eventAt,
                content: EntryContent(
                    title: "", text: "kettle \(number)",
                    author: Author(platform: "forum.sample.invalid", handle: "a\(number)")))
            let mention = MentionDraft(
                brand: brand, story: .new,
                hits: [Hit(field: .text, start: 0, end: 6, term: "kettle", topic: "leak")],
                sentiment: Self.sentiment(isBad))
            let recorded = try await store.record(
                PollRecord(
                    source: source, eventAt: knownAt, outcome: .parsed, status: 200, bytes: 1,
                    state: SourceState(nextDue: knownAt),
                    drafts: [DraftRecord(entry: draft, mentions: [mention])]), knownAt: knownAt)
            return recorded.entries.first?.mentions.first?.id
        }

        static func sentiment(_ isBad: Bool) -> Sentiment {
            let negative = isBad ? 0.95 : 0.02
            return Sentiment(
                label: isBad ? .negative : .positive, score: 0.97 - 2 * negative + 0.0,
                probabilities: Sentiment.Probabilities(
                    negative: negative, neutral: 0.03, positive: 0.97 - negative),
                prior: 0, evidence: [], version: "test")
        }
    }

    /// Praise until the crisis, blame after it.
    private static func with(_ body: (World, [Identifier<Mention>]) async throws -> Void)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "earshot-audience-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = try String(
            contentsOf: samples.appending(path: "earshot.yaml"), encoding: .utf8)
        let configuration = try Configuration(parsing: text, file: "earshot.yaml")
        let store = try await Store.open(path: folder.appending(path: "store.sqlite").path)
        try await Declared(configuration).synchronise(store, now: start)
        _ = try await CampaignDemo(store: store, configuration: configuration)
            .take(from: samples, now: start)
        let world = World(store: store, configuration: configuration)
        var said: [Identifier<Mention>] = []
        for number in 0..<60 {
            let at = CampaignDemo.before + .hours(Int64(number - 30) * 4)
            let id = try await world.say(number, number > 30, at: at, knownAt: at + .minutes(9))
            if let id { said.append(id) }
        }
        try await body(world, said)
        try store.close()
    }

    @Test func aReplayReachesWhomTheLiveRunReached() async throws {
        try await Self.with { world, said in
            let live = try await world.table(knownBy: CampaignDemo.after)
            #expect(said.count == 60)
            let later = CampaignDemo.after + .minutes(1)
            for number in 100..<140 {
                _ = try await world.say(
                    number, false, at: CampaignDemo.before - .hours(Int64(number)),
                    knownAt: later)
            }
            _ = try await world.store.record(
                sentiments: said.map { ($0, World.sentiment(false)) }, knownAt: later)
            let text =
                "event_at,known_at,customer,item,kind\n"
                + "2026-02-20T10:00:00Z,2026-03-10T07:31:00Z,C0001,H-T4,purchase\n"
            let file = FileManager.default.temporaryDirectory
                .appending(path: "earshot-late-\(UUID().uuidString).csv")
            try Data(text.utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let late = try await CustomerImport(store: world.store, now: later)
                .take(.interactions, from: file.path)
            #expect(late.added == 1)
            let replayed = try await world.table(knownBy: later + .days(1))
            #expect(replayed == live)
        }
    }

    @Test func theCrisisMovesTheAudienceAndLeavesTheControlGroup() async throws {
        try await Self.with { world, _ in
            let desk = try await CustomerDesk(
                store: world.store, configuration: world.configuration,
                knownBy: CampaignDemo.after)
            let audiences = try await AudienceDesk(store: world.store, desk: desk)
            let changes = try await audiences.changes(
                from: CampaignDemo.before, to: CampaignDemo.after)
            let spring = try #require(
                changes.first { $0.after.campaign.key == "harbor-spring" })
            #expect(spring.after.reached < spring.before.reached)
            let control = spring.moves.filter { $0.after.standing == .control }
            #expect(control.count == 35)
            #expect(control.allSatisfy { $0.before?.standing == .control && !$0.isMove })
            let open = try #require(spring.moves.first { $0.customer == "C0004" })
            #expect(open.before?.standing == .reached)
            #expect(open.after.standing == .openCase)
            #expect(open.after.decision.action == "harbor-care")
            let left = try #require(
                spring.moves.first { $0.isMove && $0.after.standing == .notWorth })
            let campaign = spring.after.campaign
            #expect(left.cause == .sentiment)
            #expect(
                audiences.words(for: left, in: campaign, language: .en).hasPrefix(
                    "went out: a contact would cost more than it brings; people speak badly of "
                        + "Harbor"))
            #expect(
                audiences.words(for: left, in: campaign, language: .zh)
                    .hasPrefix("退出：触达成本高于所得；海湾口碑不佳"))
        }
    }

    /// What is decided is what the audience showed, and what was decided stays.
    @Test func decisionsAgreeWithTheAudienceAndHold() async throws {
        try await Self.with { world, _ in
            let desk = try await CustomerDesk(
                store: world.store, configuration: world.configuration,
                knownBy: CampaignDemo.after)
            let spring = try #require(
                try await desk.audiences(at: CampaignDemo.after)
                    .first { $0.campaign.key == "harbor-spring" })
            var decisions = DecisionDesk(store: world.store, desk: desk)
            for member in spring.members.prefix(40) {
                let request = DecisionDesk.Request(
                    id: "r-\(member.customer)", customer: member.customer,
                    at: CampaignDemo.after)
                let record = try #require(try await decisions.decide(request))
                #expect((record.action == "harbor-spring") == (member.standing == .reached))
                #expect(record.propensity == 1)
                #expect(record.known <= record.at)
                let again = DecisionDesk.Request(
                    id: request.id, customer: request.customer,
                    at: CampaignDemo.after + .days(1))
                let repeated = try await decisions.decide(again)
                #expect(repeated == record)
            }
            let nobody = DecisionDesk.Request(
                id: "x", customer: "nobody", at: CampaignDemo.after)
            let unknown = try await decisions.decide(nobody)
            #expect(unknown == nil)
        }
    }

    /// Requests for one moment, or in falling order of their moments, got round the cap; an id
    /// reused for another customer got that one's offer.
    @Test func theCapAndTheIdHoldWhateverTheOrder() async throws {
        try await Self.with { world, _ in
            let desk = try await CustomerDesk(
                store: world.store, configuration: world.configuration,
                knownBy: CampaignDemo.after)
            let spring = try #require(
                try await desk.audiences(at: CampaignDemo.after)
                    .first { $0.campaign.key == "harbor-spring" })
            let reached = spring.members.filter { $0.standing == .reached }.map(\.customer)
            let cap = world.configuration.targeting.cap
            var decisions = DecisionDesk(store: world.store, desk: desk)
            for (customer, step) in zip(reached, [Duration.zero, .minutes(-10)]) {
                var contacts = 0
                for round in 0..<5 {
                    let offset = Duration.milliseconds(step.milliseconds * Int64(round))
                    let request = DecisionDesk.Request(
                        id: "\(customer)-\(round)", customer: customer,
                        at: CampaignDemo.after + offset)
                    let record = try #require(try await decisions.decide(request))
                    contacts += record.action == nil ? 0 : 1
                }
                #expect(contacts == cap)
            }
            let first = try #require(reached.first)
            let other = try #require(reached.last)
            await #expect(throws: DecisionConflict.self) {
                try await decisions.decide(
                    DecisionDesk.Request(
                        id: "\(first)-0", customer: other, at: CampaignDemo.after))
            }
        }
    }

    /// The files of the demo: every customer of every campaign, and the same bytes again.
    @Test func theDemoWritesItsFiles() async throws {
        try await Self.with { world, _ in
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "earshot-demo-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let demo = CampaignDemo(store: world.store, configuration: world.configuration)
            var texts: [[String]] = []
            for _ in 0..<2 {
                let report = try await demo.write(to: folder)
                let files = try ["audience.csv", "features.csv"].map { name in
                    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                }
                texts.append(files + [report.text(language: .en, examples: 3)])
            }
            #expect(texts[0] == texts[1])
            let lines = texts[0][0].split(separator: "\r\n")
            #expect(lines.count == 1 + 3 * 300)
            #expect(lines[0] == "campaign,customer,before,after,reason")
            #expect(
                lines.contains(
                    "harbor-care,C0004,not_begun,reached,came in: has an open complaint: gets help "
                        + "(Harbor K2 base) and no sales talk"))
            #expect(texts[0][2].contains("C0004 went out: has an open complaint: no sales talk"))
            let log = try await world.store.decisions(of: "C0004", limit: 9)
            #expect(log.map(\.action) == ["harbor-care"])
        }
    }

    @Test(arguments: [
        ("kind: blog", "expected care or promotion"),
        ("kind: care, brand: rival", "no brand of ours is called 'rival'"),
        ("kind: care, brand: ours, aspect: smell", "ours has no aspect 'smell'"),
        ("kind: care, brand: ours, items: []", "expected one item at least"),
        ("kind: care, brand: ours, items: [a], starts: soon", "expected a date"),
        (
            "kind: care, brand: ours, items: [a], starts: 2026-03-02, ends: 2026-03-01",
            "it ends before it starts"
        ),
        (
            "kind: care, brand: ours, items: [a], starts: 2026-03-01, ends: 2026-03-02, cost: 1",
            "an amount in euros"
        ),
        ("kind: care, colour: red", "unknown key 'colour'"),
    ])
    func aWrongCampaignIsToldWithItsPlace(text: String, reason: String) throws {
        let yaml = """
            brands:
              - {key: ours, query: ours, aspects: [{key: leak, query: leak}]}
              - {key: rival, query: rival, competitor: true}
            campaigns:
              - {key: spring, \(text)}
            """
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(parsing: yaml, file: "earshot.yaml")
        }
        #expect(error.reason.contains(reason))
        #expect(error.line == 5)
    }
}
