"""A canned reply as it is said on one ticket: in its customer's language, its variables put in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.sense import no_variable
from tkt.domain.automation.wording import field_of, has_loose_braces, variables_in
from tkt.domain.query.mistakes import close_names
from tkt.domain.replies.whose import preferred
from tkt.errors import BadData, Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services.automation.filling import Given, filled_for
from tkt.services.replies.finding import named, said_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.kb.article import Article
    from tkt.domain.ticket import Ticket
    from tkt.errors import TktError
    from tkt.services.stage import Stage


class Canned(NamedTuple):
    """A canned reply that is asked for: by what, in which language, with which values given.

    ``known`` are values that it may speak of or not, ``more`` is what is said behind it.
    """

    name: str
    lang: str | None = None
    given: Mapping[str, str] = {}
    known: Mapping[str, str] = {}
    more: str | None = None


class Filled(NamedTuple):
    """What is said, and out of which reply."""

    text: str
    reply: Article

    @property
    def marks(self) -> dict[str, Any]:
        """What an event says of it."""
        return {"canned": self.reply.name, "articles": [self.reply.slug]}


def filled(stage: Stage, ticket: Ticket, canned: Canned) -> Filled:
    """The reply as it is said on a ticket; Refused while anything in it is left open."""
    variants = named(stage.desk, canned.name, lambda: stage.acting.by)
    reply = said_in(stage.desk, variants, canned.lang or _liked(stage, ticket, variants))
    if canned.lang and not (reply.lang or "").startswith(canned.lang) and len(variants) > 1:
        stage.remark("canned.other_language", name=reply.name, wanted=canned.lang)
    return Filled(_said(stage, ticket, reply, canned), reply)


def given_in(stage: Stage, words: Mapping[str, str], text: str) -> dict[str, str]:
    """Values by the names that the text has; UsageProblem for one that it does not speak of."""
    spoken = variables_in(text)
    by_field = {field_of(stage.settings, name) or name: name for name in spoken}
    found = {}
    for word, value in words.items():
        name = word if word in spoken else by_field.get(field_of(stage.settings, word) or word)
        if name is None:
            close = close_names(word, spoken)
            known = ", ".join(spoken) or "–"
            raise UsageProblem("canned.not_in_it", name=word, known=known,
                               close=close[0] if close else known)  # fmt: skip
        found[name] = value
    return found


def _said(stage: Stage, ticket: Ticket, reply: Article, canned: Canned) -> str:
    text = reply.body.strip()
    if has_loose_braces(text):
        raise BadData("automation.loose_braces", path=reply.path)
    said_to_us = {**canned.known, **given_in(stage, canned.given, text)}
    given = Given(stage.acting.by, said_to_us)

    def lacking(word: str) -> TktError:
        if field_of(stage.settings, word) is None and word not in ticket.fields:
            fault = no_variable((), word, stage.settings)
            if close := fault.params.get("close"):
                return Refused("canned.no_variable_like", name=word, close=close, path=reply.path)
            return Refused("canned.no_variable", name=word, path=reply.path)
        return Refused("canned.empty_variable", id=ticket.id, name=word)

    said = filled_for(stage, ticket, text, given, lacking)
    return f"{said}\n{canned.more}" if canned.more else said


def _liked(stage: Stage, ticket: Ticket, variants: Sequence[Article]) -> str | None:
    """The language that the ticket or its customer asks for; nobody looks where there is one."""
    known = [one.lang for one in variants if one.lang]
    if len(variants) < 2:
        return None
    if own := preferred({name: str(ticket.fields.get(name) or "") for name in ("language", "lang")},
                        known):  # fmt: skip
        return own
    index, customer = stage.desk.index, ticket.fields.get("customer")
    if not customer:
        return None
    sql = "SELECT doc FROM customers WHERE id = ?"
    for (doc,) in index.select(sql, (index.customer(str(customer)),)):
        return preferred(json.loads(doc or "{}").get("preferences") or {}, known)
    return None
