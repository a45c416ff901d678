"""An agent's day as a card: what needs them now, the most pressing first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.table import Card, Section
from tkt.render.views import inbox, tickets, training
from tkt.texts import say

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.settings import Settings

HEAPS = ("late", "promised", "due", "waiting", "mine")


def card(today: Any, settings: Settings, *, now: datetime | None, document: Any) -> Card:
    """What there is to do, for people who read it ``now``; empty headings are left out."""
    for_people = now is not None
    look = "human" if for_people else "plain"

    def heading(name: str, count: int) -> str:
        return say(f"today.{name}", count=count) if for_people else f"{name}: {count}"

    sections = []
    if today.inbox:
        shown = inbox.table(today.inbox, settings, now=now)
        sections.append(
            Section(
                heading("inbox", today.unread),
                shown._replace(notes=_rest(today.unread, today.inbox)),
            )
        )
    for name in HEAPS:
        heap = getattr(today, name)
        if heap.total:
            shown = tickets.table(heap.rows, settings, look)
            notes = _rest(heap.total, heap.rows)
            sections.append(Section(heading(name, heap.total), shown._replace(notes=notes)))
    if today.unassigned.total:
        sections.append(Section(heading("unassigned", today.unassigned.total), ""))
    if today.training:
        shown = training.table(today.training, settings, now=now)
        sections.append(Section(heading("training", len(today.training)), shown))
    if not sections and for_people:
        sections.append(Section(say("today.nothing"), ""))
    title = f"{today.agent}  done: {today.done}"
    if for_people:
        who = tickets.agent_label(settings, today.agent)
        title = say("today.title", who=who, done=today.done)
    return Card(title, {}, tuple(sections), document)


def _rest(total: int, shown: list[Any]) -> tuple[str, ...]:
    return (say("today.more", count=total - len(shown)),) if total > len(shown) else ()
