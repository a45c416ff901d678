"""Query text to tokens: words, phrases, comparisons, parentheses and the three operators.

Full-width punctuation means the same as ASCII outside quotes: the text is read through a
translation that keeps its length, so that columns stay true; quoted text is taken as typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.query.mistakes import mistake, unknown
from tkt.domain.query.tree import Range, Value
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_LENGTH = 10_000
MAX_TERMS = 400

_ASCII = str.maketrans("：＝（）＞＜，！｜＆－＊．＂＇\u3000\u00a0", ":=()><,!|&-*.\"'  ")
# SQLite can neither store nor search these; an argument with broken UTF-8 arrives as surrogates.
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
_CLOSING = {'"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "「": "」", "『": "』"}
_KEYWORDS = {"and": "and", "且": "and", "or": "or", "或": "or", "not": "not", "非": "not"}
_SYMBOLS = re.compile(r"\|\|?|&&?")
# An apostrophe opens a quotation only where a word begins: don't is a word.
_WORD = re.compile(r"[^\s()|\"“”「『]+")
_FIELD = re.compile(r"([^\W\d][\w.-]{0,59}):?(!=|>=|<=|==|[=><≠≥≤]|(?<=:))")
_BARE_VALUE = re.compile(r"(?:(?!\.\.)[^\s()|\"“”「『,、])+")
_OPERATORS = {"≠": "!=", "≥": ">=", "≤": "<=", "==": "=", "": ":"}
_SCHEMES = ("mailto", "tel")


class Token(NamedTuple):
    """``kind`` is ``(``, ``)``, ``and``, ``or``, ``not``, ``word``, ``phrase`` or ``field``.

    ``text`` is the word, or the field's name as typed; ``op`` and ``values`` are a field's.
    """

    kind: str
    column: int
    text: str = ""
    op: str = ""
    values: tuple[Value | Range, ...] = ()


def tokens(text: str, *, fields: Collection[str]) -> list[Token]:
    """The tokens of ``text``; ``fields`` are the names that may stand before an operator.

    Raises UsageProblem with the column of whatever is wrong.
    """
    if len(text) > MAX_LENGTH:
        raise mistake("query.too_long", text[:80], 1, limit=MAX_LENGTH, length=len(text))
    return _Lexer(text, fields).run()


def spoken(text: str) -> str:
    """``text``, as long as before, without the characters that no ticket can hold."""
    return _UNSPEAKABLE.sub("\ufffd", text)


def field_key(name: str) -> str:
    """The form in which a field or flag is looked up: ``First-Reply`` is ``first_reply``."""
    return name.casefold().replace("-", "_")


class _Lexer:
    """One pass over one text."""

    def __init__(self, text: str, fields: Collection[str]) -> None:
        self.typed = text
        self.text = spoken(text)
        self.plain = self.text.translate(_ASCII)
        self.fields = fields
        self.keys = {field_key(name) for name in fields}
        self.at = 0
        self.terms = 0

    def run(self) -> list[Token]:
        found: list[Token] = []
        while True:
            while self.at < len(self.plain) and self.plain[self.at].isspace():
                self.at += 1
            if self.at >= len(self.plain):
                return found
            found.append(self._token())

    def _token(self) -> Token:
        column, char = self.at + 1, self.plain[self.at]
        if char in "()":
            self.at += 1
            return Token(char, column, char)
        symbol = _SYMBOLS.match(self.plain, self.at)
        if symbol:
            self.at = symbol.end()
            return Token("or" if symbol[0][0] == "|" else "and", column, symbol[0])
        if char in "-!" and self._something_follows():
            self.at += 1
            return Token("not", column, char)
        self._count(column)
        if char in _CLOSING:
            return Token("phrase", column, self._quoted())
        return self._field(column) or self._word(column)

    def _something_follows(self) -> bool:
        """Whether a minus here stands right before what it negates."""
        after = self.plain[self.at + 1 : self.at + 2]
        return after != "" and not after.isspace() and after not in ")|"

    def _word(self, column: int) -> Token:
        match = _WORD.match(self.plain, self.at)
        assert match is not None, "whatever cannot begin a word was taken before"
        self.at = match.end()
        word = self.text[match.start() : match.end()]
        kind = _KEYWORDS.get(word.lower(), "word")
        if kind != "word":
            self.terms -= 1
        return Token(kind, column, word)

    def _field(self, column: int) -> Token | None:
        match = _FIELD.match(self.plain, self.at)
        if match is None:
            return None
        name = match[1]
        if field_key(name) not in self.keys:
            if self._is_address(name, match.end()):
                return None
            raise unknown("query.unknown_field", self.typed, column, name, self.fields, name=name)
        self.at = match.end()
        op = _OPERATORS.get(match[2], match[2])
        return Token("field", column, name, op, self._values(name, column))

    def _is_address(self, name: str, end: int) -> bool:
        """Whether a colon here belongs to a URL or a file's path rather than to a field."""
        after = self.plain[end : end + 2]
        return (
            after == "//"
            or (len(name) == 1 and after[:1] in ("/", "\\"))
            or (name.lower() in _SCHEMES and after != "")
        )

    def _values(self, name: str, column: int) -> tuple[Value | Range, ...]:
        values = [self._value_or_range(name, column)]
        while self.plain[self.at : self.at + 1] in (",", "、"):
            comma = self.at + 1
            self.at += 1
            self._count(comma)
            values.append(self._value_or_range(name, comma))
        return tuple(values)

    def _value_or_range(self, name: str, column: int) -> Value | Range:
        start = self.at + 1
        low = self._value()
        if self.plain.startswith("..", self.at):
            self.at += 2
            high = self._value()
            if low or high:
                return Range(low, high, start)
            low = None
        if low is None:
            raise mistake("query.no_value", self.typed, column, name=name)
        return low

    def _value(self) -> Value | None:
        column = self.at + 1
        if self.plain[self.at : self.at + 1] in _CLOSING:
            return Value(self._quoted(), column, quoted=True)
        match = _BARE_VALUE.match(self.plain, self.at)
        if match is None:
            return None
        self.at = match.end()
        return Value(match[0], column, typed=self.text[match.start() : match.end()])

    def _quoted(self) -> str:
        """The text between the quotation mark here and its partner."""
        start = self.at
        closing = _CLOSING[self.plain[start]]
        end = self.plain.find(closing, start + 1)
        if end < 0:
            raise mistake("query.quote", self.typed, start + 1, quote=closing)
        self.at = end + 1
        return self.text[start + 1 : end]

    def _count(self, column: int) -> None:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise mistake("query.too_many", self.typed, column, limit=MAX_TERMS)
