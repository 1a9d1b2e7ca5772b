"""Small foreign files, made by hand so that a test shows all that is in them."""

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from crawler.capture import Capture
from extractors.article import Article

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    (
        f'xmlns:w="{W}"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
    )
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def capture(body: bytes, url: str = "import:a") -> Capture:
    return Capture(source="import", url=url, canonical_url=url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=body)


def archive(entries: Mapping[str, str | bytes], stored: Collection[str] = ()) -> bytes:
    """A ZIP, the same bytes every time; the entries in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in entries.items():
            z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ods(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A sheet of OpenDocument; calamine knows it by `mimetype` and wants the manifest, however empty."""
    names = {p: f"urn:oasis:names:tc:opendocument:xmlns:{p}:1.0" for p in ("office", "table", "text", "manifest")}
    spaces = " ".join(f'xmlns:{p}="{name}"' for p, name in names.items())

    def cell(value: str | float) -> str:
        kind = '"string"' if isinstance(value, str) else f'"float" office:value="{value}"'
        return f"<table:table-cell office:value-type={kind}><text:p>{value}</text:p></table:table-cell>"

    inside = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    body = f'<office:body><office:spreadsheet><table:table table:name="S1">{inside}</table:table></office:spreadsheet></office:body>'
    entries = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest {spaces}/>",
    }
    return archive(entries, stored=("mimetype",))


def docx(body: str, **parts: str) -> bytes:
    """A DOCX of the XML inside w:body, and parts by name: styles, numbering, footnotes, endnotes (what is inside their root)."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    entries = {"_rels/.rels": RELATIONS, "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    entries |= {f"word/{name}.xml": f"<w:{roots[name]} {NAMESPACES}>{inside}</w:{roots[name]}>" for name, inside in parts.items()}
    return archive(entries)


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def shown(article: Article) -> list[str]:
    """Blocks as `kind text`; headings with their level, cells with their place: `cell 0:1,2 text`, `cell 0:1,2+2x1` where merged, `!` a header."""
    lines = []
    for b in article.blocks:
        text = article.text[b.start : b.end]
        if b.cell:
            c = b.cell
            span = f"+{c.rows}x{c.columns}" if (c.rows, c.columns) != (1, 1) else ""
            lines.append(f"cell {c.table}:{c.row},{c.column}{span}{'!' if c.header else ''} {text}")
        else:
            lines.append(f"{b.kind}{b.level or ''}{f' [{b.number}]' if b.number else ''} {text}")
    return lines
