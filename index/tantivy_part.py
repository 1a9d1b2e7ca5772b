"""One logical index of one generation of the embedded engine: tantivy's folder, and the rows beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tantivy import DocAddress, Document, Index, IndexWriter, Searcher

from index import documents
from index.errors import Busy
from index.fields import TABLE, index_of
from index.plan import FOLDED
from index.query import IndexName
from index.row_file import RowFile, RowWriter
from index.rows import Row
from index.tantivy_plan import FRESH, ORDER, PLACE, register, schema

_HEAP: Final = 192_000_000  # bytes a writer collects before it writes a segment


def document(row: Row, place: int) -> Document:
    """`place`: where the row stands in the part's file."""
    found = Document()
    terms = documents.terms(row)
    for name, text in terms.items():
        found.add_text(name, text)
    for name in documents.folded_fields(terms):
        found.add_text(FOLDED, name)
    table = TABLE[index_of(row)]
    adders = {"keyword": found.add_text, "number": found.add_float}
    for name, values in documents.values(row).items():
        add = adders.get(table[name].type, found.add_integer)
        for value in values:
            add(name, value)  # type: ignore[operator]
    found.add_float(FRESH, documents.fresh_value(row.date))
    found.add_integer(ORDER, documents.id_order(row.id))
    found.add_integer(PLACE, place)
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """The part as it was when this was made."""

    name: IndexName
    searcher: Searcher
    file: RowFile

    def rows(self, addresses: Sequence[DocAddress]) -> list[Row]:
        """Raises SearchError."""
        places = self.searcher.fast_field_values(PLACE, list(addresses))
        return [documents.decode(self.name, source) for source in self.file.read([int(p) for p in places if p is not None])]


class Part:
    def __init__(self, folder: Path, name: IndexName) -> None:
        self.name = name
        self.index = Index(schema(name), path=str(folder / name))
        register(self.index)
        self.index.config_reader("commit")
        self.index.reload()
        self._file = RowFile(folder / f"{name}.rows", documents.skeleton(name))
        self._writer: IndexWriter | None = None
        self._rows: RowWriter | None = None

    def reader(self) -> Reader:
        return Reader(self.name, self.index.searcher(), self._file)

    def _writers(self) -> tuple[IndexWriter, RowWriter]:
        """Raises Busy."""
        if self._writer is None or self._rows is None:
            try:
                self._writer = self.index.writer(_HEAP, 1)
            except ValueError as error:
                raise Busy(f"另一个进程正在写索引 {self.name}（{error}）") from error
            self._rows = self._file.writer()
        return self._writer, self._rows

    def add(self, row: Row) -> None:
        """One that is not held yet. Raises Busy."""
        writer, rows = self._writers()
        writer.add_document(document(row, rows.append(documents.encode(row))))

    def write(self, puts: Iterable[Row], deletes: Iterable[str]) -> None:
        """Raises Busy."""
        writer, _ = self._writers()
        for id_ in deletes:
            writer.delete_documents_by_term("id", id_)
        for row in puts:
            writer.delete_documents_by_term("id", row.id)
            self.add(row)

    def commit(self) -> None:
        """Rows before the entries that refer to them."""
        writer, rows = self._writers()
        rows.sync()
        writer.commit()
        self.index.reload()

    def close(self) -> None:
        """Give the writer's lock back; what was not committed is dropped."""
        if self._rows is not None:
            self._rows.close()
            self._rows = None
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
