"""A workflow's file: what it may say, and taking it.

What is wrong becomes a fault with its place and is left out, so that a workflow with a mistake in
one part works on in the others. Only one without states cannot serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.automation.language import MACROS
from tkt.domain.fields import PRIORITIES, is_name, problem_with
from tkt.domain.query.mistakes import close_names
from tkt.domain.routing.file import ROUTING
from tkt.domain.shape import Fault
from tkt.domain.sla.policy import read_policies
from tkt.domain.sla.policy_file import POLICIES, faults_among
from tkt.domain.spec.kind import BAD, unlike
from tkt.domain.spec.nested import LABEL, Either, Key, Keyed, ListOf, Record, labels, taken
from tkt.domain.spec.simple import (
    Anything,
    Choice,
    Elsewhere,
    Flag,
    Name,
    Number,
    Parsed,
    Text,
    Texts,
)
from tkt.domain.sweeping.files import AUTOMATION, LADDER, faults_in_ladder
from tkt.domain.when import parse_duration
from tkt.domain.workflow import CATEGORIES, State, Workflow
from tkt.domain.workflow.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.spec.kind import Faults, Where

NAMES = Texts(named=True)
"""Names, one or several."""
_ASKED = {
    "fields": NAMES,
    "note": Flag(),
    "reply": Flag(),
    "checklist": Either(Flag(), NAMES),
    "until": Flag(),
}
NEEDS = Record("needs", {**_ASKED, "any": ListOf(Record("needs", _ASKED))})
"""What entering a state asks for."""
STATE = Record("state", {
    "label": LABEL,
    "category": Key(Choice(*CATEGORIES), needed=True),
    "pauses": Flag(),
    "final": Flag(),
})  # fmt: skip


class Numbered(Record):
    """A record in a list that keeps its place: what stands before it may be left out."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As any record, with its position as ``at``."""
        found = super().take(value, where, faults)
        return found if found is BAD else {**found, "at": where[-1]}


WAY = Numbered("transition", {
    "from": Key(NAMES, needed=True),
    "to": Key(NAMES, needed=True),
    "who": NAMES,
    "requires": NEEDS,
})  # fmt: skip
ITEM = Numbered("checklist", {
    "name": Key(Name(), needed=True),
    "label": LABEL,
    "states": NAMES,
})  # fmt: skip
APPROVAL = Record("approval", {
    "field": Key(Name(), needed=True),
    "above": Key(Number(0, 1_000_000_000, whole=False), needed=True),
    "by": Key(NAMES, needed=True),
    "states": NAMES,
})  # fmt: skip
REOPEN = Record("reopen", {
    "within": Parsed(parse_duration, "config.not_duration", examples=("7d", "48h")),
    "to": Name(),
})  # fmt: skip
WORKFLOW = Record("workflow", {
    "label": LABEL,
    "description": Text(),
    "categories": NAMES,
    "defaults": Keyed(Anything()),
    "states": Key(Keyed(STATE), needed=True),
    "transitions": ListOf(WAY),
    "requires": Keyed(NEEDS),
    "checklist": ListOf(ITEM),
    "approval": APPROVAL,
    "reopen": REOPEN,
    "on_message": Choice("open", "stay"),
    "sla": POLICIES,
    "escalation": LADDER,
    "automation": AUTOMATION,
    "routing": ROUTING,
    "macros": Elsewhere(MACROS),
})  # fmt: skip
"""What workflows/NAME.yaml may say."""


def parse(data: Any, *, name: str) -> tuple[Workflow | None, list[Fault]]:
    """A workflow from its YAML with the faults of what is left out; None if it cannot serve."""
    if not isinstance(data, dict):
        return None, [Fault((), "config.not_mapping")]
    if "states" not in data or data["states"] in (None, {}):
        place = ("states",) if "states" in data else ()
        return None, [Fault(place, "workflow.no_states")]
    said, faults = taken(WORKFLOW, data)
    sound = said.pop("states", {})
    if not sound:
        return None, faults
    states = [_state(key, one, faults) for key, one in _kept(data["states"], sound)]
    zh, en = labels(said.pop("label", None), name)
    _settle(said, faults)
    _settle_time(data, said, faults)
    return Workflow(name, zh, en, tuple(states), Rules(said)), faults


def _kept(written: dict[str, Any], sound: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every state, those with a faulty category too: else all that names them seemed faulty."""
    for name, said in written.items():
        if name in sound:
            yield name, sound[name]
        elif is_name(name) and (said is None or isinstance(said, dict)):
            words = (str((said or {}).get("category") or name), name)
            near = (close for word in words for close in close_names(word, CATEGORIES))
            yield name, {"category": next(near, "open")}


def _state(name: str, said: dict[str, Any], faults: list[Fault]) -> State:
    category = said["category"]
    zh, en = labels(said.get("label"), name)
    pauses, final = said.get("pauses", category == "pending"), said.get("final", False)
    if pauses and category != "pending":
        faults.append(Fault(("states", name, "pauses"), "workflow.pauses_where"))
    if final and category in ("new", "open", "pending"):
        faults.append(Fault(("states", name, "final"), "workflow.final_where"))
        final = False
    return State(name, zh, en, category, pauses and category == "pending", final)


def _settle_time(data: dict[str, Any], said: dict[str, Any], faults: list[Fault]) -> None:
    """Promises are whole or none: where they are faulty, ``broken`` says so."""
    if "sla" in said:
        faults += faults_among(read_policies(said["sla"]))
        if any(fault.where[:1] == ("sla",) for fault in faults):
            del said["sla"]
    faults += faults_in_ladder(said.get("escalation", ()))
    if data.get("sla") is not None and "sla" not in said:
        said["broken"] = ["sla"]


def _settle(said: dict[str, Any], faults: list[Fault]) -> None:
    """Bring the data into the one form in which they are kept."""
    for item in said.get("checklist", ()):
        zh, en = labels(item.get("label"), item["name"])
        item["label"] = {"zh": zh, "en": en}
    for name, value in list(said.get("defaults", {}).items()):
        if problem := problem_with(name, value):
            shown = {"field": name, "value": str(value)[:60]}
            words = PRIORITIES if name == "priority" else ()
            unlike(faults, ("defaults", name), problem, value, words, **shown)
            del said["defaults"][name]
