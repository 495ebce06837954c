import Hummingbird
import Logging

/// A server on a free port of 127.0.0.1 for as long as somebody needs it.
enum LoopbackServer {
    /// Serves until `body`, which is given the port, returns.
    static func run<Result: Sendable>(
        _ label: String, whileServing body: (_ port: Int) async throws -> Result,
        answer: @escaping @Sendable (Request) async throws -> Response
    ) async throws -> Result {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                try await answer(request)
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                port.yield(channel.localAddress?.port ?? 0)
                port.finish()
            },
            logger: Logger(label: label) { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A server that never came to run must not leave its client waiting.
                defer { port.finish() }
                try await application.run()
            }
            guard let port = await ports.first(where: { _ in true }) else {
                try await group.waitForAll()
                throw CancellationError()
            }
            let result = try await body(port)
            group.cancelAll()
            return result
        }
    }
}
