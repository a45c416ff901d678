"""What no ticket shows by itself: links that lead round in a circle, words said on a merged ticket.

Inside one clone neither can come about. Two clones can each make half of a circle, and one can
reply on a ticket that the other has just merged away. A sync settles both before it pushes, in the
same way on every clone; ``tkt check`` finds what a plain ``git pull`` has brought.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from tkt.domain.actions.relating import carried, loosened, way_back
from tkt.domain.change import Change
from tkt.domain.fields import LINKS, listed
from tkt.domain.ids import number_of
from tkt.errors import BadData, NotFound
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.ticket import Event, Ticket
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_DIRECTED = tuple(name for name in LINKS if name not in ("relates", "split_from"))


class Edge(NamedTuple):
    """One link: the field ``name`` of a ticket names another ticket."""

    ticket: str
    name: str
    other: str


def _circle_through(desk: Desk, ticket_id: str, name: str) -> list[Edge]:
    """The links that lead from a ticket round to itself by one field; none if there is no way."""
    named_by = partial(_named_by, desk)
    for other in named_by(name, ticket_id):
        if way := way_back(name, ticket_id, other, named_by):
            return [Edge(one, name, two) for one, two in pairwise([ticket_id, *way])]
    return []


def _named_by(desk: Desk, name: str, ticket_id: str) -> Iterator[str]:
    for (item,) in desk.index.select(_ITEMS, (number_of(ticket_id), name)):
        try:
            yield desk.find(item)
        except NotFound:
            continue


_ITEMS = "SELECT item FROM items WHERE num = ? AND field = ?"


def circles(desk: Desk, ids: Iterable[str] | None = None) -> list[list[Edge]]:
    """Every circle of links, through one of ``ids`` or through any ticket; each once."""
    found: dict[frozenset[Edge], list[Edge]] = {}
    for ticket_id, name in _linking(desk, ids):
        way = _circle_through(desk, ticket_id, name)
        if way:
            found.setdefault(frozenset(way), way)
    return list(found.values())


def _linking(desk: Desk, ids: Iterable[str] | None) -> list[tuple[str, str]]:
    """(ticket, field) of the tickets that name others in a field with a direction."""
    marks = ", ".join("?" * len(_DIRECTED))
    if ids is None:
        items = "items JOIN tickets USING (num)"
        sql = f"SELECT DISTINCT id, field FROM {items} WHERE field IN ({marks})"
        return [(row[0], row[1]) for row in desk.index.select(sql, _DIRECTED)]
    sql = f"SELECT DISTINCT field FROM items WHERE num = ? AND field IN ({marks})"
    return [
        (ticket_id, row[0])
        for ticket_id in ids
        for row in desk.index.select(sql, (number_of(ticket_id), *_DIRECTED))
    ]


def strays(desk: Desk, ids: Iterable[str] | None = None) -> list[tuple[Ticket, list[Event]]]:
    """(ticket, events to carry to it) of what was said on merged tickets and is not there yet."""
    if ids is None:
        merged = "SELECT id FROM tickets WHERE merged_into IS NOT NULL"
        ids = [row[0] for row in desk.index.select(merged)]
    found: dict[str, tuple[Ticket, list[Event]]] = {}
    for ticket_id in ids:
        into = desk.merged_into(ticket_id)
        source = desk.index.ticket(ticket_id) if into != ticket_id else None
        if source is None:
            continue
        target, waiting = found.get(into) or (desk.ticket(into), [])
        # Two tickets on the way to the same one may have the same to carry.
        if copies := carried(source, target.after(*waiting)):
            found[into] = (target, [*waiting, *copies])
    return list(found.values())


def settle(desk: Desk, ids: Iterable[str] | None, *, acting: Acting) -> list[Saved]:
    """Open circles at their latest link, and carry what is to be carried; all, or about ``ids``."""
    wanted = None if ids is None else sorted(ids)
    if not any(circles(desk, wanted)) and not strays(desk, wanted):
        return []

    def decide(run: Transaction) -> list[Saved]:
        changes = [_opened(desk, way) for way in circles(desk, wanted)]
        done = [run.save(change, person=acting.person, now=acting.now) for change in changes]
        for target, copies in strays(desk, wanted):
            change = Change("carry", target, target.after(*copies), tuple(copies))
            done.append(run.save(change, person=acting.person, now=acting.now))
        return done

    return desk.write(decide, acting.grouping("settle"))


def _opened(desk: Desk, way: list[Edge]) -> Change:
    """The change that takes away the link of a circle that was made last."""
    made = [(_maker(desk.ticket(edge.ticket), edge), edge) for edge in way]
    event, edge = max(made, key=lambda pair: (*pair[0].order, pair[1]))
    return loosened(desk.ticket(edge.ticket), edge.name, edge.other, event)


def _maker(ticket: Ticket, edge: Edge) -> Event:
    """The event that made a link."""
    event: Event
    for event in reversed(ticket.events):
        named = [*listed(event.data.get("set", {}).get(edge.name))]
        named += event.data.get("add", {}).get(edge.name, ())
        if named:
            return event
    return ticket.opening


def faults(desk: Desk) -> list[BadData]:
    """What ``tkt check`` says of all this."""
    found = [
        BadData(
            "link.round",
            path=desk.path_of(way[0].ticket),
            id=way[0].ticket,
            others=", ".join(edge.other for edge in way),
        )
        for way in circles(desk)
    ]
    found += [
        BadData("merge.left_behind", path=desk.path_of(to.id), id=to.id, count=len(copies))
        for to, copies in strays(desk)
    ]
    return found
