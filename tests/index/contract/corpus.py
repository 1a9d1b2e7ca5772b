"""A few hundred invented rows with everything that text brings: 繁體, full width, ○, Latin, digits, missing values, equal dates."""

import random
from dataclasses import replace

from index.rows import ArticleRow, RecordRow, Row

PLACES = (("浙江", "330000"), ("宁夏", "640000"), ("湖南", "430000"), ("贵州", "520000"))
CITIES = {"330000": ("330400", "331100"), "640000": ("640500",), "430000": ("430900", "431300"), "520000": ("520500",)}
ISSUERS = ("省科学技术厅", "市经济和信息化局", "省财政厅", "市人力资源局", "省知识产权局")
CHAINS = ("机器人", "新材料", "海洋")
PARTS = (
    "科技创新券兑付",
    "技術合同登記",
    "孵化器绩效评价",
    "ＡＩ大模型应用",
    "第20条",
    "第二十条",
    "二○二四年",
    "2024年",
    "R&D经费",
    "院士工作站",
    "揭榜挂帅",
    "高新技术企业",
    "“专精特新”",
    "5G+工业互联网",
    "C++课程",
    "3.5亿元",
    "知識產權質押",
    "中试基地",
    "deep learning",
    "飞地孵化",
    "概念验证",
    "AI4S平台",
)
STOPS = ("，", "。", "、", "\n", "；", " ", "", "")
KINDS = ("policy", "news", "interpretation", "call")


def sentence(rng: random.Random, parts: int) -> str:
    return "".join(rng.choice(PARTS) + rng.choice(STOPS) for _ in range(parts))


def article(rng: random.Random, n: int) -> ArticleRow:
    place, code = rng.choice(PLACES)
    city = rng.choice(CITIES[code])
    day = f"{rng.randint(2019, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 9):02d}" if rng.random() < 0.9 else None
    issuers = tuple(rng.sample(ISSUERS, rng.randint(0, 3)))
    return ArticleRow(
        id=f"a{n:05d}",
        article=f"a{n:05d}",
        title=sentence(rng, 2),
        text=sentence(rng, rng.randint(3, 25)),
        source=f"s{n % 7}",
        article_kind=rng.choice(KINDS),
        issuers=issuers,
        chains=CHAINS[: n % 4],
        lead_issuer=issuers[0] if issuers else None,
        region=place,
        regions=(code, city),
        published=day,
        date=day,
        month=day[:7] if day else None,
        article_year=day[:4] if day else None,
        doc_number=f"测科发〔{2019 + n % 6}〕{n}号" if n % 3 else None,
        doc_year=2019 + n % 6 if n % 3 else None,
    )


def record(rng: random.Random, parent: ArticleRow, n: int) -> RecordRow:
    text = sentence(rng, 3)
    value = round(rng.uniform(1, 1000), 2) if rng.random() < 0.9 else None
    indicator = rng.choice(("登记额", "企业数", "经费", "奖补额"))
    return RecordRow(
        id=f"r{n:05d}",
        article=parent.article,
        title=parent.title,
        text=text,
        source=parent.source,
        article_kind=parent.article_kind,
        regions=parent.regions,
        published=parent.published,
        date=parent.date,
        kind=rng.choice(("metric", "action", "organisation")),
        start=0,
        end=len(text),
        quote=text,
        name=indicator,
        indicator=indicator,
        value=value,
        scaled=value,
        unit=rng.choice(("元", "家", "%")),
        year=rng.choice((2021, 2022, 2023, None)),
        state=rng.choice(("actual", "target")),
    )


def make(seed: int = 5, articles: int = 300) -> list[Row]:
    rng = random.Random(seed)
    out: list[Row] = []
    for n in range(articles):
        parent = article(rng, n)
        out.append(parent)
        out += [record(rng, parent, n * 10 + k) for k in range(rng.randint(0, 3))]
    return out


def changed(row: Row, seed: int) -> Row:
    """The same id with other words and another date."""
    rng = random.Random(f"{row.id}{seed}")
    return replace(row, text=sentence(rng, 8), date=f"20{rng.randint(10, 30)}-0{rng.randint(1, 9)}-11")
