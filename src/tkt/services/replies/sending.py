"""Saying a canned reply on tickets, or having it as the beginning of what a person writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple
from tkt.services.replies.filling import filled
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.errors import Remark
    from tkt.services.acting import Acting
    from tkt.services.replies.filling import Canned
    from tkt.services.stage import Action
    from tkt.storage.desk import Desk


def saying(canned: Canned, make: Callable[..., Action]) -> Action:
    """What ``make`` makes of the reply as it is said on each ticket: an answer, or a draft."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        said = filled(stage, ticket, canned)
        return make(said.text, marks=said.marks)(stage, ticket)

    return act


class Begun(NamedTuple):
    """What somebody has before them who goes on writing a reply."""

    text: str
    marks: Mapping[str, Any]
    remarks: Sequence[Remark] = ()


def begun(desk: Desk, reference: str, canned: Canned, *, acting: Acting) -> Begun:
    """A reply as it is said on one ticket."""
    stage = Stage(desk, acting)
    said = filled(stage, stage.find(reference), canned)
    return Begun(said.text, said.marks, stage.remarks)
