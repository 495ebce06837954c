import GRDB

/// Why the store refused, and what its caller should do now.
package struct StoreError: Error, Hashable, CustomStringConvertible {
    package enum Reason: String, Hashable, Sendable {
        /// The file is no database, or one of another program.
        case notAStore = "not_a_store"
        /// A newer Earshot has written it.
        case newerSchema = "newer_schema"
        /// Another process holds the write lock for longer than five seconds.
        case busy
        case diskFull = "disk_full"
        /// The file cannot be opened, read or written.
        case inputOutput = "input_output"
        /// The file's content contradicts itself.
        case damaged
        /// A row breaks a rule of the schema: a fault of the caller, the transaction is undone.
        case constraint
        /// An id or key that the store does not know.
        case unknownReference = "unknown_reference"
        case other
    }

    package enum Advice: Hashable, Sendable {
        /// The same call may succeed later.
        case retry
        case giveUp
        /// A person has to decide.
        case ask
    }

    package let path: String
    package let reason: Reason
    package let advice: Advice
    /// The cause, in one line.
    package let detail: String

    package var description: String { "store \(path): \(detail)" }

    /// The database's own errors as ours; others, such as a cancellation, as they are.
    static func wrapping(_ error: any Error, path: String) -> any Error {
        switch error {
        case let error as DatabaseError:
            let (reason, advice) = meaning(of: error.resultCode)
            return StoreError(
                path: path, reason: reason, advice: advice,
                detail: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        case let error as RowDecodingError:
            return StoreError(
                path: path, reason: .damaged, advice: .ask, detail: "unreadable row: \(error)")
        case let fault as StoredFault:
            return StoreError(
                path: path, reason: fault.reason, advice: fault.advice, detail: fault.detail)
        default:
            return error
        }
    }

    /// The primary result codes, https://www.sqlite.org/rescode.html.
    private static func meaning(of code: ResultCode) -> (Reason, Advice) {
        switch code {
        case .SQLITE_NOTADB: (.notAStore, .ask)
        case .SQLITE_BUSY, .SQLITE_LOCKED: (.busy, .retry)
        case .SQLITE_FULL: (.diskFull, .retry)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: (.inputOutput, .ask)
        case .SQLITE_CORRUPT: (.damaged, .ask)
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: (.constraint, .giveUp)
        default: (.other, .giveUp)
        }
    }
}

/// A fault found inside a transaction, which does not know the store's path.
struct StoredFault: Error {
    let reason: StoreError.Reason
    let advice: StoreError.Advice
    let detail: String

    static func damaged(_ detail: String) -> StoredFault {
        StoredFault(reason: .damaged, advice: .ask, detail: detail)
    }

    static func refused(_ detail: String) -> StoredFault {
        StoredFault(reason: .constraint, advice: .giveUp, detail: detail)
    }

    static func unknown(_ detail: String) -> StoredFault {
        StoredFault(reason: .unknownReference, advice: .giveUp, detail: detail)
    }
}
