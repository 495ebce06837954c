import EarshotWire
import Testing

@Suite struct CSVReaderTests {
    private static func rows(_ text: String, piece: Int) -> [CSVReader.Row] {
        var reader = CSVReader()
        var rows: [CSVReader.Row] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            rows += reader.rows(in: bytes[start..<min(start + piece, bytes.count)])
        }
        return rows + reader.end()
    }

    /// The forms of RFC 4180, section 2, cut anywhere; lines as an editor counts them.
    @Test(arguments: [1, 2, 3, 1_000])
    func readsWhatTheStandardAllows(piece: Int) {
        let text =
            "\u{FEFF}a,b\r\n1,\"two\r\nlines\"\r\n\r\n\"say \"\"hi\"\"\",\n,\"\"\rx,\"1,5\""
        let rows = Self.rows(text, piece: piece)
        #expect(rows.map(\.line) == [1, 2, 5, 6, 7])
        #expect(
            rows.map(\.cells) == [
                ["a", "b"], ["1", "two\r\nlines"], ["say \"hi\"", ""], ["", ""], ["x", "1,5"],
            ])
        #expect(rows.allSatisfy { $0.fault == nil })
    }

    @Test(arguments: [1, 1_000])
    func aBrokenRowIsToldAndTheRestIsRead(piece: Int) {
        let rows = Self.rows("a\n\"b\"c\nd\ne\"f\ng\n\"h", piece: piece)
        #expect(rows.map(\.line) == [1, 2, 3, 4, 5, 6])
        #expect(
            rows.map(\.fault) == [
                nil, "text after a quoted cell", nil, "a quote inside an unquoted cell", nil,
                "a quoted cell does not end",
            ])
        #expect(rows[4].cells == ["g"])
    }

    /// One stray quote costs its own row, whatever ends its cell: the next quote, or nothing.
    @Test(arguments: [1, 2, 1_000], ["\n", "\r\n", "\r"])
    func aQuoteThatDoesNotEndCostsItsRow(piece: Int, end: String) {
        let text = ["a,b", "1,2", "3,\"4", "5,6", "7,\"8\"", "\"9\",\"x", "y\"", "z,\"\"", "0,\"1"]
        let rows = Self.rows(text.joined(separator: end), piece: piece)
        #expect(rows.map(\.line) == [1, 2, 3, 4, 5, 6, 8, 9])
        let broken = "a quoted cell does not end"
        #expect(rows.map(\.fault) == [nil, nil, broken, nil, nil, nil, nil, broken])
        #expect(rows[3].cells == ["5", "6"])
        #expect(rows[5].cells == ["9", "x\(end)y"])
        let last = Self.rows(["a", "\"b", "c", "d"].joined(separator: end), piece: piece)
        #expect(last.map(\.line) == [1, 2, 3, 4])
        #expect(last.map(\.fault) == [nil, broken, nil, nil])
    }

    @Test func aQuoteThatDoesNotEndIsGivenUpAtTheLimit() {
        let line = "a,b\r\n"
        let count = CSVReader.rowLimit / line.utf8.count * 6 / 5
        let rows = Self.rows("\"" + String(repeating: line, count: count), piece: 1 << 16)
        #expect(rows.count == count)
        #expect(rows.map(\.line) == Array(1...count))
        #expect(rows.filter { $0.fault != nil }.map(\.line) == [1])
    }

    @Test func cellsArePartedByWhatIsAsked() {
        var reader = CSVReader(separator: ";")
        let rows = reader.rows(in: Array("a;b,c\n\"1;2\";3\n".utf8))
        #expect(rows.map(\.cells) == [["a", "b,c"], ["1;2", "3"]])
    }

    @Test func aQuotedCellMayFollowTheMark() {
        let rows = Self.rows("\u{FEFF}\"a\",b\n\u{FEFF}\"a\n", piece: 1)
        #expect(rows.map(\.cells).first == ["a", "b"])
        #expect(rows.map(\.fault) == [nil, "a quote inside an unquoted cell"])
    }

    @Test func bytesThatAreNoTextAreAFault() {
        var reader = CSVReader()
        let rows = reader.rows(in: [0x61, 0x2C, 0xFF, 0x0A, 0x62, 0x0A])
        #expect(rows.map(\.fault) == ["not UTF-8", nil])
    }

    @Test func aRowHasALimit() {
        var reader = CSVReader()
        let long = [UInt8](repeating: 0x61, count: CSVReader.rowLimit + 1)
        let rows = reader.rows(in: long + [0x0A, 0x62, 0x0A])
        #expect(rows.map(\.fault) == ["longer than a row may be", nil])
    }

    @Test func readsWhatTheWriterWrites() {
        let cells = [
            ["a", "b,c", "say \"hi\"", "two\nlines", ""], ["-0.21", "漏水", " x ", "", "\r"],
        ]
        var writer = CSVWriter()
        for row in cells { writer.row(row) }
        var reader = CSVReader()
        let rows = reader.rows(in: writer.bytes) + reader.end()
        #expect(rows.map(\.cells.count) == [5, 5])
        #expect(rows[0].cells == cells[0])
        #expect(rows[1].cells.prefix(4) == cells[1].prefix(4))
    }
}
