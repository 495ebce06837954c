import Dispatch
package import EarshotDomain
package import EarshotFeeds
import EarshotWire
import Foundation
import Synchronization

/// How an archive is written.
package enum ArchiveFormat: String, Sendable, CaseIterable {
    /// A JSON object a line.
    case ndjson
    /// Values parted by commas (RFC 4180), semicolons or tabs under a row of names.
    case csv
}

/// Records that were read of an archive.
package struct ArchiveBatch: Sendable {
    /// In the archive's order.
    package fileprivate(set) var drafts: [EntryDraft] = []
    package fileprivate(set) var bad: [BadRow] = []
    /// Records in it, the bad ones too.
    package fileprivate(set) var records = 0
    /// Bytes of the archive up to its end.
    package fileprivate(set) var bytes = 0
}

/// An archive that is read from its beginning to its end in batches of so many records, whatever
/// the size of what arrives; memory does not grow with it.
package final class ArchiveFile: Sendable {
    /// Records of a batch; chosen: one transaction each, far apart enough to cost little.
    package static let batchSize = 500

    private let state: Mutex<ArchiveState>
    /// Reading waits for disks and pipes, which no task may.
    private let queue = DispatchQueue(label: "earshot.archive")

    /// - Parameters:
    ///   - path: `-` for standard input.
    ///   - format: told from the first byte where it is absent.
    package init(
        path: String, format: ArchiveFormat?, reader: sending ArchiveReader, names: ArchiveNames
    ) throws {
        let handle: FileHandle
        if path == "-" {
            handle = .standardInput
        } else {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            {
                throw ArchiveError(file: path, reason: "it is a folder")
            }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw ArchiveError(file: path, reason: String(cString: strerror(errno)))
            }
            handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        }
        state = Mutex(
            ArchiveState(
                name: path, handle: handle, format: format, reader: reader, names: names))
    }

    /// The next batch; absent at the end.
    package func next() async throws -> ArchiveBatch? {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try self.state.withLock { try $0.next() } })
            }
        }
    }
}

/// An archive that cannot be read at all.
package struct ArchiveError: Error, Hashable, CustomStringConvertible {
    package let file: String
    package let reason: String

    package var description: String { "\(file): \(reason)" }
}

private struct ArchiveState {
    let name: String
    let handle: FileHandle
    var format: ArchiveFormat?
    var reader: ArchiveReader
    let names: ArchiveNames

    private var pending: [UInt8] = []
    /// Where the first line that was not taken begins, and up to where no line ends.
    private var taken = 0
    private var searched = 0
    private var isOver = false
    /// Bytes that were read.
    private var bytes = 0
    private var line = 0
    private var isBegun = false
    /// Absent where it is UTF-8.
    private var utf16: UTF16Input?

    private var table = CSVReader()
    private var rows: [CSVReader.Row] = []
    private var header: ArchiveHeader?

    private static let step = 1 << 18

    init(
        name: String, handle: FileHandle, format: ArchiveFormat?, reader: ArchiveReader,
        names: ArchiveNames
    ) {
        self.name = name
        self.handle = handle
        self.format = format
        self.reader = reader
        self.names = names
    }

    mutating func next() throws -> ArchiveBatch? {
        if !isBegun {
            isBegun = true
            try begin()
        }
        var batch = ArchiveBatch()
        switch format {
        case .csv: try takeRows(into: &batch)
        default: try takeLines(into: &batch)
        }
        batch.bytes = bytes - (pending.count - taken)
        return batch.records == 0 ? nil : batch
    }

    /// Tells encoding and format by the first bytes.
    private mutating func begin() throws {
        while !isOver, pending.count < 4 { try read() }
        if pending.starts(with: [0x1F, 0x8B]) {
            throw refusal("it is compressed; 'gunzip -c FILE | earshot import' reads it")
        }
        utf16 = UTF16Input(pending)
        if utf16 != nil { pending = utf16?.utf8(pending, isLast: isOver) ?? [] }
        guard !pending.prefix(4).contains(0) else {
            throw refusal("it is no UTF-8 text; 'iconv -t utf-8 -f ENCODING FILE' makes it such")
        }
        while !isOver, !pending.contains(where: { $0 > 0x20 && $0 < 0x7F }) { try read() }
        switch pending.first(where: { $0 > 0x20 && $0 < 0x7F }) {
        case UInt8(ascii: "{"):
            guard format != .csv else {
                throw refusal("it is JSON, not CSV; leave --format out or say ndjson")
            }
            format = .ndjson
        case UInt8(ascii: "[") where format != .ndjson:
            throw refusal(
                "it is a JSON array; one object a line (NDJSON) is read: 'jq -c .[] FILE' makes it")
        default: format = format ?? .csv
        }
        if format == .csv { table = CSVReader(separator: try separator()) }
    }

