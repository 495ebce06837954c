/// Reads comma-separated values (RFC 4180) as they come, each row with the line it begins on.
///
/// Takes CRLF, LF or CR between rows, a byte order mark, quoted cells with line breaks and doubled
/// quotes. A row that breaks the rules comes with its fault, and reading goes on at the next line;
/// where a quoted cell does not end as it should, at the line after the one it begins on, so that
/// one stray quote costs one row. Blank lines are passed over.
package struct CSVReader {
    package struct Row: Hashable, Sendable {
        /// From 1, as an editor counts; where a quoted cell does not end, the one it begins on.
        package let line: Int
        package let cells: [String]
        /// What is wrong with it; absent where nothing is.
        package let fault: String?
    }

    /// Refuses rows longer than this many bytes; chosen: no row of a person's record comes near.
    package static let rowLimit = 1 << 20

    /// The byte order mark in UTF-8.
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum State {
        case start, plain, quoted, closed, skipped
    }

    private let separator: UInt8
    private var state = State.start
    private var line = 1
    private var rowLine = 1
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var rowBytes = 0
    private var fault: String?
    private var isAfterCR = false
    private var isFirst = true
    /// Where the quoted cell begins that was read last, and what came on the lines after that.
    private var quoteLine = 0
    private var held: [UInt8] = []
    /// To be read again before anything else.
    private var again: [UInt8] = []

    /// - Parameter separator: what stands between cells, one ASCII character.
    package init(separator: Unicode.Scalar = ",") {
        self.separator = UInt8(ascii: separator)
    }

    /// Takes the next bytes, and gives the rows that end in them.
    package mutating func rows(in bytes: some Sequence<UInt8>) -> [Row] {
        var rows: [Row] = []
        for byte in bytes {
            take(byte, &rows)
            if !again.isEmpty { retake(&rows) }
        }
        return rows
    }

    /// Reads on after a quoted cell that did not end.
    ///
    /// What is held inside such a cell has its quotes in pairs up to the last, so that read afresh
    /// no cell of it stays open: nothing is read three times.
    private mutating func retake(_ rows: inout [Row]) {
        var bytes = again
        again = []
        var next = 0
        while next < bytes.count {
            take(bytes[next], &rows)
            next += 1
            guard !again.isEmpty else { continue }
            bytes.replaceSubrange(..<next, with: again)
            again = []
            next = 0
        }
    }

    /// The last row, where no line break ends it.
    package mutating func end() -> [Row] {
        var rows: [Row] = []
        while state == .quoted {
            giveUpQuote(&rows)
            retake(&rows)
        }
        finishRow(&rows)
        return rows
    }

    private mutating func take(_ byte: UInt8, _ rows: inout [Row]) {
        let isSecondHalf = isAfterCR && byte == 0x0A
        isAfterCR = byte == 0x0D
        let isHeld = line > quoteLine && (state == .quoted || state == .closed)
        // The second half of the line break that ends the first line belongs to that line.
        if isHeld, !(isSecondHalf && held.isEmpty) { held.append(byte) }
        if isSecondHalf {
            if state == .quoted { append(byte, &rows) }
            return
        }
        let isBreak = byte == 0x0A || byte == 0x0D
        if isBreak { line += 1 }
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .closed } else { append(byte, &rows) }
        case .closed where byte == UInt8(ascii: "\""):
            state = .quoted
            append(byte, &rows)
        case _ where isBreak:
            finishRow(&rows)
        case _ where byte == separator:
            finishCell()
            state = state == .skipped ? .skipped : .start
        case .closed:
            if isHeld { giveUpQuote(&rows) } else { refuse("text after a quoted cell") }
        case .start where byte == UInt8(ascii: "\""):
            state = .quoted
            quoteLine = line
            held.removeAll(keepingCapacity: true)
        case .plain
        where byte == UInt8(ascii: "\"") && isFirst && cells.isEmpty && cell == Self.mark:
            cell.removeAll(keepingCapacity: true)
            state = .quoted
            quoteLine = line
            held.removeAll(keepingCapacity: true)
        case .plain where byte == UInt8(ascii: "\""):
            refuse("a quote inside an unquoted cell")
        case .start, .plain:
            state = .plain
            append(byte, &rows)
        case .skipped: break
        }
    }

    private mutating func append(_ byte: UInt8, _ rows: inout [Row]) {
        rowBytes += 1
        guard rowBytes <= Self.rowLimit else {
            guard state == .quoted, line > quoteLine else {
                return refuse("longer than a row may be")
            }
            return giveUpQuote(&rows)
        }
        cell.append(byte)
    }

    /// Ends the row at the line on which its last quoted cell begins; what came after that is to
    /// be read again.
    private mutating func giveUpQuote(_ rows: inout [Row]) {
        rows.append(Row(line: quoteLine, cells: cells, fault: "a quoted cell does not end"))
        isFirst = false
        again = held
        held = []
        if !again.isEmpty { isAfterCR = false }
        line = quoteLine + 1
        clear()
    }

    private mutating func refuse(_ reason: String) {
        fault = fault ?? reason
        state = .skipped
    }

    private mutating func finishCell() {
        guard state != .skipped else { return }
        var bytes = cell[...]
        if isFirst, cells.isEmpty, bytes.starts(with: Self.mark) {
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
        clear()
    }

    private mutating func clear() {
        cells.removeAll(keepingCapacity: true)
        cell.removeAll(keepingCapacity: true)
        rowBytes = 0
        fault = nil
        state = .start
        rowLine = line
    }
}
