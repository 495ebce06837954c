"""Hand-written texts into entries: an author, a habit of writing, a thread, an address."""

import re
from datetime import datetime

from cast import (  # fmt: skip
    BRANDS, CAST, CLOSERS, HERE, HOSTS, LABELS, MODELS, NAMES, OPENERS, PRICES, PRODUCTS, SEED,
    STAFF, THREADS, TYPOS, UTC, WEEKDAYS, Dice,
)


def table(name):
    for line in (HERE / "texts" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def targets(who, topics):
    """[(brand letter, sign, aspects)] of `H-Y+` and `leak/price`."""
    parts = topics.split("/")
    out = []
    for i in range(0, len(who), 2):
        part = parts[i // 2] if i // 2 < len(parts) else "-"
        out.append((who[i], who[i + 1], [] if part == "-" else part.split(",")))
    return out


def rows(name, market):
    """Rows of a table of posts, either-brand rows once for each brand."""
    out = []
    for phase, who, topics, title, text in table(name):
        for letter in {"K": "HY", "E": "TM"}.get(who[0], who[0]):
            out.append(
                {
                    "phase": phase,
                    "market": market,
                    "lang": name.split(".")[1],
                    "letter": letter,
                    "targets": targets(letter + who[1:], topics),
                    "title": "" if title == "-" else title,
                    "text": text,
                }
            )
    return out


def filled(text, row, dice, slots):
    lang, letter = row["lang"], row["letter"]
    if not slots:
        slots.update(
            b=NAMES[lang][letter],
            m=dice.pick(MODELS[lang][letter]),
            n=dice.pick([2, 3, 4, 5, 6]),
            p=dice.pick(PRICES[lang].get(letter, [59, 65])),
            w=dice.pick(WEEKDAYS),
        )
        if lang == "zh":
            slots["n"] = dice.pick("两三四五六")
    return re.sub(r"\{(\w)\}", lambda m: str(slots[m.group(1)]), text)


class World:
    def __init__(self):
        self.dice = Dice(SEED)
        self.entries = []
        self.told = {}  # (hand-written text, brand): its story, however often it is told

    def add(
        self, source, lang, at, title, text, marks, author=None, story=None, reply=False, **more
    ):
        dice = self.dice
        author = author or dice.pick(CAST.get((source, lang)) or STAFF[source])
        entry = {
            "source": source,
            "lang": lang,
            "at": at,
            "title": title,
            "text": text,
            "marks": marks,
            "author": author,
            "story": story,
            "reply": reply,
            **more,
        }
        self.entries.append(entry)
        return entry

    def post(self, source, row, at, dress=True, **more):
        """Deals a hand-written text to an author, who may add a word before or after it."""
        dice, lang, slots = self.dice, row["lang"], {}
        text = filled(row["text"], row, dice, slots)
        title = filled(row["title"], row, dice, slots)
        sign = row["targets"][0][1]
        author = dice.pick(CAST[(source, lang)])
        habit = sum(author.encode()) % 10  # an author keeps habits
        if dress and source == "forum" and dice.chance(0.3) and not text[0].islower():
            text = dice.pick(OPENERS["en"]) + text
        elif dress and source == "shuo" and dice.chance(0.3):
            text = dice.pick(OPENERS["zh"]) + text
        if dress and len(row["targets"]) == 1 and dice.chance(0.35):
            asks = sign == "0" and re.search(r"[?？]", title + text)
            if text[-1].isalnum():
                text += "." if lang == "en" else "。"
            text += dice.pick(CLOSERS[(lang, "?" if asks else sign)])
        if lang == "en" and source in ("forum", "social"):
            if habit == 3:
                text = text.lower()
            elif habit == 5:
                text = text.replace(". ", "! ", 1)
            if habit in (2, 7) and dice.chance(0.5):
                wrong = [t for t in TYPOS if t[0] in text]
                if wrong:
                    text = text.replace(*dice.pick(wrong), 1)
        if source == "reviews":
            stars = {"+": [4, 5, 5], "0": [3], "-": [1, 1, 2]}[sign]
            stars = dice.pick(stars)
            more["rating"] = stars
            if not title or title.endswith("?"):
                name = NAMES[lang][row["letter"]]
                thing = next(
                    (k for k, p in PRODUCTS[row["letter"]].items() if re.search(p, text)), ""
                )
                if lang == "en":
                    thing = thing if row["market"] == "kettles" else "earbuds"
                    title = f"{stars} star{'s' if stars > 1 else ''}: {name} {thing}".strip()
                else:
                    thing = {"kettle": "水壶", "toaster": "面包机", "grinder": "磨豆机"}.get(
                        thing, ""
                    )
                    thing = thing if row["market"] == "kettles" else "耳机"
                    title = f"{'零一二三四五'[stars]}星：{name}{thing}"
        if source == "social":
            if title and not text.startswith(title):
                text = (
                    title
                    + (" " if title[-1] in "?!？！" else ". " if lang == "en" else "。")
                    + text
                )
            title = ""
            if "#" not in text:
                tag = {
                    ("en", "kettles"): ["#kettles", "#kitchen"],
                    ("zh", "kettles"): ["#厨房"],
                    ("en", "earphones"): ["#earbuds", "#audio"],
                    ("zh", "earphones"): ["#耳机", "#数码"],
                }
                text += " " + dice.pick(tag[(lang, row["market"])])
        if row["phase"] == "metoo" or (source in ("forum", "shuo") and not title):
            more["reply"] = True
        return self.add(
            source,
            lang,
            at,
            title,
            text,
            row["targets"],
            author=author,
            story=self.told.setdefault((row["text"], row["letter"]), f"t{len(self.told) + 1}"),
            market=row["market"],
            phase=row["phase"],
            **more,
        )


def finish(world):
    """Order, numbers, reply titles, addresses."""
    dice = world.dice
    world.entries.sort(key=lambda e: (e["at"], e["source"], e["text"]))
    threads, numbers = {}, {}
    for e in world.entries:
        source, market = e["source"], e["market"]
        n = numbers[source] = numbers.get(source, 0) + 1
        e["number"] = n
        if source in ("forum", "shuo"):
            # A reply joins a thread on the same matter, else one of the board's standing threads.
            brand, sign, aspects = e["marks"][0] if e["marks"] else ("", "", [])
            hot = e.get("phase") in ("crisis", "late", "metoo", "launch")
            key = (source, brand, hot, "" if hot else (sign, tuple(aspects[:1])))
            if e["reply"] or not e["title"]:
                recent = threads.get(key, [])[-5:] if e["marks"] else []
                if recent and (hot or dice.chance(0.8)):
                    thread = dice.pick(recent)
                else:
                    standing = THREADS[(source, market)]
                    k = dice.below(len(standing))
                    thread = (900 + 10 * len(market) + k, standing[k])
                e["thread"], e["title"] = (
                    thread[0],
                    ("Re: " if source == "forum" else "回复：") + thread[1],
                )
            else:
                e["thread"] = 1000 + n
                if len(e["marks"]) == 1 and not e["title"].startswith(("[转]", "转")):
                    threads.setdefault(key, []).append((e["thread"], e["title"]))
        slug = re.sub(r"[^a-z0-9]+", "-", e["title"].lower()).strip("-")[:48] or f"n{n}"
        host = f"http://{HOSTS[source]}"
        when = e["at"]
        e["guid"], e["url"] = {
            "forum": lambda: (f"post-{52000 + n * 3}", f"{host}/t/{e['thread']}#p{52000 + n * 3}"),
            "news": lambda: (
                f"tag:news.sample.invalid,{when:%Y-%m-%d}:{slug}",
                f"{host}/{when:%Y/%m/%d}/{slug}",
            ),
            "gazette": lambda: (f"{host}/{when:%Y/%m}/{slug}.html",) * 2,
            "blog": lambda: (f"{host}/{when:%Y/%m/%d}.html",) * 2,
            "reviews": lambda: (str(81000 + n), f"{host}/r/{81000 + n}"),
            "social": lambda: status_address(e),
            "shuo": lambda: (f"{host}/thread-{e['thread']}-1.html#{30000 + n}",) * 2,
            "wire": lambda: (f"urn:wire:{when:%Y%m%d}:{n}", f"{host}/release/{when:%Y%m%d}-{n}"),
        }[source]()
        topics = {}
        for letter, sign, aspects in e["marks"]:
            body = e["title"] + "\n" + e["text"]
            found = [k for k, p in PRODUCTS[letter].items() if re.search(p, body, re.I)]
            topics[letter] = found + aspects
        e["brands"] = [
            {"brand": BRANDS[b], "label": LABELS[s], "topics": topics[b]} for b, s, _ in e["marks"]
        ]
    for n, e in enumerate(world.entries):
        e["story"] = e["story"] or f"s{n + 1}"


def status_address(e):
    number = (
        int((e["at"] - datetime(2023, 1, 1, tzinfo=UTC)).total_seconds() * 1000) << 16 | e["number"]
    )
    user, host = e["author"].split("@")
    return f"http://{host}/users/{user}/statuses/{number}", f"http://{host}/@{user}/{number}"
