"""Who and what there is in the sample world: brands, people, habits, hours."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
UTC = timezone.utc
START = datetime(2026, 2, 9, tzinfo=UTC)  # a Monday
DAYS = 30
END = START + timedelta(days=DAYS)
SEED = 20260309


class Dice:
    """SplitMix64 (Steele, Lea, Flood 2014): the same throws in every version of Python."""

    def __init__(self, seed):
        self.state = seed & (2**64 - 1)

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def below(self, n):
        return self.bits() % n

    def chance(self, p):
        return self.bits() / 2**64 < p

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, weights):
        """An index, drawn in proportion to its weight."""
        x = self.bits() / 2**64 * sum(weights)
        for i, w in enumerate(weights):
            x -= w
            if x < 0:
                return i
        return len(weights) - 1

    def shuffled(self, items):
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out


# ------------------------------------------------------------------------------ the cast

BRANDS = {"H": "harbor", "Y": "kesselby", "T": "tingya", "M": "mingdu"}
LABELS = {"+": "positive", "0": "neutral", "-": "negative"}
NAMES = {
    "en": {"H": "Harbor", "Y": "Kesselby", "T": "Tingya", "M": "Mingdu"},
    "zh": {"H": "海湾", "Y": "凯瑟比", "T": "听涯", "M": "鸣渡"},
}
MODELS = {
    "en": {
        "H": ["K1", "K2", "K2 Mini"],
        "Y": ["Swift", "Pour"],
        "T": ["Tide", "Bamboo"],
        "M": ["Arc", "Go"],
    },
    "zh": {"H": ["K1", "K2"], "Y": ["Swift"], "T": ["潮汐", "竹"], "M": ["弧光", "轻风"]},
}
PRICES = {
    "en": {"H": [59, 69, 79], "Y": [45, 49, 55]},
    "zh": {"T": [299, 329, 349], "M": [199, 239, 269]},
}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
# A product is spoken of where its word stands in the text: what the queries must find as well.
PRODUCTS = {
    "H": {
        "kettle": r"kettle|水壶|烧水壶",
        "toaster": r"toaster|面包机",
        "grinder": r"grinder|磨豆机",
    },
    "Y": {"kettle": r"kettle|水壶", "toaster": r"toaster|面包机"},
    "T": {"tide": r"\bTide\b|潮汐", "bamboo": r"\bBamboo\b|听涯竹"},
    "M": {"arc": r"\bArc\b|弧光"},
}

FORUM = """teapot_tess crumbs_mcgee northkitchen oldgasket Marlene_K breadhead44 jonas.w gooseneck_gary PipPip
limescale_lou rosa_v dr_simmer fennelfan the_real_ladle hobgoblin87 Annika_B toastmaster quietcook salt_n_vinegar
mumoffour pelle_s steamed_ham BeatriceO wok_this_way grumpy_gran harold_p inky_squid maya_l tinned_tom
sourdough_sid viktor_k plumjam eva_in_exile dishpan_hans nettle_tea wilma1951 brewster_b kiki_cooks last_biscuit"""
SOCIAL = """lena@social.sample.invalid tomasz@social.sample.invalid quayside@social.sample.invalid
bruno_fotos@bilder.sample.invalid teaandtrams@social.sample.invalid ophelia@social.sample.invalid
nightbaker@social.sample.invalid sigrid@fjord.sample.invalid dadjokes_daily@social.sample.invalid
clara_reads@buch.sample.invalid kettlegeek@social.sample.invalid roan@social.sample.invalid
mira_runs@social.sample.invalid stellan@fjord.sample.invalid oldmill@social.sample.invalid
papercuts@social.sample.invalid zofia@social.sample.invalid sparks_electric@social.sample.invalid
hannah_b@social.sample.invalid gustav@social.sample.invalid"""
SOCIAL_ZH = """xiaoman@social.sample.invalid akai@hai.sample.invalid yunduo@social.sample.invalid
laozhou@hai.sample.invalid mumu_cat@social.sample.invalid chenchen@hai.sample.invalid"""
SHUO = """晚风吹过屋顶 老王修电脑 不吃香菜 耳朵说了算 二十七楼的猫 小鹿乱撞 通勤两小时 键盘侠本侠 南方没有暖气 半杯美式
阿杰在路上 木耳一只 云上的日子 番茄炒西红柿 今天也没睡好 深圳打工人 降噪依赖症 六月的雨 一只柠檬精 张工不加班
桃子味汽水 城北徐叔 图书馆钉子户 退休老李 低音炮炮 西瓜籽儿 拖延症晚期 海盐饼干 山里信号差 慢跑的胖子 理性吃瓜 二手东小王"""
REVIEWERS = """Annegret P.|Tom H.|Lucía R.|Mrs. Okafor|B. Lindqvist|Jamie|Karsten D.|Priya S.|M. Dubois|Old Joe|Nadia|Chris W.
|Ewa K.|Femke|R. Castellano|Helen, Cork|Stefan B.|Yuki N.|Gareth|Dorothea V.|Sam|Ines M.|P. Novak|Leo|Ruth A.|Henrik"""
REVIEWERS_ZH = "林**|张先生|爱喝茶的鱼|w***8|小陈同学|周女士|匿名用户|h***n|大橘为重|李姐|阿木|t***y|程序员老何|南瓜妈妈"
STAFF = {
    "news": ["Ida Sorensen", "Paul Achterberg", "Newsroom", "Consumer desk", "Rosalind Hu"],
    "wire": ["Sample Wire"],
    "gazette": ["Gazette"],
    "blog": ["耳边"],
}
CAST = {
    ("forum", "en"): FORUM.split(),
    ("social", "en"): SOCIAL.split(),
    ("social", "zh"): SOCIAL_ZH.split(),
    ("shuo", "zh"): SHUO.split(),
    ("reviews", "en"): [x.strip() for x in REVIEWERS.split("|")],
    ("reviews", "zh"): REVIEWERS_ZH.split("|"),
}

OPENERS = {
    "en": [
        "Morning all. ",
        "Long-time lurker here. ",
        "Short one. ",
        "Right, my turn. ",
        "Small update. ",
        "Since you ask. ",
        "Hello from a rainy kitchen. ",
        "Bit of a rant, sorry. ",
        "Not an expert, just a user. ",
        "Back again. ",
        "Hm. ",
    ],
    "zh": [
        "路过说两句。",
        "来交作业了。",
        "第一次发帖。",
        "更新一下。",
        "长话短说。",
        "个人感受，仅供参考。",
        "纯路人。",
        "潜水多年冒个泡。",
    ],
}
CLOSERS = {
    ("en", "+"): [
        " Recommended.",
        " Would buy again.",
        " Ten out of ten.",
        " 😊",
        " Very happy with it.",
        " Just saying.",
        " No notes.",
    ],
    ("en", "?"): [" Thanks in advance.", " Cheers.", " Any hint welcome.", " Over to you."],
    ("en", "0"): [" That's all.", " For what it's worth.", " Make of that what you like."],
    ("en", "-"): [
        " Avoid.",
        " Not happy.",
        " 😡",
        " Rant over.",
        " Never again.",
        " Has anyone had more luck?",
        " And that is me being polite.",
    ],
    ("zh", "+"): ["推荐。", "👍", "好评。", "会回购。", "真心的。", "不吹不黑。"],
    ("zh", "?"): ["谢谢。", "求解答。", "坐等回复。"],
    ("zh", "0"): ["仅记录。", "就这样。", "供参考。"],
    ("zh", "-"): ["避雷。", "😤", "无语。", "大家慎重。", "就这样吧。", "真的会谢。"],
}
TYPOS = [
    ("because", "becuase"),
    ("definitely", "definately"),
    ("received", "recieved"),
    ("their ", "thier "),
    ("really", "realy"),
    ("should", "shoud"),
    ("again", "agian"),
    ("until", "untill"),
    ("which", "wich"),
    ("believe", "beleive"),
    ("their", "there"),
    ("separate", "seperate"),
    ("morning", "mornign"),
    ("always", "allways"),
    ("another", "anohter"),
]
THREADS = {  # where those post who have no thread of their own: (source, market)
    ("forum", "kettles"): [
        "Kettle recommendations under 80",
        "Kitchen gear: love it or bin it",
        "What did you buy this week?",
        "Your kettle, your toaster, your story",
    ],
    ("forum", ""): ["Chat in the kitchen"],
    ("shuo", "earphones"): ["耳机日常楼", "今天你戴的哪副？", "入手和出手都说一声"],
    ("shuo", "kettles"): ["小家电随便聊", "厨房小电器使用感受"],
    ("shuo", ""): ["日常闲聊"],
}

HOSTS = {
    "forum": "forum.sample.invalid",
    "news": "news.sample.invalid",
    "blog": "erbian.sample.invalid",
    "gazette": "gazette.sample.invalid",
    "reviews": "reviews.sample.invalid",
    "social": "social.sample.invalid",
    "shuo": "shuo.sample.invalid",
    "wire": "wire.sample.invalid",
}


# Chosen: how busy an hour is, by UTC. Europe talks at breakfast, lunch and in the evening,
# China eight hours earlier.
HOURS = {
    "en": [1, 0.5, 0.3, 0.2, 0.5, 2, 5, 7, 6, 5, 5, 6, 7, 5, 4, 5, 6, 8, 10, 11, 10, 7, 4, 2],
    "zh": [5, 5, 5, 5, 7, 7, 5, 4, 4, 5, 6, 8, 10, 11, 10, 7, 4, 2, 1, 0.5, 0.3, 0.3, 1, 3],
}
WEEK = [1.0, 0.95, 0.95, 0.95, 0.9, 1.15, 1.25]


def moment(day, lang, dice, first=0, last=23):
    hours = [w if first <= h <= last else 0 for h, w in enumerate(HOURS[lang])]
    return START + timedelta(
        days=day, hours=dice.weighted(hours), minutes=dice.below(60), seconds=dice.below(60)
    )
