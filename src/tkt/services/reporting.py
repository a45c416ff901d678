"""The report of one ticket, with the row that says where it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.report import Report, report_of
from tkt.domain.workflow import category_of
from tkt.services import looking

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.services.looking import Row
    from tkt.storage.desk import Desk


def report(desk: Desk, reference: str, *, now: datetime, follow: bool) -> tuple[Row, Report]:
    """A ticket as JSON shows it, and its report; of a merged one (to ``follow``) its target's."""
    row = looking.show(desk, reference, now=now, follow=follow)
    ticket = desk.ticket(row["id"])
    category = partial(category_of, desk.settings.workflows, ticket.fields.get("workflow"))
    return row, report_of(ticket, category, now=now)