    /// Of the header's line: a comma where there is one, else what there is more of.
    private mutating func separator() throws -> Unicode.Scalar {
        var head = pending[...]
        while true {
            head = pending.drop { $0 == 0x0A || $0 == 0x0D }
            if let end = head.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
                head = head[..<end]
                break
            }
            guard !isOver, pending.count <= CSVReader.rowLimit else { break }
            try read()
        }
        var isQuoted = false
        var (commas, semicolons, tabs) = (0, 0, 0)
        for byte in head {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: ","): commas += 1
            case UInt8(ascii: ";"): semicolons += 1
            case 0x09: tabs += 1
            default: break
            }
        }
        guard commas == 0, semicolons + tabs > 0 else { return "," }
        return semicolons >= tabs ? ";" : "\t"
    }

    private func refusal(_ reason: String) -> ArchiveError {
        ArchiveError(file: name, reason: reason)
    }

    private mutating func read() throws {
        if taken > 0 {
            pending.removeFirst(taken)
            searched -= taken
            taken = 0
        }
        let data: Data
        do {
            data = try handle.read(upToCount: Self.step) ?? Data()
        } catch {
            let system = ((error as? CocoaError)?.underlying as? POSIXError)?.code.rawValue
            throw refusal(system.map { String(cString: strerror($0)) } ?? "it cannot be read")
        }
        isOver = data.isEmpty
        bytes += data.count
        if utf16 != nil {
            pending += utf16?.utf8(Array(data), isLast: isOver) ?? []
        } else {
            pending.append(contentsOf: data)
        }
    }

    private mutating func refuse(_ line: Int, _ reason: String, _ batch: inout ArchiveBatch) {
        batch.bad.append(BadRow(file: name, line: line, reason: reason))
    }

    // MARK: - Lines

    private mutating func takeLines(into batch: inout ArchiveBatch) throws {
        while batch.records < ArchiveFile.batchSize {
            guard let record = try nextLine() else { return }
            line += 1
            if let fault = record.fault {
                batch.records += 1
                refuse(line, fault, &batch)
                continue
            }
            var text = record.bytes[...]
            if line == 1, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
            guard text.contains(where: { $0 > 0x20 }) else { continue }
            batch.records += 1
            do throws(ArchiveFault) {
                batch.drafts += try reader.drafts(line: Array(text)).map(\.withLanguage)
            } catch {
                refuse(line, error.reason, &batch)
            }
        }
    }

    private mutating func nextLine() throws -> (bytes: [UInt8], fault: String?)? {
        var isTooLong = false
        while true {
            let end = pending.withUnsafeBufferPointer { buffer in
                buffer[searched...].firstIndex(of: 0x0A)
            }
            if let end {
                defer {
                    taken = end + 1
                    searched = taken
                }
                return isTooLong ? ([], Self.tooLong) : (Array(pending[taken..<end]), nil)
            }
            searched = pending.count
            if searched - taken > ArchiveReader.lineLimit {
                isTooLong = true
                taken = searched
            }
            if isOver {
                guard taken < pending.count || isTooLong else { return nil }
                defer { taken = pending.count }
                return isTooLong ? ([], Self.tooLong) : (Array(pending[taken...]), nil)
            }
            try read()
        }
    }

    private static let tooLong = "longer than \(ArchiveReader.lineLimit >> 20) MiB"

    // MARK: - Rows

    private mutating func takeRows(into batch: inout ArchiveBatch) throws {
        var next = 0
        defer { rows.removeFirst(next) }
        while batch.records < ArchiveFile.batchSize {
            if next == rows.count {
                rows.removeAll(keepingCapacity: true)
                next = 0
                guard try moreRows() else { return }
                continue
            }
            let row = rows[next]
            next += 1
            guard let header else {
                self.header = try header(row)
                continue
            }
            batch.records += 1
            if let fault = row.fault {
                refuse(row.line, fault, &batch)
                continue
            }
            do throws(ArchiveFault) {
                batch.drafts.append(
                    try reader.draft(cells: row.cells, header: header).withLanguage)
            } catch {
                refuse(row.line, error.reason, &batch)
            }
        }
    }

    private func header(_ row: CSVReader.Row) throws -> ArchiveHeader {
        if let fault = row.fault { throw refusal("the header, line \(row.line): \(fault)") }
        do throws(ArchiveFault) {
            return try ArchiveHeader(row.cells, names)
        } catch {
            throw refusal(error.reason)
        }
    }

    /// Whether there may be more.
    private mutating func moreRows() throws -> Bool {
        guard !isOver else { return false }
        if taken == pending.count { try read() }
        rows = isOver ? table.end() : table.rows(in: pending[taken...])
        taken = pending.count
        searched = taken
        return true
    }
}
