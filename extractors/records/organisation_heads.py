"""Names by their last word: …有限公司, …研究院, …实验室, …领导小组."""

import re
from collections.abc import Iterator, Sequence

from extractors.names.authority import LEVEL_WORDS
from extractors.record import OrganisationType
from extractors.records.organisation_edge import KIND_LIKE, NATION, ZONES, Piece, pieces_before
from extractors.records.organisation_reading import PARTS, Candidate, Reading
from extractors.records.organisation_words import Head, words

# A number before or behind makes it a kind, not a name: 3家研究院, 研发机构20家.
_COUNT = re.compile(
    r"([\d一二两三四五六七八九十百千万]+[余多几]?(家|个|所|批|座|处|类|支|大|种|项|名)(以上|左右)?|一批|若干|多家|多个|最大的?|最[高优全好]的?|领先的?|各类|各级|各|两个|首批|国家级|省级|市级)$"
)
_COUNTED = re.compile(
    r"(达到?|超过?|约|总数|数量|增至|共)?[ \t]*\d|[一二三四五六七八九十]+(家|个|所)"
    r"|模式|[化性群数](?!物)|产业(?:生态|集群|链)|生(?!物|命|态)|城区|城市|任务|环节|思想|派"
)
_OFFICE = re.compile("办公室")
# Roles of cities, not bodies: 国际金融中心, 国际航运中心.
_CONCEPT = re.compile(r"国际(经济|金融|贸易|航运|消费|科技创新|科创|会展|旅游)$")
_ROLES = ("示范区", "先行区", "试验区", "先导区")
_BY_NAME = ("医院", "中学", "小学", "学校")
_BY_TASK = ("研究所", "联盟")  # a place and two common words name one
_BECOMING = ("打造", "争创", "争当", "建成", "打造成")
_WHOSE = "某该本各央国民外省市上"  # 国资公司, 该类公司
_BODY = ("会议", "组长", "副组长", "成员")  # of a leading group
_OF_STATE = ("技术创新中心", "产业创新中心", "制造业创新中心", "科学中心")
_FIELDED = ("重点实验室", "工程研究中心", "技术创新中心", "工程技术研究中心")
_FIELD = re.compile(r"[（(](?!以下|简称|含|包括|位于)([\u4e00-\u9fff]{4,20})[）)]")
_TAIL = re.compile(r"（(暂名|筹|筹建)）|\((暂名|筹|筹建)\)")
# Before 有限公司 these make a bank, an insurer or an investment firm.
_FINANCIAL = re.compile("(?:银行|保险|证券|信托|期货|担保|租赁|财务|小额贷款|消费金融|创业投资|风险投资|股权投资|投资基金|基金管理|资本(?:管理)?)$")
# A service centre of the sciences is a platform; one for citizens and trade an institution.
_SCIENCE = re.compile("科技|创新|技术|孵化|创业|成果|知识产权|研究|研发")
# A centre that serves citizens is an institution.
_CITIZENS = re.compile("医保|社保|医疗保障|社会保险|医疗保险|就业|救助|公积金|不动产|婚姻|殡葬|血液|献血|疾病防治|防治|托育|养老")
_FIRM = re.compile("(?:股份|集团)?有限(?:责任)?公司|集团")


