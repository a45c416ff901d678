"""One canned reply as somebody looks at it, or as it would be said on a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.automation.wording import variables_in
from tkt.domain.replies.shown import Shown
from tkt.services.automation.macros import parse_given
from tkt.services.replies.filling import Canned, filled
from tkt.services.replies.finding import named, said_in
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk


def show(
    desk: Desk,
    name: str,
    reference: str | None,
    *,
    lang: str | None,
    given: Sequence[str],
    acting: Acting,
) -> Shown:
    """The reply that somebody means; filled in where a ticket is named."""
    variants = named(desk, name, lambda: acting.by, drafts=reference is None)
    langs = sorted({one.lang for one in variants if one.lang})
    if reference is None:
        reply = said_in(desk, variants, lang)
        return Shown(reply, reply.body, variables_in(reply.body), langs)
    stage = Stage(desk, acting)
    ticket = stage.find(reference)
    canned = Canned(name, lang, parse_given(given, "canned.not_given"))
    said = filled(stage, ticket, canned)
    needs = variables_in(said.reply.body)
    return Shown(said.reply, said.text, needs, langs, ticket.id, stage.remarks)
