"""Reading one ticket, as JSON shows it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.custom.renaming import has_older_names, renamed
from tkt.domain.facts import is_fresh
from tkt.domain.fields import LINKS, TIMELINE
from tkt.domain.ids import id_in_path
from tkt.domain.routing.rule import ROUTED
from tkt.errors import NotFound, Remark
from tkt.named import NamedTuple
from tkt.services.clocks import moment, reckoned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tkt.domain.settings import Settings
    from tkt.errors import BadData
    from tkt.storage.desk import Desk

Row = dict[str, Any]


COLUMNS = "tickets.num, path, state, blob, claimant, claimed, waiting_since, due, transfers"
"""What :func:`rows_of` needs of a ticket's row in the index."""

_FEW = 500
"""So many tickets are asked of one by one."""
_AT_ONCE = 100
"""So many documents are held at a time."""


class Found(NamedTuple):
    """The row of one ticket, by :data:`COLUMNS`; ``reason`` is why nobody has it."""

    num: int
    path: str
    state: str
    blob: str
    claimant: str | None
    claimed: int | None
    waiting_since: int | None
    due: int | None
    transfers: int
    reason: str | None = None


def rows_of(
    desk: Desk, found: Sequence[Found], *, now: datetime, clocks: bool = True
) -> Iterator[Row]:
    """Tickets as JSON shows them: what each file says, and what is derived from it.

    Without ``clocks`` they are left out, as a list for people has no use for them. What the index
    knows is asked for many at once, and of no more than are held at a time.
    """
    for start in range(0, len(found), _AT_ONCE):
        some = found[start : start + _AT_ONCE]
        numbers = [each.num for each in some]
        docs = {num: rest for num, *rest in desk.index.among(_DOCS, numbers)}
        ready = [(each, *_read(desk, *docs[each.num])) for each in some]
        names = _names(desk, [doc for _, doc, _ in ready])
        links = _links(desk, [doc["id"] for _, doc, _ in ready])
        titles = _titles(desk, [doc for _, doc, _ in ready])
        for each, doc, track in ready:
            name = names.get(doc.get("customer", ""))
            yield {
                **doc,
                **({"customer_name": name} if name else {}),
                **(
                    {"article_titles": {slug: titles.get(slug) for slug in doc["articles"]}}
                    if doc.get("articles")
                    else {}
                ),
                "path": each.path,
                "state_category": each.state,
                "sla": _sla(desk, doc, track, now) if clocks else None,
                "next_due_at": moment(each.due, desk.settings.zone),
                "edited": desk.is_edited(each.path, each.blob),
                "contested": doc.get("contested", []),
                "updated": doc[TIMELINE][-1]["at"],
                "waiting_since": _as_told(doc, each.waiting_since),
                "claim": _claim(each, desk.settings, now),
                "linked": links.get(doc["id"], []),
                "unassigned_reason": each.reason,
                "transfers": each.transfers,
            }


_DOCS = "SELECT num, doc, track FROM docs JOIN tracks USING (num) WHERE num IN ({marks})"
_NAMES = "SELECT id, name, merged_into FROM customers WHERE id IN ({marks})"
_LINKS = (
    "SELECT item, field, id FROM items JOIN tickets USING (num)"
    " WHERE field IN ({fields}) AND item IN ({{marks}}) ORDER BY num"
).format(fields=", ".join(map(repr, LINKS)))


def _read(desk: Desk, text: str, track: str) -> tuple[Row, str]:
    """(a ticket's document, under the names that fields have now; its track)."""
    doc: Row = json.loads(text)
    declared = desk.settings.fields
    return (renamed(declared, doc) if has_older_names(declared, text) else doc), track


def _names(desk: Desk, docs: Iterable[Row]) -> dict[str, str]:
    """How the customers are called whose ids stand on tickets."""
    ids = {each for doc in docs if (each := doc.get("customer", "")).startswith("c-")}
    found = {}
    for customer, name, into in desk.index.among(_NAMES, ids) if ids else ():
        name = desk.index.customer_name(customer) if into else name
        if name:
            found[customer] = name
    return found


