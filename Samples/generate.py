#!/usr/bin/env python3
"""Writes the sample world: a recorded month of eight feeds, the truth about it, customers.

    python3 Samples/generate.py

The texts are written by hand in texts/*.tsv; this program deals them out over thirty days, gives
each an author and a time, and records the documents as a fetcher would have found them. It needs
Python 3.9 and nothing else, and gives the same bytes each time. README.md tells the story.
"""

import re
import sys
from datetime import datetime, timedelta

sys.dont_write_bytecode = True  # leave nothing beside the sources

from cast import CAST, DAYS, END, START, UTC, WEEK, moment  # noqa: E402
from documents import record, truth  # noqa: E402
from posts import World, finish, rows, table, targets  # noqa: E402
from shoppers import customers  # noqa: E402


def any_day(dice, last=DAYS - 1):
    """A day from the eve of the month on; the eve fills the first documents."""
    days = list(range(-1, last + 1))
    return days[dice.weighted([WEEK[d % 7] for d in days])]


def deal_normal(world):
    """Everyday talk: each hand-written text at most once for each brand and kind of source."""
    dice = world.dice
    wanted = {  # (source, table): texts of our brand, of the competitor, of both
        ("forum", "kettles.en.tsv"): (46, 26),
        ("social", "kettles.en.tsv"): (14, 7),
        ("reviews", "kettles.en.tsv"): (22, 13),
        ("reviews", "earphones.en.tsv"): (7, 4),
        ("social", "earphones.en.tsv"): (6, 3),
        ("shuo", "earphones.zh.tsv"): (34, 20),
        ("reviews", "earphones.zh.tsv"): (16, 9),
        ("social", "earphones.zh.tsv"): (5, 3),
        ("shuo", "kettles.zh.tsv"): (12, 5),
        ("reviews", "kettles.zh.tsv"): (5, 2),
        ("social", "kettles.zh.tsv"): (2, 0),
    }
    used = {}
    for (source, name), counts in wanted.items():
        market = name.split(".")[0]
        pool = [r for r in rows(name, market) if r["phase"] == "-"]
        for letter, count in zip({"kettles": "HY", "earphones": "TM"}[market], counts):
            mine = [r for r in pool if r["letter"] == letter]
            if source == "reviews":  # nobody reviews with a question
                mine = [
                    r
                    for r in mine
                    if not re.search(r"[?？]", r["text"] + r["title"])
                    and len(r["targets"]) == 1
                    and (
                        r["targets"][0][1] != "0"
                        or re.match("Mixed|Fine|Middle|Three|三星|Good sound|中规", r["title"])
                    )
                ]
            mine = dice.shuffled(mine)
            mine.sort(key=lambda r: used.get((r["text"], letter), 0))
            for row in mine[:count]:
                used[(row["text"], letter)] = used.get((row["text"], letter), 0) + 1
                last = (
                    26
                    if "rumour" in row["title"].lower() + row["text"].lower()
                    or "传闻" in row["title"]
                    or "期待二代" in row["text"]
                    or "大家觉得是哪天" in row["text"]
                    else DAYS - 1
                )
                world.post(source, row, moment(any_day(dice, last), row["lang"], dice))


def deal_others(world):
    """Talk of everything else, ships' harbors included."""
    dice = world.dice
    pools = {}
    for source, title, text in table("other.tsv"):
        pools.setdefault(source, []).append(("" if title == "-" else title, text))
    for source, pool in pools.items():
        if source in ("blog",):
            continue
        times = sorted(
            moment(any_day(dice), "zh" if source == "shuo" else "en", dice) for _ in pool
        )
        if source in ("gazette", "news"):  # editors keep office hours
            times = sorted(moment(d, "en", dice, 6, 17) for d in (any_day(dice) for _ in pool))
        times[0] = moment(-1, "en", dice, 8, 17)  # something to find on the first day
        for at, (title, text) in zip(times, pool):
            lang = "zh" if re.search(r"[一-鿿]", text) else "en"
            rating = {}
            if source == "reviews":
                head = title.split(" ")[0]
                rating = {"rating": int(head) if head.isdigit() else "零一二三四五".index(title[0])}
            world.add(
                source,
                lang,
                at,
                title,
                text,
                [],
                reply=source in ("forum", "shuo") and not title,
                market="",
                **rating,
            )


def deal_crisis(world):
    """The week of 4 March: the base of the Harbor K2 leaks; Monday 9 March is the peak."""
    dice = world.dice
    plan = {
        "en": [(23, 4, 15), (24, 6, 5), (25, 7, 5), (26, 5, 6), (27, 5, 6), (28, 99, 4)],
        "zh": [(25, 1, 2), (26, 2, 2), (27, 3, 2), (28, 99, 0)],
    }
    for lang, days in plan.items():
        table_rows = rows(f"kettles.{lang}.tsv", "kettles")
        main = [r for r in table_rows if r["phase"] == "crisis"]
        i = 0
        for day, count, first in days:
            count = min(count, len(main) - i)
            for at in sorted(moment(day, lang, dice, first) for _ in range(count)):
                row = main[i]
                first_voice = lang == "en" and i in (0, 9)  # the first to tell, and still mopping
                if lang == "en":
                    short = (
                        "#" in row["text"]
                        or "@" in row["text"]
                        or not row["title"]
                        and dice.chance(0.35)
                    )
                    home = "social" if short and not first_voice else "forum"
                else:
                    home = "social" if not row["title"] and dice.chance(0.25) else "shuo"
                made = world.post(home, row, at, dress=i > 3)
                if first_voice:
                    made["author"] = "kettlewatcher"
                i += 1
        for row in (r for r in table_rows if r["phase"] == "metoo"):
            day = dice.pick([27, 28, 28, 28, 28, 29])
            world.post(
                "forum" if lang == "en" else "shuo", row, moment(day, lang, dice, 5), dress=False
            )
        for row in (r for r in table_rows if r["phase"] == "review"):
            world.post(
                "reviews", row, moment(dice.pick([25, 26, 27, 28, 28, 28]), lang, dice), dress=False
            )
        for row in (r for r in table_rows if r["phase"] == "late"):
            home = "forum" if row["title"] or dice.chance(0.6) else "social"
            world.post(
                home if lang == "en" else "shuo", row, moment(29, lang, dice, 7, 22), dress=False
            )


