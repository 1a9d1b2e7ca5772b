"""`qingbao extract --explain`: every record with its evidence and the rule that gave it, field by field for metrics."""

from collections.abc import Iterator
from pathlib import Path

from extractors.article import Article
from extractors.readers import read
from extractors.record import AnyRecord, Metric
from extractors.records import extract
from extractors.records.metric import explain
from scripts.extracting import Read, capture_file

SHOWN = ("indicator", "value", "unit", "bound", "change", "status", "period", "subject")


def explanation(path: Path, *, published: str | None = None, reader: Read = read) -> str:
    """The records of a file as text for a person. Raises ReadError."""
    return "\n".join(line for article in reader(capture_file(path, published=published)) for line in _article(article))


def _article(article: Article) -> Iterator[str]:
    yield f"# {article.title or '（无标题）'}  [{article.kind}, {article.role}]"
    records = extract(article)
    organisations = [r for r in records if r.kind == "organisation"]
    rules = {(m.start, m.end): given for m, given in explain(article, {"organisation": organisations})}
    for record in sorted(records, key=lambda r: (r.start, r.end)):
        yield f"{record.start}-{record.end} {record.kind} “{record.quote[:60]}”  ← {record.rule}"
        if isinstance(record, Metric):
            yield from _fields(record, rules.get((record.start, record.end), {}))


def _fields(metric: AnyRecord, rules: dict[str, str]) -> Iterator[str]:
    for name in SHOWN:
        value = getattr(metric, name)
        if value is not None:
            yield f"    {name}: {value}" + (f"  ← {rules[name]}" if name in rules else "")
