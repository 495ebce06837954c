/// Writes comma-separated values (RFC 4180): CRLF between rows, quotes where needed.
package struct CSVWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Writes one row.
    ///
    /// A cell that a spreadsheet would run as a formula gets an apostrophe before it,
    /// since cells hold what strangers wrote (OWASP, "CSV Injection"); plain numbers stay.
    package mutating func row(_ cells: [String]) {
        for (column, cell) in cells.enumerated() {
            if column > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell)
        }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    private mutating func append(_ cell: String) {
        let first = cell.utf8.first
        let isFormula =
            first.map { Array("=+-@\t\r".utf8).contains($0) } ?? false && Double(cell) == nil
        let needsQuotes = cell.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
        }
        if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
    }
}
