"""Whether a number has happened (actual), is aimed at (target), or is a norm that a policy sets (rule)."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.article import Article, Span
from extractors.record import MetricChange, Status
from extractors.records.metric_place import Place
from extractors.rules import load

AWARD: Final = re.compile(
    r"给予|予以(?!表扬|通报)|返还|连续[\d一二三四五]+年|奖励|奖补|补助|补贴|资助|贴息|扶持|减免|减征|免征|减按|处以|罚款|出资|拨付|不得|应当|兑现|征收|缴纳|注册资本|期限|标准"
)
NORM: Final = re.compile(
    r"对[^，。；]{2,60}(?:的|企业|项目|单位|机构|个人|团队|平台|中心|基地|产品)[^，。]{0,40}[，,]?|最高|不超过|不高于|不低于|不少于|每[家个人名户项年台亩]|按照?[^，。]{1,40}(?:比例|标准|的\d|给予)|分别给予|一次性|凡|符合"
)
PAID: Final = re.compile(
    r"已(?!经认定|获)|累计(?:发放|拨付|兑现|奖励|减免|投入|为|达|\d)|共(?:发放|拨付|兑现|奖励|补助|使用|减免|投入)|发放了|去年|截至|全年(?:发放|兑现|拨付)|(?:奖励|补助|补贴|资助)(?:资金)?(?:达|共|总额)|以来|共计|为\d+[家户]"
)
AIM: Final = re.compile(
    r"力争|争取|确保|(?:预期|发展|工作|主要|总体)目标|目标(?=是|为|：|值|任务)|预期|预计|计划(?=到|在|于|新|建|投|引|实|安排|完成|将|用|开|为)|将(?!近|士|领|军|[^，。]{1,20}(?:作为|列为|纳入|整合|细分|转换|分为))|到20\d\d年|新的一年|拟(?!定)|明年|未来[一二三四五\d]年|今后"
)
DONE: Final = re.compile(
    r"已(?!经济)|累计(?!不|[^，。\d]{0,8}不[少超低])|截至|同比|一年来|过去|去年|荣获|获评|入选|位居|以来|目前|成功|蝉联|跃居|超额|通报表扬|予以表扬|[细划]分为|分解为"
)
PLAN_TITLE: Final = re.compile(r"行动计划|实施方案|工作方案|行动方案|规划|工作要点|任务分工|实施意见|指导意见")
RULE_TITLE: Final = re.compile(r"若干政策|若干措施|政策措施|扶持政策|管理办法|实施细则|奖励办法|暂行办法|条例|规定")
MOST: Final = 5.0  # log odds that the words around a sentence can add up to
PRIOR: Final = {
    "policy": 2.0,
    "call": 1.0,
    "interpretation": 1.0,
    "announcement": -1.0,
    "news": -2.0,
    "bulletin": -2.0,
    "newspaper": -2.0,
    "report": 0.0,
}


@cache
def _mood() -> tuple[re.Pattern[str], dict[str, float]]:
    table = load("metric").tables["mood"]
    weights = dict(table["plan"]) | {w: -v for w, v in table["review"].items()}
    return re.compile("|".join(sorted(weights, key=len, reverse=True))), weights


def mood(text: str, span: Span) -> float:
    """Log odds, by the words of the table, that a stretch speaks of plans (above 0) rather than of what was done."""
    pattern, weights = _mood()
    return sum(weights[w] for w in pattern.findall(text, span.start, span.end))


@dataclass(slots=True)
class Moods:
    """The mood of an article's paragraphs; a long paragraph speaks for itself, a short one follows those before."""

    article: Article
    prior: float = 0.0
    sections: tuple[tuple[int, float], ...] = ()  # (offset, log odds) of headings that say 回顾 or 安排
    rule_title: bool = False
    _carried: float = 0.0
    _at: int = -1
    _here: float = 0.0

    def at(self, place: Place) -> float:
        """The log odds at a paragraph, apart from the sentence itself; call in text order."""
        if place.paragraph.start != self._at:
            self._carried = self._carried * 0.5 + 0.5 * self._here
            self._at, self._here = place.paragraph.start, mood(self.article.text, place.paragraph)
        around = self._here - mood(self.article.text, place.sentence)
        return max(-MOST, min(MOST, 0.6 * around + 0.5 * self._carried)) + self._section(place.quantity.start) + self.prior

    def _section(self, at: int) -> float:
        """What the last heading of the kind says; a later one replaces it."""
        n = bisect_right(self.sections, (at, 9.0)) - 1
        return self.sections[n][1] if n >= 0 else 0.0


# A heading or opening words that begin a review (group 1) or a plan (group 2).
SECTION: Final = re.compile(
    r"^[ 　]*(?:[^，。\n]{0,16}?)(?:(工作回顾|情况回顾|主要成效|工作成效|工作总结|过去一年|一年来)|(重点任务|工作安排|工作部署|重点工作|主要任务|工作打算|下一步|总体要求|发展目标|主要目标|工作目标|今后五年|新的一年|工作重点))[^，。\n]{0,20}",
    re.M,
)
SECTION_ODDS: Final = 4.0


def _sections(text: str) -> tuple[tuple[int, float], ...]:
    return tuple((m.start(), -SECTION_ODDS if m[1] else SECTION_ODDS) for m in SECTION.finditer(text))


def moods(article: Article) -> Moods:
    """What an article's kind, title and first words say of its mood."""
    title = article.title or article.text[:60]
    prior = PRIOR[article.kind]
    if PLAN_TITLE.search(title + article.text[:200]) and article.kind in ("policy", "call", "interpretation", "report"):
        prior += 4.0
    if re.search("将|拟|力争|计划到", title):
        prior += 5.0
    return Moods(article, prior, _sections(article.text), bool(RULE_TITLE.search(title + article.text[:200])))


def status(place: Place, change: MetricChange | None, outlook: Moods) -> tuple[Status, str]:
    """(status, the rule that told it)."""
    text = place.text
    sentence = text[place.sentence.start : place.sentence.end]
    if _is_rule(place, sentence, outlook):
        return "rule", "norm"
    lead = text[place.sentence.start : place.quantity.start]
    clause = text[place.clause.start : place.clause.end]
    if outlook.article.kind == "report":
        clause, lead = clause.replace("预计", "    "), lead.replace("预计", "    ")  # a report estimates the year that it reviews
    if AIM.search(clause) or (AIM.search(lead) and not DONE.search(clause)):
        return "target", "aim"
    general = outlook.at(place)
    if DONE.search(clause) or DONE.search(lead):
        return "actual", "done"
    own = mood(text, place.sentence)
    return ("target", "mood") if own + general > 0 else ("actual", "mood")


def _is_rule(place: Place, sentence: str, outlook: Moods) -> bool:
    if not AWARD.search(sentence) or PAID.search(sentence):
        return False
    if outlook.article.kind in ("policy", "interpretation", "call") or outlook.rule_title:
        return bool(NORM.search(sentence)) or bool(re.search("给予|奖励|奖补|补助|补贴|资助|贴息|罚款|处以|返还|连续", sentence))
    return bool(re.search("给予|予以|奖励|补助|补贴|资助|贴息", sentence)) and bool(re.search("最高|不超过|按照?.{1,40}(?:比例|标准|%)", sentence))
