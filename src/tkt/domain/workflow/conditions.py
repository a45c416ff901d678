"""Conditions of promises and rungs (``when``): fields and values that no ticket can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import FIELDS, PRIORITIES
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import short, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tkt.domain.settings import Settings
    from tkt.domain.workflow import Workflow

    Where = tuple[str | int, ...]

_SECTIONS = ("sla", "escalation")
_NUMBERS = {"severity": 99, "level": 99}


def impossible(flow: Workflow, settings: Settings) -> Iterator[Fault]:
    """Conditions of a workflow that never fit, since they name what there is not."""
    fields = [*FIELDS, *(field.name for field in settings.fields)]
    for section in _SECTIONS:
        for place, entry in enumerate(flow.rules.data.get(section, ())):
            for name, values in entry.get("when", {}).items():
                where = (section, place, "when", name)
                if name in FIELDS or settings.fields.get(name) is not None:
                    yield from _values(where, name, values, flow, settings)
                else:
                    yield unknown(where, "workflow.no_field", name, fields)


def _values(
    where: Where, name: str, values: Sequence[Any], flow: Workflow, settings: Settings
) -> Iterator[Fault]:
    most, known = _NUMBERS.get(name), _known(name, flow, settings)
    for i, value in enumerate(values):
        if most is not None and not (str(value).isdecimal() and int(value) <= most):
            said = {"key": name, "value": short(value), "least": 0, "most": most}
            yield Fault((*where, i), "config.not_number", said)
        elif known and str(value) not in known:
            yield unknown((*where, i), "workflow.nobody", str(value), known)


def _known(name: str, flow: Workflow, settings: Settings) -> list[str]:
    """The values that a field can have; none where it may have any."""
    if name == "priority":
        return list(PRIORITIES)
    if name == "status":
        return [state.name for state in flow.states]
    if name == "workflow":
        return [each.name for each in settings.workflows]
    if name == "channel":
        return list(settings.channels)
    if name == "team":
        return [team.id for team in settings.teams]
    if name in ("assignee", "watchers"):
        return [agent.id for agent in settings.agents]
    declared = settings.fields.get(name)
    return [choice.name for choice in declared.choices] if declared else []
