"""Opening tickets."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.talking import opened
from tkt.domain.classify.because import NOTHING, Start
from tkt.domain.custom.field import Label
from tkt.domain.custom.placing import check_place, defaults
from tkt.domain.privacy import said_again
from tkt.domain.query.mistakes import close_names
from tkt.errors import Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming, requiring
from tkt.services.actions.talking import message
from tkt.services.bulk import act, followed
from tkt.services.classifying import weighing
from tkt.services.customers import opening as of_customers
from tkt.services.customers.finding import meant_by
from tkt.services.masked import told
from tkt.services.similar import proposed
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow
    from tkt.errors import Remark
    from tkt.services.acting import Acting
    from tkt.services.similar import Similar
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
TITLE_LIMIT = 200
"""Characters of a title; more than fits on any screen."""


class Opened(NamedTuple):
    """A ticket just opened, what there is to say of it, and what it may repeat."""

    saved: Saved
    remarks: Sequence[Remark]
    similar: Sequence[Similar] = ()


def open_ticket(
    desk: Desk, title: str, *, text: str | None, said: Mapping[str, str], acting: Acting
) -> Opened:
    """Open a ticket; ``said`` are fields as a person types them."""

    def decide(run: Transaction) -> Opened:
        stage = Stage(desk, acting, run)
        line, body = with_long_title(title, text)
        customer = of_customers.recognised(stage, said)
        typed = _with_category(stage, customer.typed(said))
        start, known = _classified(stage, line, body, typed)
        plain = {"title": line, **at_first(_flow(stage, known)), **meant(stage, known)}
        plain = {name: value for name, value in plain.items() if value is not None}
        fields = customer.raised(plain)
        payload = {**start.payload, **customer.payload(plain, fields)}
        why = filter(None, (start.reason, of_customers.reason(payload)))
        change = opened(
            stage.free_id(), stage.doing(None), fields=fields, text=body, payload=payload
        )._replace(reason="\n".join(why) or None, rule=start.rule)
        of_customers.remark(stage, customer, fields)
        requiring.check(stage.settings, [change], acting)
        saved = run.save(change, person=acting.person, now=acting.now)
        told(stage, saved)
        followed(stage, saved)
        if not known.get("workflow"):
            _remark_on_category(stage, change.ticket_id, said.get("category", "").strip())
        similar = proposed(stage, saved.ticket)
        return Opened(saved, stage.remarks, similar)

    return desk.write(decide, acting.grouping("open"))


def _with_category(stage: Stage, said: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, with the name of the category that a label means: a process hangs on it."""
    if not said.get("category"):
        return said
    name = naming.category_named(stage.settings, said["category"].strip())
    return {**said, "category": name}


def _classified(
    stage: Stage, title: str, text: str | None, said: Mapping[str, str]
) -> tuple[Start, dict[str, str]]:
    """(what classifying the ticket adds, all fields as if a person had typed them)."""
    if not stage.settings.categories and not any(name in said for name in weighing.SCALES):
        return NOTHING, dict(said)
    from tkt.services.classifying.sorting import Sorter  # many desks have no categories

    plain = weighing.meant(stage.desk, said)
    tags = plain.get("tags", "").replace("，", ",").split(",")
    fields = {**plain, "tags": [tag for tag in tags if tag]}
    start = Sorter(stage.desk).start(title, text, fields, said=plain.keys())
    if because := weighing.weighed(stage.desk, plain, {}):
        start = start.weighed(because)
    name = start.fields.get("category")
    if name and start.payload.get("classified", {}).get("by") == "inbox":
        known = (Label(one.zh, one.en) for one in stage.settings.categories if one.name == name)
        stage.remark("classify.to_inbox", category=next(known, name))
    return start, {**{name: str(value) for name, value in start.fields.items()}, **plain}


