"""The language of actions, and what a settings file may say of rules and macros.

A list of actions has a mapping with one key for each, ``- set: {priority: high}``; an action that
needs nothing more may stand by itself, ``- close``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.rules import TRIGGERS, Step
from tkt.domain.bot.manner import MODES
from tkt.domain.fields import is_field_name, is_name
from tkt.domain.spec.kind import BAD, Kind, bad, short, unlike
from tkt.domain.spec.nested import LABEL, Either, Key, Keyed, ListOf, Record
from tkt.domain.spec.simple import Choice, Flag, Parsed, Text, Texts
from tkt.domain.when import parse_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.spec.kind import Doc, Faults, Where


class Value(Kind):
    """A field's value, or a list of values, each as a person would type it."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """A list of texts; nothing at all stands for a field that holds nothing."""
        items = value if isinstance(value, list) else [value]
        if items and all(item is None or isinstance(item, str | int | float) for item in items):
            return [_typed(item) for item in items]
        return bad(faults, where, "automation.not_value", value=short(value))

    def fits(self, value: Any) -> bool:
        """Anything but a mapping."""
        return not isinstance(value, dict)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A value, or a list of them."""
        one = {"type": ["string", "number", "boolean", "null"]}
        return {"anyOf": [one, {"type": "array", "items": {"type": ["string", "number"]}}]}


def _typed(item: object) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    return "" if item is None else str(item)


class Bare(Kind):
    """An action that needs nothing: no value, ``true``, or the reason for it."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """The reason, if one is given."""
        if value is None or value is True:
            return None
        return Text().take(value, where, faults)

    def fits(self, value: Any) -> bool:
        """Nothing, or a text."""
        return value is None or value is True or isinstance(value, str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """Nothing, or a text."""
        return {"type": ["null", "boolean", "string"]}


def _read_moment(text: str) -> object:
    return parse_moment(text, now=datetime(2026, 1, 1, tzinfo=UTC), tz=UTC)


MOMENT = Parsed(_read_moment, "automation.not_moment", examples=("+48h", "+2d", "tomorrow 9:00"))
"""A time to come, seen from when the action is done."""


class Wording(Kind):
    """A text, or one for each language, of which the desk's is said."""

    _either = Either(Text(), Record("wording", {"zh": Text(), "en": Text()}))

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands; some text there must be."""
        found = self._either.take(value, where, faults)
        if found == {}:
            return bad(faults, where, "automation.says_nothing", action=where[-1])
        return found

    def fits(self, value: Any) -> bool:
        """A text, or a mapping."""
        return self._either.fits(value)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """Either of them."""
        return self._either.schema(doc)


WORDING = Wording()
"""What a customer or a colleague is to read."""

CANNED = Record("canned_reply", {"canned": Key(Text(), needed=True)})
"""A reply off the shelf, by its name or what is typed to get it."""


class Answer(Wording):
    """A text, or one for each language; or the canned reply that is said."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, dict) and "canned" in value:
            return CANNED.take(value, where, faults)
        return super().take(value, where, faults)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """Either of them."""
        return {"anyOf": [super().schema(doc), CANNED.schema(doc)]}


AUTO_REPLY = Either(Text(), Record("auto_reply", {
    "text": Key(WORDING, needed=True),
    "once": Choice("per_ticket", "per_day"),
}))  # fmt: skip

LINKS = ("relates", "blocks", "duplicates", "child-of")
"""Links that an action may make: those that stand on the ticket itself."""

STEPS: Mapping[str, Kind] = {
    "set": Keyed(Value(), check=is_field_name, fault="field.bad_name", whole=True),
    "tags": Record("tags", {"add": Texts(named=True), "remove": Texts(named=True)}),
    "move": Text(),
    "assign": Text(),
    "note": WORDING,
    "reply": Answer(),
    "auto_reply": AUTO_REPLY,
    "bot": Choice(*MODES),
    "wait": Record("wait", {"until": MOMENT, "reason": Text()}),
    "escalate": Record("escalate", {
        "to": Text(),
        "reason": Key(Text(), needed=True),
        "priority": Text(),
    }),
    "promise": MOMENT,
    "tell": Texts(),
    "link": Record("link", {
        "kind": Key(Choice(*LINKS), needed=True),
        "to": Key(Text(), needed=True),
    }),
    "archive": Bare(),
    "close": Bare(),
    "resolve": Bare(),
}  # fmt: skip
"""Every action and what it is given."""
BARE = tuple(name for name, kind in STEPS.items() if isinstance(kind, Bare))
BY_PERSON = ("reply",)
"""Actions that only a person does: a customer is answered by somebody."""
BY_ITSELF = ("auto_reply", "bot")
"""Actions that nobody in person does."""


class Action(Kind):
    """One action of a list; ``but`` are those that may not stand there."""

    def __init__(self, *, but: tuple[str, ...] = (), fault: str = "") -> None:
        self.but = but
        self.fault = fault

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """A :class:`Step`."""
        if isinstance(value, str) and value in BARE:
            return Step(value)
        if not isinstance(value, dict) or len(value) != 1:
            return bad(faults, where, "automation.not_action", bare=", ".join(BARE))
        ((name, said),) = value.items()
        known = [kind for kind in STEPS if kind not in self.but]
        if name in self.but:
            return bad(faults, (*where, name), self.fault, action=name)
        if name not in STEPS:
            told = {"known": ", ".join(known)}
            return unlike(faults, (*where, name), "automation.no_action", name, known, **told)
        before = len(faults)
        taken = STEPS[name].take(said, (*where, name), faults)
        if taken in ({}, []):
            bad(faults, (*where, name), "automation.says_nothing", action=name)
        return BAD if len(faults) > before else Step(name, taken)

    def fits(self, value: Any) -> bool:
        """A mapping, or a word."""
        return isinstance(value, dict | str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """An object with one property, or one of a few words."""
        properties = {
            name: {**kind.schema(doc), "description": doc(f"action.{name}")}
            for name, kind in STEPS.items()
            if name not in self.but
        }
        one = {"type": "object", "properties": properties, "additionalProperties": False,
               "minProperties": 1, "maxProperties": 1}  # fmt: skip
        return {"anyOf": [one, {"enum": list(BARE)}]}


ACTIONS = ListOf(Action(but=BY_PERSON, fault="automation.reply_by_rule"), whole=True)
"""What a rule does; rungs of an escalation speak the same language."""

WHEN = Either(
    Keyed(Value(), check=lambda key: isinstance(key, str) and bool(key.strip()), whole=True),
    Text(),
)
"""Fields and what they must be, or a query."""

RULE = Record("rule", {
    "name": Key(Text(), needed=True),
    "on": Key(ListOf(Choice(*TRIGGERS), lone=True, whole=True), needed=True),
    "when": WHEN,
    "do": Key(ACTIONS, needed=True),
    "stop": Flag(),
})  # fmt: skip
"""One automation rule."""

MACRO = Record("macro", {
    "label": LABEL,
    "when": WHEN,
    "with": Texts(named=True),
    "do": Key(
        ListOf(Action(but=BY_ITSELF, fault="automation.auto_reply_by_person"), whole=True),
        needed=True,
    ),
})  # fmt: skip
"""One macro."""

RULES, MACROS = ListOf(RULE), Keyed(MACRO, check=is_name)
"""The sections of a settings file."""
