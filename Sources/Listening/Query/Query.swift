/// A brand query that was understood; its grammar is that of the matching specification.
package struct Query: Hashable, Sendable {
    package let text: String
    package let root: QueryNode
    /// By place; such a query works, but perhaps not as meant.
    package let warnings: [QueryWarning]

    /// Reads a query, or says why not; cost is linear in its length.
    package init(_ text: String) throws(QueryError) {
        var parser = QueryParser(text)
        self.text = text
        root = try parser.parse()
        warnings = parser.warnings()
    }
}
