"""Entries into documents, each source in a format of its own, and a month of recordings of them."""

import html
import json
import re
import shutil
from datetime import datetime, timedelta

from cast import END, HERE, HOSTS, START, UTC

X = html.escape


def rfc822(at, zone=0):
    at = at + timedelta(hours=zone)
    days, months = (
        "Mon Tue Wed Thu Fri Sat Sun".split(),
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    )
    return f"{days[at.weekday()]}, {at.day:02} {months[at.month - 1]} {at.year} {at:%H:%M:%S} {zone * 100:+05d}"


def rfc3339(at, zone=0):
    return f"{at + timedelta(hours=zone):%Y-%m-%dT%H:%M:%S}" + (
        "Z" if zone == 0 else f"{zone:+03d}:00"
    )


def paragraphs(text):
    return "".join(f"<p>{X(p, False)}</p>" for p in text.split("¶"))


def forum(entries):
    """RSS 2.0 with the small faults of real boards: a bare ampersand, a date without a zone, relative links."""
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>',
        "<title>Kitchen Forum</title><link>http://forum.sample.invalid/</link>",
        "<description>Pots, pans and opinions</description><language>en</language>",
        f"<lastBuildDate>{rfc822(entries[0]['at'])}</lastBuildDate>",
    ]
    for e in entries:
        n = e["number"]
        title = X(X(e["title"], False), False) if "&" in e["title"] else X(e["title"], False)
        if n % 17 == 5:
            title = f"&lt;b&gt;{title}&lt;/b&gt;"
        link = e["url"] if n % 12 else e["url"].replace("http://forum.sample.invalid", "")
        date = rfc822(e["at"])
        out.append(
            f"<item><title>{title}</title><link>{link}</link><guid isPermaLink=\"false\">{e['guid']}</guid>"
            f"<dc:creator>{X(e['author'])}</dc:creator><category>{'Tea & Toast' if n % 10 == 4 else 'Appliances'}</category>"
            f"<pubDate>{date[:-6] if n % 25 == 7 else date}</pubDate>"
            f"<description>{X(paragraphs(e['text']), False)}</description></item>"
        )
    return "\n".join(out + ["</channel></rss>", ""]).encode()


def news(entries):
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        "<title>The Morning Sample</title><id>tag:news.sample.invalid,2026:feed</id>",
        '<link href="http://news.sample.invalid/"/><link rel="self" href="http://news.sample.invalid/feed.xml"/>',
        f"<updated>{rfc3339(entries[0]['at'], 1)}</updated>",
    ]
    for e in entries:
        out.append(
            f"<entry><id>{X(e['guid'])}</id><title>{X(e['title'], False)}</title><link rel=\"alternate\" href=\"{X(e['url'])}\"/>"
            f"<published>{rfc3339(e['at'], 1)}</published><updated>{rfc3339(e['at'], 1)}</updated>"
            f"<author><name>{X(e['author'])}</name></author><summary>{X(e['text'].split('¶')[0], False)}</summary>"
            f"<content type=\"html\">{X(paragraphs(e['text']), False)}</content></entry>"
        )
    return "\n".join(out + ["</feed>", ""]).encode()


def gazette(entries):
    """RSS 0.91 in Latin-1: no dates, no ids, no authors."""
    out = [
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<rss version="0.91"><channel>',
        "<title>The Harbour Gazette</title>",
        "<link>http://gazette.sample.invalid/</link>",
        "<description>News from the quay since 1887</description>",
        "<language>en</language>",
    ]
    for e in entries:
        out.append(
            f"<item><title>{X(e['title'], False)}</title><link>{X(e['url'])}</link>"
            f"<description>{X(e['text'].replace('¶', ' '), False)}</description></item>"
        )
    return "\n".join(out + ["</channel></rss>", ""]).encode("iso-8859-1")


