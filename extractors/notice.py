"""A notice and what it carries: the plan that it issues, the notice that it forwards, the attachments below its signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.article import Article, Note, Role, Span
from extractors.foot import RELEASE, Signature, signature_of, tail_of
from extractors.head import DOCUMENT_END, SUBTITLE, Head, alike, head_of, joined_title, line, squeezed, titular, unclosed
from extractors.numbering import number_of

MARKER = re.compile(r"^附\s*(?:件|录|表)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s*(?:[：:．.、]\s*(?P<title>.{2,80}))?$")
ISSUES = re.compile(r"(?:印发|发布|公布|下达|批转|转发|颁布)(?P<name>.+?)(?:》?的?(?:通知|公告|决定|通告|函|意见|令|通报))?$")
QUOTED = re.compile(r"《([^《》]{3,80}(?:《[^《》]+》[^《》]*)*)》")
LIST_NUMBER = re.compile(r"^\d{1,2}\s*[.．、]\s*(?!\d)")
HANDS_ON = re.compile(r"印发|转发|批转|颁布")  # what 公布 and 发布 append are lists: attachments
LEAST_PIECE = 60  # characters: less is a remark below the signature, not a document
SAME_TITLE = 0.85


@dataclass(frozen=True, slots=True)
class Part:
    """A document inside: its blocks, title, and what it is to the page."""

    first: int
    last: int  # exclusive
    title: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of a document."""

    head: Head
    signature: Signature | None
    tail: tuple[int, ...]  # blocks


def frame_of(article: Article) -> Frame:
    head = head_of(article, article.title)
    signature = signature_of(article, head.body) if head.title or article.title else None
    return Frame(head, signature, tuple(tail_of(article, head.body)))


def parts(article: Article, frame: Frame) -> tuple[Part, ...]:
    """The documents inside a notice, in reading order; what is below them at the end stays the page's."""
    head, signature = frame.head, frame.signature
    if not (head.title or article.title):
        return ()
    end = frame.tail[0] if frame.tail else len(article.blocks)
    if signature and signature.last >= end:
        signature = None
    names = carried_names(article, head)
    handed = names if HANDS_ON.search(article.title or head.title or "") else ()
    return tuple(_parts(article, _starts(article, head, signature, end, names), end, names, handed))


def carried_names(article: Article, head: Head) -> list[str]:
    """Titles of the documents that a notice says it issues or forwards: in its title, and in 《》 before 印发 of its first paragraph."""
    title = article.title or head.title or ""
    match = ISSUES.search(title)
    if match is None:
        return []
    names = QUOTED.findall(match["name"]) or [match["name"].strip("《》 ")]
    for i in range(head.body, min(head.body + 3, len(article.blocks))):
        text = line(article, i)
        if re.search(r"印发|转发|发布|公布|下发", text):
            names += QUOTED.findall(text.split("印发")[0])
            break
    return list(dict.fromkeys(names))


def _starts(article: Article, head: Head, signature: Signature | None, end: int, names: Sequence[str]) -> list[tuple[int, Role]]:
    """Where documents begin: at a title below the signature, at 附件 markers, at a title that the notice has named."""
    after = signature.last + 1 if signature else head.body + 1
    found: list[tuple[int, Role]] = []
    below = _below(article, signature, end) if signature else None
    for i in range(after, end):
        if article.blocks[i].cell is not None or article.blocks[i].href:
            continue
        if _marks(article, i, signature):
            found.append((i, "attachment"))
        elif found and found[-1][1] == "attachment" and i - found[-1][0] <= 2:
            continue  # its title
        elif any(_is_named(article, i, name) for name in names) or i == below:
            found.append((i, "enacted"))
    return found if found and found[0][0] > head.body else []  # something of the notice itself stands before


def _marks(article: Article, i: int, signature: Signature | None) -> bool:
    """A line that is only 附件 or 附件1, or 附件：title where the signature is behind us."""
    text = line(article, i).lstrip()
    match = MARKER.match(text.rstrip()) if text.startswith("附") else None
    return match is not None and (signature is not None or match["title"] is None)


def _below(article: Article, signature: Signature | None, end: int) -> int | None:
    """The first title below the signature."""
    if signature is None:
        return None
    for i in range(signature.last + 1, min(signature.last + 6, end)):
        text = line(article, i).strip()
        if RELEASE.match(text):
            continue
        return i if titular(text) and not MARKER.match(text) else None
    return None


def _is_named(article: Article, i: int, name: str) -> bool:
    """The block, with up to two more lines, is the title that the notice names."""
    text = line(article, i).strip()
    if not 4 <= len(text) <= 120 or number_of(text) or text.endswith(("。", "；", "，", "：")):
        return False
    for more in range(3):
        lines = [line(article, k) for k in range(i, min(i + 1 + more, len(article.blocks)))]
        joined = joined_title(lines)
        if len(joined) > 2 * len(name) + 20:
            return False
        if alike(joined, name) >= SAME_TITLE or squeezed(joined).endswith(squeezed(name)):
            return True
        if not squeezed(name).startswith(squeezed(text)[:4]):
            return False
    return False


def _parts(article: Article, starts: Sequence[tuple[int, Role]], end: int, names: Sequence[str], handed: Sequence[str]) -> list[Part]:
    parts = []
    for n, (first, role) in enumerate(starts):
        last = starts[n + 1][0] if n + 1 < len(starts) else end
        title = _title_at(article, first, last, names)
        if article.blocks[last - 1].end - article.blocks[first].start < LEAST_PIECE:
            continue
        named = any(title and alike(title, name) >= SAME_TITLE for name in handed)
        parts.append(Part(first, last, title, "enacted" if named else role))
    return parts


def _title_at(article: Article, first: int, last: int, names: Sequence[str]) -> str | None:
    """The title of the document that begins at a block; the notice's own spelling where lines are many."""
    marker = MARKER.match(line(article, first).strip())
    if marker and marker["title"]:
        return LIST_NUMBER.sub("", str(marker["title"]))
    at = first + 1 if marker else first
    lines: list[str] = []
    for i in range(at, min(at + 4, last)):
        text = line(article, i).strip()
        if not titular(text) and not (lines and text.startswith("（")):
            break
        lines.append(text if lines else LIST_NUMBER.sub("", text))
        joined = joined_title(lines)
        following = line(article, i + 1).strip() if i + 1 < last else ""
        if not SUBTITLE.match(following) and (any(alike(joined, name) >= SAME_TITLE for name in names) or _complete(joined, following)):
            return joined
    return joined_title(lines) or None


def _complete(title: str, following: str) -> bool:
    """The next line does not belong to it."""
    return not unclosed(title) and (bool(DOCUMENT_END.search(title)) or not titular(following))


def repairs(article: Article, head: Head) -> list[Note]:
    """A title in the text that lost its opening 《: a note says so, the text stays."""
    names, notes = carried_names(article, head), []
    for i in range(head.body, min(head.body + 3, len(article.blocks))):
        text = line(article, i)
        close = text.find("》")
        if close > 0 and "《" not in text[:close]:
            lost = text[:close]
            if any(alike(lost, name) >= SAME_TITLE for name in names):
                start = article.blocks[i].start
                notes.append(Note(code="repaired-title", text=f"原文缺《：《{lost}》", span=Span(start, start + close + 1)))
    return notes
