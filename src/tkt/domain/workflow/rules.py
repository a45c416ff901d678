"""What a workflow asks beyond its states: kept as plain data, and read when it is needed.

A list of tickets needs the states of its workflows and nothing else, so the rest stays text until
somebody moves a ticket.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Needs(NamedTuple):
    """What entering a state asks for; ``checklist`` are the items that must be ticked.

    ``until`` is whether a date or a reason is needed (None: as its category has it). Of ``any`` one
    must be met. ``rule`` is where the file says it.
    """

    rule: str
    fields: tuple[str, ...] = ()
    note: bool = False
    reply: bool = False
    checklist: bool | tuple[str, ...] = False
    until: bool | None = None
    any: tuple[Needs, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether it asks for nothing."""
        asked = (self.fields, self.note, self.reply, self.checklist, self.until, self.any)
        return not any(asked)


class Way(NamedTuple):
    """One transition: from which states into which, who may go it (nobody named: all)."""

    rule: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    who: tuple[str, ...]
    needs: Needs


class Item(NamedTuple):
    """One item of the checklist: ``states`` in which it is to be done, all where none is named."""

    name: str
    zh: str
    en: str
    states: tuple[str, ...]


class Approval(NamedTuple):
    """A second person for amounts ``above`` a limit, before a ticket enters one of ``states``.

    Where none is named, before it is resolved or closed.
    """

    field: str
    above: float
    by: tuple[str, ...]
    states: tuple[str, ...]


class Rules:
    """The sound part of a workflow's file beside its states; equal if the data are."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, text: str = "{}") -> None:
        self.text = text if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True)
        """The data as JSON, in which they are compared and kept."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rules) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Rules({self.text})"

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the file says, by section."""
        found = json.loads(self.text)
        assert isinstance(found, dict)
        return found

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of tickets that go through this workflow unless another is named."""
        return tuple(self.data.get("categories", ()))

    @property
    def defaults(self) -> dict[str, Any]:
        """Fields that a new ticket begins with where nothing is said of them."""
        return dict(self.data.get("defaults", {}))

    @property
    def has_transitions(self) -> bool:
        """Whether the file says which ways there are; else the categories say it."""
        return self.text != "{}" and "transitions" in self.data

    @cached_property
    def transitions(self) -> tuple[Way, ...]:
        """The ways between states, in file order."""
        return tuple(
            Way(rule, _names(said["from"]), _names(said["to"]), _names(said.get("who", ())),
                _needs(said.get("requires", {}), f"{rule}.requires"))
            for said in self.data.get("transitions", ())
            for rule in (f"transitions.{said['at'] + 1}",)
        )  # fmt: skip

    def ways(self, start: str) -> frozenset[str]:
        """The names of the states that one leads to."""
        return frozenset(to for way in self._leading.get(start, ()) for to in way.end)

    def way(self, start: str, end: str) -> Way | None:
        """The transition that leads from one state to another."""
        return next((way for way in self._leading.get(start, ()) if end in way.end), None)

    @cached_property
    def _leading(self) -> dict[str, list[Way]]:
        """The transitions that lead out of each state, in file order."""
        found: dict[str, list[Way]] = {}
        for way in self.transitions:
            for start in dict.fromkeys(way.start):
                found.setdefault(start, []).append(way)
        return found

    @cached_property
    def requires(self) -> dict[str, Needs]:
        """Category or state to what entering it asks for."""
        said = self.data.get("requires", {})
        return {name: _needs(said[name], f"requires.{name}") for name in said}

    def needs(self, start: str, end: str, category: str) -> list[Needs]:
        """Everything that entering ``end``, of this category, from ``start`` asks for."""
        named = [self.requires[name] for name in dict.fromkeys((category, end))
                 if name in self.requires]  # fmt: skip
        way = self.way(start, end)
        return named if way is None or way.needs.is_nothing else [*named, way.needs]

    def asks(self, start: str, end: str, category: str) -> bool:
        """Whether going from one state to another asks for anything or anybody."""
        way = self.way(start, end)
        asked = any(not needs.is_nothing for needs in self.needs(start, end, category))
        return asked or bool(way and way.who) or bool(self.approval and end in self.approval.states)

    @cached_property
    def checklist(self) -> tuple[Item, ...]:
        """The items that are ticked on tickets."""
        return tuple(
            Item(said["name"], said["label"]["zh"], said["label"]["en"],
                 _names(said.get("states", ())))
            for said in self.data.get("checklist", ())
        )  # fmt: skip

    def item(self, word: str) -> Item | None:
        """The item of the checklist that ``word`` names or labels; a name goes before a label."""
        wanted = word.strip().casefold()
        for item in self.checklist:
            if item.name.casefold() == wanted:
                return item
        return next(
            (i for i in self.checklist if wanted in (i.zh.casefold(), i.en.casefold())), None
        )

    @cached_property
    def approval(self) -> Approval | None:
        """The amount that a second person has to approve of."""
        said = self.data.get("approval")
        if said is None:
            return None
        names = _names(said["by"]), _names(said.get("states", ()))
        return Approval(said["field"], float(said["above"]), *names)

    @property
    def reopens_to(self) -> str | None:
        """The state that reopening leads to."""
        name = self.data.get("reopen", {}).get("to")
        return None if name is None else str(name)

    @property
    def reopens_within(self) -> str | None:
        """How long after its end a customer's message reopens a ticket; None: always."""
        length = self.data.get("reopen", {}).get("within")
        return None if length is None else str(length)

    @property
    def opens_on_message(self) -> bool:
        """Whether a customer's message brings a waiting ticket back to work."""
        return self.data.get("on_message") != "stay"


def _names(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _needs(said: Mapping[str, Any], rule: str) -> Needs:
    checklist = said.get("checklist", False)
    return Needs(
        rule,
        _names(said.get("fields", ())),
        bool(said.get("note")),
        bool(said.get("reply")),
        checklist if isinstance(checklist, bool) else _names(checklist),
        said.get("until"),
        tuple(_needs(one, rule) for one in said.get("any", ())),
    )
