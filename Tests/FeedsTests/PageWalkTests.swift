import EarshotDomain
import EarshotFeeds
import Testing

/// Which pages are asked for, and when it is enough; expected requests are written by hand.
@Suite struct PageWalkTests {
    private let now = Timestamp(seconds: 1_770_292_800)  // 2026-02-05T12:00:00Z

    private func walk(
        _ preset: String, _ values: [String: String], mark: PageMark? = nil
    ) throws -> PageWalk {
        let mapping: Mapping = try #require(MappingSet.builtIn[preset])
        return try PageWalk(mapping, address: nil, values: values, mark: mark, now: now)
    }

    /// Entries one hour apart, the newest `first` hours ago.
    private func hours(_ ages: [Int64], known: Set<Int64> = []) -> [PageWalk.Step] {
        ages.map { PageWalk.Step(moment: now - .hours($0), isKnown: known.contains($0)) }
    }

    @Test func valuesAreEncodedAndAbsentOnesLeftOut() throws {
        let walk = try walk("bluesky", ["query": "a&b=ü 水", "token": "s3cret"])
        #expect(
            walk.request?.url == "https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts"
                + "?q=a%26b%3D%C3%BC%20%E6%B0%B4&sort=latest&limit=100")
        #expect(walk.request?.headers.map(\.value) == ["Bearer s3cret"])
        let mapping: Mapping = try #require(MappingSet.builtIn["bluesky"])
        #expect(try !mapping.address(["query": "x", "token": "env:T"]).contains("env"))
        #expect(throws: MappingError.self) { try mapping.address(["lang": "en"]) }
        #expect(throws: MappingError.self) { try mapping.address(["query": "x", "land": "en"]) }
    }

    @Test func cursorsAreFollowedUpToWhatIsKnown() throws {
        var walk = try walk("bluesky", ["query": "x"])
        walk.take(FeedPage(items: 2, next: "c1"), entries: hours([1, 2]), now: now)
        #expect(walk.request?.url.hasSuffix("&limit=100&cursor=c1") == true)
        walk.take(FeedPage(items: 2, next: nil), entries: hours([3, 4]), now: now)
        #expect(walk.request == nil)
        #expect(walk.isWhole)
        let mark = try #require(walk.nextMark)
        #expect(PageMark(text: mark.text) == mark)

        var second = try self.walk("bluesky", ["query": "x"], mark: mark)
        // Ten minutes before the newest entry of the last walk.
        #expect(second.request?.url.contains("since=2026-02-05T10:50:00Z") == true)
        second.take(FeedPage(items: 2, next: "d1"), entries: hours([0, 1], known: [1]), now: now)
        #expect(second.request == nil)
        #expect(second.isWhole)
        #expect(second.nextMark?.text == "reached=1770292800000")
    }

    /// Where a walk breaks off it goes on the next time, after what is new; entries on this side of
    /// the gap are known, and end nothing.
    @Test func aGapIsFilled() throws {
        let mark = try #require(PageMark(text: "reached=\((now - .hours(9)).milliseconds)"))
        var broken = try walk("reddit", ["query": "x"], mark: mark)
        broken.take(FeedPage(items: 2, next: "t3_2"), entries: hours([1, 2]), now: now)
        #expect(broken.request != nil)
        #expect(!broken.isWhole)
        let kept = try #require(broken.nextMark)
        #expect(PageMark(text: kept.text) == kept)

        var again = try walk("reddit", ["query": "x"], mark: kept)
        again.take(FeedPage(items: 2, next: "t3_1"), entries: hours([0, 1], known: [1]), now: now)
        #expect(again.request?.url.hasSuffix("after=t3_2") == true)
        again.take(FeedPage(items: 2, next: "t3_3"), entries: hours([3, 4]), now: now)
        #expect(again.request?.url.hasSuffix("after=t3_3") == true)
        again.take(FeedPage(items: 2, next: "t3_4"), entries: hours([5, 9], known: [9]), now: now)
        #expect(again.request == nil)
        #expect(again.isWhole)
        #expect(again.nextMark?.text == "reached=\(now.milliseconds)")
    }

    /// A cursor that has lapsed brings nothing: the next walk comes from above.
    @Test func aPlaceThatLapsedIsReachedFromAbove() throws {
        let floor = (now - .hours(9)).milliseconds
        let mark = try #require(
            PageMark(text: "reached=\(now.milliseconds)\ngap=\(floor) 2 1 - =t3_2"))
        for isEmpty in [true, false] {
            var walk = try walk("reddit", ["query": "x"], mark: mark)
            walk.take(FeedPage(items: 1, next: "n"), entries: hours([0], known: [0]), now: now)
            #expect(walk.request?.url.hasSuffix("after=t3_2") == true)
            if isEmpty {
                walk.take(FeedPage(items: 0), entries: [], now: now)
            } else {
                walk.giveUp()
            }
            #expect(walk.request == nil)
            #expect(!walk.isWhole)
            #expect(walk.nextMark?.text == "reached=\(floor)")
        }
    }

    /// Second source: a platform whose posts are numbered by the minute; each has to come.
    @Test(arguments: [(5_000, 0), (5_000, 35), (130, 7), (40, 0)])
    func nothingIsLostHoweverMuchThereIs(posts: Int, growth: Int) throws {
        let mapping = try Mapping(
            parsing: #"""
                {"request": {"url": "https://a.example/x", "query": {"offset": "{offset}"}},
                "items": "$", "fields": {"id": "$.id"}, "next": {"offset": {"full": 10}},
                "stop": {"pages": 2}}
                """#)
        var mark: PageMark?
        var seen: Set<Int> = []
        var count = 3
        for poll in 0..<60 {
            let base = now - .days(10)
            let moment = base + .minutes(Int64(count))
            var walk = try PageWalk(
                mapping, address: nil, values: [:], mark: mark, now: moment)
            var requests = 0
            while let request = walk.request {
                requests += 1
                let offset = try #require(
                    request.url.split(separator: "=").last.flatMap { Int($0) })
                let ids = (0..<10).map { count - 1 - offset - $0 }.filter { $0 >= 0 }
                walk.take(
                    FeedPage(items: ids.count),
                    entries: ids.map {
                        PageWalk.Step(
                            moment: base + .minutes(Int64($0)), isKnown: seen.contains($0))
                    }, now: moment)
                seen.formUnion(ids)
            }
            #expect(requests <= 20)
            mark = walk.nextMark
            if poll == 59 { #expect(walk.isWhole) }
            count += poll == 0 ? posts : poll < 20 ? growth : 0
        }
        #expect(seen.count == count)
    }

    /// A query of Hacker News gives 1,000 hits: what is older is asked for by another.
    @Test func pagesGoOnBelowTheLast() throws {
        let mark = try #require(PageMark(text: "reached=\((now - .days(9)).milliseconds)"))
        var walk = try walk("hackernews", ["query": "kettle"], mark: mark)
        for page in 0..<10 {
            #expect(walk.request?.url.hasSuffix("page=\(page)") == true)
            #expect(walk.request?.url.contains("created_at_i%3C") == false)
            walk.take(FeedPage(items: 100), entries: hours([Int64(page), Int64(page)]), now: now)
        }
        let since = (now - .days(9) - .minutes(10)).milliseconds / 1_000
        let until = (now - .hours(9)).milliseconds / 1_000 + 1
        #expect(
            walk.request?.url.contains(
                "created_at_i%3E\(since)%2Ccreated_at_i%3C\(until)&hitsPerPage=100&page=0") == true)
        walk.take(FeedPage(items: 40), entries: hours([9, 20]), now: now)
        #expect(walk.request == nil)
        #expect(walk.isWhole)
    }

    @Test func aFullLastPageIsNotTheEnd() throws {
        let mark = try #require(PageMark(text: "reached=0"))
        var walk = try walk("appstore", ["app": "1"], mark: mark)
        for page in 0..<10 {
            walk.take(FeedPage(items: 50), entries: hours([Int64(page)]), now: now)
        }
        #expect(walk.request == nil)
        #expect(!walk.isWhole)
        #expect(walk.problem?.contains("no page after 10") == true)
    }

    /// The form that a source with `url:` and a mapping takes.
    @Test func anAddressOfItsOwnIsGoneThroughToo() throws {
        let mapping: Mapping = try #require(MappingSet.builtIn["mastodon"])
        var walk = try PageWalk(
            mapping, address: "https://m.example/api/v1/timelines/tag/tea?limit=20&min_id=1",
            values: [:], mark: PageMark(text: "id=113"), now: now)
        #expect(
            walk.request?.url
                == "https://m.example/api/v1/timelines/tag/tea?limit=20&min_id=113")
        walk.take(FeedPage(items: 20, next: "140"), entries: hours([1]), now: now)
        #expect(walk.request?.url.hasSuffix("?limit=20&min_id=140") == true)
        let first = try PageWalk(
            mapping, address: "https://m.example/tag/tea", values: [:], mark: nil, now: now)
        #expect(first.request?.url == "https://m.example/tag/tea")
    }

    /// Nobody knows where the next page is: the mark stays, and it is said.
    @Test func aPageWithoutAnAddressEndsNothing() throws {
        let mapping = try Mapping(
            parsing: #"{"items": "$", "fields": {"id": "$.id"}, "next": {"page": {"full": 20}}}"#)
        let mark = PageMark(text: "reached=0")
        var walk = try PageWalk(
            mapping, address: "https://a.example/x", values: [:], mark: mark, now: now)
        walk.take(FeedPage(items: 20), entries: hours([1]), now: now)
        #expect(walk.request == nil)
        #expect(!walk.isWhole)
        #expect(walk.problem == "its next page has no address")
        #expect(walk.nextMark == mark)
    }

    /// What stands on top for good is old and known, and says nothing of what lies below it.
    @Test func whatIsPinnedEndsNoWalk() throws {
        let mark = try #require(PageMark(text: "reached=\((now - .hours(9)).milliseconds)"))
        var walk = try walk("lemmy", ["host": "lemmy.example"], mark: mark)
        walk.take(
            FeedPage(items: 3, next: "p2"), entries: hours([400, 1, 2], known: [400]), now: now)
        #expect(walk.request?.url.hasSuffix("page_cursor=p2") == true)
    }

    @Test func forwardPagesGoOnFromTheGreatestID() throws {
        var first = try walk("mastodon", ["query": "kettle"])
        #expect(
            first.request?.url == "https://mastodon.social/api/v1/timelines/tag/kettle?limit=40")
        first.take(FeedPage(items: 40, next: "113"), entries: hours([1]), now: now)
        #expect(first.request == nil)
        #expect(first.nextMark?.text == "id=113")

        var second = try walk("mastodon", ["query": "kettle"], mark: first.nextMark)
        #expect(second.request?.url.hasSuffix("limit=40&min_id=113") == true)
        second.take(FeedPage(items: 40, next: "1009"), entries: hours([1]), now: now)
        #expect(second.request?.url.hasSuffix("min_id=1009") == true)
        // The page after this one may fail: what is stored is not asked for again.
        #expect(second.nextMark?.text == "id=1009")
        second.take(FeedPage(items: 0), entries: [], now: now)
        #expect(second.request == nil)
        #expect(second.isWhole)
        #expect(second.nextMark?.text == "id=1009")
    }

    @Test func pagesAreCountedUntilOneIsNotFull() throws {
        var walk = try walk("hackernews", ["query": "kettle"])
        #expect(walk.request?.url.hasSuffix("&hitsPerPage=100&page=0") == true)
        #expect(walk.request?.url.contains("tags=%28story%2Ccomment%29") == true)
        walk.take(FeedPage(items: 100), entries: hours([1, 2]), now: now)
        #expect(walk.request?.url.hasSuffix("page=1") == true)
        walk.take(FeedPage(items: 99), entries: hours([3, 4]), now: now)
        #expect(walk.request == nil)
        let next = try self.walk("hackernews", ["query": "kettle"], mark: walk.nextMark)
        #expect(next.request?.url.contains("numericFilters=created_at_i%3E1770288600") == true)
    }

    @Test func aFirstWalkEndsAfterItsPagesAndALaterOneGoesFurther() throws {
        var first = try walk("bluesky", ["query": "x"])
        var pages = 0
        while first.request != nil, pages < 1_000 {
            pages += 1
            first.take(FeedPage(items: 1, next: "c\(pages)"), entries: hours([1]), now: now)
        }
        #expect(pages == 5)
        #expect(first.isWhole)
        var later = try walk("bluesky", ["query": "x"], mark: PageMark(text: "reached=0"))
        pages = 0
        while later.request != nil, pages < 1_000 {
            pages += 1
            later.take(FeedPage(items: 1, next: "c\(pages)"), entries: hours([1]), now: now)
        }
        #expect(pages == 50)
        #expect(!later.isWhole)
    }

    @Test func aCircleOfCursorsEnds() throws {
        var walk = try walk("bluesky", ["query": "x"], mark: PageMark(text: "reached=0"))
        for _ in 0..<3 {
            walk.take(FeedPage(items: 1, next: "same"), entries: hours([1]), now: now)
        }
        #expect(walk.request == nil)
    }

    /// A token goes to the host that it is for, whatever a page says.
    @Test func aNextPageStaysOnItsHost() throws {
        let mapping = try Mapping(
            parsing: #"""
                {"request": {"url": "https://a.example/x?q={query}",
                "headers": {"authorization": "Bearer {token}"}},
                "items": "$.items[*]", "fields": {"id": "$.id"}, "next": {"path": "$.next"}}
                """#)
        var walk = try PageWalk(
            mapping, address: nil, values: ["query": "q", "token": "t"], mark: nil, now: now)
        walk.take(
            FeedPage(items: 1, next: "https://A.example:443/x?page=2"), entries: hours([1]),
            now: now)
        #expect(walk.request?.url == "https://A.example:443/x?page=2")
        #expect(walk.request?.headers.map(\.value) == ["Bearer t"])
        walk.take(
            FeedPage(items: 1, next: "https://evil.example/"), entries: hours([2]), now: now)
        #expect(walk.request == nil)
        #expect(!walk.isWhole)
        #expect(walk.problem == "its next page lies on another host")
        #expect(walk.nextMark == nil)
    }

    @Test(arguments: [
        "http://a.example/x", "https://a.example:444/x", "https://t@a.example/x",
        "https://a.example.evil.example/x", "https://a.example@evil.example/",
        "https:///x", "https://a.example:x/",
    ])
    func anotherOriginIsNotAsked(next: String) throws {
        var walk = try walk("bluesky", ["host": "a.example", "query": "x"])
        walk.take(FeedPage(items: 1, next: next), entries: hours([1]), now: now)
        #expect(walk.request == nil)
        #expect(walk.problem != nil)
    }

    @Test(arguments: [
        (["x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-02-05T12:03:00Z"], 180),
        (["x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "77"], 77),
        (["x-ratelimit-remaining": "0", "x-ratelimit-reset": "1770292860"], 60),
        (["x-ratelimit-remaining": "0"], 300), (["x-ratelimit-remaining": "1"], nil), ([:], nil),
    ])
    func limitsBecomeAPause(fields: [String: String], seconds: Int?) throws {
        let mapping: Mapping = try #require(MappingSet.builtIn["mastodon"])
        let end = mapping.pauseEnd({ fields[$0] }, now: now)
        #expect(end == seconds.map { now + .seconds($0) })
    }
}
