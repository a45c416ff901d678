"""Articles on tickets: which ones served, so that others find them and the shop sees their use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions.changing import altered
from tkt.errors import Refused
from tkt.services.kb.finding import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Action, Stage


def link(reference: str, *, remove: bool) -> Action:
    """An article on each ticket, or away with it; one that is gone can be taken off all the same.

    The event of a link names the article, which counts as a use of it.
    """

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        held = ticket.fields.get("articles", ())
        slug = reference if remove and reference in held else find(stage.desk, reference).slug
        doing = stage.doing(ticket)
        if remove:
            if slug not in held:
                raise Refused("kb.not_linked", id=ticket.id, slug=slug)
            return [altered(ticket, doing, do="unlink", wanted={}, remove={"articles": [slug]})]
        if slug in held:
            raise Refused("kb.linked_already", id=ticket.id, slug=slug)
        add, payload = {"articles": [slug]}, {"articles": [slug]}
        return [altered(ticket, doing, do="link", wanted={}, add=add, payload=payload)]

    return act
