import EarshotDomain
import EarshotWire
import Foundation

/// A row of an import that was left out.
package struct BadRow: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1, as an editor counts.
    package let line: Int
    package let reason: String

    package var description: String { "\(file):\(line): \(reason)" }
}

/// A file that cannot be imported at all.
package struct ImportError: Error, Hashable, CustomStringConvertible {
    package let file: String
    package let reason: String

    package var description: String { "\(file): \(reason)" }
}

/// A row by the names of its columns.
struct ImportRow {
    struct Fault: Error {
        let reason: String
    }

    let line: Int
    private let cells: [String]
    private let columns: [String: Int]

    init(line: Int, cells: [String], columns: [String: Int]) {
        self.line = line
        self.cells = cells
        self.columns = columns
    }

    /// Absent where the cell is empty or the file has no such column.
    func optional(_ column: String) -> String? {
        guard let place = columns[column], cells.indices.contains(place) else { return nil }
        let text = cells[place].trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? nil : text
    }

    func text(_ column: String) throws(Fault) -> String {
        guard let text = optional(column) else { throw Fault(reason: "\(column) is empty") }
        return text
    }

    func key(_ column: String) throws(Fault) -> String {
        let text = try text(column)
        guard Configuration.isKey(text) else {
            throw Fault(reason: "\(column) '\(text)' is no key")
        }
        return text
    }

    func moment(_ column: String) throws(Fault) -> Timestamp? {
        guard let text = optional(column) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            throw Fault(reason: "\(column) '\(text)' is no RFC 3339 time")
        }
        return moment
    }

    func flag(_ column: String) throws(Fault) -> Bool {
        switch try text(column) {
        case "yes": return true
        case "no": return false
        case let text: throw Fault(reason: "\(column) '\(text)' is neither yes nor no")
        }
    }

    func int(_ column: String, in range: ClosedRange<Int>) throws(Fault) -> Int {
        let text = try text(column)
        guard let number = Int(text), range.contains(number) else {
            throw Fault(
                reason:
                    "\(column) '\(text)' is no whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return number
    }

    func cents(_ column: String) throws(Fault) -> Int? {
        guard let text = optional(column) else { return nil }
        guard let cents = Money.cents(text) else {
            throw Fault(reason: "\(column) '\(text)' is no amount")
        }
        return cents
    }
}

/// Reads a file of comma-separated values by its header, some thousand rows at a time.
struct ImportFile {
    /// Bytes read at once, and rows handed on at once: one transaction (chosen).
    private static let chunk = 1 << 16
    private static let batch = 5_000

    private let handle: FileHandle
    private let name: String
    private let required: [String]
    private var reader = CSVReader()
    private var columns: [String: Int]?
    private var pending: [CSVReader.Row] = []
    private var isOver = false

    /// - Parameter required: columns without which a row says nothing.
    init(path: String, required: [String]) throws(ImportError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ImportError(file: path, reason: "cannot be read")
        }
        self.handle = handle
        name = path
        self.required = required
    }

    /// The next rows, good and bad; absent at the end of the file.
    mutating func next() throws -> (rows: [ImportRow], bad: [BadRow])? {
        while !isOver, pending.count < Self.batch {
            if let bytes = try handle.read(upToCount: Self.chunk), !bytes.isEmpty {
                pending += reader.rows(in: bytes)
            } else {
                pending += reader.end()
                isOver = true
            }
        }
        let taken = pending.prefix(Self.batch)
        pending.removeFirst(taken.count)
        guard let first = taken.first else {
            if columns == nil { throw ImportError(file: name, reason: "has no header") }
            return nil
        }
        let known = try columns ?? header(first)
        let body = columns == nil ? taken.dropFirst() : taken
        columns = known
        var rows: [ImportRow] = []
        var bad: [BadRow] = []
        for row in body {
            if let fault = row.fault {
                bad.append(BadRow(file: name, line: row.line, reason: fault))
            } else if row.cells.count != known.count {
                let reason = "\(row.cells.count) cells, the header has \(known.count)"
                bad.append(BadRow(file: name, line: row.line, reason: reason))
            } else if row.cells.contains(where: { $0.utf8.contains(0) }) {
                bad.append(BadRow(file: name, line: row.line, reason: "holds a NUL byte"))
            } else {
                rows.append(ImportRow(line: row.line, cells: row.cells, columns: known))
            }
        }
        return (rows, bad)
    }

    private func header(_ row: CSVReader.Row) throws(ImportError) -> [String: Int] {
        var columns: [String: Int] = [:]
        for (place, name) in row.cells.enumerated() {
            guard columns.updateValue(place, forKey: name) == nil else {
                throw ImportError(file: self.name, reason: "column '\(name)' stands twice")
            }
        }
        let missing = required.filter { columns[$0] == nil }
        guard missing.isEmpty else {
            throw ImportError(
                file: name, reason: "lacks the columns \(missing.joined(separator: ", "))")
        }
        return columns
    }
}
