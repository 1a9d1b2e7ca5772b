"""Whether a number has happened (actual), is aimed at (target), or is a norm that a policy sets (rule)."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from extractors.article import Article, Span
from extractors.record import Status
from extractors.records.metric_place import Place
from extractors.records.metric_words import cue, table

POLICIES: Final = ("policy", "call", "interpretation")
TITLE: Final = 60  # characters that stand for a title where none is given
HEAD: Final = 200  # characters in which a text names what it is
PLAN_ODDS: Final = 4.0
TITLE_ODDS: Final = 5.0
MOST: Final = 5.0  # log odds that the words around a sentence can add up to
PRIOR: Final = {
    "policy": 2.0,
    "call": 1.0,
    "interpretation": 1.0,
    "announcement": -1.0,
    "news": -3.0,
    "bulletin": -3.0,
    "newspaper": -3.0,
    "report": 0.0,
}


@cache
def _mood() -> tuple[re.Pattern[str], dict[str, float]]:
    weights = dict(table("mood", "plan")) | {w: -v for w, v in table("mood", "review").items()}
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
    begins: int | None = None  # the first year that a plan is for
    articles: int | None = None  # where the articles of a regulation begin, each of which lays down norms
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


ARTICLE: Final = re.compile(r"^[ 　]*第[一二三四五六七八九十百]+条", re.M)
PLANNED: Final = re.compile(r"(20\d\d)年?[ 　]?(?:——?|[-－–~～至])[ 　]?20\d\d年?[）)]?")
STATED_YEAR: Final = re.compile(r"[ 　]*(20\d\d)年(?:底|末|度)?[，,]?")  # at the head of a sentence
TITLE_AIM: Final = re.compile(r"将|拟(?![^，。]{0,40}(?:名单|公示))|力争|计划到")  # the figures of 拟认定名单 are those of who is listed
FEWEST: Final = 4  # lines that begin with 第…条 make a regulation
SECTION_ODDS: Final = 4.0
SUMMARY_ODDS: Final = 6.0  # more than the words around can outweigh
ANNOUNCED: Final = re.compile(r"^[^\n]{4,80}[：:][ 　]*$", re.M)  # 今年将办好十件实事：, above the paragraphs that list them


def _sections(text: str) -> tuple[tuple[int, float], ...]:
    headings = [(m.start(), -SECTION_ODDS if m[1] else SECTION_ODDS) for m in cue("section").finditer(text)]
    announced = [(m.start(), SUMMARY_ODDS) for m in ANNOUNCED.finditer(text) if cue("aim").search(m[0]) and not cue("done").search(m[0])]
    found = sorted(headings + announced)
    summary = cue("summary").search(text)
    line = text.rfind("\n", 0, summary.start()) + 1 if summary else 0
    if summary and (not found or line <= found[0][0]):  # what stands before it is the review
        found = [(0, -SUMMARY_ODDS), (summary.end(), 0.0), *(f for f in found if f[0] > summary.end())]
    return tuple(found)


def moods(article: Article) -> Moods:
    """What an article's kind, title and first words say of its mood."""
    title = article.title or article.text[:TITLE]
    head = title + article.text[:HEAD]
    prior = PRIOR[article.kind]
    if cue("plan_title").search(head) and article.kind in (*POLICIES, "report"):
        prior += PLAN_ODDS
    if TITLE_AIM.search(title):
        prior += TITLE_ODDS
    rules = bool(cue("rule_title").search(head if article.kind in POLICIES else title))
    span = PLANNED.search(head)
    begins = int(span[1]) if span and cue("plan_title").search(head) else None
    return Moods(article, prior, _sections(article.text), rules, begins, _articles(article) if article.kind in POLICIES else None)


def _articles(article: Article) -> int | None:
    """The first article of a text that has enough of them."""
    found = [m.start() for m in islice(ARTICLE.finditer(article.text), FEWEST)]
    return found[0] if len(found) == FEWEST else None


def status(place: Place, outlook: Moods) -> tuple[Status, str]:
    """(status, the rule that told it): a norm, an explicit word of aim or of what was done, else the mood of the surroundings."""
    text = place.text
    if norm := _norm(place, outlook):
        return norm
    lead, clause = text[place.sentence.start : place.quantity.start], text[place.clause.start : place.clause.end]
    if outlook.article.kind == "report":  # a report estimates the year that it reviews
        lead, clause = lead.replace("预计", ""), clause.replace("预计", "")
    done = cue("done").search(clause)
    if cue("aim").search(clause) or (cue("aim").search(lead) and not done):
        return "target", "aim"
    if _is_past(place, outlook):
        return "actual", "past"
    if not done and cue("goals").search(text, place.paragraph.start, place.quantity.start):
        return "target", "goals"
    around = outlook.at(place)
    if done or cue("done").search(lead):
        return "actual", "done"
    return ("target" if mood(text, place.sentence) + around > 0 else "actual"), "mood"


def _norm(place: Place, outlook: Moods) -> tuple[Status, str] | None:
    """Of the articles of a regulation, and of sentences that set a norm; but a year by which it is to be reached makes it a target."""
    sentence = place.text[place.sentence.start : place.sentence.end]
    in_article = outlook.articles is not None and place.quantity.start > outlook.articles
    if not in_article and not _is_rule(sentence, outlook):
        return None
    return ("target", "aim") if _is_deadline(sentence) else ("rule", "article" if in_article else "norm")


def _is_past(place: Place, outlook: Moods) -> bool:
    """2030年，…: a year at the head of the sentence that is before those that the plan is for."""
    stated = STATED_YEAR.match(place.text, place.period.start)
    return bool(stated and outlook.begins and int(stated[1]) < outlook.begins)


def _is_deadline(sentence: str) -> bool:
    """到2031年，渔业投入占比应当达到3%."""
    return bool(cue("deadline").search(sentence)) and not cue("award_verb").search(sentence)


def _is_rule(sentence: str, outlook: Moods) -> bool:
    """Whether a sentence sets a norm: in a regulation by its duties, in a policy by its verbs of giving, elsewhere only with a bound or a share."""
    if outlook.rule_title and outlook.article.kind in POLICIES and cue("duty").search(sentence):
        return True
    if cue("benefit").search(sentence):
        return True
    if outlook.article.kind in POLICIES and cue("quota").search(sentence) and not cue("paid").search(sentence):
        return True
    if not cue("award_context").search(sentence) or cue("paid").search(sentence):
        return False
    gives = bool(cue("award_verb").search(sentence))
    if outlook.article.kind in POLICIES or outlook.rule_title:
        return gives or bool(cue("norm").search(sentence))
    return gives and bool(cue("news_norm").search(sentence))
