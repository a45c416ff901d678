"""Setting fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import changed
from tkt.domain.actions.moving import check_way, with_status
from tkt.domain.custom.field import Label
from tkt.domain.custom.placing import check_place, replacing
from tkt.domain.fields import problem_with
from tkt.domain.ids import ALPHABET
from tkt.domain.routing.whose import outdated
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.actions.moving import check_children
from tkt.services.classifying import weighing
from tkt.services.customers.finding import meant_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow
    from tkt.services.stage import Action, Stage


class Assignments(NamedTuple):
    """What ``tkt set`` was told: fields to set, and list items to add and to remove."""

    wanted: Mapping[str, str] = {}
    add: Mapping[str, Sequence[str]] = {}
    remove: Mapping[str, Sequence[str]] = {}


def split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """(ids, assignments) out of the words of a command; what has ``=`` in it assigns."""
    ids = [word for word in words if "=" not in word and "＝" not in word]
    assignments = [word for word in words if word not in ids]
    for word in ids:
        if not could_be_id(word):
            raise UsageProblem("set.not_assignment", word=word)
    if not assignments:
        raise UsageProblem("set.nothing_said")
    return ids, assignments


def could_be_id(word: str) -> bool:
    """Whether a word is made of what ids are made of."""
    return word.replace("-", "").isalnum() and all(
        c in ALPHABET or c.isdigit() or c == "-" for c in word.upper()
    )


def parse_assignments(words: Sequence[str], settings: Settings) -> Assignments:
    """``priority=high tags+=vip tags-=new note=`` as data; UsageProblem for what is neither."""
    wanted: dict[str, str] = {}
    add: dict[str, list[str]] = {}
    remove: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.replace("＝", "=", 1).partition("=")
        if not equals or not name:
            raise UsageProblem("set.not_assignment", word=word)
        if name[-1] in "+-":
            target = add if name[-1] == "+" else remove
            named = naming.field_named(settings, name[:-1])
            if problem_with(named, ["x"]) or settings.fields.get(named):
                raise UsageProblem("set.not_a_list", field=named)
            target.setdefault(named, []).extend(
                part.strip() for part in value.replace("，", ",").split(",") if part.strip()
            )
        else:
            wanted[naming.field_named(settings, name)] = value
    return Assignments(wanted, add, remove)


def set_fields(said: Assignments, *, reason: str | None) -> Action:
    """Set fields; moving a ticket this way keeps to the same rules as ``tkt move``."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        wanted = _meant(stage, ticket, said.wanted)
        for part in (said.add, said.remove):
            for name, items in part.items():
                if problem := problem_with(name, list(dict.fromkeys(items))):
                    raise UsageProblem(problem, field=name, value=", ".join(items))
        flow = stage.settings.flow(wanted.get("workflow", ticket.fields.get("workflow")))
        if "workflow" in wanted:
            wanted = _landed(stage, ticket, flow, wanted)
        else:
            wanted = with_status(ticket, flow, wanted)
        if status := wanted.get("status"):
            check_children(stage, ticket, flow, status)
        because = weighing.weighed(stage.desk, wanted, ticket.fields)
        if because:
            wanted = {**wanted, "priority": because.value}
        if "assignee" not in {**ticket.fields, **wanted} and outdated(
            ticket, wanted, stage.settings
        ):
            wanted = {**wanted, "team": None}
        change = changed(
            ticket,
            stage.doing(ticket),
            wanted=wanted,
            add=said.add,
            remove=said.remove,
            reason=reason,
        )
        return [change._replace(rule=because.rule) if because else change]

    return act


def _landed(stage: Stage, ticket: Ticket, flow: Workflow, wanted: dict[str, Any]) -> dict[str, Any]:
    """Fields to set that bring a ticket into another workflow, with the state that it has there."""
    status = ticket.status
    state = flow.landing(stage.flow(ticket).category_of(status), status)
    if "status" in wanted:
        if wanted["status"] != state.name:
            check_way(ticket, flow, state, wanted["status"])
        return {**wanted, "until": None}
    if state.name == status:
        return wanted
    stage.remark("set.landed", id=ticket.id, status=Label(state.zh, state.en))
    return {**wanted, "status": state.name, "until": None}


def _meant(stage: Stage, ticket: Ticket, said: Mapping[str, str]) -> dict[str, Any]:
    settings, me, now = stage.settings, stage.acting.by, stage.acting.now
    flow = stage.flow(ticket)
    if "workflow" in said:
        named = naming.value_for(settings, "workflow", said["workflow"], flow=flow, me=me, now=now)
        flow = settings.flow(named)
    wanted = {
        name: naming.value_for(settings, name, value, flow=flow, me=me, now=now)
        for name, value in said.items()
    }
    if wanted.get("customer"):
        wanted["customer"] = meant_by(stage.desk, wanted["customer"]) or wanted["customer"]
    check_place(settings.fields, wanted, wanted.get("category", ticket.fields.get("category")))
    wanted = weighing.meant(stage.desk, wanted)
    return replacing(settings.fields, wanted, ticket.fields)
