/// Rows of features that are there or not, as lists of feature numbers.
///
/// A row's values are 1/√(its features), so that each row has length 1.
package struct SparseRows: Sendable {
    /// Features that numbers may name: `0..<features`.
    package let features: Int
    /// Feature numbers of all rows, one row after the other.
    package let ids: [Int32]
    /// Where each row begins in `ids`, and at last where the last one ends.
    package let starts: [Int]

    package init(features: Int, ids: [Int32], starts: [Int]) {
        precondition(starts.last ?? 0 == ids.count, "the last row ends with the numbers")
        precondition(ids.allSatisfy { 0..<features ~= Int($0) }, "numbers name features")
        self.features = features
        self.ids = ids
        self.starts = starts
    }

    /// Rows without features.
    package static func none(rows: Int) -> SparseRows {
        SparseRows(features: 0, ids: [], starts: Array(repeating: 0, count: rows + 1))
    }
}
