"""Handing out the most urgent ticket that nobody has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.routing.needs import need_of
from tkt.errors import NotFound, Refused
from tkt.services import querying
from tkt.services.actions.owning import take
from tkt.services.bulk import act
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_TRIED = 200
"""So many of the most urgent tickets are looked at for one that may be handed out."""


def hand_out(desk: Desk, text: str, *, acting: Acting) -> tuple[Saved, Stage]:
    """Take the most urgent ticket that nobody has: of one's own teams, or of none.

    However many ask at once, each gets another one. It is told of how many that they might have
    had it was the most urgent. NotFound if nothing is left.
    """

    def decide(run: Transaction) -> tuple[Saved, Stage]:
        stage = Stage(desk, acting, run)
        query = querying.read_query(desk, text, now=acting.now, me=acting.by)
        query = querying.to_hand_out(query, stage.settings, acting.by)
        total = querying.counted(desk, query, now=acting.now)
        for ticket_id in querying.ids_of(desk, query, now=acting.now, limit=_TRIED):
            find = partial(Stage.ticket, ticket_id=ticket_id)
            if acting.by in need_of(stage.ticket(ticket_id).fields).barred(stage.settings):
                total -= 1
                continue  # nobody answers a complaint of themselves
            try:
                saved = act(stage, find, take(among=total))
            except (Refused, NotFound):
                total -= 1
                continue  # edited by hand and not recorded, say: somebody else sees to it
            return saved, stage
        raise NotFound("next.none")

    return desk.write(decide, acting.grouping("next"))
