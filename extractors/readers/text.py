"""Plain text, Markdown and front matter -> one flat article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from crawler.capture import Capture
from extractors.article import Article, Block, BlockKind, Note, Span, Stated
from extractors.passed import is_note
from extractors.readers.decode import decode
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.html_fragment import fragment
from extractors.readers.html_tree import tree_of
from extractors.readers.wrapping import paragraphs_of

READER = "text/1"
LONGEST = 10_000_000  # characters
FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|$)", re.DOTALL)
PAIR = re.compile(r"^([A-Za-z_-]{1,30})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
# Keys of static site generators (Hexo, Jekyll, Hugo) and the field that each states.
FRONT_FIELDS: Final = {"title": "title", "date": "published_date", "pubdate": "published_date", "source": "origin", "author": "author"}
MARKUP = re.compile(r"<(?:p|div|br|table|span|img|section)\b", re.IGNORECASE)
MD_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
MD_MARKS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__|<!--.*?-->", re.DOTALL)
DAY = r"[12]\d{3}年\d{1,2}月\d{1,2}日"
# Where one line holds what were several: exports that keep the words and lose the line ends.
GAP = "([ 　]{1,12})"
RUN_TOGETHER: Final = tuple(
    re.compile(p)
    for p in (
        r"[。；！？）)：:]" + GAP + r"(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章条])",
        r"(?:通知|意见|决定|通报|公告|办法|方案|批复|细则|规定)" + GAP + r"(?=[^ 　，。]{2,60}[^。]{0,200}[：:])",
        rf"[局厅部委会府院室办组]{GAP}(?={DAY}(?:[ 　]|$))",
        rf"{DAY}{GAP}(?=[^ 　，。；：]{{4,80}}[ 　])",
        r"[^，。；：]" + GAP + r"(?=(?:新华社|中新社|中新网|本报|本刊)[^，。 ]{0,16}(?:[电讯]|记者))",
        r"(?:措施|办法|意见|方案|细则|规定|规划|纲要|计划|政策|条例)" + GAP + r"(?=为(?:了|深入|贯彻|进一步|加快|落实|全面|推动|规范|加强))",
    )
)
TITLES = re.compile(r"((?:[^\s，。；！？：]{6,40}[ 　]{1,12}){1,6})(?=[^\s，。]*[，。])")


def read(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: encoding, broken, empty, too-large."""
    text, notes = _decoded(capture)
    joined, blocks = laid_out(paragraphs_of(text))
    return (flat(capture, READER, joined, blocks, notes=notes),)


def read_markdown(capture: Capture) -> Sequence[Article]:
    """One article; headings are blocks, marks of emphasis and comments are dropped."""
    text, notes = _decoded(capture)
    joined, blocks = _markdown(text)
    return (flat(capture, READER, joined, blocks, title=_heading(joined, blocks), notes=notes),)


def read_front_matter(capture: Capture) -> Sequence[Article]:
    """A text with `---` metadata above it. Its title is its first line; the body is HTML or Markdown."""
    text, notes = _decoded(capture)
    head = FRONT_MATTER.match(text)
    if head is None:
        return read_markdown(capture)
    stated = _front(head[1])
    body, base = text[head.end() :], capture.url
    if MARKUP.search(body):
        found = fragment(tree_of(body, base), base)
        content, blocks, attachments = found.text, found.blocks, found.attachments
    else:
        (content, plain), attachments = _markdown(body), ()
        blocks = tuple(plain)
    title = next((s.value for s in stated if s.field == "title"), None)
    content, blocks = _titled(title, content, blocks)
    return (flat(capture, READER, content, blocks, title=title, stated=stated, notes=notes, attachments=attachments),)


def laid_out(lines: Sequence[str]) -> tuple[str, tuple[Block, ...]]:
    """Lines as a text, and a paragraph block for each stretch of them."""
    blocks: list[Block] = []
    offset = 0
    for n, line in enumerate(lines):
        for start, end in _stretches(line, first=n == 0):
            blocks.append(Block(kind="paragraph", start=offset + start, end=offset + end))
        offset += len(line) + 1
    return "\n".join(lines), tuple(blocks)


def _stretches(line: str, *, first: bool) -> Iterator[Span]:
    """The parts of a line, without the white space around them."""
    cuts = set() if is_note(line.strip()) else {m.start(1) for form in RUN_TOGETHER for m in form.finditer(line)}
    if first and not cuts and (titles := TITLES.match(line.lstrip())):
        cuts.add(len(line) - len(line.lstrip()) + titles.end())
    at = 0
    for cut in [*sorted(cuts), len(line)]:
        part = line[at:cut]
        if bare := part.strip():
            start = at + part.index(bare)
            yield Span(start, start + len(bare))
        at = cut


def _decoded(capture: Capture) -> tuple[str, tuple[Note, ...]]:
    text, notes = decode(capture)
    if len(text) > LONGEST:
        raise ReadError("too-large", f"{capture.url}: {len(text)} characters of text, at most {LONGEST}")
    if not text.strip():
        raise ReadError("empty", f"{capture.url}: no text")
    return text, notes


def _markdown(text: str) -> tuple[str, tuple[Block, ...]]:
    lines, levels = [], []
    for line in MD_MARKS.sub(lambda m: m[1] or m[2] or "", text).split("\n"):
        heading = MD_HEADING.match(line)
        bare = heading[2] if heading else line.strip()
        if bare:
            lines.append(bare)
            levels.append(len(heading[1]) if heading else 0)
    blocks, offset = [], 0
    for line, level in zip(lines, levels, strict=True):
        kind: BlockKind = "heading" if level else "paragraph"
        blocks.append(Block(kind=kind, start=offset, end=offset + len(line), level=level))
        offset += len(line) + 1
    return "\n".join(lines), tuple(blocks)


def _heading(text: str, blocks: Sequence[Block]) -> str | None:
    """The title: a heading of the first level with which the text begins, if there is no second one."""
    tops = [b for b in blocks if b.kind == "heading" and b.level == 1]
    return text[tops[0].start : tops[0].end] if len(tops) == 1 and tops[0] == blocks[0] else None


def _front(head: str) -> tuple[Stated, ...]:
    stated = []
    for key, written in PAIR.findall(head):
        name = FRONT_FIELDS.get(key.lower())
        value = written.strip().strip("'\"").strip()
        if name and value:
            stated.append(Stated(field=name, value=value, origin="front-matter", where=key))
    return tuple(stated)


def _titled(title: str | None, text: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """The text with its title as first line, unless it stands there already."""
    if not title or text.startswith(title):
        return text, blocks
    shift = len(title) + 1
    moved = (replace(b, start=b.start + shift, end=b.end + shift) for b in blocks)
    return f"{title}\n{text}", (Block(kind="heading", start=0, end=len(title), level=1), *moved)
