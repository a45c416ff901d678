"""Reading one ticket, as JSON shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import TIMELINE
from tkt.domain.ids import id_in_path
from tkt.errors import NotFound

if TYPE_CHECKING:
    from tkt.errors import BadData
    from tkt.storage.desk import Desk

Row = dict[str, Any]


def row_of(desk: Desk, doc: Row, *, path: str, state: str, edited: bool) -> Row:
    """A ticket as JSON shows it: what the file says, and what is derived from it."""
    return {
        **doc,
        "path": path,
        "state_category": state,
        "sla": None,
        "next_due_at": None,
        "edited": edited,
        "contested": doc.get("contested", []),
    }


def show(desk: Desk, reference: str) -> Row:
    """One ticket."""
    ticket_id = desk.find(reference)
    found = next(
        desk.index.select(
            "SELECT docs.doc, path, state, blob FROM tickets JOIN docs USING (num) WHERE id = ?",
            (ticket_id,),
        ),
        None,
    )
    if found is None:
        raise NotFound("ticket.none", id=reference)
    doc, path, state, blob = found
    return row_of(desk, json.loads(doc), path=path, state=state, edited=desk.is_edited(path, blob))


def saved_row(desk: Desk, ticket_id: str) -> Row:
    """One ticket just written, as JSON shows it."""
    return show(desk, ticket_id)


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
                start = max(0, at - cells // 3)
                return ("…" if start else "") + text[start : start + cells]
    return ""
