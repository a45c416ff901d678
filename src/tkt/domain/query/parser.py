"""Tokens to a tree: ``or`` binds loosest, then ``and`` (said or not), then ``not``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.query.lexer import Token, field_key, spoken, tokens
from tkt.domain.query.mistakes import mistake
from tkt.domain.query.tree import (
    And,
    Compare,
    Everything,
    Flag,
    Node,
    Not,
    Or,
    Query,
    Range,
    Sort,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_DEPTH = 64
MAX_NUMBER = 1_000_000

DIRECTIVES = {
    "sort": "sort",
    "排序": "sort",
    "limit": "limit",
    "条数": "limit",
    "page": "page",
    "页": "page",
}
"""What stands in a query's text beside its conditions."""


def parse(text: str, *, fields: Collection[str], flags: Collection[str]) -> Query:
    """The query that ``text`` spells, its values still as typed; an empty one is Everything.

    ``fields`` and ``flags`` are all names that may be used, aliases included. Raises UsageProblem
    with ``column`` (from 1) and ``text`` on every mistake.
    """
    return _Parser(text, fields, flags).run()


class _Parser:
    """Recursive descent over one token list."""

    def __init__(self, text: str, fields: Collection[str], flags: Collection[str]) -> None:
        self.text = text
        self.tokens = tokens(text, fields=[*fields, *DIRECTIVES])
        self.flags = {field_key(name) for name in flags}
        self.at = 0
        self.depth = 0
        self.sort: tuple[Sort, ...] = ()
        self.numbers: dict[str, int] = {}

    def run(self) -> Query:
        tree = self._either() if self.tokens else Everything()
        if self.at < len(self.tokens):
            raise mistake("query.close_paren", self.text, self.tokens[self.at].column)
        return Query(
            tree, self.sort, self.numbers.get("limit"), self.numbers.get("page"), self.text
        )

    def _peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def _next(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _either(self) -> Node:
        parts = [self._all()]
        while self._peek() == "or":
            operator = self._next()
            self._expect_operand(operator)
            parts.append(self._all())
        if len(parts) == 1:
            return parts[0]
        if Everything() in parts:
            column = self.tokens[self.at - 1].column
            raise mistake("query.misplaced", self.text, column)
        return Or(tuple(parts))

    def _all(self) -> Node:
        parts: list[Node] = []
        if self._peek() in ("and", "or"):
            self._expect_operand(self.tokens[self.at], before=True)
        while self._peek() not in ("", "or", ")"):
            if self._peek() == "and":
                self._expect_operand(self._next())
            if self._is_directive():
                self._direct(self._next())
            else:
                parts.append(self._one())
        if not parts:
            return Everything()
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _expect_operand(self, operator: Token, *, before: bool = False) -> None:
        """Complain unless something that can be joined follows ``operator``."""
        if before or self._peek() in ("", "and", "or", ")"):
            raise mistake("query.operand", self.text, operator.column, operator=operator.text)

    def _one(self) -> Node:
        negated = False
        while self._peek() == "not":
            operator = self._next()
            self._expect_operand(operator)
            negated = not negated
        part = self._plain()
        return Not(part) if negated else part

    def _plain(self) -> Node:
        token = self._next()
        if token.kind == "(":
            return self._group(token)
        if token.kind == "field":
            if field_key(token.text) in DIRECTIVES:
                raise mistake("query.misplaced", self.text, token.column)
            return Compare(token.text, token.op, token.values, token.column)
        if token.kind == "word" and field_key(token.text) in self.flags:
            return Flag(token.text, token.column)
        if not token.text.strip():
            raise mistake("query.no_words", self.text, token.column)
        return Words(token.text, token.kind == "phrase", token.column)

    def _group(self, opening: Token) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise mistake("query.too_deep", self.text, opening.column, limit=MAX_DEPTH)
        if self._peek() == ")":
            raise mistake("query.empty_group", self.text, opening.column)
        if self._peek():
            inner = self._either()
        if self._peek() != ")":
            raise mistake("query.open_paren", self.text, opening.column)
        self._next()
        self.depth -= 1
        return inner

    def _is_directive(self) -> bool:
        token = self.tokens[self.at]
        return token.kind == "field" and field_key(token.text) in DIRECTIVES

    def _direct(self, token: Token) -> None:
        """Keep a directive apart; the last one of a name holds, so that a view can be bent."""
        name = DIRECTIVES[field_key(token.text)]
        if self.depth:
            raise mistake("query.misplaced", self.text, token.column)
        if token.op not in (":", "="):
            raise mistake("query.directive_op", self.text, token.column, name=token.text)
        if name == "sort":
            self.sort = tuple(self._sort_key(token, value) for value in token.values)
        else:
            self.numbers[name] = self._number(token)

    def _sort_key(self, token: Token, value: object) -> Sort:
        if isinstance(value, Range):
            raise mistake("query.sort", self.text, value.column, name="..")
        said = str(getattr(value, "text", "")).strip()
        column = getattr(value, "column", token.column)
        name = said.lstrip("+-")
        if not name or len(said) - len(name) > 1:
            raise mistake("query.sort", self.text, column, name=said)
        return Sort(spoken(name), said.startswith("-"), column)

    def _number(self, token: Token) -> int:
        said = str(getattr(token.values[0], "text", ".."))
        good = len(token.values) == 1 and said.isdecimal() and len(said) <= 7
        if not good or not 1 <= int(said) <= MAX_NUMBER:
            raise mistake("query.count", self.text, token.column, name=token.text, limit=MAX_NUMBER)
        return int(said)
