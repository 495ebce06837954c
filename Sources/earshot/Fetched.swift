import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotTransport
import EarshotWire
import Foundation

/// A request of the fetch filter.
struct FetchLine: Sendable {
    /// JSON, echoed.
    let id: [UInt8]
    let url: String
    var etag: String?
    var lastModified: String?

    var request: FetchRequest {
        FetchRequest(url: url, etag: etag, lastModified: lastModified)
    }

    init(id: [UInt8], url: String) {
        self.id = id
        self.url = url
    }

    init(_ line: [UInt8]) throws(LineError) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw LineError(id: nil, error) }
        id = json["id"]?.bytes ?? Array("null".utf8)
        guard let url = json["url"]?.string else {
            throw LineError(id: id, reason: "'url' is missing")
        }
        self.url = url
        guard let validators = json["validators"], validators.kind != .null else { return }
        guard validators.kind == .object else {
            throw LineError(id: id, reason: "'validators' is no object")
        }
        for name in ["etag", "last_modified"] {
            let kind = validators[name]?.kind ?? .null
            guard kind == .null || kind == .string else {
                throw LineError(id: id, reason: "'\(name)' is no string")
            }
        }
        etag = validators["etag"]?.string
        lastModified = validators["last_modified"]?.string
    }
}

/// What came of a request.
struct Fetched: Sendable {
    /// How what came is read.
    struct Reading: Sendable {
        let mapping: Mapping?
        /// Leaves the markup of entries unread.
        var isRaw = false
        /// Entries that are of use, the first ones.
        var keeping = Int.max
    }

    enum Outcome: Sendable {
        case document(FeedDocument)
        case unread
        case unchanged
        case noFeed(FeedError)
        case failed(TransportError)
    }

    let line: FetchLine
    /// Without its body.
    let response: FetchResponse?
    /// After decompression.
    let bodyBytes: Int
    let outcome: Outcome

    /// - Parameter reading: absent where the document is left unread.
    init(_ line: FetchLine, _ response: consuming FetchResponse, reading: Reading?) {
        self.line = line
        outcome =
            if response.isUnchanged {
                .unchanged
            } else if let reading {
                Self.read(response, reading)
            } else {
                .unread
            }
        bodyBytes = response.body.count
        // The document is all that is wanted of it from here on.
        response.body = []
        self.response = response
    }

    init(_ line: FetchLine, failed error: any Error) {
        self.line = line
        response = nil
        bodyBytes = 0
        outcome = .failed(
            error as? TransportError
                ?? TransportError(url: line.url, reason: .reset, detail: "\(error)"))
    }

    private static func read(_ response: FetchResponse, _ reading: Reading) -> Outcome {
        do throws(FeedError) {
            var context = FeedContext(response, mapping: reading.mapping)
            context.isRaw = reading.isRaw
            let document = try FeedParser.parse(
                response.body, context, keeping: reading.keeping)
            guard response.breaksOff(document) else { return .document(document) }
            var error = TransportError(
                url: response.url, reason: .truncated, status: response.status,
                detail: "the compressed document breaks off")
            error.duration = response.duration
            return .failed(error)
        } catch {
            return .noFeed(error)
        }
    }

    func write(to writer: inout JSONWriter, answers: ParseAnswer) {
        writer.beginObject()
        writer.name("id")
        writer.raw(line.id)
        writer.member("url", response?.url ?? line.url)
        writer.name("status")
        if let status = response?.status ?? failedStatus {
            writer.int(status)
        } else {
            writer.null()
        }
        writer.name("error")
        switch outcome {
        case .document, .unread, .unchanged: writer.null()
        case .noFeed(let error): writer.error(error.kind.rawValue, error.reason)
        case .failed(let error): writer.error(error.reason.rawValue, error.detail)
        }
        writer.name("validators")
        writer.beginObject()
        writer.member("etag", response?.isUnchanged == true ? line.etag : response?.etag)
        writer.member(
            "last_modified",
            response?.isUnchanged == true ? line.lastModified : response?.lastModified)
        writer.endObject()
        writer.name("retry_after")
        if let seconds = retryAfter { writer.int(seconds) } else { writer.null() }
        writer.name("seconds")
        writer.double(Double(duration.milliseconds) / 1_000)
        writer.name("warnings")
        writer.beginArray()
        if case .document(let document) = outcome {
            for warning in document.warnings { writer.string(warning.kind.rawValue) }
        }
        writer.endArray()
        writer.name("document")
        if case .document(let document) = outcome {
            answers.write(.success(document), path: line.url, to: &writer)
        } else {
            writer.null()
        }
        writer.endObject()
    }

    private var duration: Duration {
        if case .failed(let error) = outcome { return error.duration }
        return response?.duration ?? .zero
    }

    private var failedStatus: Int? {
        guard case .failed(let error) = outcome else { return nil }
        return error.status
    }

    private var retryAfter: Int64? {
        guard case .failed(let error) = outcome, case .retry(let after?) = error.advice else {
            return nil
        }
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        return after.delay(from: now).map { $0.milliseconds / 1_000 }
    }
}

extension JSONWriter {
    fileprivate mutating func error(_ kind: String, _ reason: String) {
        beginObject()
        member("kind", kind)
        member("reason", reason)
        endObject()
    }
}
