"""Placeholder."""

from collections.abc import Mapping, Sequence

from extractors.article import Article
from extractors.record import AnyRecord, Record


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Record]:
    return []
