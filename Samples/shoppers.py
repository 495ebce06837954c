"""Customers of the two brands, what they bought in a year, and which of them wrote what."""

import csv
from datetime import timedelta

from cast import END, HERE, HOSTS, SEED, START, Dice, moment
from documents import rfc3339

ITEMS = [  # item, brand, product, category, price, margin, titles
    (
        "H-K2",
        "harbor",
        "kettle",
        "kettles",
        79,
        31,
        "Harbor K2 kettle 1.5 l",
        "海湾 K2 水壶 1.5 升",
    ),
    (
        "H-K2M",
        "harbor",
        "kettle",
        "kettles",
        69,
        27,
        "Harbor K2 Mini kettle 0.8 l",
        "海湾 K2 Mini 水壶 0.8 升",
    ),
    (
        "H-K1",
        "harbor",
        "kettle",
        "kettles",
        59,
        22,
        "Harbor K1 kettle 1.5 l",
        "海湾 K1 水壶 1.5 升",
    ),
    ("H-T4", "harbor", "toaster", "toasters", 69, 26, "Harbor T4 toaster", "海湾 T4 烤面包机"),
    ("H-G1", "harbor", "grinder", "grinders", 99, 41, "Harbor G1 coffee grinder", "海湾 G1 磨豆机"),
    ("H-CUP", "harbor", "", "accessories", 15, 9, "Harbor mugs, set of two", "海湾 马克杯 两只"),
    ("H-LIME", "harbor", "", "accessories", 9, 6, "Harbor descaler, six doses", "海湾 除垢剂 六包"),
    ("H-BASE", "harbor", "kettle", "spares", 19, 8, "Harbor K2 base", "海湾 K2 底座"),
    ("T-TIDE", "tingya", "tide", "earphones", 45, 17, "Tingya Tide", "听涯 潮汐"),
    ("T-TIDE2", "tingya", "tide", "earphones", 65, 26, "Tingya Tide 2", "听涯 潮汐2"),
    (
        "T-BAMB",
        "tingya",
        "bamboo",
        "earphones",
        39,
        14,
        "Tingya Bamboo, open ear",
        "听涯 竹 开放式",
    ),
    ("T-CASE", "tingya", "", "accessories", 12, 7, "Tingya charging case", "听涯 充电盒"),
    (
        "T-TIPS",
        "tingya",
        "",
        "accessories",
        6,
        4,
        "Tingya foam tips, six pairs",
        "听涯 海绵耳塞套 六对",
    ),
]
FIRST = "Anna Ben Carla David Elif Frida Georg Hanne Ivan Julia Kofi Lara Mads Nora Oskar Petra Quentin Rita Sven Tilda Uwe Vera Willem Yara Zeno".split()
LAST = "Abel Brandt Cohen Duarte Engel Fischer Grau Holm Iversen Jansen Kowalski Lorenz Marsh Nowak Olsen Pereira Quist Rossi Schulz Thorn Ulrich Vogel Weiss Young Zeller".split()
SURNAME, GIVEN = "王李张刘陈杨赵黄周吴徐孙", [
    "敏",
    "静",
    "磊",
    "洋",
    "芳",
    "思远",
    "雨桐",
    "建国",
    "佳怡",
    "子轩",
    "晓梅",
    "志强",
    "一诺",
    "海燕",
]


