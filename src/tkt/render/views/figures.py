"""Figures of clocks and of answers: a card of tables, or one table for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.hours import span_text
from tkt.domain.table import Card, Column, Section, Table
from tkt.named import NamedTuple
from tkt.render.views.clocks import clock_label
from tkt.render.views.tickets import agent_label, priority_label, team_label
from tkt.render.wording import length_text, period_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.domain.sla.figures import Figures, Stats

Row = dict[str, Any]

_KEPT = ("compliance_pct", "met", "breached", "excused", "running")
_TIMES = ("completed", "mean_s", "median_s", "p90_s", "max_s", "sum_s")
_ANSWERS = ("rounds", "replied", "quick_pct", "prompt_pct", "mean_s", "sum_s", "outside")
_RANKS = {"median_s": 1, "sum_s": 2, "outside": 2}
"""Columns that a narrow terminal can do without."""
_COUNTED = ("met", "breached", "excused", "running", "completed", "rounds", "replied", "outside")
_EXPLAINED = (
    *_KEPT, *_TIMES, "rounds", "replied", "quick_pct", "prompt_pct", "answer_mean", "outside",
    "first_response", "next_response", "periodic_update", "solution", "as_of", "over", "merged",
    "agent", "team", "policy", "priority", "category",
)  # fmt: skip
"""What ``--explain`` gives the definition of."""
CONVERSATION = "conversation"
"""What stands in place of a clock for the rounds of conversation, in a table of everything."""


class Telling(NamedTuple):
    """How figures are told: for people, or with names as in files; with definitions or not."""

    settings: Settings
    now: datetime
    for_people: bool
    explained: bool = False


def card(stats: Stats, telling: Telling) -> Card:
    """The figures in three tables: promises kept, how long it took, questions answered."""
    told = _Told(stats, telling)
    sections = list(told.sections())
    return Card(told.title(), {}, tuple(sections), document(stats, telling))


def table(stats: Stats) -> Table:
    """The same in one table, a line for every clock, and one for the rounds of conversation."""
    names = () if stats.by is None else (stats.by,)
    keys = (*names, "clock", *_KEPT, *_TIMES, "rounds", "replied", "outside", "quick_pct",
            "prompt_pct")  # fmt: skip
    rows: list[Row] = []
    for figures in (stats.total,) if stats.by is None else stats.groups:
        name = {stats.by: figures.name} if stats.by else {}
        rows += ({**name, **clock._asdict()} for clock in figures.clocks)
        rows.append({**name, "clock": CONVERSATION, **figures.answers._asdict()})
    return Table(tuple(map(Column, keys)), rows)


def document(stats: Stats, telling: Telling) -> Row:
    """The same with names as in files."""
    rule = stats.yardstick
    data: Row = {
        "since": stats.since,
        "until": stats.until,
        "by": stats.by,
        "cap_s": rule.cap_s,
        "window": span_text(rule.window),
        "quick_s": rule.quick_s,
        "prompt_s": rule.prompt_s,
        **_document_of(stats.total),
    }
    if stats.by is not None:
        data["groups"] = [{stats.by: each.name, **_document_of(each)} for each in stats.groups]
    data["spam"] = stats.spam
    if telling.explained:
        data["definitions"] = dict(_explained(stats))
    return data


def _document_of(figures: Figures) -> Row:
    return {
        "clocks": [clock._asdict() for clock in figures.clocks],
        "answers": figures.answers._asdict(),
    }


class _Told:
    """Figures in words."""

    def __init__(self, stats: Stats, telling: Telling) -> None:
        self.stats = stats
        self.telling = telling
        self.groups = (stats.total,) if stats.by is None else stats.groups

    def title(self) -> str:
        stats, telling = self.stats, self.telling
        if not telling.for_people:
            return f"{stats.since.isoformat()} {stats.until.isoformat()}"
        zone = telling.settings.zone
        when = period_text(stats.since, stats.until, now=telling.now, tz=zone)
        return say("sla.stats.title", when=when, desk=telling.settings.name)

    def sections(self) -> Iterator[Section]:
        if self.stats.spam:
            count = self.stats.spam
            told = (
                say("classify.left_out", count=count)
                if self.telling.for_people
                else f"spam {count}"
            )
            yield Section("", told)
        if not self.groups:
            yield Section("", say("sla.stats.nothing"))
        else:
            yield self._section("kept", self._clocks(_KEPT), ("clock", *_KEPT))
            yield self._section("times", self._clocks(_TIMES), ("clock", *_TIMES))
            rows = [
                {**self._name(group), **self._values(group.answers._asdict(), _ANSWERS)}
                for group in self.groups
            ]
            yield self._section("answers", rows, _ANSWERS, self._rule())
        if self.telling.explained:
            lines = (f"{what}: {text}" for what, text in self._definitions())
            yield Section(self._heading("definitions"), "\n".join(lines))

    def _section(
        self, heading: str, rows: list[Row], keys: tuple[str, ...], *notes: str
    ) -> Section:
        names = () if self.stats.by is None else (Column(self.stats.by, "name"),)
        columns = (
            Column(key, "name" if key == "clock" else "number", _RANKS.get(key, 0)) for key in keys
        )
        return Section(self._heading(heading), Table((*names, *columns), rows, notes=notes))

    def _heading(self, name: str) -> str:
        return say(f"sla.stats.{name}") if self.telling.for_people else name

    def _clocks(self, keys: tuple[str, ...]) -> list[Row]:
        """A line for every clock; of a group only those of which there is something to tell."""
        return [
            {**self._name(group), "clock": self._clock(clock.clock),
             **self._values(clock._asdict(), keys)}
            for group in self.groups
            for clock in group.clocks
            if self.stats.by is None or any(clock[1:5])
        ]  # fmt: skip

    def _clock(self, name: str) -> str:
        return clock_label(name) if self.telling.for_people else name

    def _name(self, group: Figures) -> Row:
        by, settings = self.stats.by, self.telling.settings
        if by is None:
            return {}
        if not self.telling.for_people:
            return {by: group.name}
        labels = {"agent": agent_label, "team": team_label}
        label = labels[by](settings, group.name) if by in labels else group.name
        if by == "priority":
            label = priority_label(group.name)
        return {by: label or say("sla.stats.none")}

    def _values(self, figures: Row, keys: tuple[str, ...]) -> Row:
        if not self.telling.for_people:
            return {key: figures[key] for key in keys}
        return {key: _shown(key, figures[key]) for key in keys}

    def _rule(self) -> str:
        rule = self.stats.yardstick
        return say(
            "sla.stats.rule",
            quick=length_text(rule.quick_s),
            prompt=length_text(rule.prompt_s),
            cap=length_text(rule.cap_s),
            window=span_text(rule.window),
        )

    def _definitions(self) -> Iterator[tuple[str, str]]:
        for name, text in _explained(self.stats):
            yield (say(f"sla.stats.figure.{name}") if self.telling.for_people else name), text


def _shown(key: str, value: float | None) -> str | float:
    """A figure for people."""
    if value is None:
        return say("sla.stats.not_any")
    if key in _COUNTED:
        return value
    if key.endswith("_pct"):
        return f"{value:.1f}%"
    return length_text(round(value))


def _explained(stats: Stats) -> Iterator[tuple[str, str]]:
    rule = stats.yardstick
    measured = {
        "quick_s": rule.quick_s,
        "prompt_s": rule.prompt_s,
        "cap_s": rule.cap_s,
        "window": span_text(rule.window),
    }
    return ((name, say(f"sla.stats.about.{name}", **measured)) for name in _EXPLAINED)
