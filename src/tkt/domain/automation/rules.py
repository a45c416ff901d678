"""Rules and macros as values, and which rules an event calls for."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import is_name
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.ticket import Event, Ticket

MOST_STEPS = 20
"""Actions of one rule or macro; with more than that nobody sees what it does."""
DEEPEST = 5
"""So many rules follow from one another; then somebody has to look."""
MOST_EVENTS = 100
"""So many events may follow from one action of a person."""
_NAME_LENGTH = 60


TRIGGERS = (
    "open", "message", "reply", "note", "draft", "take", "assign", "set", "move", "wait",
    "resolve", "close", "reopen", "escalate", "archive", "link", "unlink", "merge", "split",
    "undo", "watch", "promise", "rating", "edit", "auto_reply", "remind",
    "bot", "handover", "helped",
)  # fmt: skip
"""What a rule may wait for: kinds of event. ``move`` is any change of state, however it came about,
and ``assign`` any change of agent or team."""


class Step(NamedTuple):
    """One action: its kind, and what it was given."""

    kind: str
    said: Any = None


class Condition(NamedTuple):
    """When something applies: as its file says it, and bound, unless it moves with the clock.

    ``times`` and ``dates`` are those of the day and of the year at which it does.
    """

    said: Any = None
    bound: Any = None
    hours: str | None = None
    times: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


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
    """As text, so that whoever needs none of it reads none of it; empty if there is nothing.

    Its first line has the kinds of event that rules wait for.
    """
    if not any(automation):
        return ""
    waited = sorted({kind for rule in automation.rules for kind in rule.on})
    return f"{' '.join(waited)}\n{json.dumps(automation, ensure_ascii=False)}"


@lru_cache(4)
def unpacked(text: str) -> Automation:
    """What :func:`packed` packed."""
    if not text:
        return Automation()
    rules, macros = json.loads(text.partition("\n")[2])
    return Automation(tuple(map(_rule, rules)), tuple(map(_macro, macros)))


def _rule(data: list[Any]) -> Rule:
    name, ref, workflow, on, when, do, stop = data
    steps = tuple(Step(*step) for step in do)
    return Rule(name, ref, workflow, tuple(on), _condition(*when), steps, stop)


def _macro(data: list[Any]) -> Macro:
    name, ref, workflow, zh, en, when, needs, do = data
    steps = tuple(Step(*step) for step in do)
    return Macro(name, ref, workflow, zh, en, _condition(*when), tuple(needs), steps)


def _condition(
    said: Any, bound: Any, hours: str | None, times: list[str], dates: list[str]
) -> Condition:
    return Condition(said, bound, hours, tuple(times), tuple(dates))


def actor_of(name: str) -> str:
    """A rule's name as a name in timelines and for Git."""
    kept = "".join(c if c.isalnum() or c in "._-+" else "-" for c in name).strip("-._+")
    kept = kept[:_NAME_LENGTH].rstrip("-._+")
    return kept if is_name(kept) else ""


# -- events -----------------------------------------------------------------------------------


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
