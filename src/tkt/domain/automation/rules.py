"""Rules and macros as values, which rules an event calls for, and what marks what they did.

Every event that a rule makes says by which rule (``rule``) and because of which event (``cause``).
Its id is made of the cause's id and of its place among what follows from it: it stands right
behind the cause, and clones on which the same rule ran make the same event.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain import ids
from tkt.domain.automation.language import MOST_STEPS, Step
from tkt.domain.fields import is_name
from tkt.domain.merge import checksum
from tkt.domain.ticket import EVENT_KEYS, Event, Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.change import Change

DEEPEST = 5
"""So many rules follow from one another; then somebody has to look."""
_NAME_LENGTH = 60
_HEAD = (*EVENT_KEYS, "if")


class Condition(NamedTuple):
    """When something applies: as its file says it, and bound, unless it moves with the clock."""

    said: Any = None
    bound: Any = None
    hours: str | None = None


class Rule(NamedTuple):
    """One rule; ``ref`` says where it stands, ``workflow`` to whose tickets alone it applies."""

    name: str
    ref: str
    workflow: str | None
    on: tuple[str, ...]
    when: Condition
    do: tuple[Step, ...]
    stop: bool = False

    @property
    def actor(self) -> str:
        """The name by which it stands in timelines."""
        return actor_of(self.name)


class Macro(NamedTuple):
    """One macro; ``needs`` are variables that must be given with it."""

    name: str
    ref: str
    workflow: str | None
    zh: str
    en: str
    when: Condition
    needs: tuple[str, ...]
    do: tuple[Step, ...]


class Automation(NamedTuple):
    """All that a desk has: its own first, then that of its workflows, in the order of the files."""

    rules: tuple[Rule, ...] = ()
    macros: tuple[Macro, ...] = ()

    def rules_for(self, workflow: str) -> Iterator[tuple[int, Rule]]:
        """(place, rule) of those that concern tickets of a workflow."""
        for place, rule in enumerate(self.rules):
            if rule.workflow in (None, workflow):
                yield place, rule


def packed(automation: Automation) -> str:
    """As text, so that whoever needs none of it reads none of it; empty if there is nothing."""
    return json.dumps(automation, ensure_ascii=False) if any(automation) else ""


def unpacked(text: str) -> Automation:
    """What :func:`packed` packed."""
    if not text:
        return Automation()
    rules, macros = json.loads(text)
    return Automation(tuple(map(_rule, rules)), tuple(map(_macro, macros)))


def _rule(data: list[Any]) -> Rule:
    name, ref, workflow, on, when, do, stop = data
    steps = tuple(Step(*step) for step in do)
    return Rule(name, ref, workflow, tuple(on), Condition(*when), steps, stop)


def _macro(data: list[Any]) -> Macro:
    name, ref, workflow, zh, en, when, needs, do = data
    steps = tuple(Step(*step) for step in do)
    return Macro(name, ref, workflow, zh, en, Condition(*when), tuple(needs), steps)


def actor_of(name: str) -> str:
    """A rule's name as a name in timelines and for Git."""
    kept = "".join(c if c.isalnum() or c in "._-+" else "-" for c in name).strip("-._+")
    kept = kept[:_NAME_LENGTH].rstrip("-._+")
    return kept if is_name(kept) else ""


# -- events -----------------------------------------------------------------------------------


def kinds_of(event: Event) -> frozenset[str]:
    """What a rule may call this event: its kind, and what it did to fields."""
    kinds = {event.do}
    if event.do == "open":
        return frozenset(kinds)
    data = event.data
    changed = data.get("set", {}).keys()
    if "status" in changed:
        kinds.add("move")
    if changed & {"assignee", "team"}:
        kinds.add("assign")
    return frozenset(kinds)


def is_new_here(event: Event) -> bool:
    """Whether an event happened on its ticket, and was not merely carried there or added by us."""
    return "from" not in event.data and event.do not in ("contest", "restore", "renumber")


def has_fired(ticket: Ticket, rule: str, cause: Event) -> bool:
    """Whether a rule has acted on an event; the timeline says so on every clone."""
    return any(
        event.data.get("cause") == cause.id and event.data.get("rule") == rule
        for event in ticket.events
    )


def chain_of(ticket: Ticket, event: Event) -> list[str]:
    """The rules that led to an event, the last first; none to what a person did.

    None of them acts on it again: otherwise two rules could go on for ever.
    """
    chain: list[str] = []
    found: Event | None = event
    while found is not None and "cause" in found.data and len(chain) < DEEPEST:
        chain.append(str(found.data.get("rule")))
        found = ticket.event(str(found.data["cause"]))
    return chain


def attributed(change: Change, rule: Rule, cause: Event, *, place: int, step: int) -> Change:
    """A change as the work of a rule: its events say so, and have ids that every clone makes."""
    events = tuple(
        _attributed(event, rule, cause, place=place, step=step, number=number)
        for number, event in enumerate(change.events)
    )
    assert change.before is not None
    return change._replace(events=events, after=change.before.after(*events), rule=rule.ref)


def _attributed(
    event: Event, rule: Rule, cause: Event, *, place: int, step: int, number: int
) -> Event:
    seed = checksum(cause.id, rule.ref, str(step), str(number))
    event_id = cause.id + ids.following(place * MOST_STEPS + step, seed)
    head = {key: event.data[key] for key in _HEAD if key in event.data}
    rest = {key: value for key, value in event.data.items() if key not in head}
    data = {**head, "id": event_id, "rule": rule.ref, "cause": cause.id, **rest}
    return Event(data, event.instant)
