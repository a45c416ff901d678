"""Rules and macros out of a desk's settings files.

A rule with any fault is left out as a whole, and named: half a rule would do what nobody wrote.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from tkt.domain.automation import sense
from tkt.domain.automation.conditions import (
    DATES,
    HOURS,
    TIME,
    encoded,
    hours_in,
    parts_of,
    season_in,
)
from tkt.domain.automation.language import MACRO, RULE
from tkt.domain.automation.rules import (
    MOST_STEPS,
    Automation,
    Condition,
    Macro,
    Rule,
    Step,
    actor_of,
)
from tkt.domain.fields import is_name
from tkt.domain.plaintext import one_line
from tkt.domain.query.tree import And
from tkt.domain.routing import ROUTER
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import BAD, short
from tkt.domain.spec.nested import labels
from tkt.domain.sweeping import SWEEP
from tkt.domain.vocabulary import vocabulary
from tkt.errors import TktError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.shape import Where

_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
RESERVED = ("customer", "tkt", SWEEP, ROUTER)
"""Who stands in timelines for customers and for what clones merge."""


def read_automation(
    settings: Settings, files: Mapping[str, tuple[str | None, Any]]
) -> tuple[Automation, dict[str, list[Fault]]]:
    """What files say of automation, and what is wrong with each.

    ``files`` are (workflow, what it says) by path; None stands for the desk's own. A workflow has
    its rules under ``automation``.
    """
    rules: list[Rule] = []
    macros: list[Macro] = []
    faults: dict[str, list[Fault]] = {}
    for path, (workflow, data) in files.items():
        reader = _File(settings, path, workflow)
        said = data if isinstance(data, dict) else {}
        if workflow is None:
            rules += reader.rules(("rules",), said.get("rules"))
        elif isinstance(section := said.get("automation"), dict):
            rules += reader.rules(("automation", "rules"), section.get("rules"))
        macros += reader.macros(("macros",), said.get("macros"))
        faults[path] = reader.faults
    return Automation(tuple(rules), tuple(macros)), faults


class _File:
    """One file's rules and macros."""

    def __init__(self, settings: Settings, path: str, workflow: str | None) -> None:
        self.settings = settings
        self.path = path
        self.workflow = workflow
        self.faults: list[Fault] = []
        self.vocabulary = cache(lambda: vocabulary(settings))

    def rules(self, where: Where, data: Any) -> Iterator[Rule]:
        """The sound rules of a list."""
        if data is None:
            return
        if not isinstance(data, list):
            self.faults.append(Fault(where, "config.not_list", {"key": where[-1]}))
            return
        names: set[str] = set()
        for number, item in enumerate(data):
            faults: list[Fault] = []
            rule = self._rule((*where, number), item, faults)
            if rule and rule.actor in names:
                place = (*where, number, "name")
                faults.append(Fault(place, "automation.name_twice", {"name": short(rule.name)}))
            if rule:
                names.add(rule.actor)
            if rule and not faults:
                yield rule
            self.faults += faults

    def _rule(self, where: Where, item: Any, faults: list[Fault]) -> Rule | None:
        taken = RULE.take(item, where, faults)
        if taken is BAD:
            return None
        name, steps = taken["name"], tuple(taken["do"])
        actor = actor_of(name)
        if not actor or actor in RESERVED or self.settings.agent(actor):
            faults.append(Fault((*where, "name"), "automation.name_taken", {"name": short(name)}))
        self._sense(where, steps, (), faults)
        return Rule(
            name,
            f"{self.path}#rules.{one_line(name)}",
            self.workflow,
            tuple(taken["on"]),
            self._condition(where, taken.get("when"), faults),
            steps,
            taken.get("stop", False),
        )

    def macros(self, where: Where, data: Any) -> Iterator[Macro]:
        """The sound macros of a mapping."""
        if data is None:
            return
        if not isinstance(data, dict):
            self.faults.append(Fault(where, "config.not_mapping"))
            return
        for name, item in data.items():
            faults: list[Fault] = []
            macro = self._macro((*where, name), name, item, faults)
            if macro and not faults:
                yield macro
            self.faults += faults

    def _macro(self, where: Where, name: Any, item: Any, faults: list[Fault]) -> Macro | None:
        if not is_name(name):
            said = {"field": where[-2], "value": short(name)}
            faults.append(Fault(where, "field.not_name", said))
        taken = MACRO.take(item, where, faults)
        if taken is BAD or faults:
            return None
        steps, needs = tuple(taken["do"]), tuple(taken.get("with", ()))
        self._sense(where, steps, needs, faults)
        zh, en = labels(taken.get("label"), name)
        when = self._condition(where, taken.get("when"), faults)
        ref = f"{self.path}#macros.{name}"
        return Macro(name, ref, self.workflow, zh, en, when, needs, steps)

    def _sense(
        self, where: Where, steps: tuple[Step, ...], needs: tuple[str, ...], faults: list[Fault]
    ) -> None:
        place = (*where, "do")
        if not 0 < len(steps) <= MOST_STEPS:
            faults.append(Fault(place, "automation.how_many", {"most": MOST_STEPS}))
        for number, step in enumerate(steps):
            found = sense.faults_of(step, self.settings, self.workflow, needs)
            faults += (f._replace(where=(*place, number, *f.where)) for f in found)

    def _condition(self, where: Where, when: Any, faults: list[Fault]) -> Condition:
        place = (*where, "when")

        def on(key: str, read: Callable[[], Any]) -> Any:
            try:
                return read()
            except TktError as error:
                faults.append(Fault((*place, key), error.key, error.params))
                return None

        hours = on(HOURS, lambda: hours_in(when))
        times = on(TIME, lambda: season_in(when, TIME)) or ()
        dates = on(DATES, lambda: season_in(when, DATES)) or ()
        keys: list[Any] = list(when) if isinstance(when, dict) else [None]
        trees = []
        for key in keys if when is not None else ():
            one = {key: when[key]} if key is not None else when
            inner = place if key is None else (*place, key)
            try:
                parts = parts_of(
                    one, vocabulary=self.vocabulary, now=_SOME_DAY, tz=self.settings.zone
                )
                trees += [part.tree for part in parts]
            except TktError as error:
                faults.append(_bad_query(inner, one, error))
        bound = encoded(And(tuple(trees))) if trees else None
        return Condition(when, bound, hours, times, dates)


def _bad_query(where: Where, when: Any, error: TktError) -> Fault:
    said: dict[str, object] = {
        "query": short(when if isinstance(when, str) else where[-1]),
        "at": error.params.get("column", 1),
        "close": error.params.get("close", ""),
    }
    return Fault(
        where, "automation.bad_query_like" if said["close"] else "automation.bad_query", said
    )
