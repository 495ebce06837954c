import EarshotDomain
import EarshotListening
import Testing

@Suite struct StoryTests {
    private static let article =
        "Northwind recalls 40,000 phones after reports that the battery of the new model swells"
    private static let start = Timestamp(seconds: 1_700_000_000)

    /// Stories of texts that come one after the other, numbered from 1.
    private func stories(_ texts: [String], _ clusterer: inout StoryClusterer) -> [Int64] {
        var last: Int64 = 0
        return texts.map { text in
            let print = StoryPrint(text)
            let known = clusterer.story(of: print, eventAt: Self.start)
            let story = known ?? Identifier(last + 1)
            last = max(last, story.rawValue)
            clusterer.add(print, eventAt: Self.start, story: story)
            return story.rawValue
        }
    }

    @Test(arguments: [
        "RT @someone: " + article, article.uppercased() + "!!!", article + " https://t.example/1",
        article.replacing("reports", with: "claims"), "Breaking: " + article + " via @acme",
        article.replacing("phones after", with: "phones — after"),
    ])
    func copiesAreOneVoice(copy: String) {
        var clusterer = StoryClusterer()
        #expect(
            stories([Self.article, "Something else entirely was said here", copy], &clusterer) == [
                1, 2, 1,
            ])
    }

    @Test func chineseCopiesAreOneVoice() {
        var clusterer = StoryClusterer()
        let post = "北风新手机的电池用了一天就没电了，客服态度也很差，再也不会买了"
        let texts = [post, "转发：" + post, post.replacing("一天", with: "半天"), "今天天气很好我们去公园玩吧"]
        #expect(stories(texts, &clusterer) == [1, 1, 1, 2])
    }

    @Test func shortAndEmptyPostsAreNotCopies() {
        var clusterer = StoryClusterer()
        let texts = [
            "love my northwind", "love my northwind!", "love my northwin", "https://a.example",
            "@bob",
        ]
        #expect(stories(texts, &clusterer) == [1, 1, 2, 3, 4])
    }

    @Test func aWeekLaterItIsAStoryOfItsOwn() {
        var clusterer = StoryClusterer()
        let print = StoryPrint(Self.article)
        clusterer.add(print, eventAt: Self.start, story: Identifier(1))
        #expect(clusterer.story(of: print, eventAt: Self.start + .days(7)) == Identifier(1))
        #expect(clusterer.story(of: print, eventAt: Self.start + .days(7) + .seconds(1)) == nil)
        #expect(clusterer.story(of: print, eventAt: Self.start - .days(8)) == nil)
        clusterer.forget(before: Self.start + .seconds(1))
        #expect(clusterer.story(of: print, eventAt: Self.start) == nil)
    }

    @Test func aStoryIsRenamedOnceItHasAnId() {
        var clusterer = StoryClusterer()
        let print = StoryPrint(title: "", text: Self.article)
        clusterer.add(print, eventAt: Self.start, story: Identifier(-1))
        clusterer.rename(Identifier(-1), to: Identifier(7))
        clusterer.rename(Identifier(-2), to: Identifier(8))
        #expect(clusterer.story(of: print, eventAt: Self.start) == Identifier(7))
        clusterer.add(print, eventAt: Self.start, story: Identifier(-1))
        clusterer.rename(Identifier(-1), to: Identifier(9))
        #expect(clusterer.story(of: print, eventAt: Self.start) == Identifier(7))
    }

    @Test func rebuiltFromTheStoreItDecidesTheSame() {
        var live = StoryClusterer()
        let words = "battery screen price camera service update shop colour weight sound".split(
            separator: " ")
        let texts = (0..<300).map { k in
            (0..<9).map {
                String(words[(k / 3 * 7 + $0 * $0 + (k % 3 == $0 ? 1 : 0)) % words.count])
            }
            .joined(separator: " ")
        }
        let decided = stories(texts, &live)
        var rebuilt = StoryClusterer()
        for (text, story) in zip(texts, decided) {
            rebuilt.add(StoryPrint(text), eventAt: Self.start, story: Identifier(story))
        }
        #expect(Set(decided).count < texts.count)
        for text in texts {
            let print = StoryPrint(text + " again")
            #expect(
                live.story(of: print, eventAt: Self.start)
                    == rebuilt.story(of: print, eventAt: Self.start))
        }
    }
}
