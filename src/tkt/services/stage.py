"""What an action may look at while it decides: the desk as of now, who acts, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.calendar.working import MAIN, open_always
from tkt.domain.fields import listed
from tkt.domain.sla.policy import choose
from tkt.errors import News, NotFound, Remark, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tkt.domain.actions.event import Doing
    from tkt.domain.calendar.working import Calendar
    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Transaction

    Action = Callable[["Stage", Ticket], Sequence[Change]]
    """Decides what is to happen to a ticket: a change, or several on several tickets.

    The first is what the answer is about. Raises what speaks against it; saves nothing.
    """


class Stage:
    """The desk as a run sees it, its own work included; or, without a run, for a preview.

    ``remarks`` is what actions have to say that hinders nothing.
    """

    def __init__(self, desk: Desk, acting: Acting, run: Transaction | None = None) -> None:
        self.desk = desk
        self.acting = acting
        self.run = run
        self.remarks: list[Remark] = []
        self._looked: tuple[Ticket, tuple[Callable[[str], Any], str]] | None = None

    @property
    def settings(self) -> Settings:
        """The desk's settings."""
        return self.desk.settings

    def doing(self, ticket: Ticket | None) -> Doing:
        """Who acts on ``ticket`` (None: on a new one), and when."""
        return self.acting.on(ticket)

    def flow(self, ticket: Ticket) -> Workflow:
        """The workflow that a ticket goes through."""
        return self.settings.flow(ticket.fields.get("workflow"))

    def hours_of(self, ticket: Ticket) -> Calendar:
        """The business hours by which a ticket's clocks go; always open where there are none."""
        fields = ticket.fields
        policy = choose(self.desk.promised.promises(fields.get("workflow")).policies, fields)
        name = policy.calendar if policy else MAIN
        return self.settings.calendar(name) or open_always()

    def looked_at(self, ticket: Ticket) -> tuple[Callable[[str], Any], str]:
        """What a query sees of a ticket: found out once for however many rules ask."""
        from tkt.services.requiring import looking_at  # most actions ask no query

        if self._looked is None or self._looked[0] is not ticket:
            self._looked = ticket, looking_at(self.settings, self.acting.now)(ticket)
        return self._looked[1]

    def remark(self, key: str, **params: object) -> None:
        """Say something that hinders nothing."""
        self.remarks.append(Remark(key, **params))

    def tell(self, key: str, **params: object) -> None:
        """Say what was done beside what was asked for, and is well."""
        self.remarks.append(News(key, **params))

    # -- tickets ------------------------------------------------------------------------------

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket with this whole id."""
        if self.run is not None:
            self.run.flush()
        return self.desk.ticket(ticket_id)

    def find(self, reference: str, *, follow: bool = True) -> Ticket:
        """The ticket that a person means; of a merged one (to ``follow``) what it has become."""
        ticket_id = self.desk.find(reference)
        into = self.desk.merged_into(ticket_id) if follow else ticket_id
        if into != ticket_id:
            self.remark("ticket.followed", id=ticket_id, into=into)
        return self.ticket(into)

    def named_by(self, field: str, ticket_id: str) -> Sequence[str]:
        """The tickets that a field of a ticket names; none if there is no such ticket."""
        try:
            fields = self.ticket(self.desk.find(ticket_id)).fields
        except NotFound:
            return ()
        return listed(fields.get(field))

    def open_children(self, ticket_id: str) -> list[str]:
        """The children of a ticket that are not over."""
        children = [i for field, i in self.desk.index.naming(ticket_id) if field == "parent"]
        found = []
        for child in map(self.ticket, children):
            if not child.is_merged and not self.flow(child).is_over(child.status):
                found.append(child.id)
        return found

    def free_id(self) -> str:
        """An id for a ticket opened now, free in this clone."""
        day = self.acting.at.date()
        if not 2000 <= day.year <= 2099:
            raise UsageProblem("new.no_such_year", year=day.year)
        index = self.desk.index
        run = self.run
        return ids.new_id(
            day,
            known=run.known_on(f"{day:%y%m%d}") if run else index.opened_on(f"{day:%y%m%d}"),
            taken=run.is_taken if run else lambda ticket_id: index.where(ticket_id) is not None,
            draw=self.acting.draw,
        )
