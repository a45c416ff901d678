"""YAML text to plain data: strict, bounded and fast, with the place of every key when asked.

What is read is YAML 1.2's core schema without the parts that make a file mean more than it shows:
no anchors, aliases, tags, merge keys, directives or second documents. Times stay text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from tkt.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Event = Any
    NextEvent = Callable[[], Event]
    Unmask = Callable[[str], str]
    Path = tuple[str | int, ...]
    Positions = dict[Path, tuple[int, int]]

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32

_ASK_AGAIN = 256 * 1024

# Besides what YAML forbids: characters that some parsers take for a line break and others do not,
# and byte order marks inside a text, which nobody can see; and code points that are no characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_COLON, _QUESTION = "\ufdd0", "\ufdd1"
_ESCAPED_STAND_IN = re.compile(r"\\(?:u|U0000)[fF][dD][dD]")
_WORD_COLON = re.compile(r":(?<=[^\s,\[\]{}\"']:)(?=[^\s,\[\]{}\"'])")
_WORD_QUESTION = re.compile(r"\?(?:(?<=[^\s,\[\]{}\"']\?)|(?=[^\s,\[\]{}\"']))")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMERIC = frozenset("+-.0123456789")
_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|(?P<oct>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<odd>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)


def load(raw: bytes | str, *, path: str) -> Any:
    """The plain data that a YAML text says (``None`` when it says nothing).

    ``path`` is only named in errors. Raises BadData, with line and column, for everything that is
    not plain YAML in UTF-8 of at most ``MAX_BYTES`` bytes and ``MAX_DEPTH`` levels.
    """
    return _read(decode(raw, path=path), path, None)


def load_with_positions(raw: bytes | str, *, path: str) -> tuple[Any, Positions]:
    """Like :func:`load`, and where each key or list item stands.

    A position is ``(line, column)`` from 1, found under the path of keys and indices from the top:
    ``("timeline", 0, "at")``. A key's position is the key's, not its value's.
    """
    positions: Positions = {}
    return _read(decode(raw, path=path), path, positions), positions


def decode(raw: bytes | str, *, path: str) -> str:
    """The text of a file as the parser may see it: no BOM, LF line ends, no control characters.

    Raises BadData if it is too big, not UTF-8 or holds a character that must not stand there raw.
    """
    size = len(raw)
    if size > MAX_BYTES // 4 and isinstance(raw, str):
        size = len(raw.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise BadData("yaml.too_big", path=path, limit_mib=MAX_BYTES // (1024 * 1024))
    text = _utf8(raw, path) if isinstance(raw, bytes) else raw
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _FORBIDDEN.search(text):
        at = found.start()
        raise BadData(
            "yaml.character",
            path=path,
            line=text.count("\n", 0, at) + 1,
            column=at - text.rfind("\n", 0, at),
            code=f"U+{ord(found[0]):04X}",
        )
    return text


def _utf8(raw: bytes, path: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        line = before.count(b"\n") + 1
        raise BadData("yaml.not_utf8", path=path, line=line, column=column) from None


def parse(text: str, *, path: str) -> list[Event]:
    """The parser's events of a decoded text; syntax errors are raised as BadData.

    Events are those of :mod:`ruamel.yaml.events` whichever parser is there; for code that has to
    know where in the text a value stands. Nothing but syntax is checked.
    """

    def events(next_event: NextEvent, unmask: Unmask) -> list[Event]:
        from ruamel.yaml.events import ScalarEvent, StreamEndEvent

        found = [next_event()]
        while type(found[-1]) is not StreamEndEvent:
            found.append(next_event())
            if type(found[-1]) is ScalarEvent:
                found[-1].value = unmask(found[-1].value)
        return found

    found: list[Event] = _with_parser(text, path, events)
    return found


def _read(text: str, path: str, positions: Positions | None) -> Any:
    def build(next_event: NextEvent, unmask: Unmask) -> Any:
        if positions:
            positions.clear()
        return _Builder(next_event, unmask, path, positions).document()

    return _with_parser(text, path, build)


def _with_parser(text: str, path: str, work: Callable[[NextEvent, Unmask], Any]) -> Any:
    """``work`` done with the C parser's events, or with the slow parser's where C gives up.

    libyaml knows YAML 1.1 and refuses some of what YAML 1.2 allows, such as ``"\\/"``; what it
    refuses is small enough to be asked again elsewhere, or it is an error.
    """
    from ruamel.yaml.error import YAMLError

    try:
        from _ruamel_yaml import CParser
    except ImportError:
        CParser = None
    if CParser is not None and not _ESCAPED_STAND_IN.search(text):
        try:
            return work(CParser(_mask(text)).get_event, _unmask)
        except YAMLError as error:
            if len(text) > _ASK_AGAIN:
                raise _syntax_error(error, path) from None
    try:
        return work(_pure_events(text).__next__, str)
    # The slow parser lets Python's own errors escape for escapes outside Unicode.
    except (YAMLError, ValueError, OverflowError) as error:
        raise _syntax_error(error, path) from None


def _mask(text: str) -> str:
    """The text with those ``:`` and ``?`` replaced that are letters of a word.

    libyaml before 0.2 takes each of them for an indicator inside ``[…]`` and ``{…}``, so that it
    could not read a time there. The stand-ins cannot occur in a decoded text; where one is written
    as an escape, the slow parser reads the text.
    """
    if "?" in text:
        text = _WORD_QUESTION.sub(_QUESTION, text)
    return _WORD_COLON.sub(_COLON, text)


def _unmask(text: str) -> str:
    return text.replace(_COLON, ":").replace(_QUESTION, "?")


def _pure_events(text: str) -> Iterator[Event]:
    from ruamel.yaml import YAML

    for event in YAML(typ="safe", pure=True).parse(text):
        # libyaml refuses half of a surrogate pair; ruamel's own parser has to be told.
        if getattr(event, "style", None) == '"' and _SURROGATE.search(event.value):
            raise ValueError("found invalid Unicode character escape code")
        yield event


def _syntax_error(error: Exception, path: str) -> BadData:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    words = " ".join(str(problem).split())
    return BadData("yaml.syntax", path=path, line=line, column=column, problem=words)


class _Builder:
    """Plain data out of events, refusing at the first event that is not plain."""

    __slots__ = (
        "end_map",
        "end_seq",
        "map",
        "next",
        "path",
        "positions",
        "scalar",
        "seq",
        "unmask",
    )

    def __init__(
        self, next_event: NextEvent, unmask: Unmask, path: str, positions: Positions | None
    ) -> None:
        from ruamel.yaml import events

        self.next = next_event
        self.unmask = unmask
        self.path = path
        self.positions = positions
        self.scalar = events.ScalarEvent
        self.map = events.MappingStartEvent
        self.end_map = events.MappingEndEvent
        self.seq = events.SequenceStartEvent
        self.end_seq = events.SequenceEndEvent

    def document(self) -> Any:
        """The one document of the stream, or ``None`` if there is none."""
        from ruamel.yaml.events import DocumentStartEvent, StreamEndEvent

        self.next()
        event = self.next()
        if type(event) is StreamEndEvent:
            return None
        if event.version or event.tags:
            self.refuse("yaml.directive", event)
        event = self.next()
        value = self.text(event) if type(event) is self.scalar else self.collection(event, 1, ())
        self.next()
        event = self.next()
        if type(event) is DocumentStartEvent:
            self.refuse("yaml.many_documents", event)
        return value

    def collection(self, event: Event, depth: int, where: Path) -> Any:
        """The list or dict that ``event`` opens; everything else is refused."""
        kind = type(event)
        if kind is not self.map and kind is not self.seq:
            self.refuse("yaml.alias", event, name=event.anchor)
        if event.anchor is not None or event.ctag is not None:
            self.refuse_marks(event)
        if depth > MAX_DEPTH:
            self.refuse("yaml.too_deep", event, limit=MAX_DEPTH)
        return self.mapping(depth, where) if kind is self.map else self.sequence(depth, where)

    def mapping(self, depth: int, where: Path) -> dict[str, Any]:
        """The entries up to the end of the mapping that was just opened."""
        result: dict[str, Any] = {}
        next_event, scalar, positions = self.next, self.scalar, self.positions
        inner = where
        while True:
            event = next_event()
            if type(event) is not scalar:
                if type(event) is self.end_map:
                    return result
                self.refuse("yaml.key_not_text", event, name="…")
            key = event.value
            if not key.isascii():
                key = self.unmask(key)
            # Nearly every key is a plain word, of which no number and no `null` is made.
            if (
                event.style
                or not key
                or key in _WORDS
                or key[0] in _NUMERIC
                or key == "<<"
                or event.anchor is not None
                or event.ctag is not None
            ):
                self.check_key(event, key)
            if key in result:
                self.refuse("yaml.duplicate_key", event, name=key)
            if positions is not None:
                mark = event.start_mark
                inner = (*where, key)
                positions[inner] = (mark.line + 1, mark.column + 1)
            event = next_event()
            if type(event) is scalar:
                result[key] = self.text(event)
            else:
                result[key] = self.collection(event, depth + 1, inner)

    def sequence(self, depth: int, where: Path) -> list[Any]:
        """The items up to the end of the sequence that was just opened."""
        result: list[Any] = []
        next_event, scalar, positions = self.next, self.scalar, self.positions
        inner = where
        while True:
            event = next_event()
            kind = type(event)
            if kind is self.end_seq:
                return result
            if positions is not None:
                mark = event.start_mark
                inner = (*where, len(result))
                positions[inner] = (mark.line + 1, mark.column + 1)
            if kind is scalar:
                result.append(self.text(event))
            else:
                result.append(self.collection(event, depth + 1, inner))

    def text(self, event: Event) -> Any:
        """The value of a scalar: itself in quotes or blocks, by the core schema when plain."""
        if event.anchor is not None or event.ctag is not None:
            self.refuse_marks(event)
        value = event.value
        if not value.isascii():
            value = self.unmask(value)
        if event.style:
            return value
        if value in _WORDS:
            return _WORDS[value]
        return self.number(value, event) if value[0] in _NUMERIC else value

    def number(self, value: str, event: Event) -> int | float | str:
        """The number that a plain scalar says, or the scalar itself when it says none."""
        found = _NUMBER.fullmatch(value)
        if found is None:
            return value
        kind = found.lastgroup
        if len(value) > 4000:
            self.refuse("yaml.number_too_long", event)
        if kind == "int":
            return int(value)
        if kind == "float" and abs(number := float(value)) != float("inf"):
            return number
        if kind in ("float", "odd"):
            self.refuse("yaml.not_finite", event, value=value[:40])
        return int(value, 0)

    def check_key(self, event: Event, key: str) -> None:
        """Refuse a key that is marked, merges, or would be read as something other than text."""
        if event.anchor is not None or event.ctag is not None:
            self.refuse_marks(event)
        if event.style:
            return
        if key == "<<":
            self.refuse("yaml.merge_key", event)
        if not isinstance(self.text(event), str):
            self.refuse("yaml.key_not_text", event, name=key[:40])

    def refuse_marks(self, event: Event) -> NoReturn:
        """Refuse a node for its anchor or tag."""
        if event.anchor is not None:
            self.refuse("yaml.anchor", event, name=event.anchor)
        self.refuse("yaml.tag", event, tag=_unmask(str(event.tag)))

    def refuse(self, key: str, event: Event, **params: object) -> NoReturn:
        """Raise BadData at the place of ``event``."""
        mark = event.start_mark
        raise BadData(key, path=self.path, line=mark.line + 1, column=mark.column + 1, **params)
