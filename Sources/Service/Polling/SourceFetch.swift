import EarshotDomain
import EarshotFeeds
import EarshotStore
import EarshotTransport

/// Fetches one source and reads what comes: a document, or page after page of a platform.
struct SourceFetch: Sendable {
    /// One document; throws `TransportError`, or `CancellationError`.
    typealias Network = @Sendable (FetchRequest) async throws -> FetchResponse
    /// Indices of those drafts of a source that the store does not know.
    typealias Unknown =
        @Sendable ([EntryDraft], Identifier<Source>) async throws -> [Int]

    private let network: Network
    private let mappings: SourceMappings

    init(mappings: SourceMappings = SourceMappings(), network: @escaping Network) {
        self.mappings = mappings
        self.network = network
    }

    /// What a poll of the source brought; throws only where the task is cancelled.
    ///
    /// - Parameters:
    ///   - isPaced: whether time passes; in a replay none does.
    ///   - unknown: tells how far back pages are to be read.
    func polled(
        _ record: SourceRecord, now: Timestamp, isPaced: Bool, unknown: Unknown
    ) async throws -> PolledSource {
        let (source, state) = (record.source, record.state)
        guard let name = source.mapping else { return try await document(record, nil, now: now) }
        guard let mapping = mappings.mappings[name] else {
            return PolledSource(
                source, before: state, refusal: "there is no mapping '\(name)'", now: now)
        }
        guard mapping.isWalked || !source.parameters.isEmpty else {
            return try await document(record, mapping, now: now)
        }
        do {
            let walk = try mappings.walk(
                mapping, of: source, address: record.address, mark: state.mark, now: now)
            return try await pages(
                record, mapping, walk, now: now, isPaced: isPaced, unknown: unknown)
        } catch let error as MappingError {
            return PolledSource(
                source, before: state, refusal: "mapping '\(name)': \(error.reason)", now: now)
        }
    }

    private func document(
        _ record: SourceRecord, _ mapping: Mapping?, now: Timestamp
    ) async throws -> PolledSource {
        let (source, state) = (record.source, record.state)
        do {
            let response = try await network(
                FetchRequest(
                    url: record.address, etag: state.etag, lastModified: state.lastModified))
            return PolledSource(
                source, before: state, response: response, mapping: mapping, now: now)
        } catch let error as TransportError {
            return PolledSource(source, before: state, error: error, now: now)
        }
    }

    /// Reads pages until the walk ends, or one does not come: whole pages are kept, and the mark
    /// says where the next poll goes on.
    private func pages(
        _ record: SourceRecord, _ mapping: Mapping, _ begun: PageWalk, now: Timestamp,
        isPaced: Bool, unknown: Unknown
    ) async throws -> PolledSource {
        let (source, state) = (record.source, record.state)
        let identity = EntryIdentity(source)
        var walk = begun
        var result = PolledPages()
        while let request = walk.request {
            var fetch = FetchRequest(
                url: request.url, headers: request.headers.map { HeaderField($0.name, $0.value) })
            if result.isEmpty, mapping.beginsAlike {
                (fetch.etag, fetch.lastModified) = (state.etag, state.lastModified)
            } else if !result.isEmpty, isPaced, let pace = mapping.pace {
                try await Task.sleep(for: pace)
            }
            let response: FetchResponse
            do {
                response = try await network(fetch)
            } catch let error as TransportError {
                guard !result.isEmpty else {
                    return PolledSource(source, before: state, error: error, now: now)
                }
                result.fail(error, now: now)
                if case .retry = error.advice {} else { walk.giveUp() }
                break
            }
            let isKnown =
                response.isUnchanged || ContentHash.sha256Hex(response.body) == state.bodyHash
            guard !result.isEmpty || !(isKnown && mapping.beginsAlike) else {
                return PolledSource(
                    source, before: state, response: response, mapping: mapping, now: now)
            }
            let document: FeedDocument
            do throws(FeedError) {
                document = try FeedParser.parse(
                    response.body, FeedContext(response, mapping: mapping))
            } catch {
                guard !result.isEmpty else {
                    return PolledSource(
                        source, before: state, response: response, mapping: mapping, now: now)
                }
                walk.giveUp()
                result.isCut = true
                result.problem = "a page could not be read: \(error.reason)"
                break
            }
            let drafts = identity.drafts(of: document, knownAt: now)
            let news = Set(try await unknown(drafts, source.id))
            walk.take(
                document.page ?? FeedPage(items: drafts.count),
                entries: drafts.enumerated().map { index, draft in
                    PageWalk.Step(
                        moment: draft.content.published, isKnown: !news.contains(index))
                }, now: now)
            result.add(response, document, drafts)
            if let end = mapping.pauseEnd({ response.headers[$0] }, now: now) {
                result.pause(until: end, host: PollHost.of(response.url))
                if walk.request != nil { result.isCut = true }
                break
            }
        }
        result.isCut = result.isCut || !walk.isWhole
        result.problem = walk.problem ?? result.problem
        result.mark = walk.nextMark?.text
        if let pace = mapping.pace, pace > HostPace.Rules().interval {
            result.pause(until: now + pace, host: PollHost.of(record.address))
        }
        return PolledSource(
            source, before: state, pages: result, beginsAlike: mapping.beginsAlike, now: now)
    }
}
