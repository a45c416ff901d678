"""What is said of personal data: which was masked just now, and which still stands on tickets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tkt.domain.custom.field import Label
from tkt.domain.privacy import pieces
from tkt.domain.workflow import UNFINISHED
from tkt.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tkt.domain.masking import Found
    from tkt.services.stage import Stage
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved

KINDS = {
    "mobile": Label("手机号", "mobile number"),
    "phone": Label("电话号码", "phone number"),
    "card": Label("身份证号", "identity number"),
    "bank": Label("银行卡号", "bank card number"),
    "mail": Label("邮箱", "e-mail address"),
    "address": Label("地址", "address"),
}
"""What people call each kind of personal data."""


def told(stage: Stage, saved: Saved) -> None:
    """Say which personal data was masked in what has just been recorded."""
    for change in saved.changes:
        if change.found:
            stage.remark("masking.done", id=change.ticket_id, kinds=_kinds(change.found))


def _kinds(found: Sequence[Found]) -> Label:
    """What was found, kind by kind, with how many there are of each."""
    counts = Counter(each.kind for each in found)
    zh = "、".join(KINDS[kind].zh + (f"×{n}" if n > 1 else "") for kind, n in counts.items())
    en = ", ".join(KINDS[kind].en + (f" ×{n}" if n > 1 else "") for kind, n in counts.items())
    return Label(zh, en)


def unmasked(desk: Desk, paths: Collection[str]) -> Iterator[BadData]:
    """Those of these ticket files that nobody has finished and that show personal data."""
    settings = desk.settings
    if not settings.masking:
        return
    marks = ", ".join("?" * len(UNFINISHED))
    for ticket_id, path in list(desk.index.select(_OPEN.format(marks=marks), UNFINISHED)):
        ticket = desk.index.ticket(ticket_id) if path in paths else None
        if ticket and (found := pieces(ticket, settings)):
            kinds = _kinds([piece.found for piece in found])
            yield BadData("masking.unmasked", path=path, id=ticket_id, kinds=kinds)


_OPEN = "SELECT id, path FROM tickets WHERE state IN ({marks}) ORDER BY num"
