"""The library items of an invented text."""

from dataclasses import replace

from extractors.article import ArticleKind, Metadata, from_text
from extractors.item import Item, Library
from extractors.items import items
from extractors.records import extract


def found(text: str, library: Library, kind: ArticleKind = "policy", title: str | None = None, name: str = "text", **meta: str) -> list[Item]:
    article = replace(from_text(text, kind=kind, title=title, name=name), metadata=Metadata(**meta))  # type: ignore[arg-type]
    return items(article, extract(article), library)