def blog(entries):
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"',
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xml:lang="zh-CN">',
        '<channel rdf:about="http://erbian.sample.invalid/index.rdf"><title>耳边笔记</title>',
        "<link>http://erbian.sample.invalid/</link><description>一个人，一副耳机，一天一篇</description>",
        "<items><rdf:Seq>",
    ]
    out += [f"<rdf:li rdf:resource=\"{e['url']}\"/>" for e in entries] + [
        "</rdf:Seq></items></channel>"
    ]
    for e in entries:
        out.append(
            f"<item rdf:about=\"{e['url']}\"><title>{X(e['title'], False)}</title><link>{e['url']}</link>"
            f"<dc:creator>{e['author']}</dc:creator><dc:date>{rfc3339(e['at'], 8)}</dc:date>"
            f"<description>{X(e['text'][:24], False)}……</description>"
            f"<content:encoded><![CDATA[{paragraphs(e['text'])}]]></content:encoded></item>"
        )
    return "\n".join(out + ["</rdf:RDF>", ""]).encode()


def reviews(entries):
    items = [
        {
            "id": e["guid"],
            "url": e["url"],
            "title": e["title"],
            "content_text": e["text"],
            "date_published": rfc3339(e["at"]),
            "language": "zh-CN" if e["lang"] == "zh" else "en",
            "authors": [{"name": e["author"]}],
            "_review": {"rating": e["rating"], "best": 5},
        }
        for e in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Plain Reviews",
        "home_page_url": "http://reviews.sample.invalid/",
        "feed_url": "http://reviews.sample.invalid/feed.json",
    }
    lines = ",\n".join(json.dumps(i, ensure_ascii=False) for i in items)
    return (json.dumps(feed, ensure_ascii=False)[:-1] + f', "items": [\n{lines}\n]}}\n').encode()


def social(entries):
    """What /api/v1/timelines/public of Mastodon answers."""
    out = []
    for e in entries:
        user, host = e["author"].split("@")
        weight = sum(e["author"].encode())
        tags = re.findall(r"#(\w+)", e["text"])
        body = X(e["text"], False)
        body = re.sub(
            r"#(\w+)",
            r'<a href="http://social.sample.invalid/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>',
            body,
        )
        warm = 3 if e.get("phase") in ("crisis", "launch") else 1
        out.append(
            {
                "id": e["guid"].rsplit("/", 1)[1],
                "created_at": f"{e['at']:%Y-%m-%dT%H:%M:%S}.000Z",
                "in_reply_to_id": None,
                "sensitive": False,
                "spoiler_text": "",
                "visibility": "public",
                "language": e["lang"],
                "uri": e["guid"],
                "url": e["url"],
                "replies_count": e["number"] * 7 % 4 * warm,
                "reblogs_count": e["number"] * 5 % 7 * warm,
                "favourites_count": e["number"] * 11 % 19 * warm,
                "edited_at": None,
                "content": f"<p>{body}</p>",
                "reblog": None,
                "account": {
                    "id": str(10000 + weight),
                    "username": user,
                    "acct": user if host == "social.sample.invalid" else f"{user}@{host}",
                    "display_name": user.replace("_", " ").title(),
                    "url": f"http://{host}/@{user}",
                    "followers_count": weight * 37 % 2900,
                },
                "media_attachments": [],
                "mentions": [],
                "tags": [{"name": t.lower()} for t in tags],
                "card": None,
            }
        )
    return ("[" + ",\n".join(json.dumps(s, ensure_ascii=False) for s in out) + "]\n").encode()


def shuo(entries):
    out = [
        '<?xml version="1.0" encoding="GB18030"?>',
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>',
        "<title>数码有话说</title><link>http://shuo.sample.invalid/</link><description>耳机、电器、有话直说</description>",
        f"<language>zh-cn</language><lastBuildDate>{rfc822(entries[0]['at'], 8)}</lastBuildDate>",
    ]
    for e in entries:
        out.append(
            f"<item><title>{X(e['title'], False)}</title><link>{e['url']}</link><guid>{e['guid']}</guid>"
            f"<dc:creator>{e['author']}</dc:creator><pubDate>{rfc822(e['at'], 8)}</pubDate>"
            f"<description><![CDATA[{e['text'].replace('¶', '<br/>')}]]></description></item>"
        )
    return "\n".join(out + ["</channel></rss>", ""]).encode("gb18030")


