import EarshotListening
import Testing

@Suite(.enabled(if: Specification.folder != nil, "../shared/eval/matching is not there"))
struct SpecificationTests {
    @Test func queriesMeanWhatTheReferenceSays() throws {
        let cases = try Specification.cases()
        #expect(cases.count > 600)
        var buffers = QuerySet.Buffers()
        for one in cases {
            do throws(QueryError) {
                let query = try Query(one.query)
                let found = QuerySet([query]).matches(in: one.document.forMatching, &buffers)
                #expect(!found.isEmpty == one.matches, "\(one.query)")
                let warnings = query.warnings.map { "\($0.column):\($0.code.rawValue)" }
                #expect(warnings == one.warnings, "\(one.query)")
            } catch {
                #expect(error.column == one.errorAt, "\(one.query): \(error.message)")
            }
        }
    }

    /// The index only leaves out what cannot match: all queries at once find what each one finds.
    @Test func theIndexLosesNothing() throws {
        let cases = try Specification.cases().filter { $0.errorAt == nil }
        let queries = try cases.map { try Query($0.query) }
        let all = QuerySet(queries)
        let single = queries.map { QuerySet([$0]) }
        var buffers = QuerySet.Buffers()
        for one in cases {
            let document = one.document.forMatching
            let found = all.matches(in: document, &buffers)
            for match in found {
                #expect(
                    single[match.query].matches(in: document, &buffers).first?.hits == match.hits)
            }
            let matched = single.indices.filter {
                !single[$0].matches(in: document, &buffers).isEmpty
            }
            #expect(found.map(\.query) == matched)
        }
    }
}

extension Specification.Document {
    var forMatching: MatchDocument {
        MatchDocument(
            title: title ?? "", text: text ?? "", author: author ?? "", site: site ?? "",
            language: lang ?? "", urls: urls ?? [])
    }
}