def find(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names that end in a head. `known` are mentions found before: a name may begin with one (北京大学第一医院)."""
    lexicon = words()
    known_ends = {c.end: c.start for c in known}
    last = (-1, "")  # end and type of the name before
    for start, end, number in lexicon.automaton.find(reading.text):
        head = lexicon.heads[number]
        if not _bounded(reading, start, end) or _COUNTED.match(reading.text, end) or _is_region(reading, end):
            continue
        pieces = pieces_before(reading, start, known_ends, lexicon, firm=head.firm)
        if end in known_ends and not any(p.place for p in pieces):
            continue  # the name is known as it stands
        if pieces and (_names(reading, pieces, start, head) or _is_sibling(reading, pieces, head, last)):
            last = (end, head.type)
            kind = _type(reading.text[pieces[0].start : end], head)
            yield Candidate(start=pieces[0].start, end=_tail(reading.text, end, kind), type=kind, rule="head", rank=1, confidence=0.8)


def _tail(text: str, end: int, kind: OrganisationType) -> int:
    """Over （筹）, the field of a laboratory of the state in brackets, and the office of a leading group."""
    tail = _TAIL.match(text, end) or (_OFFICE.match(text, end) if kind == "government" else None) or _field(text, end)
    return tail.end() if tail else end


def _field(text: str, end: int) -> re.Match[str] | None:
    """（储能电池安全） behind 重点实验室: ministries name their laboratories by the field in brackets."""
    field = _FIELD.match(text, end) if text.endswith(_FIELDED, 0, end) else None
    return field if field and not words().ends_in_head(field[1]) else None


def _type(name: str, head: Head) -> OrganisationType:
    """The type that the head gives, but 某银行股份有限公司 is finance."""
    own = name[: -len(head.text)]
    if _FIRM.fullmatch(head.text) and _FINANCIAL.search(own):
        return "finance"
    if head.text in ("中心", "分中心") and _CITIZENS.search(own[-6:]):
        return "institution"
    return "platform" if head.text in ("服务中心", "交易中心") and _SCIENCE.search(own) else head.type


def _is_region(reading: Reading, end: int) -> bool:
    """浦东新区 is a region; a development zone that has a code is a platform as well."""
    return end in reading.region_ends and reading.region_ends[end][1].level != "zone"


def _bounded(reading: Reading, start: int, end: int) -> bool:
    """Whether a head ends where a word ends and is no part of another one (宅|基地)."""
    if reading.text.startswith("园区", end - 1):  # 产业园|区: another word
        return False
    if end not in reading.bounds and end not in reading.ends and not reading.text.startswith(_BODY, end):
        return False
    if reading.text.startswith("中心", start) and reading.text[start - 1 : start] in LEVEL_WORDS:  # 市中心|医院
        return True
    return start in reading.bounds or start in reading.starts or start - 1 not in reading.starts


def _is_kind(reading: Reading, pieces: list[Piece], start: int) -> bool:
    """Whether the words make a kind or a role of what follows: 3家…, 省级…, 副中心, 国际金融中心."""
    first = pieces[0].start
    if reading.text.startswith("资本", start) and (len(pieces) > 1 or not pieces[0].proper):  # 国有资本, 社会资本
        return True
    counted = _COUNT.search(reading.text, max(0, first - 8), first) or _CONCEPT.search(reading.text[first:start])
    return bool(counted) or pieces[-1].text == "副" or any(p.text.endswith("级") for p in pieces)


def _names(reading: Reading, pieces: list[Piece], start: int, head: Head) -> bool:
    """Whether a body says which one: a known name, a quotation, a word that no dictionary has, a place and something else."""
    lexicon = words()
    first = pieces[0]
    if _is_kind(reading, pieces, start) or _is_role(reading, pieces, head):
        return False
    if _national(pieces) or any(p.proper and not p.place and _says_which(p, head) for p in pieces):
        return True
    end = start + len(head.text)
    of_field = (_of_state(pieces) and _field(reading.text, end)) or _is_quoted(reading, pieces, end, head)
    if of_field or _is_council(pieces, head) or _is_brand_company(pieces, head) or _is_attached(pieces, head):
        return True
    content = any(_is_content(p) for p in pieces)
    if any(p.place for p in pieces):
        part = len(pieces) > 1 and any(PARTS.fullmatch(p.text) for p in pieces)  # 浙西南某产业园
        said = head.text in _BY_TASK and start - pieces[0].end >= 4  # 某市科技信息研究所
        return content or part or said or not head.many or sum(p.place for p in pieces) > 1 or _city_college(pieces, head)
    if first.text in LEVEL_WORDS:
        own = len(pieces) > 1 or head.type in ("institution", "university", "institute")  # 省博物馆
        investing = pieces[-1].text.endswith(("投", "控"))  # 市创新投集团
        leading = any(p.text in lexicon.leads for p in pieces[1:])  # 省高水平医院 are many
        special = head.text.endswith(("集团", "医院", "公司")) and (investing or not leading)
        return own and (head.single or special or (content and not head.many))
    return content and ((head.firm and (start - first.start >= 4 or head.text.startswith("职业"))) or head.text.endswith(lexicon.subjects))


def _is_quoted(reading: Reading, pieces: list[Piece], end: int, head: Head) -> bool:
    """“晨星集团”: a company's name from sign to sign."""
    whole = reading.text[pieces[0].start - 1 : pieces[0].start] == "“" and reading.text.startswith("”", end)
    return head.text.endswith(("公司", "集团")) and whole and any(_is_content(p) for p in pieces)


def _is_sibling(reading: Reading, pieces: list[Piece], head: Head, last: tuple[int, str]) -> bool:
    """综合交通实验室 right behind 紫金山实验室、: a list names all its members or none."""
    listed = last == (pieces[0].start - 1, head.type) and pieces[0].text not in NATION and reading.text[last[0]] == "、"
    return listed and any(_is_content(p) for p in pieces) and not _is_kind(reading, pieces, pieces[-1].end)


def _is_attached(pieces: list[Piece], head: Head) -> bool:
    """井大附属医院; 经开区人民医院; 稀土高新区管委会; 未来科学城."""
    first = pieces[0].text
    attached = len(pieces) > 1 and pieces[1].text == "附属" and first not in words().generic
    board = head.text in ("管委会", "管理委员会") and any(p.text in ZONES for p in pieces[1:])  # 稀土高新区管委会
    return attached or board or (first in ZONES and head.single) or (first == "未来" and head.text.endswith("城"))


def _of_state(pieces: list[Piece]) -> bool:
    return pieces[0].text in ("国家", "全国") or any(p.known for p in pieces)


def _is_role(reading: Reading, pieces: list[Piece], head: Head) -> bool:
    """打造…示范区: what a place is to become; “双增”先行区: a programme."""
    slogan = len(pieces) == 1 and pieces[0].tag == "quote"
    return head.text in _ROLES and (slogan or reading.text.endswith(_BECOMING, 0, pieces[0].start))


def _is_council(pieces: list[Piece], head: Head) -> bool:
    """国家…指导委员会, …工作部际联席会议: the state has one of each."""
    if head.text == "部际联席会议":
        return True
    field = head.text in _OF_STATE and any(_is_content(p) for p in pieces[1:])  # 国家…技术创新中心: one a field
    single = len(pieces) > 1 and head.single and head.type in ("government", "association")
    return pieces[0].text in ("国家", "全国") and (single or field)


def _is_brand_company(pieces: list[Piece], head: Head) -> bool:
    """云帆公司: a word of two signs that no dictionary has, and nothing else."""
    return head.text == "公司" and len(pieces) == 1 and pieces[0].proper and len(pieces[0].text) == 2 and pieces[0].text[0] not in _WHOSE


def _is_content(piece: Piece) -> bool:
    """Whether a word says more than that it is a body of some kind somewhere."""
    if piece.place or piece.text in words().generic or piece.text in LEVEL_WORDS:
        return False
    return piece.proper or not KIND_LIKE.fullmatch(piece.text)


def _says_which(piece: Piece, head: Head) -> bool:
    """Whether a proper word is enough for a head: for a placed one only a known body, a place, a number (第九中学) or an abbreviation
    in capitals; zones may bear any name (柳东高新区)."""
    if not head.placed or piece.known or piece.tag in ("ns", "ordinal"):
        return True
    if head.text in _BY_NAME:  # 太和医院, 巴蜀中学
        return len(piece.text) == 2 and piece.tag in ("nz", "nr", "nt")
    if piece.tag == "eng":
        return len(piece.text) > 2 and piece.text.isupper()
    return head.text in ("高新区", "经开区", "综保区", "大学城") and len(piece.text) == 2


def _city_college(pieces: list[Piece], head: Head) -> bool:
    """滁州学院, 滁州中学: the one school that bears a city's bare name."""
    return head.text in ("学院", "中学") and len(pieces) == 1 and len(pieces[0].text) == 2


def _national(pieces: list[Piece]) -> bool:
    """某某…全国重点实验室, …国家工程研究中心: a field before 国家 names one particular body."""
    at = next((n for n, p in enumerate(pieces) if p.text in ("全国", "国家")), 0)
    return any(p.text not in words().generic and len(p.text) > 1 for p in pieces[:at])
