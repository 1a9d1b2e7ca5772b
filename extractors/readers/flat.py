"""What every reader hands to `compose`: one flat article of a capture."""

from collections.abc import Iterable, Sequence

from crawler.capture import Capture
from extractors.article import Article, Attachment, Block, Metadata, Note, Stated, article_id


def flat(
    capture: Capture,
    reader: str,
    text: str,
    blocks: Iterable[Block],
    *,
    title: str | None = None,
    stated: Sequence[Stated] = (),
    notes: Sequence[Note] = (),
    attachments: Sequence[Attachment] = (),
) -> Article:
    """The capture as one article with piece "". `reader` is name/version."""
    return Article(
        id=article_id(capture.source, capture.canonical_url),
        source=capture.source,
        url=capture.url,
        capture=capture.digest,
        title=title,
        text=text,
        blocks=tuple(blocks),
        metadata=Metadata(attachments=tuple(attachments)),
        stated=tuple(stated),
        notes=tuple(notes),
        reader=reader,
    )
