package import EarshotDomain
package import EarshotFeeds
import EarshotLanguage
package import EarshotStore
import EarshotTransport

/// What one poll brought.
package struct PolledSource: Sendable {
    package let source: Source
    package let outcome: PollOutcome
    /// In document order; empty where nothing came or nothing changed.
    package let drafts: [EntryDraft]
    /// What was wrong with a document that was read all the same.
    package let warnings: [FeedWarning]
    package let format: FeedFormat?
    /// The host that asks to be left alone.
    package let pause: HostPause?
    package let status: Int?
    /// Of the body, after decompression.
    package let bytes: Int
    private let before: SourceState
    private let ending: Ending
    private let host: String
    /// Up to where the pages are stored.
    private let mark: String?
    private let movedTo: String?
    /// The warnings as the store keeps them; those of before where nothing new was read.
    package let notes: String?

    /// What the next poll depends on.
    private enum Ending {
        case document(etag: String?, lastModified: String?, bodyHash: String?, hints: PollHints)
        case unchanged(etag: String?, lastModified: String?, hints: PollHints)
        case failed(String, pause: Duration?, isGone: Bool, isMissing: Bool)
    }

    /// An answer came; whether it is a feed is found out here.
    init(
        _ source: Source, before: SourceState, response: FetchResponse, mapping: Mapping?,
        now: Timestamp
    ) {
        self.source = source
        self.before = before
        mark = before.mark
        status = response.status
        bytes = response.body.count
        host = PollHost.of(response.url)
        pause = nil
        let headers = response.feedHeaders
        var hints = PollHints(headers: headers, feed: nil, now: now)
        let hash = ContentHash.sha256Hex(response.body)
        var isFeed = true
        if response.isUnchanged {
            (outcome, drafts, warnings, format) = (.notModified, [], [], nil)
            ending = .unchanged(
                etag: response.etag, lastModified: response.lastModified, hints: hints)
        } else if hash == before.bodyHash {
            (outcome, drafts, warnings, format) = (.sameBody, [], [], nil)
            ending = .document(
                etag: response.etag, lastModified: response.lastModified, bodyHash: hash,
                hints: hints)
        } else {
            do throws(FeedError) {
                let document = try FeedParser.parse(
                    response.body, FeedContext(response, mapping: mapping))
                if response.breaksOff(document) {
                    throw FeedError(.truncated, "The compressed document breaks off.")
                }
                outcome = .parsed
                drafts = EntryIdentity(source).drafts(of: document, knownAt: now)
                    .map(\.withLanguage)
                (warnings, format) = (document.warnings, document.format)
                hints = PollHints(headers: headers, feed: document.feed, now: now)
                ending = .document(
                    etag: response.etag, lastModified: response.lastModified, bodyHash: hash,
                    hints: hints)
            } catch {
                (outcome, drafts, warnings, format) = (.failed, [], [], nil)
                isFeed = false
                ending = .failed(
                    "\(error.kind.rawValue): \(error.reason)", pause: nil, isGone: false,
                    isMissing: false)
            }
        }
        notes = outcome == .parsed ? PollNotes.text(warnings) : before.warnings
        // An address that is put together from a mapping is not one that can move.
        movedTo = isFeed && source.mapping == nil ? response.movedTo : nil
    }

    /// No answer came, or none of use.
    init(_ source: Source, before: SourceState, error: TransportError, now: Timestamp) {
        self.source = source
        self.before = before
        mark = before.mark
        (outcome, drafts, warnings, format) = (.failed, [], [], nil)
        notes = before.warnings
        status = error.status
        bytes = 0
        let host = PollHost.of(error.url)
        self.host = host
        movedTo = nil
        var asked: Duration?
        if case .retry(let after?) = error.advice { asked = after.delay(from: now) }
        let isOverloaded =
            error.reason == .rateLimited || error.status == 429 || error.status == 503
        let wait = isOverloaded ? HostPace.pause(asked: asked) : asked
        pause = isOverloaded ? wait.map { HostPause(host: host, until: now + $0) } : nil
        ending = .failed(
            "\(error.reason.rawValue): \(error.detail)", pause: wait,
            isGone: error.reason == .gone, isMissing: error.reason == .notFound)
    }

    /// Nothing was asked, because the source cannot be.
    init(_ source: Source, before: SourceState, refusal: String, now: Timestamp) {
        self.source = source
        self.before = before
        mark = before.mark
        (outcome, drafts, warnings, format) = (.failed, [], [], nil)
        (status, bytes, pause, movedTo) = (nil, 0, nil, nil)
        notes = before.warnings
        host = before.host ?? PollHost.of(source.url)
        ending = .failed(refusal, pause: nil, isGone: false, isMissing: false)
    }

    /// Pages came; a document that was the same as before is none of them.
    ///
    /// - Parameter beginsAlike: whether the next poll's first request is this one's, so that its
    ///   validators can be kept; they are not where something is still to come.
    init(
        _ source: Source, before: SourceState, pages: PolledPages, beginsAlike: Bool,
        now: Timestamp
    ) {
        self.source = source
        self.before = before
        outcome = .parsed
        drafts = pages.ordered.map(\.withLanguage)
        warnings =
            pages.documents.flatMap(\.warnings)
            + (pages.isCut ? [FeedWarning(.missingPages)] : [])
        notes = PollNotes.text(warnings, missing: pages.whyCut)
        format = pages.documents.first?.format
        pause = pages.pause
        status = pages.failure?.status ?? pages.responses.last?.status
        bytes = pages.responses.reduce(0) { $0 + $1.body.count }
        host = pages.responses.last.map { PollHost.of($0.url) } ?? PollHost.of(source.url)
        movedTo = nil
        mark = pages.mark ?? before.mark
        let first = pages.responses.first
        let isKept = beginsAlike && !pages.isCut
        ending = .document(
            etag: isKept ? first?.etag : nil, lastModified: isKept ? first?.lastModified : nil,
            bodyHash: isKept ? first.map { ContentHash.sha256Hex($0.body) } : nil,
            hints: PollHints(
                headers: first?.feedHeaders ?? [:], feed: pages.documents.first?.feed, now: now))
    }

    /// Why it failed; absent where it did not.
    package var failure: String? {
        guard case .failed(let reason, _, _, _) = ending else { return nil }
        return reason
    }

    /// What is stored of it.
    ///
    /// - Parameters:
    ///   - drafts: with the mentions found in them.
    ///   - unknown: indices of those that are new.
    ///   - isAlerting: whether a brand that the source speaks of has an open alert.
    func record(
        _ drafts: [DraftRecord], unknown: [Int], isAlerting: Bool, at now: Timestamp
    ) -> PollRecord {
        var state: SourceState
        switch ending {
        case .document(let etag, let lastModified, let bodyHash, let hints):
            let moments = unknown.map { drafts[$0].entry.eventAt }
            state = self.state(
                after: outcome == .parsed ? .entries(moments) : .unchanged, hints, isAlerting, now)
            PollSchedule.keep(
                etag: etag, lastModified: lastModified, bodyHash: bodyHash, in: &state, now: now)
        case .unchanged(let etag, let lastModified, let hints):
            state = self.state(after: .unchanged, hints, isAlerting, now)
            PollSchedule.keepUnchanged(
                etag: etag, lastModified: lastModified, in: &state, now: now)
        case .failed(let why, let pause, let isGone, let isMissing):
            state = self.state(
                after: .failed(reason: why, pause: pause, isGone: isGone, isMissing: isMissing),
                PollHints(), isAlerting, now)
        }
        state.host = host
        state.mark = mark
        state.warnings = notes
        if let movedTo, movedTo != before.movedTo, movedTo != source.url {
            state.movedTo = movedTo
            state.movedAt = now
        }
        return PollRecord(
            source: source.id, eventAt: now, outcome: outcome, status: status, bytes: bytes,
            error: failure, warnings: outcome == .parsed ? notes : nil, state: state, pause: pause,
            drafts: drafts)
    }

    private func state(
        after ending: PollEnding, _ hints: PollHints, _ isAlerting: Bool, _ now: Timestamp
    ) -> SourceState {
        PollSchedule.state(
            of: source, after: ending, from: before, hints: hints, isAlerting: isAlerting,
            now: now)
    }
}

extension EntryDraft {
    /// With the language that its text shows, where neither feed nor source names one.
    var withLanguage: EntryDraft {
        guard content.language == nil else { return self }
        var content = content
        content.language = LanguageGuess.tag(of: content.scoredText)
        return EntryDraft(key: key, secondKey: secondKey, eventAt: eventAt, content: content)
    }
}
