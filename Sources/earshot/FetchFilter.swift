import Dispatch
import EarshotFeeds
import EarshotTransport
import EarshotWire

/// Answers requests of the fetch filter.
struct FetchFilter: Sendable {
    let engine: FetchEngine
    /// Absent where documents are left unread.
    let reading: Fetched.Reading?
    let answers: ParseAnswer

    /// Documents above this are read one after another, so that their entries and answers never
    /// lie in memory side by side. (Chosen: far above most feeds, far below the limit.)
    private static let largeBytes = 1 << 20
    private static let largeDocuments = DispatchQueue(label: "earshot.large-documents")

    /// The answer's line, without its end.
    func answer(_ line: FetchLine) async -> [UInt8] {
        do {
            return try await engine.fetch(line.request) { response in
                guard response.body.count > Self.largeBytes else {
                    return answer(Fetched(line, response, reading: reading))
                }
                return await withCheckedContinuation { continuation in
                    Self.largeDocuments.async {
                        continuation.resume(
                            returning: answer(Fetched(line, response, reading: reading)))
                    }
                }
            }
        } catch {
            return answer(Fetched(line, failed: error))
        }
    }

    private func answer(_ fetched: consuming Fetched) -> [UInt8] {
        var writer = JSONWriter()
        fetched.write(to: &writer, answers: answers)
        return writer.bytes
    }
}
