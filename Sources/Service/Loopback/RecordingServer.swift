import EarshotDomain
package import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Serves a recording over HTTP on loopback, as its servers would have at the clock's time.
///
/// The host is taken from the `Host` field, its port left out: a client that routes
/// `http://news.example` to the server's port sees that name and nothing else.
package struct RecordingServer: Sendable {
    private let recording: Recording
    private let clock: ReplayClock

    /// Reads the folder, whose form stands above `Recording`; throws where that fails.
    package init(root: URL, clock: ReplayClock) throws {
        recording = try Recording(root: root)
        self.clock = clock
    }

    /// Serves on a free port of 127.0.0.1, given to `body`, until `body` returns.
    package func run<Result: Sendable>(
        whileServing body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run("earshot.recording", whileServing: body) { answer(to: $0) }
    }

    private func answer(to request: Request) -> Response {
        guard request.method == .get else { return Response(status: .methodNotAllowed) }
        let authority = request.head.authority ?? ""
        let host = authority.prefix { $0 != ":" }
        switch recording.answer(host: String(host), path: request.uri.path, at: clock.now) {
        case .document(let document): return answer(to: request, with: document)
        case .serverDown: return Response(status: .serviceUnavailable)
        case .status(let code, let fields):
            var headers = HTTPFields()
            for field in fields {
                if let name = HTTPField.Name(field.name) { headers[name] = field.value }
            }
            return Response(status: HTTPResponse.Status(code: code), headers: headers)
        case .notFound: return Response(status: .notFound)
        }
    }

    private func answer(to request: Request, with document: RecordedDocument) -> Response {
        let (etag, lastModified) = (document.etag, document.lastModified)
        let validators: HTTPFields = [.eTag: etag, .lastModified: lastModified]
        // With an entity tag in the request its date counts no more (RFC 9110, section 13.1.3).
        let isUnchanged =
            if let tags = request.headers[.ifNoneMatch] {
                tags.split(separator: ",").contains { $0.trimmingPrefix(" ") == etag }
            } else {
                request.headers[.ifModifiedSince] == lastModified
            }
        guard !isUnchanged else { return Response(status: .notModified, headers: validators) }
        var headers = validators
        headers[.contentType] = document.contentType
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes)))
    }
}