def deal_launch(world):
    """9 March, 10:00 in Shenzhen: Tingya shows the Tide 2, and people like it."""
    dice = world.dice
    for lang in ("zh", "en"):
        launch = [r for r in rows(f"earphones.{lang}.tsv", "earphones") if r["phase"] == "launch"]
        for i, row in enumerate(launch):
            day, first, last = (
                (28, 3 if lang == "zh" else 7, 15 if lang == "zh" else 21) if i % 5 else (29, 0, 15)
            )
            home = "social" if lang == "en" or (not row["title"] and dice.chance(0.3)) else "shuo"
            world.post(home, row, moment(day, lang, dice, first, last), dress=dice.chance(0.5))


def deal_reposts(world):
    """Passed on word for word, with or without a remark: the same story, another voice."""
    dice = world.dice
    hot = [
        e
        for e in world.entries
        if e.get("phase") in ("crisis", "launch", "-")
        and e["marks"]
        and e["source"] in ("social", "forum", "shuo")
        and len(e["text"]) > 40
        and not e["reply"]
    ]
    hot = [e for e in hot if e.get("phase") != "-"] + dice.shuffled(
        [e for e in hot if e.get("phase") == "-"]
    )[:7]
    remarks = {
        "en": ["", "", "This. ", "Passing this on: ", "Seen on the forum: "],
        "zh": ["转：", "转发：", "同感：", ""],
    }
    made = 0
    for e in dice.shuffled(hot):
        if made >= 26:
            break
        at = e["at"] + timedelta(minutes=20 + dice.below(400))
        if at >= END:
            continue
        made += 1
        e["story"] = e["story"] or f"r{made}"
        handle = e["author"].split("@")[0]
        home = "shuo" if e["lang"] == "zh" and dice.chance(0.6) else "social"
        others = [a for a in CAST[(home, e["lang"])] if a != e["author"]]  # not one's own words
        text = e["text"]
        if home == "social":
            text = f"{dice.pick(remarks[e['lang']])}RT @{handle}: {text}"
            if "#" not in text:
                text += " #kitchen" if e["lang"] == "en" else " #数码"
            world.add(
                "social",
                e["lang"],
                at,
                "",
                text,
                e["marks"],
                author=dice.pick(others),
                story=e["story"],
                market=e["market"],
            )
        else:
            world.add(
                "shuo",
                "zh",
                at,
                e["title"] and "转：" + e["title"],
                dice.pick(["转：", "转自楼上：", "帮转："]) + text,
                e["marks"],
                author=dice.pick(others),
                story=e["story"],
                market=e["market"],
                reply=not e["title"],
            )


def deal_articles(world):
    """News and press releases; the wire's travel to the others and keep their words."""
    dice = world.dice
    for at, story, sources, who, topics, title, text in table("articles.tsv"):
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        lang = "zh" if re.search(r"[一-鿿]", title) else "en"
        for k, source in enumerate(sources.split(",")):
            words, head = text, title
            when = at if k == 0 else at + timedelta(minutes=15 + 25 * k + dice.below(60))
            if source == "gazette":
                words = text.split("¶")[0]
            elif source == "news" and k and lang == "zh":  # the English news desk sums it up
                head = "Tingya unveils Tide 2 earphones for 499 yuan"
                words = "Tingya showed its Tide 2 earphones in Shenzhen on Monday. They weigh 4.1 grams, play for eleven hours and cost 499 yuan.¶They ship on 12 March in China."
            elif source == "forum":
                words = "From the wire: " + text.split("¶")[0]
            elif source == "social":
                words = head + ". " + text.split("¶")[0] + " #HarborKettle"
                head = ""
            elif source == "shuo":
                head = "[转] " + head
            world.add(
                source,
                "en" if source == "news" else lang,
                when,
                head,
                words,
                targets(who, topics),
                story=story,
                market="kettles" if who[0] in "HY" else "earphones",
            )


def deal_blog(world):
    """One note a day at about the same hour, until 3 March; then silence."""
    dice = world.dice
    notes = [(t, x, targets(w, a)) for w, a, t, x in table("blog.tsv")]
    notes = [n for n in notes]
    spare = [(t, x, []) for s, t, x in table("other.tsv") if s == "blog"]
    for k, note in enumerate(spare):
        notes.insert(2 + 4 * k, note)
    day = -1
    for title, text, marks in notes:
        at = START + timedelta(days=day, hours=13, minutes=dice.below(50), seconds=dice.below(60))
        world.add("blog", "zh", at, title, text, marks, market="earphones")
        day += 2 if day in (5, 12, 19) else 1


def build():
    world = World()
    deal_crisis(world)
    deal_normal(world)
    deal_others(world)
    deal_launch(world)
    deal_reposts(world)
    deal_articles(world)
    deal_blog(world)
    world.entries = [e for e in world.entries if e["at"] < END]
    finish(world)
    return world


def main():
    world = build()
    record(world)
    truth(world)
    customers(world)


if __name__ == "__main__":
    main()
