import EarshotDomain
import EarshotFeeds
import EarshotStore
import EarshotTransport

/// What the pages of one poll brought.
struct PolledPages {
    private(set) var responses: [FetchResponse] = []
    private(set) var documents: [FeedDocument] = []
    private(set) var drafts: [EntryDraft] = []
    private(set) var pause: HostPause?
    /// Whether there was more that did not come.
    var isCut = false
    /// Why, where a mapping or a page is to blame; in one line.
    var problem: String?
    /// Why, where the network failed.
    private(set) var failure: TransportError?
    /// Where the next walk begins.
    var mark: String?
    private var taken: Set<EntryKey> = []

    /// In one line; the network's word where nothing else is known.
    var whyCut: String? {
        guard isCut else { return nil }
        return problem ?? failure.map { "\($0.reason.rawValue): \($0.detail)" }
            ?? "the next poll goes on"
    }

    var isEmpty: Bool { responses.isEmpty }

    mutating func add(
        _ response: FetchResponse, _ document: FeedDocument, _ drafts: [EntryDraft]
    ) {
        responses.append(response)
        documents.append(document)
        // Entries move to later pages while these are read.
        self.drafts += drafts.filter { taken.insert($0.key).inserted }
    }

    mutating func fail(_ error: TransportError, now: Timestamp) {
        isCut = true
        failure = error
        guard error.reason == .rateLimited || error.status == 503 else { return }
        var asked: Duration?
        if case .retry(let after?) = error.advice { asked = after.delay(from: now) }
        pause(until: now + HostPace.pause(asked: asked), host: PollHost.of(error.url))
    }

    /// Of several the longest holds, at most a day.
    mutating func pause(until end: Timestamp, host: String) {
        guard end > pause?.until ?? Timestamp(milliseconds: .min) else { return }
        pause = HostPause(host: host, until: end)
    }

    /// One page as it stands in its document, several in the order of their publication.
    var ordered: [EntryDraft] {
        guard documents.count > 1 else { return drafts }
        return drafts.enumerated().sorted {
            ($0.element.eventAt, $0.offset) < ($1.element.eventAt, $1.offset)
        }.map(\.element)
    }
}
