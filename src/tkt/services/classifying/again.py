"""Classifying tickets that are there already: on request, and never what a person has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import check_unmerged
from tkt.domain.classify.because import reason
from tkt.domain.classify.settled import settled
from tkt.domain.fields import alike
from tkt.domain.routing.whose import outdated
from tkt.errors import Refused, Remark, TktError
from tkt.named import NamedTuple
from tkt.services import bulk
from tkt.services.bulk import Selection
from tkt.services.classifying.sorting import is_edited, sorter_of, text_of
from tkt.services.opening import at_first
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting
    from tkt.services.classifying.sorting import Sorter
    from tkt.services.stage import Action
    from tkt.storage.desk import Desk


class Review(NamedTuple):
    """The tickets that classifying anew would change, and how many stay as they are."""

    chosen: Selection
    same: int


def review(desk: Desk, query: str, *, dry_run: bool, acting: Acting) -> Review:
    """Which of the tickets that a query finds would change."""
    sorter = sorter_of(desk)
    stage = Stage(desk, acting)
    found = list(dict.fromkeys(bulk.matching(desk, query, acting)))
    changing = []
    for ticket_id in found:
        ticket = stage.ticket(ticket_id)
        if not ticket.is_merged and _wanted(stage, sorter, ticket)[0]:
            changing.append(ticket_id)
    chosen = Selection(tuple(changing), None, dry_run, exactly=True)
    return Review(chosen, len(found) - len(changing))


def classify_again(desk: Desk) -> Action:
    """Set what the words of a ticket call for, but for what a person has settled."""
    sorter = sorter_of(desk)

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        check_unmerged(ticket)
        wanted, because = _wanted(stage, sorter, ticket)
        if not wanted:
            raise Refused("classify.same", id=ticket.id)
        change = altered(
            ticket,
            stage.doing(ticket),
            do="set",
            wanted=wanted,
            payload={"classified": because},
            reason=None,
            rule=because.get("rule"),
        )
        return [change._replace(action="classify", reason=reason(because))]

    return act


def _wanted(stage: Stage, sorter: Sorter, ticket: Ticket) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the fields to set, why)."""
    flow = stage.flow(ticket)
    held = settled(ticket, {**at_first(flow), "workflow": stage.settings.flow(None).name})
    named = ticket.fields.get("category") if "category" in held else None
    decision = sorter.decide(text_of(ticket), ticket.fields, said=named)
    assert decision is not None
    wanted = {
        name: value
        for name, value in decision.fields.items()
        if name not in held and not alike(value, ticket.fields.get(name))
    }
    if "workflow" in wanted:
        # Whoever has begun on a ticket goes on in the process in which they began.
        if ticket.status != flow.initial.name:
            del wanted["workflow"]
        else:
            wanted["status"] = stage.settings.flow(wanted["workflow"]).initial.name
    if wanted and "assignee" not in ticket.fields and outdated(ticket, wanted, stage.settings):
        wanted["team"] = None
    because = sorter.told(decision, text_of(ticket))
    if said := list(held):
        because["said"] = said
    return wanted, because


def remark_on(same: int) -> TktError:
    """That so many tickets are as classifying would have them."""
    return Remark("classify.unchanged", count=same)


def remark_on_edits(desk: Desk) -> Iterator[Remark]:
    """That what is not recorded yet changes no ticket, if classify.yaml has such edits."""
    if is_edited(desk):
        yield Remark("classify.as_recorded")
