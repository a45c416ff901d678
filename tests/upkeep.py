"""Tickets laid into a desk by hand, as tests of check, doctor, maintain and log need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desks import commit_by_hand
from tkt.domain.ids import path_of
from tkt.storage.dump import dump

if TYPE_CHECKING:
    from pathlib import Path

T1 = "261121-2222"
OPENED = "2026-11-21T10:00:00+08:00"


def an_event(number: int, do: str, **more: Any) -> dict[str, Any]:
    """One event; ``number`` orders it."""
    return {"id": f"22{number}AAAAAAA", "at": f"2026-11-21T10:0{number}:00+08:00", "by": "lin",
            "do": do, **more}  # fmt: skip


def a_doc(ticket_id: str = T1, *events: dict[str, Any], **top: Any) -> dict[str, Any]:
    """A sound ticket with more events, and with its top changed by ``top``."""
    fields = {"title": "杯子碎了", "status": "open", "workflow": "simple", "priority": "normal"}
    opening = {**an_event(0, "open"), "set": fields}
    doc = {"id": ticket_id, **fields, "opened": OPENED, **top}
    return {**doc, "timeline": [opening, *events]}


def an_archived(ticket_id: str = T1) -> dict[str, Any]:
    """A sound ticket that is archived."""
    at = "2026-11-21T10:05:00+08:00"
    event = an_event(5, "archive", set={"archived": at})
    return a_doc(ticket_id, event, archived=at)


def text(doc: dict[str, Any]) -> bytes:
    """A document as its file."""
    return dump(doc).encode()


def lay(folder: Path, doc: dict[str, Any], path: str | None = None) -> str:
    """Commit a ticket by hand; its path."""
    path = path or path_of(doc["id"], archived="archived" in doc)
    commit_by_hand(folder, {path: text(doc)})
    return path