def add_to(
    desk: Desk,
    title: str,
    *,
    into: str,
    text: str | None,
    said: Mapping[str, str],
    acting: Acting,
) -> Opened:
    """What would have opened a ticket, as a message of the one that ``into`` means.

    It is said there, when it was said: no ticket comes to be that was never one. Its customer and
    its order must be that one's, and nothing else can be set with it.
    """
    if others := [name for name in said if name not in _TOLD_WITH]:
        raise UsageProblem("similar.not_here", field=others[0])

    def decide(run: Transaction) -> Opened:
        stage = Stage(desk, acting, run)
        words = f"{clean_title(title)}\n\n{text}" if text else title

        def action(stage: Stage, ticket: Ticket) -> Sequence[Change]:
            customer = meant_by(desk, said["customer"]) if said.get("customer") else None
            _check_same(stage, ticket, {**said, **({"customer": customer} if customer else {})})
            return message(words, via=said.get("channel"))(stage, ticket)

        saved = act(stage, partial(Stage.find, reference=into), action)
        return Opened(saved, stage.remarks)

    return desk.write(decide, acting.grouping("message"))


def _check_same(stage: Stage, ticket: Ticket, said: Mapping[str, str]) -> None:
    """Refused if it is somebody else's, or about another order."""
    for name, key in _MUST_BE_SAME.items():
        held, told = ticket.fields.get(name), said_again(said.get(name), stage.settings)
        if told and told != held:
            raise Refused(key, id=ticket.id, held=held or "–", said=told)


_MUST_BE_SAME = {"customer": "similar.other_customer", "order": "similar.other_order"}
_TOLD_WITH = (*_MUST_BE_SAME, "channel")


def at_first(flow: Workflow) -> dict[str, Any]:
    """The fields of a ticket that nobody has said anything of."""
    first = {"status": flow.initial.name, "workflow": flow.name, "priority": "normal"}
    return {**first, **flow.rules.defaults}


def meant(stage: Stage, said: Mapping[str, str], *, category: str | None = None) -> dict[str, Any]:
    """Fields of a new ticket as a person types them; a workflow brings its first state.

    Declared fields are checked against the category that the ticket will have (``category`` if
    nothing is said of it), and have their defaults.
    """
    settings, me, now = stage.settings, stage.acting.by, stage.acting.now
    flow = _flow(stage, said)
    fields: dict[str, Any] = {}
    if said.get("workflow"):
        fields["status"] = flow.initial.name
    for name, value in said.items():
        fields[name] = naming.value_for(settings, name, value, flow=flow, me=me, now=now)
    category = fields.get("category", category)
    check_place(settings.fields, fields, category)
    return {**defaults(settings.fields, category, now=now, tz=settings.zone), **fields}


def _flow(stage: Stage, said: Mapping[str, str]) -> Workflow:
    """The workflow that is named, else the one for the category."""
    settings = stage.settings
    flow = settings.flow_for(said.get("category", "").strip())
    if name := said.get("workflow"):
        acting = stage.acting
        named = naming.value_for(
            settings, "workflow", name, flow=flow, me=acting.by, now=acting.now
        )
        return settings.flow(named)
    return flow


def _remark_on_category(stage: Stage, ticket_id: str, category: str) -> None:
    """Say which process was probably meant by a category that leads to none."""
    meant: dict[str, tuple[Workflow, str]] = {}
    for flow in stage.settings.workflows:
        meant |= dict.fromkeys((flow.name, flow.zh, flow.en), (flow, ""))
    for flow in stage.settings.workflows:
        meant |= {each: (flow, f"category={each} ") for each in flow.rules.categories}
        if category in flow.rules.categories:
            return
    close = close_names(category, meant) if category else []
    if close:
        flow, also = meant[close[0]]
        label = Label(flow.zh, flow.en)
        stage.remark("new.category_like", id=ticket_id, category=category, close=close[0],
                     label=label, words=f"{also}workflow={flow.name}")  # fmt: skip


def clean_title(title: str) -> str:
    """A title as one line without control characters; UsageProblem if nothing is left."""
    line = " ".join(_UNFIT.sub(" ", title).split())
    if not line:
        raise UsageProblem("new.no_title")
    return line


def with_long_title(title: str, text: str | None) -> tuple[str, str | None]:
    """(title, text): a title too long for a line is cut, and stands whole in the text."""
    line = clean_title(title)
    if len(line) <= TITLE_LIMIT:
        return line, text
    return line[:TITLE_LIMIT] + "…", f"{title}\n\n{text}" if text else title
