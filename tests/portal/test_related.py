"""What other documents tell of an article: all of it is counted, its first lines are shown."""

from pathlib import Path

import pytest

from portal import related
from store import Store
from store.relate import relate_all
from tests.store.papers import FINAL, TITLE, document, put


def test_a_document_that_many_cite_shows_the_first_and_counts_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    citing = [document(n, f"第{n}号工作通知", f"依据《{TITLE}》执行，编号{n}。", issued="2032-01-01") for n in range(11, 16)]
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as store:
        put(store, FINAL, *citing)
        relate_all(store)
        monkeypatch.setattr(related, "MOST", 3)
        found = related.related(store, FINAL, "2033-01-01")
        own = related.related(store, citing[0], "2033-01-01")
    (_, events, _), (name, lines, more) = found.groups
    assert found.status == "现行有效"
    assert [line.title for line in events] == [FINAL.title]
    assert (name, len(lines), more) == ("引用本文的文件", 3, 2)
    assert {line.title for line in lines} < {one.title for one in citing}
    assert all(line.href.startswith("/articles/") and "#e-" in line.href for line in lines)
    cited = {name: lines for name, lines, _ in own.groups}["本文引用的文件"]
    assert [(line.title, line.href) for line in cited] == [(FINAL.title, f"/articles/{FINAL.id}")]
