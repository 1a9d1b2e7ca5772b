"""The query language of people → nodes. Errors point at the character; nothing that is typed reaches an engine as syntax."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from lark import Lark, Token, Transformer, UnexpectedEOF, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from index.errors import SearchError
from index.query import All, And, IndexName, Near, Node, Not, Or, Phrase, Prefix, Word
from index.terms import FIELD_NAMES, Has, condition, field_node

LONGEST: Final = 1000  # characters of a question
_QUOTES: Final = '"“”「」＂《》'
_NEAR: Final = 20  # characters, where none are given


class QueryError(SearchError):
    """What was typed is no query. `at` is the offset of the character that is wrong."""

    def __init__(self, message: str, text: str, at: int) -> None:
        super().__init__(message)
        self.text = text
        self.at = max(0, min(at, len(text)))

    @property
    def pointer(self) -> str:
        """The question, and under it a mark below the character; wide characters take two columns."""
        width = sum(2 if ord(c) > 0x2E80 else 1 for c in self.text[: self.at])
        return f"{self.text}\n{' ' * width}^"


@dataclass(frozen=True, slots=True)
class Asked:
    """A parsed question. `node` may hold `Has` (conditions on records), which index.search resolves."""

    text: str
    node: Node | Has
    plain: bool  # words only: no field, phrase or operator was typed


@cache
def _parser() -> Lark:
    grammar = files("index").joinpath("language.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", propagate_positions=True, maybe_placeholders=False)


def parse(text: str, index: IndexName = "articles", *, literal: bool = False) -> Asked:
    """Raises QueryError. `literal`: 简繁, width and 〇/○ are told apart in all words."""
    if len(text) > LONGEST:
        raise QueryError(f"查询太长（{len(text)} 字），最多 {LONGEST} 字", text[:LONGEST], LONGEST)
    try:
        tree = _parser().parse(_spaced(text))
        node = _Nodes(index, text, literal).transform(tree)
    except UnexpectedInput as error:
        raise _syntax(text, error) from error
    except VisitError as error:
        if isinstance(error.orig_exc, QueryError):
            raise error.orig_exc from error
        raise
    return Asked(text, node, plain=all(t.type == "TEXT" for t in tree.scan_values(lambda v: isinstance(v, Token))) and not _numbers(tree))


def _spaced(text: str) -> str:
    """Operators need a character behind them; full-width brackets mean brackets. Bytes that are no UTF-8 come from a shell as lone surrogates."""
    plain = text.translate({ord("（"): "(", ord("）"): ")", ord("\u3000"): " "})
    return plain.encode("utf-8", "replace").decode() + " "


def _numbers(tree: object) -> bool:
    return any(t.data == "condition" for t in tree.iter_subtrees())  # type: ignore[attr-defined]


def _place(error: UnexpectedInput, text: str) -> int:
    ended = isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END")
    return len(text) if ended or error.pos_in_stream is None else error.pos_in_stream


def _syntax(text: str, error: UnexpectedInput) -> QueryError:
    at = _place(error, text)
    if at >= len(text.rstrip()):
        return QueryError("查询没有写完：这里还缺一个词" + ("或右括号" if text.count("(") + text.count("（") else ""), text, len(text.rstrip()))
    char = text[at]
    if char in _QUOTES:
        return QueryError(f"引号“{char}”没有配对", text, at)
    if char in ")）":
        return QueryError("多了一个右括号，或括号里是空的", text, at)
    if char in ":：":
        return QueryError("冒号前缺少字段名；要按原文查找冒号，请加引号", text, at)
    if char in "<>=≥≤＜＞＝":
        return QueryError("比较符号前要写指标名，后要写数字，例如 技术合同成交额 > 100亿", text, at)
    return QueryError(f"“{char}”放在这里读不懂", text, at)


@v_args(inline=True)
class _Nodes(Transformer[Token, Node | Has]):
    """Tree → nodes, from the leaves up."""

    def __init__(self, index: IndexName, text: str, literal: bool) -> None:
        super().__init__()
        self._index = index
        self._text = text
        self._literal = literal

    def start(self, node: Node | Has | None = None) -> Node | Has:
        return node or All()

    def disjunction(self, *parts: Node | Token) -> Node:
        return Or(tuple(p for p in parts if not isinstance(p, Token)))

    def conjunction(self, *parts: Node | Token) -> Node:
        return And(tuple(p for p in parts if not isinstance(p, Token)))

    def negation(self, _sign: Token, node: Node) -> Node:
        return Not(node)

    def word(self, token: Token) -> Node:
        if token.endswith(("*", "＊")) and token.rstrip("*＊"):
            return Prefix(token.rstrip("*＊"))
        return Word(str(token), literal=self._literal)

    def phrase(self, token: Token) -> Node:
        return Phrase(token[1:-1], literal=self._literal)

    def title(self, token: Token) -> Node:
        return Word(token[1:-1], literal=self._literal)

    def near(self, left: Token, sign: Token, right: Token) -> Node:
        given = re.search(r"\d+", sign)
        return Near((_bare(left), _bare(right)), int(given[0]) if given else _NEAR)

    def value(self, token: Token) -> Token:
        return token.update(value=_bare(token))

    def field(self, name: Token, value: Token) -> Node | Has:
        label = re.sub(r"[:：]\s*$", "", name).lower()
        if label not in FIELD_NAMES:
            raise QueryError(f"没有字段“{label}”；可用的有 {'、'.join(list(FIELD_NAMES)[:12])}……要按原文查找请加引号", self._text, self._at(name))
        try:
            return field_node(self._index, FIELD_NAMES[label], str(value), literal=self._literal)
        except SearchError as error:
            raise QueryError(str(error), self._text, self._at(value)) from error

    def condition(self, name: Token, operator: Token, value: Token) -> Node | Has:
        try:
            return condition(str(name), str(operator), str(value))
        except SearchError as error:
            raise QueryError(str(error), self._text, self._at(value)) from error

    def _at(self, token: Token) -> int:
        return token.start_pos or 0


def _bare(token: Token) -> str:
    return token[1:-1] if token.type in ("PHRASE", "TITLE") else str(token)
