"""What rules may call an event, and whether any rule of a desk waits for it.

Asked of every action on every desk that has rules, so it takes nothing else to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.ticket import Event


def is_waited_for(automation: str, events: Iterable[Event]) -> bool:
    """Whether a rule of a desk may act on one of these events; ``automation`` is packed."""
    waited = automation.partition("\n")[0].split()
    return any(not kinds_of(event).isdisjoint(waited) for event in events)


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
    if event.do == "edit":
        kinds.add("set")
    return frozenset(kinds)


def is_new_here(event: Event) -> bool:
    """Whether an event happened on its ticket, and was not merely carried there or added by us."""
    return "from" not in event.data and event.do not in ("contest", "restore", "renumber")
