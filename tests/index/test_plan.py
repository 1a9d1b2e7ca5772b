"""What a word becomes before any engine sees it."""

import pytest

from index.plan import Bool, TextTerm, plan
from index.query import Word


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("网箱养殖", {"网箱", "养殖"}),
        ("海洋的", {"海洋"}),  # a lone character beside others stands everywhere
        ("的", {"的"}),
        ("5号网箱", {"5", "网箱"}),
    ],
)
def test_words_that_rank(text: str, ranking: set[str]) -> None:
    found = plan("articles", Word(text))
    assert isinstance(found, Bool)
    assert {t.term for t in found.ranks if isinstance(t, TextTerm) and t.field == "text_seg"} == ranking


def test_titles_rank_by_pairs_alone_unless_a_lone_character_has_none() -> None:
    found, lone = plan("articles", Word("网箱养殖")), plan("articles", Word("税"))
    assert isinstance(found, Bool)
    assert isinstance(lone, Bool)
    assert {t.field for t in found.ranks if isinstance(t, TextTerm)} == {"text_seg"}
    assert {t.field for t in lone.ranks if isinstance(t, TextTerm)} == {"title_seg", "text_seg"}
