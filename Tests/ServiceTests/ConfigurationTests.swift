import EarshotDomain
import EarshotService
import EarshotStore
import Foundation
import Testing

@Suite struct ConfigurationTests {
    @Test func theExampleThatIsPrintedParses() throws {
        let configuration = try Configuration(parsing: Configuration.example, file: "example")
        #expect(
            configuration.sources.map(\.key) == [
                "kitchen-forum", "mastodon-kettles", "bluesky-kettles", "shop-kettles",
            ])
        #expect(configuration.brands.map(\.isCompetitor) == [false, true])
        #expect(configuration.brands.first?.topics.map(\.key) == ["kettle", "leak"])
        #expect(configuration.readers.first?.minute == 8 * 60 + 30)
        #expect(configuration.fetch.timeout == .seconds(20))
        #expect(configuration.fetch.maxBody == 16 * 1_024 * 1_024)
    }

    /// What a person gets wrong, with the place that has to be mended.
    @Test(arguments: [
        ("stroe: x.db", 1, 1, "did you mean 'store'"),
        ("fetch:\n  timeout: 20", 2, 12, "with its unit"),
        ("fetch:\n  max-body: 16MiB", 2, 13, "with its unit"),
        ("fetch:\n  allow: [\"example.org:80\"]", 2, 11, "ADDRESS:PORT"),
        ("sources:\n  - key: a b\n    url: http://x/\n    kind: social", 2, 10, "a key has"),
        (
            "sources:\n  - key: a\n    url: http://x/\n    kind: blog", 4, 11,
            "social, review or news"
        ),
        ("sources:\n  - key: a\n    url: http://x/", 2, 5, "'kind' is missing"),
        (
            "sources:\n  - {key: a, url: http://x/, kind: news}\n"
                + "  - {key: a, url: http://y/, kind: news}", 3, 5, "stands twice"
        ),
        ("brands:\n  - key: a\n    query: '(harbor'", 3, 12, "at its character 1"),
        (
            "readers:\n  - {key: m, language: de, zone: UTC, at: \"08:30\", brands: []}", 2, 24,
            "en or zh"
        ),
        (
            "readers:\n  - {key: m, language: en, zone: Mars, at: \"08:30\", brands: []}", 2, 34,
            "no time zone"
        ),
        (
            "readers:\n  - {key: m, language: en, zone: UTC, at: \"8\", brands: []}", 2, 43,
            "time of day"
        ),
        (
            "readers:\n  - {key: m, language: en, zone: UTC, at: \"08:30\", brands: [x]}", 2, 61,
            "no brand of ours"
        ),
        ("store: [", 2, 1, "did not find expected node content"),
    ])
    func saysWhatIsWrongWhere(text: String, line: Int, column: Int, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(parsing: text, file: "earshot.yaml")
        }
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.description.contains(reason))
        #expect(error.description.hasPrefix("earshot.yaml:\(line):\(column): "))
    }
}
