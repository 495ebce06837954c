package import EarshotDomain
import EarshotFeeds
import EarshotLanguage
package import EarshotStore
import EarshotTransport

/// What one poll brought.
package struct PolledSource: Sendable {
    package let source: Source
    package let outcome: PollOutcome
    /// In document order; empty where nothing came or nothing changed.
    package let drafts: [EntryDraft]
    private let before: SourceState
    private let ending: Ending
    private let status: Int?
    private let bytes: Int

    /// What the next poll depends on.
    private enum Ending {
        case answered(etag: String?, lastModified: String?, bodyHash: String?, hints: PollHints)
        case failed(String, pause: Duration?, isGone: Bool, isMissing: Bool)
    }

    /// An answer came; whether it is a feed is found out here.
    init(_ source: Source, before: SourceState, response: FetchResponse, now: Timestamp) {
        self.source = source
        self.before = before
        status = response.status
        bytes = response.body.count
        let headers = response.feedHeaders
        if response.isUnchanged {
            outcome = .notModified
            drafts = []
            ending = .answered(
                etag: response.etag ?? before.etag,
                lastModified: response.lastModified ?? before.lastModified,
                bodyHash: before.bodyHash,
                hints: PollHints(headers: headers, feed: nil, now: now))
            return
        }
        let hash = ContentHash.sha256Hex(response.body)
        if hash == before.bodyHash {
            outcome = .sameBody
            drafts = []
            ending = .answered(
                etag: response.etag, lastModified: response.lastModified, bodyHash: hash,
                hints: PollHints(headers: headers, feed: nil, now: now))
            return
        }
        do throws(FeedError) {
            let document = try FeedParser.parse(
                response.body, FeedContext(response, mapping: source.mapping))
            outcome = .parsed
            drafts = EntryIdentity(source).drafts(of: document, knownAt: now)
                .map(\.withLanguage)
            ending = .answered(
                etag: response.etag, lastModified: response.lastModified, bodyHash: hash,
                hints: PollHints(headers: headers, feed: document.feed, now: now))
        } catch {
            outcome = .failed
            drafts = []
            ending = .failed(
                "\(error.kind.rawValue): \(error.reason)", pause: nil, isGone: false,
                isMissing: false)
        }
    }

    /// No answer came, or none of use.
    init(_ source: Source, before: SourceState, error: TransportError, now: Timestamp) {
        self.source = source
        self.before = before
        outcome = .failed
        drafts = []
        status = error.status
        bytes = 0
        var asked: Duration?
        if case .retry(let after?) = error.advice { asked = after.delay(from: now) }
        let isOverloaded = error.status == 429 || error.status == 503
        ending = .failed(
            "\(error.reason.rawValue): \(error.detail)",
            pause: isOverloaded ? PollHints.hostPause(asked: asked) : asked,
            isGone: error.reason == .gone, isMissing: error.reason == .notFound)
    }

    /// Why it failed; absent where it did not.
    var failure: String? {
        guard case .failed(let reason, _, _, _) = ending else { return nil }
        return reason
    }

    /// What is stored of it.
    ///
    /// - Parameters:
    ///   - drafts: with the mentions found in them.
    ///   - unknown: indices of those that are new.
    func record(_ drafts: [DraftRecord], unknown: [Int], at now: Timestamp) -> PollRecord {
        var state: SourceState
        var reason: String?
        switch ending {
        case .answered(let etag, let lastModified, let bodyHash, let hints):
            let moments = unknown.map { drafts[$0].entry.eventAt }
            state = PollSchedule.state(
                of: source, after: outcome == .parsed ? .entries(moments) : .unchanged,
                from: before, hints: hints, now: now)
            state.etag = etag
            state.lastModified = lastModified
            state.bodyHash = bodyHash
        case .failed(let why, let pause, let isGone, let isMissing):
            reason = why
            state = PollSchedule.state(
                of: source,
                after: .failed(
                    reason: why, pause: pause, isGone: isGone, isMissing: isMissing),
                from: before, now: now)
        }
        return PollRecord(
            source: source.id, eventAt: now, outcome: outcome, status: status, bytes: bytes,
            error: reason, state: state, drafts: drafts)
    }
}

extension EntryDraft {
    /// With the language that its text shows, where neither feed nor source names one.
    fileprivate var withLanguage: EntryDraft {
        guard content.language == nil else { return self }
        var content = content
        content.language = LanguageGuess.tag(of: content.scoredText)
        return EntryDraft(key: key, secondKey: secondKey, eventAt: eventAt, content: content)
    }
}