def wire(entries):
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en">',
        '<title>Sample Wire</title><link rel="alternate" type="text/html" href="http://wire.sample.invalid/"/>',
        f"<modified>{rfc3339(entries[0]['at'])}</modified>",
    ]
    for e in entries:
        out.append(
            f"<entry xml:lang=\"{'zh-CN' if e['lang'] == 'zh' else 'en'}\"><title>{X(e['title'], False)}</title>"
            f"<link rel=\"alternate\" type=\"text/html\" href=\"{e['url']}\"/><id>{e['guid']}</id>"
            f"<author><name>Sample Wire</name></author><issued>{rfc3339(e['at'])}</issued><modified>{rfc3339(e['at'])}</modified>"
            f"<content type=\"text/html\" mode=\"escaped\">{X(paragraphs(e['text']), False)}</content></entry>"
        )
    return "\n".join(out + ["</feed>", ""]).encode()


# source: path, extension, hours at which it was recorded, entries kept, how it is written, Content-Type
RECORDINGS = {
    "forum": ("feed.xml", "xml", (0, 6, 12, 18), 16, forum, "application/rss+xml; charset=utf-8"),
    "news": ("feed.xml", "xml", (0, 6, 12, 18), 12, news, "application/atom+xml"),
    "gazette": ("rss.xml", "xml", (6, 18), 12, gazette, "text/xml"),
    "blog": ("index.rdf", "rdf", (0, 6, 12, 18), 12, blog, "application/rdf+xml"),
    "reviews": ("feed.json", "json", (0, 12, 18), 14, reviews, "application/feed+json"),
    "social": (
        "api/v1/timelines/public",
        "json",
        (0, 6, 12, 18),
        12,
        social,
        "application/json; charset=utf-8",
    ),
    "shuo": ("rss.xml", "xml", (0, 6, 12, 18), 15, shuo, "application/rss+xml; charset=GB18030"),
    "wire": ("atom.xml", "xml", (0, 6, 12, 18), 10, wire, "application/atom+xml; charset=utf-8"),
}
DOWN = ("gazette", datetime(2026, 3, 1, 6, tzinfo=UTC), datetime(2026, 3, 2, 6, tzinfo=UTC))


def record(world):
    root = HERE / "feeds"
    shutil.rmtree(root, ignore_errors=True)
    for source, (path, ext, hours, window, write, mime) in RECORDINGS.items():
        folder = root / HOSTS[source] / path
        folder.mkdir(parents=True)
        (folder / "content-type").write_text(mime + "\n")
        mine = [e for e in world.entries if e["source"] == source]
        seen, last, at = set(), None, START
        while at <= END:
            if at.hour in hours or at == START:
                stamp = f"{at:%Y-%m-%dT%H%MZ}"
                if DOWN[0] == source and at == DOWN[1]:
                    (folder / f"{stamp}.gone").write_bytes(b"")
                    last = None
                elif not (DOWN[0] == source and DOWN[1] < at < DOWN[2]):
                    past = [e for e in mine if e["at"] < at]
                    # A busy day lengthens the document, so that a daily poll misses nothing.
                    fresh = sum(e["at"] >= at - timedelta(hours=24) for e in past)
                    shown = past[::-1][: max(window, fresh + 3)]
                    body = write(shown)
                    if body != last:
                        (folder / f"{stamp}.{ext}").write_bytes(body)
                        seen.update(e["guid"] for e in shown)
                        last = body
            at += timedelta(hours=6)
        lost = [e for e in mine if e["guid"] not in seen and e["at"] >= START]
        assert not lost, (source, lost)


def truth(world):
    with open(HERE / "truth.jsonl", "w", encoding="utf-8") as out:
        for e in world.entries:
            row = {k: e[k] for k in ("source", "guid", "url")}
            row.update(
                at=rfc3339(e["at"]),
                language=e["lang"],
                author=e["author"],
                story=e["story"],
                brands=e["brands"],
            )
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
