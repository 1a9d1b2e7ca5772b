"""What a paragraph's style says of it: heading level, contents line, caption, list (ISO/IEC 29500-1, 17.7)."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from extractors.article import BlockKind
from extractors.readers.word_xml import child, local, value

DEPTH = 20  # styles based on styles; a longer chain is a ring
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
KINDS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"(?:toc|目录)\s*\d?$|toc heading$|table of figures$", re.IGNORECASE), "contents"),
    (re.compile(r"(?:caption|题注)$", re.IGNORECASE), "caption"),
    (re.compile(r"(?:title|标题|书籍标题)$", re.IGNORECASE), "heading"),
)


@dataclass(frozen=True, slots=True)
class Style:
    kind: BlockKind = "paragraph"
    level: int = 0
    num: str | None = None  # numId; "0" takes a list away
    depth: int | None = None  # ilvl


def own(properties: etree._Element | None, base: Style) -> Style:
    """The base style as w:pPr changes it."""
    if properties is None:
        return base
    style = base
    outline = value(child(properties, "outlineLvl"))
    if outline is not None and outline.isdigit():
        style = replace(style, kind="heading", level=int(outline) + 1) if int(outline) < 9 else replace(style, kind="paragraph", level=0)
    num, depth = value(child(properties, "numPr", "numId")), value(child(properties, "numPr", "ilvl"))
    style = replace(style, num=num) if num is not None else style
    return replace(style, depth=int(depth)) if depth is not None and depth.isdigit() else style


class Styles:
    """The paragraph styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {
            value(e, "styleId"): e for e in (root if root is not None else ()) if local(e) == "style" and value(e, "type") != "character"
        }
        self._known: dict[str | None, Style] = {None: Style()}
        self.default = next(
            (key for key, e in self._elements.items() if value(e, "default") in ("1", "true") and value(e, "type") == "paragraph"), None
        )

    def of(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph with these w:pPr."""
        return own(properties, self._named(value(child(properties, "pStyle")) or self.default, DEPTH))

    def _named(self, key: str | None, depth: int) -> Style:
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth == 0:
            return Style()
        style = self._named(value(child(element, "basedOn")), depth - 1)
        self._known[key] = own(child(element, "pPr"), _by_name(value(child(element, "name")) or "", style))
        return self._known[key]


def _by_name(name: str, base: Style) -> Style:
    if match := HEADING.match(name):
        return replace(base, kind="heading", level=int(match[1]))
    kind = next((kind for pattern, kind in KINDS if pattern.match(name)), None)
    return replace(base, kind=kind, level=1 if kind == "heading" else 0) if kind else base
