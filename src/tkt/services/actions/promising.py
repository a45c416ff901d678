"""What customers are promised by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions import promising
from tkt.domain.when import parse_moment
from tkt.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Action, Stage


def promise(by: str, *, text: str | None, reason: str | None = None) -> Action:
    """Something is promised ``by`` a time, as a person says it."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        doing = stage.doing(ticket)
        try:
            moment = parse_moment(by, now=doing.at, tz=stage.settings.zone)
        except ValueError as error:
            raise UsageProblem("when.moment", text=by) from error
        flow = stage.flow(ticket)
        change = promising.promised(ticket, doing, flow=flow, by=moment, text=text, reason=reason)
        return [change]

    return act


def end(*, kept: bool, text: str | None, reason: str | None = None) -> Action:
    """The promise was kept, or is dropped."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        doing = stage.doing(ticket)
        return [promising.ended(ticket, doing, kept=kept, text=text, reason=reason)]

    return act
