"""One entry of the audit trail: who did what, when and why, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Deed(NamedTuple):
    """One commit as an answer: ``by`` is an agent's id, else the author's name as Git has it.

    ``tickets`` are those whose files it changed, whatever its message says. ``action`` is None for
    what was committed without tkt.
    """

    commit: str
    at: datetime
    by: str
    author: str
    email: str
    actor: str | None
    action: str | None
    tickets: tuple[str, ...]
    what: str
    why: str
    rule: str | None
