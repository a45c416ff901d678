"""Kinds of values that have no parts: texts, names, numbers, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import is_name
from tkt.domain.spec.kind import Kind, bad, last, short, unlike

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.domain.spec.kind import Doc, Faults, Where


class Text(Kind):
    """A text that says something."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, str) and value.strip():
            return value
        return bad(faults, where, "config.not_text", key=last(where))

    def fits(self, value: Any) -> bool:
        """Any text, and what one may forget to quote."""
        return isinstance(value, str | int | float)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string."""
        return {"type": "string", "minLength": 1}


class Name(Text):
    """A text that can be the name of a state, a field, an agent."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if is_name(value):
            return value
        return bad(faults, where, "field.not_name", field=last(where), value=short(value))


class Choice(Kind):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, str) and value in self.words:
            return value
        known = ", ".join(self.words)
        return unlike(
            faults, where, "config.not_choice", value, self.words, key=last(where), known=known
        )

    def fits(self, value: Any) -> bool:
        """Any text."""
        return isinstance(value, str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """The words."""
        return {"enum": list(self.words)}


class Flag(Kind):
    """True or false."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, bool):
            return value
        return bad(faults, where, "config.not_flag", key=last(where))

    def fits(self, value: Any) -> bool:
        """Nothing but the two."""
        return isinstance(value, bool)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


class Number(Kind):
    """A number from ``least`` to ``most``; a ``whole`` one unless said otherwise."""

    def __init__(self, least: float, most: float, *, whole: bool = True) -> None:
        self.least = least
        self.most = most
        self.whole = whole

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands; a whole one may be written as 2.0, as JSON Schema has it."""
        if self.whole and type(value) is float and value.is_integer():
            value = int(value)
        types = (int,) if self.whole else (int, float)
        if type(value) in types and self.least <= value <= self.most:
            return value
        bounds = {"least": self.least, "most": self.most}
        return bad(faults, where, "config.not_number", key=last(where), **bounds)

    def fits(self, value: Any) -> bool:
        """Any number."""
        return isinstance(value, int | float) and not isinstance(value, bool)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A number with its bounds."""
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.least, "maximum": self.most}


class Parsed(Kind):
    """A text, or a number that stands for one, in a small language of its own.

    ``read`` raises ValueError on what is none; ``fault`` is the text key that says so. What is
    taken is the text itself. ``examples`` are what an editor proposes.
    """

    def __init__(
        self, read: Callable[[str], object], fault: str, *, examples: tuple[str, ...] = ()
    ) -> None:
        self.read = read
        self.fault = fault
        self.examples = examples

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As text."""
        text = str(value) if type(value) in (int, float) else value
        if isinstance(text, str):
            try:
                self.read(text)
            except ValueError:
                pass
            else:
                return text
        return bad(faults, where, self.fault, key=last(where), value=short(value))

    def fits(self, value: Any) -> bool:
        """Any text or number."""
        return isinstance(value, str | int | float) and not isinstance(value, bool)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string, with examples."""
        told: dict[str, Any] = {"type": ["string", "number"]}
        return {**told, "examples": list(self.examples)} if self.examples else told


class Texts(Kind):
    """One text or a list of texts, each of which must be a name if they are to be ``named``."""

    def __init__(self, *, named: bool = False) -> None:
        self.named = named

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """A list."""
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            return bad(faults, where, "config.not_texts", key=last(where))
        for item in items if self.named else ():
            if not is_name(item):
                return bad(faults, where, "field.not_name", field=last(where), value=short(item))
        return items

    def fits(self, value: Any) -> bool:
        """A text or a list."""
        return isinstance(value, str | list)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string or an array of them."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


class Anything(Kind):
    """Whatever stands there: somebody else reads it, or it is a field's value."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        return value

    def fits(self, value: Any) -> bool:
        """Always."""
        return True

    def schema(self, doc: Doc) -> dict[str, Any]:
        """No restriction."""
        return {}


class Elsewhere(Anything):
    """Something of a kind that a section of the file reads by itself, with its own faults."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def schema(self, doc: Doc) -> dict[str, Any]:
        """That of the kind."""
        return self.kind.schema(doc)