def write_csv(name, header, lines):
    with open(HERE / name, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def customers(world):
    dice = Dice(SEED + 1)
    people, bought, linked = [], [], []
    # Authors of complaints are customers too: (platform, handle) in the order of their first complaint.
    angry = []
    for e in world.entries:
        if any(
            b["label"] == "negative" and b["brand"] in ("harbor", "tingya") for b in e["brands"]
        ) and e["source"] in ("forum", "social", "shuo"):
            host = HOSTS[e["source"]] if e["source"] != "social" else e["author"].split("@")[1]
            key = (host, e["author"].split("@")[0], e["brands"][0]["brand"], e["lang"])
            if key[:2] not in [a[:2] for a, _ in angry]:
                angry.append((key, e))
    # The first who told of the leak is one of them.
    first = [x for x in angry if x[0][1] == "kettlewatcher"]
    taken = first + dice.shuffled([x for x in angry if x not in first])[:33]
    for n in range(300):
        who = taken[n // 8] if n % 8 == 3 and n // 8 < len(taken) else None
        chinese = who[0][3] == "zh" if who else dice.chance(0.35)
        name = (
            dice.pick(SURNAME) + dice.pick(GIVEN)
            if chinese
            else f"{dice.pick(FIRST)} {dice.pick(LAST)}"
        )
        since = START - timedelta(days=30 + dice.below(1100))
        customer = f"C{n + 1:04}"
        email, profiling = dice.chance(0.72), dice.chance(0.64)
        case = ""
        if who:
            (host, handle, brand, _), e = who
            at = e["at"] + timedelta(hours=1 + dice.below(60))
            confidence = dice.pick(["0.95", "0.90", "0.85", "0.60"])
            consent = dice.chance(0.8)
            if handle == "kettlewatcher":
                confidence, consent, profiling = "0.95", True, True
                at = e["at"] + timedelta(hours=2)
            linked.append(
                [
                    host,
                    handle,
                    customer,
                    confidence,
                    "yes" if consent else "no",
                    rfc3339(min(at, END - timedelta(hours=1))),
                ]
            )
        people.append(
            [
                customer,
                name,
                f"{customer.lower()}@customer.invalid",
                "zh" if chinese else "en",
                "CN" if chinese else dice.pick(["DE", "DE", "GB", "IE", "NL", "PT", "SE"]),
                "Asia/Shanghai" if chinese else "Europe/Berlin",
                dice.below(3),
                f"{since:%Y-%m-%d}",
                "yes" if email else "no",
                "yes" if profiling else "no",
                case,
            ]
        )
        pool = [i for i in ITEMS if i[1] == ("tingya" if chinese else "harbor")]
        if dice.chance(0.2):
            pool = ITEMS
        for _ in range(1 + dice.weighted([4, 4, 3, 2, 1])):
            item = dice.pick(pool)
            at = moment(-dice.below(335), "zh" if chinese else "en", dice)
            if item[0] == "T-TIDE2":  # not on sale before the launch
                at = moment(dice.pick([28, 29]), "zh", dice, 3, 20)
            if at < since:
                at = since + timedelta(hours=10, minutes=dice.below(600))
            bought.append([at, customer, item[0], "purchase", 1, item[4]])
            if dice.chance(0.5):
                bought.append(
                    [at - timedelta(minutes=3 + dice.below(5000)), customer, item[0], "view", 1, ""]
                )
            if dice.chance(0.04) and at < END - timedelta(days=12):
                bought.append(
                    [
                        at + timedelta(days=4 + dice.below(8)),
                        customer,
                        item[0],
                        "return",
                        1,
                        item[4],
                    ]
                )
        if who and who[0][2] == "harbor":  # what they complain about they have bought
            at = (
                moment(-dice.below(30) - 2, "en", dice)
                if who[1]["at"] > START + timedelta(days=22)
                else moment(-40, "en", dice)
            )
            bought.append([at, customer, "H-K2", "purchase", 1, 79])
    # One case is open: that of the author of the first leak.
    first = next(x for x in linked if x[1] == "kettlewatcher")
    person = next(p for p in people if p[0] == first[2])
    person[10] = "2026-03-05T09:12:00Z"
    bought.sort(key=lambda b: (b[0], b[1], b[2], b[3]))
    write_csv(
        "customers.csv",
        [
            "customer",
            "name",
            "email",
            "language",
            "country",
            "zone",
            "tier",
            "since",
            "email_consent",
            "profiling_consent",
            "open_case_since",
        ],
        people,
    )
    write_csv(
        "items.csv",
        ["item", "brand", "product", "category", "price_eur", "margin_eur", "title_en", "title_zh"],
        ITEMS,
    )
    write_csv(
        "interactions.csv",
        ["event_at", "known_at", "customer", "item", "kind", "quantity", "price_eur"],
        [[rfc3339(b[0]), rfc3339(b[0] + timedelta(minutes=5))] + b[1:] for b in bought],
    )
    write_csv(
        "identities.csv",
        ["platform", "handle", "customer", "confidence", "consent", "known_at"],
        sorted(linked, key=lambda x: (x[5], x[1])),
    )
