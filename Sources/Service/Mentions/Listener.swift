import EarshotDomain
import EarshotListening
import EarshotSentiment
import EarshotStore

/// Turns new entries into mentions: who is spoken of, where, with which story, and how.
struct Listener {
    private let brands: BrandListener
    private let sentiment: SentimentReader
    private var buffers = BrandListener.Buffers()
    private var scratch = ScoringScratch()
    var stories: [Identifier<Brand>: StoryClusterer]
    /// When members were last dropped that no story can take any more.
    private var forgotAt = Timestamp(milliseconds: 0)

    /// Listens for the store's brands, and knows its stories of the last window.
    init(store: Store, now: Timestamp) async throws {
        let brands = try await store.brands()
        self.brands = try BrandListener(brands)
        sentiment = try BuiltInSentiment.reader()
        stories = [:]
        for brand in brands {
            var clusterer = StoryClusterer()
            let since = now - StoryClusterer.window - StoryClusterer.window
            for mention in try await store.recentMentions(of: brand.id, since: since) {
                clusterer.add(
                    StoryPrint(title: mention.title, text: mention.text),
                    eventAt: mention.eventAt, story: mention.story)
            }
            stories[brand.id] = clusterer
        }
    }

    /// The drafts at `indices`, each with the mentions found in it; the others bare.
    mutating func mentions(
        in drafts: [EntryDraft], at indices: [Int], of kind: Source.Kind, now: Timestamp
    ) -> [DraftRecord] {
        forget(now)
        var records = drafts.map { DraftRecord(entry: $0) }
        for index in indices {
            let findings = brands.findings(in: drafts[index].content, &buffers)
            records[index].mentions = findings.map { finding in
                MentionDraft(
                    brand: finding.brand,
                    story: place(drafts[index], of: finding.brand, draft: index),
                    hits: finding.hits,
                    sentiment: sentiment(
                        of: drafts[index].content, kind: kind, towards: finding,
                        isAlone: findings.count == 1))
            }
        }
        return records
    }

    /// Takes over the ids that the store gave to the stories that `mentions` began.
    mutating func learn(_ recorded: RecordedPoll) {
        for entry in recorded.entries {
            for mention in entry.mentions {
                let old = provisional(entry.draft)
                stories[mention.brand]?.rename(old, to: mention.story)
            }
        }
    }

    /// The story of a draft's mention; a new one is known by the draft's index until it has an id.
    private mutating func place(
        _ draft: EntryDraft, of brand: Identifier<Brand>, draft index: Int
    ) -> MentionDraft.Place {
        let print = StoryPrint(title: draft.content.title, text: draft.content.text)
        let known = stories[brand]?.story(of: print, eventAt: draft.eventAt)
        let story = known ?? provisional(index)
        stories[brand]?.add(print, eventAt: draft.eventAt, story: story)
        guard let known else { return .new }
        return known.rawValue < 0 ? .sameAsDraft(Int(-known.rawValue) - 1) : .existing(known)
    }

    private func provisional(_ draft: Int) -> Identifier<Story> {
        Identifier(Int64(-draft - 1))
    }

    /// A text that speaks of one brand is about it, so the whole of it counts; of several, what
    /// stands near a brand's first name counts for that brand.
    private mutating func sentiment(
        of content: EntryContent, kind: Source.Kind, towards finding: BrandListener.Finding,
        isAlone: Bool
    ) -> Sentiment {
        let target = finding.hits.first { $0.topic == nil }.map { hit in
            let offset = hit.field == .title ? 0 : content.textOffset
            return (offset + hit.start)..<(offset + hit.end)
        }
        let targets = isAlone ? [] : [target].compactMap { $0 }
        let judgement = sentiment.judge(
            content.scoredText, language: content.language, kind: kind, targets: targets,
            scratch: &scratch)
        return judgement.targets.first ?? judgement.whole
    }

    /// Once a day is enough: what is too old is not looked at anyway.
    private mutating func forget(_ now: Timestamp) {
        guard now - forgotAt > .days(1) else { return }
        forgotAt = now
        for brand in stories.keys {
            stories[brand]?.forget(before: now - StoryClusterer.window - StoryClusterer.window)
        }
    }
}
