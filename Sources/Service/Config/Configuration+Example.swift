extension Configuration {
    /// What `earshot config example` prints: every key with its unit and default.
    package static let example = """
        # Earshot's configuration. Unknown keys are errors; durations and sizes carry their unit.

        # Where everything is kept, relative to this file. Default: earshot.db
        store: earshot.db

        # How other people's servers are asked.
        fetch:
          # Who asks, and where they can complain. Put your own address here.
          user-agent: "Earshot/0.1 (+https://earshot.invalid/bot)"
          # From the first byte sent to the last received. Default: 20s
          timeout: 20s
          # Of a body after decompression. Default: 16 MB
          max-body: 16 MB
          # Transfers at a time. Default: 32
          in-flight: 32
          # Private addresses that may be reached all the same, as ADDRESS:PORT or ADDRESS:*
          # allow: ["10.0.0.7:8080"]

        # Where entries come from: RSS, Atom, RDF, JSON Feed, or JSON read through a mapping.
        sources:
          - key: kitchen-forum        # letters, digits, '-', '_' and '.'
            name: Kitchen Forum       # default: the key
            url: https://forum.example.org/feed.xml
            kind: social              # social, review or news
            language: en              # optional: what it mostly writes in
          - key: mastodon-kettles
            url: https://mastodon.example.org/api/v1/timelines/tag/kettles
            kind: social
            mapping: mastodon         # optional: how to read its JSON
          - key: bluesky-kettles
            kind: social
            mapping: bluesky          # asked as the mapping says; known: appstore, appstore-json,
                                      # bluesky, discourse, discourse-posts, gdelt, hackernews,
                                      # lemmy, lemmy-search, mastodon, news-search, reddit, youtube
            query: harbor kettle      # what is asked for
            parameters: {lang: en}    # whatever else the request takes
          - key: shop-kettles
            kind: review
            mapping: shop-reviews
            query: H-K2
            parameters: {host: shop.example.org}
            # Kept elsewhere, sent in a header: env:NAME or file:PATH
            token: env:EARSHOT_SHOP_TOKEN

        # How other JSON is read, and its pages asked for: by paths, without code.
        mappings:
          shop-reviews:
            about: Reviews of a product in our shop
            format: json              # or feed: RSS or Atom, some fields of which are read anew
            request:
              # {NAME} is a parameter of the source. A value is percent-encoded; what has none is
              # left out of query and headers. Known besides: {token} {cursor} {page} {offset}
              # {min-id} {since} {since.epoch} {since.date} {since.compact}
              # {until} {until.epoch}; {' after:'since.date} has its words only with a value
              url: https://{host}/api/reviews?product={query}
              query: {after: "{cursor}", from: "{since}"}
              headers: {authorization: "Bearer {token}"}
              pace: 2s                # between two requests
            items: $.reviews[*]       # $ is the page
            # $ is the item, $$ the page. A path or a list of paths, the first with a value counts.
            # Functions: text(PATH) of markup, epoch(PATH) in seconds, join(PATH, ", "),
            # last(PATH, "/"), is(PATH, "a", "b"), language(PATH), unwrap(PATH), template("{PATH}")
            fields:
              id: $.id
              url: template("https://shop.example.org/r/{$.id}")
              title: $.title
              html: [$.body, $.excerpt]
              author.name: $.author["display name"]
              published: epoch($.created)
              score: $.stars
              likes: $.votes[kind="helpful"].count
              deleted: $.withdrawn
            # Or {link: next}, {page: {first: 1, full: 50}}, {offset: {full: 50}}, {min-id: $.id}
            next: {path: $.cursor}
            # Pages of a first poll; later ones go on to what is known. Default: 5
            stop: {known-id: true, older-than: 30d, pages: 5}
            limits: {requests: 60, per: 1m, remaining: x-ratelimit-remaining,
                     reset: x-ratelimit-reset}

        # What is listened for. Query language: AND OR NOT ( ) "phrase" title: site: lang: author:
        # NEAR/5, wildcards (leak*), {Exact Case}; Chinese needs no spaces.
        brands:
          - key: harbor
            names: {en: Harbor, zh: 海湾}
            market: kettles           # shares its voice with the others of this market
            query: (harbor NEAR/8 (kettle OR toaster)) OR "harbor kettle" OR 海湾水壶
            products:
              - key: kettle
                names: {en: kettle, zh: 水壶}
                query: kettle* OR 水壶
            aspects:
              - key: leak
                names: {en: water leak, zh: 漏水}
                query: leak* OR drip* OR 漏水
          - key: kesselby
            names: {en: Kesselby}
            market: kettles
            competitor: true          # counted for share of voice; no digest of its own
            query: kesselby

        # Who reads the daily digest.
        readers:
          - key: mia
            name: Mia Brandt
            language: en              # en or zh
            zone: Europe/Berlin       # IANA name; the day is the reader's
            at: "08:30"               # when the digest of the day before is due
            brands: [harbor]

        # Where alerts go, signed by Standard Webhooks 1.0 (standardwebhooks.com).
        destinations:
          - key: on-call
            kind: webhook
            url: https://hooks.example.org/earshot
            # 'whsec_' and base64, kept elsewhere: env:NAME or file:PATH; a list signs with each.
            secret: env:EARSHOT_ON_CALL_SECRET
            brands: [harbor]

        # Rules that hold for all campaigns.
        targeting:
          # Share of customers who are held out of every campaign, for ever the same. Default: 10 %
          control: 10 %
          # Goes into the hash that picks them. Changing it picks others. Default: earshot
          salt: earshot
          # Contacts within cap-window at most. Defaults: 2 and 7d
          cap: 2
          cap-window: 7d

        # Who gets what, after consent, open complaints and the cap: the campaign worth most.
        campaigns:
          - key: harbor-spring
            names: {en: Spring colours, zh: 春季新色}
            kind: promotion           # promotion, or care: help, which goes out where talk is bad
            brand: harbor
            aspect: leak              # optional: the aspect whose talk counts beside the brand's
            items: [H-T4, H-CUP]      # what it may offer; the best for each customer is chosen
            # owners-of: [H-K2]       # optional: only for those who have one of these
            cost: 0.40 EUR            # per contact. Default: 0
            starts: 2026-03-01        # the first and the last day, UTC
            ends: 2026-03-31
            # What stops it for all while the brand's mean over three days is below. Default: none
            # guard: {below: -0.5, action: pause}
            # guard: {below: -0.5, action: swap, item: H-CUP}

        """
}
