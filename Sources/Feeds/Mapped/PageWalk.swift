package import EarshotDomain
import EarshotWire

/// Goes through the pages of a mapped source: which request comes next, and when it is enough.
///
/// Pure: it is told what came, and says what to ask for. Pages go backward in time, from the newest
/// entry to those that are known, or forward from the greatest known id (`min-id`). A first walk
/// takes `stop.pages` pages; a later one goes on until it meets what the last one had, at most ten
/// times as far, so that a busy day is not cut off. Where it is broken off, its mark keeps the place,
/// and the next walk goes on there after it has seen what is new.
package struct PageWalk: Sendable {
    private let mapping: Mapping
    private let values: [String: String]
    private let mark: PageMark?
    /// Where a source is fetched that has an address of its own.
    private let address: String?
    private var pages = 0
    private var newest: Timestamp?
    private var greatest: String?
    /// Cursors and addresses that were asked for: one that comes again is a circle.
    private var asked: Set<String> = []
    private var last: PageRequest?

    /// Of the page that is asked for.
    private var place: PagePlace
    /// What the pages go down to now; absent before the first mark.
    private var floor: Timestamp?
    /// The oldest entry since the last slice began.
    private var oldest: Timestamp?
    /// Whether the page that is asked for is the first of a gap that a walk before left.
    private var isReturning = false
    /// Gaps that are still to be gone through.
    private var waiting: [PageGap]
    /// Gaps that the next walk finds.
    private var left: [PageGap] = []
    /// Where a place has lapsed: all above it is walked through once more.
    private var lapsed: Timestamp?
    private var isStuck = false

    /// What is to be asked next; absent at the end.
    package private(set) var request: PageRequest?
    /// Why pages are missing that no later walk is sure to get; absent where all is well.
    package private(set) var problem: String?

    /// Whether nothing was left out between the pages and what the last walk had.
    package var isWhole: Bool {
        pages > 0 && request == nil && left.isEmpty && lapsed == nil && problem == nil
            && !isStuck && !isPatienceOver
    }
    private var isPatienceOver = false

    /// How much further than a first walk a later one goes; chosen.
    private static let patience = 10
    /// Entries are indexed late: this much is asked for again; chosen.
    private static let overlap = Duration.minutes(10)

    /// - Parameters:
    ///   - address: of a source that has one of its own; absent where the mapping's request makes
    ///     it.
    ///   - values: of the request, `token` among them.
    ///   - mark: what the last walk left; absent before the first one.
    ///   - now: when the walk begins.
    package init(
        _ mapping: Mapping, address: String?, values: [String: String], mark: PageMark?,
        now: Timestamp
    ) throws(MappingError) {
        self.mapping = mapping
        self.values = values
        self.mark = mark
        self.address = address
        place = Self.top(of: mapping)
        floor = mark?.reached
        waiting = mark?.gaps ?? []
        greatest = mark?.id
        request = try page(now: now)
        if let request { asked.insert(request.url) }
        last = request
    }

    private static func top(of mapping: Mapping) -> PagePlace {
        guard case .page(let first, _, _) = mapping.next else { return PagePlace(number: 1) }
        return PagePlace(number: first)
    }

    private var most: Int {
        guard mark != nil else { return mapping.stop.pages }
        return mapping.stop.pages.multipliedReportingOverflow(by: Self.patience).partialValue
    }

    /// The mark for the next walk; the old one where this one does not know how to go on.
    package var nextMark: PageMark? {
        guard pages > 0, !isStuck else { return mark }
        if case .minID = mapping.next { return greatest.map { PageMark(id: $0) } ?? mark }
        guard mapping.next != nil || mapping.request?.asksSince == true else { return mark }
        guard let newest else { return mark }
        guard let mark, let reached = mark.reached else {
            // History is walked through at one go, or once more.
            return request == nil ? PageMark(reached: newest) : self.mark
        }
        if let lapsed { return PageMark(reached: lapsed, gaps: waiting) }
        var gaps = left
        if request != nil, let floor { gaps.append(PageGap(floor: floor, place: place)) }
        return PageMark(reached: max(newest, reached), gaps: gaps + waiting)
    }

    /// One entry of a page, as far as the walk looks at it.
    package struct Step: Hashable, Sendable {
        /// As its publisher claims.
        let moment: Timestamp?
        /// Whether it was known before this walk.
        let isKnown: Bool

        package init(moment: Timestamp?, isKnown: Bool) {
            self.moment = moment
            self.isKnown = isKnown
        }
    }

    /// Takes a page that came, and moves on.
    ///
    /// - Parameter entries: in document order.
    package mutating func take(_ page: FeedPage, entries: [Step], now: Timestamp) {
        guard page.items > 0 || !isReturning else { return lapse() }
        pages += 1
        place.number += 1
        place.offset += page.items
        place.cursor = nil
        let moments = entries.compactMap(\.moment)
        let last = moments.filter { $0 <= now + .days(1) }.max()
        // Where nothing has a date, the walk itself has.
        if let last = last ?? (entries.isEmpty || newest != nil ? nil : now) {
            newest = max(last, newest ?? last)
        }
        if let first = moments.min() { oldest = min(first, oldest ?? first) }
        let isMet = hasMet(entries, now: now)
        isReturning = false
        guard page.items > 0 else { return end(now: now) }
        switch mapping.next {
        case .minID:
            guard let id = page.next, greatest.map({ Mapping.isEarlier($0, id) }) ?? true else {
                return end(now: now)
            }
            let isFirst = greatest == nil
            greatest = id
            // The first walk begins at the newest page: there is nothing after it.
            if isFirst { end(now: now) } else { goOn(now: now) }
        case .page(_, let last, let full):
            if isMet || full.map({ page.items < $0 }) ?? false {
                end(now: now)
            } else if place.number > last {
                goBelow(now: now)
            } else {
                goOn(now: now)
            }
        case .offset(let full):
            let isLast = full.map { page.items < $0 } ?? false
            if isMet || isLast { end(now: now) } else { goOn(now: now) }
        case .path, .link:
            guard let next = page.next, !isMet else { return end(now: now) }
            place.cursor = next
            goOn(now: now)
        case nil: end(now: now)
        }
    }

    /// The page that is asked for will not come, however often it is asked for.
    ///
    /// A place that an earlier walk has kept may have lapsed, as cursors do: then the next walk
    /// begins at the newest page again and goes down to where the gap ends.
    package mutating func giveUp() {
        if isReturning { lapse() }
    }

    private mutating func lapse() {
        lapsed = floor
        isReturning = false
        request = nil
    }

    /// Whether the page reaches what the last walk had, or is older than anybody wants.
    ///
    /// The last entry tells: old ones that are kept on top stand first.
    private func hasMet(_ entries: [Step], now: Timestamp) -> Bool {
        if let last = entries.last {
            if let moment = last.moment, let limit = mapping.stop.olderThan, moment < now - limit {
                return true
            }
            // What a walk with a gap has stored is known, too, but lies this side of the gap.
            let isReached = last.moment.flatMap { moment in floor.map { moment <= $0 } }
            if mapping.stop.knownID, last.isKnown, mark != nil, isReached ?? !isReturning {
                return true
            }
        }
        guard let floor, let newest = entries.compactMap(\.moment).max() else { return false }
        return newest < floor - Self.overlap
    }

    /// A stretch of pages is whole; the next one is a gap of an earlier walk.
    private mutating func end(now: Timestamp) {
        request = nil
        guard !waiting.isEmpty else { return }
        guard pages < most else {
            left += waiting
            return waiting = []
        }
        let gap = waiting.removeFirst()
        (floor, place, oldest, isReturning) = (gap.floor, gap.place, nil, true)
        do throws(MappingError) {
            let next = try page(now: now)
            asked.insert(next.url)
            request = next
            last = next
        } catch {
            stop(error.reason)
        }
    }

    /// A platform gives no more pages of one request: what is older than they are is a request of
    /// its own, where the mapping can ask for it.
    private mutating func goBelow(now: Timestamp) {
        guard mark != nil else { return end(now: now) }
        guard mapping.request?.asksUntil == true, let oldest else {
            problem = "there was more, but the platform has no page after \(place.number - 1)"
            return end(now: now)
        }
        // The oldest second may go on.
        var until = oldest.milliseconds / 1_000 + 1
        if let before = place.until, until >= before {
            problem = "there was more in one second than the platform's pages hold"
            until = before - 1
        }
        place = Self.top(of: mapping)
        place.until = until
        self.oldest = nil
        goOn(now: now)
    }

    private mutating func goOn(now: Timestamp) {
        request = nil
        guard pages < most else {
            // History beyond a first walk is nobody's loss; a gap is.
            guard mark != nil else { return end(now: now) }
            isPatienceOver = true
            if let floor { left.append(PageGap(floor: floor, place: place)) }
            left += waiting
            return waiting = []
        }
        do throws(MappingError) {
            let next = try page(now: now)
            guard asked.insert(next.url).inserted else {
                // Some platforms end with the cursor that they were asked with.
                if place.cursor != nil { return end(now: now) }
                return stop("the mapping's request does not say which page it wants")
            }
            request = next
            last = next
        } catch {
            stop(error.reason)
        }
    }

    /// Ends with a gap of which nobody knows how to go on.
    private mutating func stop(_ reason: String) {
        request = nil
        isStuck = true
        problem = reason
    }

    private func page(now: Timestamp) throws(MappingError) -> PageRequest {
        // A cursor that is an address is one; it stays on its host, for the token goes with it.
        if let cursor = place.cursor, let last,
            cursor.hasPrefix("http://") || cursor.hasPrefix("https://")
        {
            guard let old = WebOrigin(last.url), WebOrigin(cursor) == old else {
                throw MappingError("its next page lies on another host")
            }
            return PageRequest(url: cursor, headers: last.headers)
        }
        var all = values
        all["cursor"] = place.cursor
        all["page"] = "\(place.number)"
        all["offset"] = "\(place.offset)"
        all["min-id"] = greatest
        all["until"] = place.until.map { Timestamp(seconds: $0).rfc3339 }
        all["until.epoch"] = place.until.map { "\($0)" }
        let since = floor.map { $0 - Self.overlap } ?? mapping.stop.olderThan.map { now - $0 }
        if let since {
            all["since"] = Timestamp(seconds: since.milliseconds / 1_000).rfc3339
            all["since.epoch"] = "\(since.milliseconds / 1_000)"
            let date = since.rfc3339.prefix(10)
            all["since.date"] = String(date)
            let digits = since.rfc3339.utf8.prefix(19).filter(\.isASCIIDigit)
            all["since.compact"] = String(decoding: digits, as: UTF8.self)
        }
        guard let address else {
            guard let template = mapping.request else {
                throw MappingError("its next page has no address")
            }
            return try template.page(all)
        }
        guard let template = mapping.request else {
            guard pages == 0 else { throw MappingError("its next page has no address") }
            return PageRequest(url: address)
        }
        return template.page(all, at: address)
    }
}
