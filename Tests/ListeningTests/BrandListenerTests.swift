import EarshotDomain
import EarshotListening
import Testing

@Suite struct BrandListenerTests {
    private func brand(_ id: Int64, _ query: String, _ topics: [String: String] = [:]) -> Brand {
        Brand(
            id: Identifier(id), key: "brand\(id)", names: ["en": "Brand"], query: query,
            topics: topics.sorted { $0.key < $1.key }.map {
                Topic(key: $0.key, kind: .aspect, names: ["en": $0.key], query: $0.value)
            }, market: "phones", isCompetitor: false)
    }

    @Test func topicsCountWhereTheirBrandIsNamed() throws {
        let listener = try BrandListener([
            brand(1, "northwind", ["battery": "battery OR 电池", "price": "price"]),
            brand(2, "lumen NOT light", ["battery": "battery"]),
        ])
        var buffers = BrandListener.Buffers()
        let content = EntryContent(title: "Battery trouble", text: "My Northwind, price aside")
        let found = listener.findings(in: content, &buffers)
        #expect(found.map(\.brand) == [Identifier(1)])
        let hits = found.flatMap(\.hits).map {
            "\($0.field) \($0.start) \($0.term) \($0.topic ?? "-")"
        }
        #expect(hits == ["title 0 battery battery", "text 3 northwind -", "text 14 price price"])
        #expect(listener.findings(in: EntryContent(title: "", text: "battery"), &buffers).isEmpty)
    }

    @Test func theSiteIsTheHostOfTheLinkOrThePlatform() throws {
        let listener = try BrandListener([brand(1, "x site:sample.invalid")])
        var buffers = BrandListener.Buffers()
        let linked = EntryContent(
            url: "https://www.News.sample.invalid:8080/a?b", title: "", text: "x")
        #expect(listener.findings(in: linked, &buffers).count == 1)
        let posted = EntryContent(
            title: "", text: "x", author: Author(platform: "sample.invalid", handle: "bob"))
        #expect(listener.findings(in: posted, &buffers).count == 1)
        let other = EntryContent(url: "https://notsample.invalid/", title: "", text: "x")
        #expect(listener.findings(in: other, &buffers).isEmpty)
    }

    @Test func aRefusedQueryNamesItsBrandAndTopic() {
        let error = #expect(throws: BrandListener.BrandError.self) {
            try BrandListener([brand(1, "x"), brand(2, "y", ["battery": "(a"])])
        }
        #expect(error?.brand == "brand2")
        #expect(error?.topic == "battery")
        #expect(error?.cause.reason == .openParenthesis)
    }
}
