"""Capture -> Articles: sniff the format, read it, find the documents inside."""

from crawler.capture import Capture
from extractors.article import Article, article_id, Block, paragraphs


def read(capture: Capture) -> tuple[Article, ...]:
    """Placeholder until the readers are wired: UTF-8 text as one article."""
    text = capture.body.decode()
    blocks = tuple(Block(kind="paragraph", start=s, end=e) for s, e in paragraphs(text))
    return (Article(id=article_id(capture.source, capture.canonical_url), source=capture.source, url=capture.url, capture=capture.digest, text=text, blocks=blocks, reader="text/1"),)