def _titles(desk: Desk, docs: Iterable[Row]) -> dict[str, str]:
    """What the articles are called that stand on tickets."""
    slugs = {slug for doc in docs for slug in doc.get("articles", ())}
    if not slugs:
        return {}
    from tkt.services.kb.finding import among  # few tickets have any

    return {one.slug: one.title for one in among(desk, sorted(slugs))}


def _links(desk: Desk, ids: Sequence[str]) -> dict[str, list[Row]]:
    """The tickets that name each of these in a field that links."""
    found: dict[str, list[Row]] = {}
    for named, field, other in desk.index.among(_LINKS, ids):
        found.setdefault(named, []).append({"by": field, "id": other})
    return found


def _sla(desk: Desk, doc: Row, track: str, now: datetime) -> Row:
    reckoning = desk.promised.reckoning(json.loads(track), doc.get("workflow"))
    return reckoned(reckoning, now, desk.settings.zone)


def _as_told(doc: Row, seconds: int | None) -> str | None:
    """A time of a ticket's events as its file tells it, which takes no look at time zones."""
    if seconds is None:
        return None
    times: Iterator[str] = (event["at"] for event in doc[TIMELINE])
    return next((at for at in times if _seconds(at) == seconds), None)


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def _claim(found: Found, settings: Settings, now: datetime) -> Row | None:
    """Who is at work on a ticket at this moment; a claim that has run out is none."""
    if found.claimant is None or found.claimed is None:
        return None
    since = datetime.fromtimestamp(found.claimed, UTC)
    if not is_fresh(since, now=now, lasts=settings.claim):
        return None
    since = since.astimezone(settings.zone)
    until = since + settings.claim
    return {"by": found.claimant, "since": since.isoformat(), "until": until.isoformat()}


def show(desk: Desk, reference: str, *, now: datetime, follow: bool = False) -> Row:
    """One ticket; of a merged one (to ``follow``) what it has become."""
    ticket_id = desk.find(reference)
    if follow:
        ticket_id = desk.merged_into(ticket_id)
    select = f"SELECT {COLUMNS} FROM tickets WHERE id = ?"
    found = next(desk.index.select(select, (ticket_id,)), None)
    if found is None:
        raise NotFound("ticket.none", id=reference)
    (shown,) = with_reasons(desk, [Found(*found)], now=now)
    return next(rows_of(desk, [shown], now=now))


def with_reasons(desk: Desk, found: list[Found], *, now: datetime) -> list[Found]:
    """The same, and why nobody has those that wait for somebody."""
    free = [each.num for each in found if each.state in ROUTED]
    if not free or not desk.settings.agents:
        return found
    marks = ", ".join("?" * len(free)) if len(free) <= _FEW else ""
    where = f"WHERE num IN ({marks})" if marks else ""
    asked = f"SELECT 1 FROM waits {where} LIMIT 1"
    if next(desk.index.select(asked, free if marks else ()), None) is None:
        return found
    from tkt.services.routing.reasons import reasons  # where all have an agent nothing is asked

    told = reasons(desk, free, now=now)
    return [each._replace(reason=told.get(each.num)) for each in found]


def remarks_on(desk: Desk, reference: str, row: Row) -> Iterator[Remark]:
    """What somebody who asked for ``reference`` and is shown ``row`` should know."""
    meant = desk.find(reference)
    if meant != row["id"]:
        yield Remark("ticket.followed", id=meant, into=row["id"])
    if former := desk.index.formerly(row["id"]):
        yield Remark("show.formerly", id=row["id"], others=", ".join(former))


def broken_row(fault: BadData, message: str) -> Row:
    """A file that is no ticket, as an item of a list."""
    return {
        "id": id_in_path(fault.path),
        "path": fault.path,
        "broken": {"line": fault.line, "column": fault.column, "message": message},
    }


def excerpt(row: Row, words: str, cells: int = 60) -> str:
    """The place in a ticket's text where one of the words stands, with a little around it."""
    texts: list[str] = [event["text"] for event in row.get(TIMELINE, ()) if event.get("text")]
    for word in words.split():
        for text in texts:
            at = text.casefold().find(word.casefold().strip('"“”'))
            if at >= 0:
                start = max(0, at - cells // 8)
                return ("…" if start else "") + text[start : start + cells]
    return ""
