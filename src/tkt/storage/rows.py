"""A ticket as rows of the index: a pure function of its file and of the desk's settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.facts import facts_of
from tkt.domain.fields import ITEMS, PRIORITIES, TIMELINE, listed, parse_time
from tkt.domain.ids import number_of
from tkt.domain.notices import notices_of
from tkt.domain.routing.past import past_of
from tkt.domain.sla.track import track_of
from tkt.domain.summary import counts_of
from tkt.domain.words import cut
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tkt.domain.routing.past import Past
    from tkt.domain.sla.track import Track
    from tkt.domain.sweeping.plan import Plan
    from tkt.domain.ticket import Ticket

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
RANKS = {name: rank for rank, name in enumerate(PRIORITIES)}
NORMAL = RANKS["normal"]


class Rows(NamedTuple):
    """What the index holds of one ticket."""

    num: int
    ticket: tuple[Any, ...]
    doc: str
    track: str
    items: tuple[tuple[str, str], ...]
    notices: tuple[tuple[str, int, str, str], ...]
    events: tuple[tuple[str, int, str, str, int], ...]
    text: str
    gifts: tuple[tuple[str, int, str], ...] = ()
    wait: tuple[int, str, int] | None = None
    uses: tuple[tuple[str, int, str, str, str], ...] = ()


def rows_of(ticket: Ticket, *, path: str, blob: str, plan: Plan) -> Rows:
    """The rows of one ticket."""
    get = ticket.fields.get
    workflow = get("workflow")

    def category(status: str) -> str:
        return plan.category(workflow, status)

    facts = facts_of(ticket, category)
    track = track_of(ticket)
    times = times_of(track, workflow, plan)
    claim, counts = facts.claim, counts_of(ticket, category)
    num, status = number_of(ticket.id), get("status", "")
    row = (
        num, ticket.id, path, blob, int(path.startswith("archive/")), ticket.title, status,
        "merged" if ticket.is_merged else category(status), workflow, get("category"),
        get("priority"),
        RANKS.get(get("priority") or "normal", NORMAL), get("severity"), get("channel"),
        get("customer"), get("order"), get("team"), get("assignee"), get("level"),
        seconds(ticket.opening.instant), seconds(facts.updated), times.due, facts.messages,
        facts.replies, facts.notes, seconds(facts.first_reply), seconds(facts.waiting_since),
        seconds(facts.resolved), seconds(facts.closed), int("contested" in ticket.fields),
        get("external"), seconds(_time(get("until"))),
        claim.by if claim else None, seconds(claim.at) if claim else None, get("merged_into"),
        times.late_from, times.wake, facts.transfers,
    )  # fmt: skip
    doc, past = ticket.doc(), past_of(ticket, category)
    notices = tuple(
        (notice.agent, int(notice.at.timestamp()), notice.event, notice.why)
        for notice in notices_of(ticket)
    )
    return Rows(
        num, row, _JSON.encode(doc), _JSON.encode(track), tuple(items_of(ticket.fields)), notices,
        tuple(
            (e.id, int(e.instant.timestamp()), e.by, e.do, counts.get(e.id, 0))
            for e in ticket.events
        ),
        cut(searchable(doc)),
        tuple((gift.agent, int(gift.at.timestamp()), gift.event) for gift in past.gifts),
        _wait(past),
        tuple(_uses(ticket)),
    )  # fmt: skip


def _uses(ticket: Ticket) -> Iterator[tuple[str, int, str, str, str]]:
    """(slug, when, event, its kind, by whom) of every article that served the ticket."""
    for event in ticket.events:
        for slug in event.data.get("articles", ()):
            yield slug, int(event.instant.timestamp()), event.id, event.do, event.by


def _wait(past: Past) -> tuple[int, str, int] | None:
    """(whether it is parked, what it needs, since when) of a ticket that somebody should have."""
    wait = past.wait
    return wait and (int(wait.parked), wait.need.text, int(wait.since.timestamp()))


class Times(NamedTuple):
    """When a ticket is due next, from when on it is late, and when a sweep has to do with it."""

    due: int | None
    late_from: int | None
    wake: int | None


def times_of(track: Track, workflow: object, plan: Plan) -> Times:
    """The times of a ticket."""
    timers = plan.timers(track, workflow)
    reckoning = timers.reckoning
    due = min((at for _, at in reckoning.dues()), default=None)
    return Times(due, None if due is None else reckoning.late_from(), timers.wake())


def items_of(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, item) of every list, and of every link to another ticket."""
    for name in ITEMS:
        for item in listed(fields.get(name)):
            yield name, item


def _time(text: str | None) -> datetime | None:
    return parse_time(text) if text else None


def searchable(doc: Mapping[str, Any]) -> str:
    """What full-text search looks through: every text field and every word that was said."""
    texts = [value for key, value in doc.items() if key != TIMELINE and isinstance(value, str)]
    texts += (event["text"] for event in doc[TIMELINE] if event.get("text"))
    return "\n".join(texts)


def seconds(moment: datetime | None) -> int | None:
    """Whole seconds since 1970, None for None."""
    return None if moment is None else int(moment.timestamp())
