import EarshotDomain
import GRDB

/// Takes a row's columns from left to right, in the order in which its query names them.
///
/// A value of another type than the schema promises is a damaged file, and throws.
struct Columns {
    private let row: Row
    private var position = 0

    init(_ row: Row) {
        self.row = row
    }

    mutating func next<Value: DatabaseValueConvertible & StatementColumnConvertible>()
        throws -> Value
    {
        defer { position += 1 }
        return try row.decode(Value.self, atIndex: position)
    }

    mutating func optional<Value: DatabaseValueConvertible & StatementColumnConvertible>()
        throws -> Value?
    {
        defer { position += 1 }
        return try row.decode(Value?.self, atIndex: position)
    }

    mutating func identifier<Subject>() throws -> Identifier<Subject> {
        Identifier(try next())
    }

    mutating func moment() throws -> Timestamp {
        Timestamp(milliseconds: try next())
    }

    mutating func optionalMoment() throws -> Timestamp? {
        let milliseconds: Int64? = try optional()
        return milliseconds.map(Timestamp.init(milliseconds:))
    }

    mutating func choice<Value: RawRepresentable<String>>() throws -> Value {
        let text: String = try next()
        guard let value = Value(rawValue: text) else {
            throw StoredFault.damaged("\(Value.self) '\(text)' is unknown")
        }
        return value
    }
}

extension Database {
    /// Every statement goes through here, prepared once a connection.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The id that `INSERT … RETURNING id` gives.
    func insert<Subject>(
        _ sql: String, _ arguments: StatementArguments
    ) throws -> Identifier<Subject> {
        // Stepped to its end: only then has SQLite finished the insert.
        let ids = try Int64.fetchAll(cachedStatement(sql: sql), arguments: arguments)
        guard ids.count == 1 else { throw StoredFault.damaged("an insert gave no id") }
        return Identifier(ids[0])
    }

    func each(
        _ sql: String, _ arguments: StatementArguments = [], _ body: (inout Columns) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            var columns = Columns(row)
            try body(&columns)
        }
    }

    func all<Value>(
        _ sql: String, _ arguments: StatementArguments = [],
        _ value: (inout Columns) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try each(sql, arguments) { values.append(try value(&$0)) }
        return values
    }

    /// The one row of a query that finds one or none.
    func first<Value>(
        _ sql: String, _ arguments: StatementArguments = [],
        _ value: (inout Columns) throws -> Value
    ) throws -> Value? {
        try all(sql, arguments, value).first
    }
}

/// `?, ?, ?` for a list of `count` values.
func placeholders(_ count: Int) -> String {
    repeatElement("?", count: count).joined(separator: ", ")
}
