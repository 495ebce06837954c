import EarshotWording

/// Columns of text for a terminal, as wide as their widest cell.
struct TextTable {
    struct Column {
        let title: String
        let isNumber: Bool

        init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// - Parameter row: a cell a column.
    mutating func add(_ row: [String]) {
        rows.append(row.map(PrintableText.of))
    }

    /// Lines ended by line feeds.
    var text: String {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in
            all.map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        return all.map { row in
            let cells = columns.indices.map { column in
                DisplayWidth.padded(
                    row[column], to: widths[column], right: columns[column].isNumber)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}
