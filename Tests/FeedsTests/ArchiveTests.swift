import EarshotDomain
import EarshotFeeds
import EarshotWire
import Testing

private let now = Timestamp(seconds: 1_790_000_000)

private func reader(
    _ names: ArchiveNames = ArchiveNames(), mapping: String? = nil
) -> ArchiveReader {
    ArchiveReader(
        source: Source(
            id: Identifier(1), key: "s", name: "S", url: "https://h.example/f", kind: .review),
        knownAt: now, names: names, mapping: MappingSet.builtIn[mapping])
}

private func drafts(_ line: String, mapping: String? = nil) throws -> [EntryDraft] {
    var reader = reader(mapping: mapping)
    return try reader.drafts(line: Array(line.utf8))
}

private func fault(_ line: String) -> String? {
    do {
        _ = try drafts(line)
        return nil
    } catch {
        return (error as? ArchiveFault)?.reason
    }
}

@Suite struct ArchiveTests {
    @Test(arguments: [
        #"{"id":"1","title":"T","text":"B","published":"2026-05-01T10:00:00Z","author":"Ann"}"#,
        #"{"guid":1,"headline":"T","body":"B","created_at":1777629600,"author":{"name":"Ann"}}"#,
        #"{"ID":"1","Title":" T ","Full-Text":"B","Date":"Fri, 01 May 2026 10:00:00 GMT","user":"Ann"}"#,
        #"{"id":"1","title":"T","content_html":"<p>B</p>","created_utc":1777629600.0,"authors":[{"name":"Ann"}]}"#,
        #"{"id":"1","title":"T","body":"<b>B</b>","timestamp":1777629600000,"by":"Ann"}"#,
    ])
    func usualNamesMeanTheSame(line: String) throws {
        let draft = try #require(try drafts(line).first)
        #expect(draft.content.title == "T")
        #expect(draft.content.text == "B")
        #expect(draft.content.author?.handle == "Ann")
        #expect(draft.eventAt == Timestamp(rfc3339: "2026-05-01T10:00:00Z"))
        #expect(try draft.key == drafts(#"{"id":"1","text":"else"}"#)[0].key)
    }

    @Test func theBetterNameCounts() throws {
        let line = #"{"summary":"short","text":"whole","description":"other","content":""}"#
        #expect(try drafts(line).map(\.content.text) == ["whole"])
        #expect(
            try drafts(#"{"body":"later","content_html":"first"}"#).map(\.content.text) == ["first"]
        )
    }

    @Test func whatParseAnswersIsTaken() throws {
        let answer = #"""
            {"path":"f","ok":true,"feed":{"title":"F"},"entries":[{"id":"a","title":"A"},
            {"url":"https://h.example/b","text":"B","language":"de","authors":[{"handle":"x"}]}]}
            """#.replacing("\n", with: "")
        let found = try drafts(answer)
        #expect(found.map(\.content.title) == ["A", ""])
        #expect(found.map(\.content.url) == [nil, "https://h.example/b"])
        #expect(found.map(\.content.language) == [nil, "de"])
        #expect(found.last?.content.author?.handle == "x")
    }

    /// An import must know again what a poll brought.
    @Test func keysAreThoseOfThePolledEntry() throws {
        let rss = channel("<item><guid>g1</guid><title>A</title></item>")
        let document = try FeedParser.parse(Array(rss.utf8))
        let source = Source(
            id: Identifier(9), key: "s", name: "", url: "https://h.example/f", kind: .review)
        let polled = EntryIdentity(source).drafts(of: document, knownAt: now)
        #expect(try drafts(#"{"id":"g1","title":"A"}"#).map(\.key) == polled.map(\.key))
    }

    @Test func sameWordsOfTwoPeopleAreTwoEntries() throws {
        let lines = [
            #"{"text":"Good","author":"a","date":"2026-05-01"}"#,
            #"{"text":"Good","author":"b","date":"2026-05-01"}"#,
            #"{"text":"Good","author":"a","date":"2026-05-02"}"#,
            #"{"text":"Good","author":"a","date":"2026-05-01"}"#,
        ]
        let found = try lines.flatMap { try drafts($0) }
        #expect(Set(found.flatMap { [$0.key, $0.secondKey] }).count == 3)
        #expect(found[0].key == found[3].key)
    }

    @Test(arguments: [
        (#"{"id":"#, "byte"), ("[]", "no JSON object"), ("3", "no JSON object"),
        (#"{"id":"1"}"#, "neither title nor text"),
        (#"{"text":"  "}"#, "neither title nor text"),
        (#"{"text":"a","date":"soon"}"#, "cannot read the date 'soon'"), ("", "byte"),
        (#"{"text":"a"} x"#, "byte"),
    ])
    func badLinesSayWhy(line: String, reason: String) throws {
        #expect(try #require(fault(line)).contains(reason))
    }

    @Test(arguments: ["2999-01-01", "1970-01-02", "2026-10-25T10:00:00Z"])
    func absurdDatesAreNotBelieved(date: String) throws {
        let draft = try #require(try drafts(#"{"text":"a","date":"\#(date)"}"#).first)
        #expect(draft.eventAt == now)
    }

    @Test func linesOfAPlatformAreReadByItsMapping() throws {
        let status =
            #"{"id":"7","uri":"https://m.example/7","created_at":"2026-05-01T10:00:00Z","#
            + #""content":"<p>Hi</p>","account":{"acct":"ann@m.example"},"favourites_count":3}"#
        for line in [status, "[\(status)]"] {
            let draft = try #require(try drafts(line, mapping: "mastodon").first)
            #expect(draft.content.text == "Hi")
            #expect(draft.content.engagement.likes == 3)
            #expect(draft.eventAt == Timestamp(rfc3339: "2026-05-01T10:00:00Z"))
        }
        #expect(throws: ArchiveFault.self) { try drafts("{}", mapping: "mastodon") }
    }

    @Test func rowsAreReadByTheirHeader() throws {
        var reader = reader()
        let header = try ArchiveHeader(["Date", "Review Text", "stars", "Author"], ArchiveNames())
        let draft = try reader.draft(cells: ["2026-05-01", "Good", "5", "Ann"], header: header)
        #expect(draft.content.text == "Good")
        #expect(draft.eventAt == Timestamp(rfc3339: "2026-05-01"))
        #expect(throws: ArchiveFault.self) {
            try reader.draft(cells: ["2026-05-01", "Good"], header: header)
        }
        #expect(throws: ArchiveFault.self) { try ArchiveHeader(["a", "stars"], ArchiveNames()) }
    }

    @Test func aChosenColumnMustBeThere() throws {
        let names = ArchiveNames([.text: "Was gesagt", .published: "wann"])
        _ = try ArchiveHeader(["WANN", "was-gesagt", "title"], names)
        let fault = #expect(throws: ArchiveFault.self) {
            try ArchiveHeader(["title", "was gesagt"], names)
        }
        #expect(fault?.reason == "no column is called 'wann': title, was gesagt")
    }

    @Test func chosenNamesTakeThePlaceOfTheUsual() throws {
        let names = ArchiveNames([.text: "Was gesagt wurde", .published: "wann"])
        var reader = reader(names)
        let line =
            #"{"text":"no","Was gesagt wurde":"yes","wann":"2026-05-01","date":"2020-01-01"}"#
        let draft = try #require(try reader.drafts(line: Array(line.utf8)).first)
        #expect(draft.content.text == "yes")
        #expect(draft.eventAt == Timestamp(rfc3339: "2026-05-01"))
    }
}
