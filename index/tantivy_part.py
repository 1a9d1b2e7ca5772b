"""One logical index of one generation of the embedded engine: tantivy's folder, and the rows beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tantivy import DocAddress, Document, Index, IndexWriter, Searcher

from index import documents
from index.errors import Busy, ReadOnly
from index.fields import TABLE, index_of
from index.plan import FOLDED
from index.query import IndexName
from index.row_file import RowFile, RowWriter
from index.rows import Row
from index.tantivy_plan import FRESH, ORDER, PLACE, register, schema

_HEAP: Final = 128_000_000  # bytes a writer collects before it writes a segment


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
    found.add_integer(FRESH, documents.fresh_value(row.date))
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
        if self._writer is None:
            try:
                self._writer = self.index.writer(_HEAP, 1)
            except ValueError as error:
                raise Busy(f"另一个进程正在写索引 {self.name}（{error}）") from error
        if self._rows is None:
            self._rows = self._file.writer()
        return self._writer, self._rows

    def add(self, row: Row) -> None:
        """One that is not held yet. Raises Busy, ReadOnly."""
        writer, rows = self._writers()
        try:
            place = rows.append(documents.encode(row))
        except OSError as error:
            raise self._refused(error) from error
        writer.add_document(document(row, place))

    def change(self, puts: Iterable[Row], deletes: Iterable[str]) -> None:
        """All of it, committed, or nothing. Raises Busy, ReadOnly."""
        writer, _ = self._writers()
        try:
            for id_ in deletes:
                writer.delete_documents_by_term("id", id_)
            for row in puts:
                writer.delete_documents_by_term("id", row.id)
                self.add(row)
            self.commit()
        except BaseException:
            writer.rollback()
            self._drop_rows()
            raise

    def commit(self) -> None:
        """Rows before the entries that refer to them. Raises Busy, ReadOnly."""
        writer, rows = self._writers()
        try:
            rows.sync()
            writer.commit()
        except (OSError, ValueError) as error:
            raise self._refused(error) from error
        self.index.reload()

    def _refused(self, error: Exception) -> ReadOnly:
        return ReadOnly(f"索引 {self.name} 无法写入，多半是磁盘已满：{error}")

    def close(self) -> None:
        """Give the writer's lock back; what was not committed is dropped."""
        self._drop_rows()
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _drop_rows(self) -> None:
        if self._rows is not None:
            self._rows.close()
            self._rows = None
