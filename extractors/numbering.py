"""Numbers in front of parts, headings and items: 一、（一）1.（1）① 第一条 (GB/T 9704: 结构层次序数)."""

import re
from dataclasses import replace
from typing import Final

from extractors.article import Article, Block, BlockKind

HAN = "一二三四五六七八九十百零〇"
# (pattern, level). GB/T 9704-2012, 7.3.3: 一、 > （一） > 1. > （1）; laws: 编 章 节 条. 一 alone as a dash is none.
FORMS: Final[tuple[tuple[str, int], ...]] = (
    (rf"第[{HAN}\d]{{1,5}}[编篇章]", 1),
    (rf"第[{HAN}\d]{{1,5}}节", 2),
    (rf"第[{HAN}\d]{{1,6}}条(?:之[{HAN}]{{1,3}})?", 3),
    (rf"[{HAN}]{{1,4}}、", 1),
    (rf"[（(][{HAN}]{{1,4}}[）)]、?", 2),
    (r"[0-9０-９]{1,3}\s?[.．、](?![0-9０-９])", 3),
    (r"[（(][0-9０-９]{1,3}[）)]", 4),
    (r"[0-9０-９]{1,2}[）)]", 5),
    (r"[①-⑳]", 5),
    (r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?=[\s\u4e00-\u9fff])", 4),
)
NUMBER = re.compile("|".join(f"({form})" for form, _ in FORMS))
FIRST = re.compile(rf"\s*[第（(①-⑳0-9０-９{HAN}]")  # what a number begins with: most lines are told by one look
LONGEST_HEADING = 60
SENTENCE = re.compile(r"[。；;！!]")


def number_of(line: str) -> tuple[str, int] | None:
    """(number as written, level), or None where the line has none."""
    bare = line.lstrip()
    match = NUMBER.match(bare)
    return (match[0].rstrip(), FORMS[match.lastindex - 1][1]) if match and match.lastindex else None


def numbered(article: Article) -> Article:
    """The article with numbers and levels on the blocks that begin with one; short ones without a sentence become headings."""
    return replace(article, blocks=tuple(_numbered(article.text, b) for b in article.blocks))


def _numbered(text: str, block: Block) -> Block:
    if block.number is not None or block.kind not in ("paragraph", "heading", "item"):
        return block
    if not FIRST.match(text, block.start, block.end):
        return block
    line = text[block.start : block.end]
    found = number_of(line)
    if found is None:
        return block
    number, level = found
    title = len(line) <= LONGEST_HEADING and not SENTENCE.search(line) and not line.endswith(("，", "：", ":"))
    kind: BlockKind = "heading" if title or block.kind == "heading" else "item"
    return replace(block, number=number, level=level, kind=kind)
