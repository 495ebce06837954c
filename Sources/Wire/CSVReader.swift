/// Reads comma-separated values (RFC 4180) as they come, each row with the line it begins on.
///
/// Takes CRLF, LF or CR between rows, a byte order mark, quoted cells with line breaks and doubled
/// quotes. A row that breaks the rules comes with its fault, and reading goes on at the next line.
/// Blank lines are passed over.
package struct CSVReader {
    package struct Row: Hashable, Sendable {
        /// From 1, as an editor counts.
        package let line: Int
        package let cells: [String]
        /// What is wrong with it; absent where nothing is.
        package let fault: String?
    }

    /// Refuses rows longer than this many bytes; chosen: no row of a person's record comes near.
    package static let rowLimit = 1 << 20

    private enum State {
        case start, plain, quoted, closed, skipped
    }

    private var state = State.start
    private var line = 1
    private var rowLine = 1
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var rowBytes = 0
    private var fault: String?
    private var isAfterCR = false
    private var isFirst = true

    package init() {}

    /// Takes the next bytes, and gives the rows that end in them.
    package mutating func rows(in bytes: some Sequence<UInt8>) -> [Row] {
        var rows: [Row] = []
        for byte in bytes { take(byte, &rows) }
        return rows
    }

    /// The last row, where no line break ends it.
    package mutating func end() -> [Row] {
        var rows: [Row] = []
        if state == .quoted { fault = fault ?? "a quoted cell does not end" }
        finishRow(&rows)
        return rows
    }

    private mutating func take(_ byte: UInt8, _ rows: inout [Row]) {
        let isSecondHalf = isAfterCR && byte == 0x0A
        isAfterCR = byte == 0x0D
        if isSecondHalf {
            if state == .quoted { append(byte) }
            return
        }
        let isBreak = byte == 0x0A || byte == 0x0D
        if isBreak { line += 1 }
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .closed } else { append(byte) }
        case .closed where byte == UInt8(ascii: "\""):
            append(byte)
            state = .quoted
        case _ where isBreak:
            finishRow(&rows)
        case _ where byte == UInt8(ascii: ","):
            finishCell()
            state = state == .skipped ? .skipped : .start
        case .closed:
            refuse("text after a quoted cell")
        case .start where byte == UInt8(ascii: "\""):
            state = .quoted
        case .plain where byte == UInt8(ascii: "\""):
            refuse("a quote inside an unquoted cell")
        case .start, .plain:
            state = .plain
            append(byte)
        case .skipped: break
        }
    }

    private mutating func append(_ byte: UInt8) {
        rowBytes += 1
        guard rowBytes <= Self.rowLimit else { return refuse("longer than a row may be") }
        cell.append(byte)
    }

    private mutating func refuse(_ reason: String) {
        fault = fault ?? reason
        state = .skipped
    }

    private mutating func finishCell() {
        guard state != .skipped else { return }
        var bytes = cell[...]
        if isFirst, cells.isEmpty, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = bytes.dropFirst(3)
        }
        if let text = String(validating: bytes, as: UTF8.self) {
            cells.append(text)
        } else {
            fault = fault ?? "not UTF-8"
            cells.append(String(decoding: bytes, as: UTF8.self))
        }
        cell.removeAll(keepingCapacity: true)
    }

    private mutating func finishRow(_ rows: inout [Row]) {
        let isBlank = state == .start && cells.isEmpty && cell.isEmpty
        if !isBlank {
            finishCell()
            rows.append(Row(line: rowLine, cells: cells, fault: fault))
            isFirst = false
        }
        cells.removeAll(keepingCapacity: true)
        cell.removeAll(keepingCapacity: true)
        rowBytes = 0
        fault = nil
        state = .start
        rowLine = line
    }
}
