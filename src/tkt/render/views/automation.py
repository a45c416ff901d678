"""Rules and macros as tables and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.table import Card, Column, Section, Table
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.domain.automation.rules import Condition, Macro, Rule, Step

_RULES = (
    Column("name"), Column("on", "list"), Column("when"), Column("do"), Column("where"),
)  # fmt: skip
_MACROS = (Column("name"), Column("label"), Column("do"), Column("where"))
_VERDICTS = (Column("name"), Column("fires", "bool"), Column("why"), Column("where"))


def rules(found: Iterable[Rule], *, as_data: bool) -> Table:
    """The rules in the order in which they are asked; in words, or ``as_data``."""
    rows = [
        {
            "name": rule.name,
            "on": list(rule.on),
            "when": _said(rule.when) if as_data else _when(rule.when),
            "do": _plain(rule.do) if as_data else _steps(rule.do),
            "stop": rule.stop,
            "workflow": rule.workflow,
            "where": rule.ref,
        }
        for rule in found
    ]
    return Table(_RULES, rows)


def verdicts(found: Iterable[Any], *, for_people: bool, as_data: bool) -> Table:
    """Which rules would act, and what speaks against the others: told, in our words, or as data."""
    rows = []
    for rule, fires, why in found:
        told: Any = "; ".join(map(_reason if for_people else _terse, why))
        if as_data:
            told = [{"what": reason.what, **reason.params} for reason in why]
        rows.append({
            "name": rule.name,
            "fires": fires,
            "why": told,
            "do": _plain(rule.do),
            "where": rule.ref,
        })  # fmt: skip
    return Table(_VERDICTS, rows)


def _reason(reason: Any) -> str:
    said = {name: _shown(value) for name, value in reason.params.items()}
    return say(f"automation.why.{reason.what}", **said)


def _terse(reason: Any) -> str:
    """The same in words that are those of files, in any language."""
    return " ".join((reason.what, *(f"{k}={_shown(v)}" for k, v in reason.params.items())))


def macros(found: Sequence[Macro], *, as_data: bool) -> Table:
    """The macros by name."""
    rows = [
        {
            "name": macro.name,
            "label": getattr(macro, texts.current()),
            "do": _plain(macro.do) if as_data else _steps(macro.do),
            "with": list(macro.needs),
            "workflow": macro.workflow,
            "where": macro.ref,
        }
        for macro in found
    ]
    return Table(_MACROS, rows)


def macro_card(found: Sequence[Macro]) -> Card:
    """One macro, and what it does; where several workflows have one of that name, each."""
    sections = []
    for macro in found:
        lines = [f"- {_step(step)}" for step in macro.do]
        if macro.when.said is not None:
            lines.insert(0, f"when: {_when(macro.when)}")
        if macro.needs:
            lines.insert(0, f"with: {', '.join(macro.needs)}")
        sections.append(Section(macro.ref, "\n".join(lines)))
    first = found[0]
    document = [
        {
            "name": macro.name, "label": {"zh": macro.zh, "en": macro.en},
            "when": _said(macro.when), "with": list(macro.needs), "do": _plain(macro.do),
            "workflow": macro.workflow, "where": macro.ref,
        }
        for macro in found
    ]  # fmt: skip
    title = f"{first.name}  {getattr(first, texts.current())}"
    return Card(title, {}, tuple(sections), {"name": first.name, "macros": document})


def _said(when: Condition) -> Any:
    return when.said


def _when(when: Condition) -> str:
    said = when.said
    if isinstance(said, dict):
        return " ".join(f"{name}:{','.join(values) or '–'}" for name, values in said.items())
    return said or ""


def _plain(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [{step.kind: step.said} for step in steps]


def _steps(steps: Iterable[Step]) -> str:
    return "; ".join(map(_step, steps))


def _step(step: Step) -> str:
    return step.kind if step.said is None else f"{step.kind}: {_shown(step.said)}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name}={_shown(held)}" for name, held in value.items())
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "–" if value is None else str(value)
