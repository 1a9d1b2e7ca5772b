"""The head of a document: furniture above it, title over one or more lines, 文号, addressees (GB/T 9704-2012, 7.3)."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from extractors.article import Article, Origin, Span, Stated
from extractors.days import HAN_DAY
from extractors.issuers import ORDER_LINE, ORGANISATION, order_issuer
from extractors.metadata import NUMBER, label_field
from extractors.numbering import number_of
from extractors.passed import is_note, passed

DEEPEST = 30  # blocks that a head may take
LONGEST_TITLE = 150
LEAST_ALIKE = 0.75
LONGEST_HEAD_LINE = 1000  # characters: longer blocks are text
LONGEST_LINE = 45  # characters of one line of a title that goes on below
STEP = re.compile(r"[>＞»›]")
BREADCRUMB = re.compile(r"(?:当前|现在|所在)的?位置|^\s*[>＞»›]|^首页\s*[>＞»›\-|]|^[^。]{1,20}?\s*(?>[>＞»›]\s*[^。>＞»›]{1,20}\s*){2,}$")
SOURCE_LINK = re.compile(r"^(?:原文链接|来源链接|原文地址|原文网址)\s*[:：]\s*https?://(?:www\.)?([\w.-]+)")
REPOSITORY = re.compile(r"^【[^】]{2,10}】\s*[\w.-]+$")
PAIR = re.compile(
    r"([\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,9}?[\u4e00-\u9fff])\s*[：:]\s*([^：:]*?)"
    r"(?=\s+[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,8}[：:]|\s+(?:19|20)\d\d[-年/.]|[|｜\[【]|$)"
)
CONTROLS = re.compile(r"字体|字号|打印|收藏|关闭|分享|浏览次数|点击(?:数|量)|阅读(?:数|量)|扫一扫|【\s*大\s*中\s*小\s*】|A[+-]")
DATE_LINE = re.compile(rf"^[（(]?\s*{HAN_DAY}\s*(?:印发)?[）)]?$|^\d{{4}}-\d{{1,2}}-\d{{1,2}}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?$")
SUBTITLE = re.compile(
    r"^[（(](?:试行|暂行|修订|修订版|征求意见稿|送审稿|草案|共\s?\d+\s?[项条个]|(?:19|20)\d\d\s?[-—－–~～至到]{1,2}\s?(?:19|20)\d\d\s?年?|(?:19|20)\d\d年[^）)]{0,10})[）)]$"
)
DOCUMENT_WORDS = (
    "通知|意见|决定|决议|通报|公告|通告|批复|复函|函|办法|规定|方案|措施|细则|规划|纲要|计划|条例|报告|请示|令|指南|名单|公示|要点|政策|规则|章程|制度|标准|目录|清单|"
    "指引|说明|解读|大纲|规程|准则|公报|议案|纪要|倡议书|图解|问答|预案|分工|安排|程序|守则|预算|决算|年报|解释"
)
DOCUMENT_END = re.compile(rf"(?:{DOCUMENT_WORDS})(?:[（(][^（）()]{{1,30}}[）)])*$")
NOTICE_END = re.compile(r"(?:通知|意见|决定|通报|公告|通告|批复|函|令|请示|报告|公示)(?:[（(][^（）()]{1,30}[）)])*$")
CITES = re.compile(r"关于|印发|转发|批转|发布|公布|下达")
ADDRESSED = re.compile(r"政府|部门|单位|[厅局委办处部会院校]|机构|企业|公司|中心|组织|人员|申报|同志|代表")
ATTACHED = re.compile(r"附\s?件\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:]?")  # alone above the title of an attachment that is a file
SPACED = re.compile(r"(?:\S[ \u3000]{1,3}){3,}\S")  # 办 事 规 则: letter-spaced by hand
STOPS = re.compile(r"[。；;！!？?]$|[，,：:、]$")
GROUP_END = re.compile(r"[：:]")


@dataclass(frozen=True, slots=True)
class Head:
    """Block indices and what they say. `body` is the first block after the head."""

    title: str | None = None
    title_blocks: tuple[int, ...] = ()
    addressees: Span | None = None
    body: int = 0
    furniture: tuple[int, ...] = ()
    stated: tuple[Stated, ...] = field(default=())


def line(article: Article, i: int) -> str:
    return article.text[article.blocks[i].start : article.blocks[i].end]


def squeezed(text: str) -> str:
    return re.sub(r"[\s　“”\"‘’'《》〈〉「」『』（）()【】\[\]，,、。.；;：:·\-—－–]", "", text)


def alike(a: str, b: str) -> float:
    """How much two titles are the same, 0..1, and 0 where it is less than `LEAST_ALIKE`; marks and spaces do not count."""
    a, b = squeezed(a), squeezed(b)
    if a == b:
        return float(bool(a))
    shared = set(a)
    if 2 * min(len(a), sum(c in shared for c in b)) < LEAST_ALIKE * (len(a) + len(b)):
        return 0.0  # too few characters are the same in any order
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= LEAST_ALIKE else 0.0


def crumb(text: str) -> str | None:
    """The column at the end of a trail: 首页 > 政务公开 > 政策解读 > 正文."""
    if len(text) > LONGEST_TITLE or not STEP.search(text) or not BREADCRUMB.search(text):
        return None
    parts = [p.strip() for p in STEP.split(text) if p.strip()]
    named = [p for p in parts[1:] if not re.fullmatch(r"正文|详情|内容|(?:正文|详细)内容|(?:内容|信息|文章|新闻)?详情页?", p)]
    return named[-1] if named and len(named[-1]) <= 12 else None


def head_of(article: Article, known: str | None = None) -> Head:
    """The head of an article; `known` is its title where the page says it elsewhere."""
    return _Parser(article, known).parse()


class _Parser:
    """Walks the first blocks once; each `_try…` takes the block it stands on or leaves it."""

    def __init__(self, article: Article, known: str | None) -> None:
        self.article, self.known = article, known
        self.at = 0
        self.title_blocks: list[int] = []
        self.titled = known is not None
        self.number: int | None = None
        self.addressees: Span | None = None
        self.furniture: list[int] = []
        self.notes: list[int] = []
        self.stated: list[Stated] = []

    def parse(self) -> Head:
        end = min(len(self.article.blocks), DEEPEST)
        while (
            self.at < end
            and len(self._line()) <= LONGEST_HEAD_LINE
            and (self._try_furniture() or self._try_title() or self._try_number() or self._try_order() or self._try_dates())
        ):
            self.at += 1
        self._try_addressees()
        title = joined_title([line(self.article, i) for i in self.title_blocks]) or None
        self.stated += passed((line(self.article, i), self.article.blocks[i].start) for i in self.notes)
        return Head(title, tuple(self.title_blocks), self.addressees, self.at, tuple(self.furniture), tuple(self.stated))

    def _line(self) -> str:
        return line(self.article, self.at).strip()

    def _state(self, name: str, value: str, start: int) -> None:
        origin: Origin = "byline" if name in ("origin", "published_date") else "table"
        self.stated.append(Stated(field=name, value=value, origin=origin, where="题头", span=Span(start, start + len(value))))

    def _try_furniture(self) -> bool:
        text = self._line()
        link = SOURCE_LINK.match(text)
        if column := crumb(text):
            self._state("column", column, self.article.blocks[self.at].start + line(self.article, self.at).index(column))
        if link:
            self._state("origin", link[1], self.article.blocks[self.at].start + link.start(1))
        elif not (self._outside(text) or self._pairs(text) or (len(text) <= 60 and CONTROLS.search(text))):
            return False
        self.furniture.append(self.at)
        return True

    def _outside(self, text: str) -> bool:
        if not self.titled and self.at == len(self.furniture) and ATTACHED.fullmatch(text):
            return True
        return bool(BREADCRUMB.search(text) or REPOSITORY.match(text))

    def _pairs(self, text: str) -> bool:
        """label：value, one or more in a line; True where every label is known."""
        found = [(m, label_field(m[1])) for m in PAIR.finditer(text)] if len(text) <= 200 else []
        if not found or not any(name for _, name in found):
            return False
        start = self.article.blocks[self.at].start + line(self.article, self.at).index(text)
        for match, name in found:
            if name and match[2].strip():
                self._state(name, match[2].strip(), start + match.start(2))
        return True

    def _try_title(self) -> bool:
        text = self._line()
        if self.number is not None and self.titled and not self._goes_on(text):
            return False
        if self.known and self._says_known(text):
            self.title_blocks.append(self.at)
            return True
        if self.titled and self.title_blocks and (self._goes_on(text) or self._again(text)):
            if not self._again(text):
                self.title_blocks.append(self.at)
            return True
        if self.titled or not self._titular(text):
            return False
        self.title_blocks.append(self.at)
        self.titled = True
        return True

    def _says_known(self, text: str) -> bool:
        """The known title, or one line of it."""
        bare, known = squeezed(text), squeezed(self.known or "")
        part = bool(bare) and bare in known and (self.title_blocks or len(text) >= 6) and not NUMBER.fullmatch(text)
        return bool(part) or alike(text, known) >= 0.8

    def _again(self, text: str) -> bool:
        """The title a second time, as exports print it: list title, then the document's own."""
        return alike(text, joined_title([line(self.article, i) for i in self.title_blocks])) >= 0.9

    def _goes_on(self, text: str) -> bool:
        """The title's next line."""
        if self.article.blocks[self.at].cell:
            return False
        if not self.title_blocks or self.title_blocks[-1] != self.at - 1 or self.known:
            return bool(self.title_blocks and self.title_blocks[-1] == self.at - 1 and SUBTITLE.match(text))
        title = joined_title([line(self.article, i) for i in self.title_blocks])
        if SUBTITLE.match(text) or unclosed(title):
            return len(title) + len(text) <= LONGEST_TITLE
        wanting = (CITES.search(title) or ORGANISATION.match(title)) and not NOTICE_END.search(title)
        return bool(wanting) and titular(text) and len(title) <= LONGEST_LINE * 3 and len(text) <= LONGEST_LINE and self._ends_soon()

    def _ends_soon(self) -> bool:
        """One of the next lines ends a title as documents' titles end."""
        ahead = range(self.at, min(self.at + 4, len(self.article.blocks)))
        return any(DOCUMENT_END.search(line(self.article, i).strip()) for i in ahead)

    def _titular(self, text: str) -> bool:
        return titular(text) and self._has_body()

    def _has_body(self) -> bool:
        """Something longer than the title follows, or a table whose cells may all be short."""
        after, blocks = range(self.at + 1, min(self.at + 12, len(self.article.blocks))), self.article.blocks
        if any(blocks[i].cell for i in after[:3]) and not blocks[self.at].cell:
            return True
        return any(len(line(self.article, i)) > 40 or STOPS.search(line(self.article, i)) for i in after)

    def _try_number(self) -> bool:
        text = self._line()
        found = NUMBER.search(text) if self.number is None and "号" in text else None
        if not found or len(found[0]) < len(text.strip("（）() ")) - 2 or DATE_LINE.match(text):
            return False
        self.number = self.at
        start = self.article.blocks[self.at].start + line(self.article, self.at).index(found[0])
        bare = found[0].strip("（）() ") if found[0].startswith(("（", "(")) else found[0]
        start += found[0].index(bare)
        self.stated.append(Stated(field="doc_number", value=bare, origin="text", where="under the title", span=Span(start, start + len(bare))))
        return True

    def _try_order(self) -> bool:
        """第3号 on a line of its own, under a title that is the name of an order (某部令)."""
        text, title = self._line(), joined_title([line(self.article, i) for i in self.title_blocks])
        if self.number is not None or not title.endswith("令") or not ORDER_LINE.fullmatch(text):
            return False
        self.number = self.at
        block = self.article.blocks[self.at]
        span = Span(block.start, block.end)
        self.stated.append(Stated(field="doc_number", value=title + text, origin="inferred", where="under the title", span=span))
        if issuer := order_issuer(title):
            self.stated.append(Stated(field="issuers", value=issuer, origin="inferred", where="title"))
        return True

    def _try_dates(self) -> bool:
        """（某日某会通过）, or the day of publication below the title."""
        text = self._line()
        before = line(self.article, self.at - 1) if self.notes and self.notes[-1] == self.at - 1 else ""
        if (text.startswith(("（", "(", "—")) or self.title_blocks) and is_note(text, before):
            self.notes.append(self.at)
            return True
        if not self.title_blocks or not DATE_LINE.match(text) or text.endswith("印发"):
            return False
        self._state("published_date", text, self.article.blocks[self.at].start + line(self.article, self.at).index(text))
        return True

    def _try_addressees(self) -> None:
        """The bodies that a notice speaks to: up to the first colon of the block after the head."""
        if self.at >= len(self.article.blocks) or not self.titled:
            return
        block = self.article.blocks[self.at]
        text = line(self.article, self.at)
        colon = GROUP_END.search(text)
        if (
            colon is None
            or colon.start() > 400
            or not ADDRESSED.search(text[: colon.start()])
            or re.search(r"[。；]|附件|如下", text[: colon.start()])
            or number_of(text)
        ):
            return
        if colon.end() < len(text.rstrip()) and not text[colon.end()].isspace():
            return
        self.addressees = Span(block.start, block.start + colon.start())
        value = text[: colon.start()].strip()
        self.stated.append(Stated(field="addressees", value=value, origin="text", where="主送", span=self.addressees))
        if colon.end() >= len(text.rstrip()):
            self.at += 1


def titular(text: str) -> bool:
    """The form of a title: short, no sentence, no number, no date in front."""
    bare = text.strip()
    if not 4 <= len(bare) <= LONGEST_TITLE or STOPS.search(bare) or DATE_LINE.match(bare) or number_of(bare):
        return False
    if re.match(r"附\s?件|附\s?表|附\s?录|抄送|主送|编辑|责任编辑|记者|通讯员|（|\(|—|为", bare) or "。" in bare:
        return False
    return bool(DOCUMENT_END.search(bare)) or (len(bare) <= 60 and bare.count("，") <= 2 and not NUMBER.fullmatch(bare))


def unclosed(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("《》", "（）", "“”", "()"))


def joined_title(lines: list[str]) -> str:
    """The lines of a title as one; a repeated headline behind it is left out (list title, then kicker)."""
    title = "".join(part.strip() for part in lines)
    return re.sub(r"\s", "", title) if SPACED.fullmatch(title) else _without_repeat(title)


def _without_repeat(title: str) -> str:
    parts = re.split(r"([ 　]+)", title)
    for n in range(2, len(parts), 2):
        if len(parts[n]) >= 8 and alike(parts[n], parts[0]) >= 0.8:
            return "".join(parts[: n - 1])
    return title
