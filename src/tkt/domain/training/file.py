"""training.yaml and trained/*.yaml: what they may say, and reading them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.roster.file import DATE, MOMENT
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import BAD, bad
from tkt.domain.spec.nested import LABEL, Key, Keyed, ListOf, Record, taken
from tkt.domain.spec.simple import Choice, Flag, Name, Number, Parsed, Text, Texts
from tkt.domain.training.course import EVERYBODY, parse_days
from tkt.domain.training.record import ASSIGN, DEEDS, TAKE, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.spec.kind import Faults, Where

DAYS = Parsed(parse_days, "training.not_days", examples=("14d", "180d"))
"""So many whole days."""
COURSE = Record("course", {
    "label": LABEL,
    "articles": Key(Texts(), needed=True),
    "pass": Number(1, 100),
    "again": DAYS,
    "within": DAYS,
    "for": Texts(named=True),
    "new_hire": Flag(),
    "required": Flag(),
    "skills": Keyed(Number(1, 5)),
})  # fmt: skip
ITEM = Record("training_item", {"label": LABEL, "within": DAYS})
TRAINING = Record("training", {"courses": Keyed(COURSE), "checklist": Keyed(ITEM)})
"""What training.yaml may say."""


class _Entry(Record):
    """One thing done, which says what it was done with."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As every record."""
        taken = super().take(value, where, faults)
        if taken is BAD:
            return BAD
        needed = {TAKE: ("course", "passed"), ASSIGN: ("course", "due")}
        for key in needed.get(taken["do"], ("item",)):
            if key not in taken:
                return bad(faults, where, "config.missing_key", key=key)
        return taken


TRAINED = Record("trained", {
    "history": ListOf(_Entry("trained_entry", {
        "at": Key(MOMENT, needed=True),
        "do": Key(Choice(*DEEDS), needed=True),
        "by": Key(Name(), needed=True),
        "course": Name(),
        "score": Number(0, 100),
        "passed": Flag(),
        "version": Texts(),
        "due": DATE,
        "item": Name(),
        "reason": Text(),
    })),
})  # fmt: skip
"""What trained/AGENT.yaml may say."""


def read_training(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """The sound part of training.yaml, and its faults."""
    return taken(TRAINING, data)


def read_trained(data: Any, *, name: str) -> tuple[tuple[str, dict[str, Any]], list[Fault]]:
    """(agent, what their history comes to), and the faults."""
    found, faults = taken(TRAINED, data)
    return (name, fold(found.get("history", ()))), faults


def packed(training: Mapping[str, Any], trained: Mapping[str, Any]) -> str:
    """Both as the settings keep them: one JSON text, as only few commands look into it."""
    if not training and not trained:
        return ""
    said = {**training, "records": trained}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def crossed(desk: Settings, training: Mapping[str, Any]) -> list[Fault]:
    """Teams that training.yaml speaks of and the desk does not have."""
    known = {EVERYBODY, *(team.id for team in desk.teams)}
    return [
        Fault(("courses", name, "for"), "config.no_team", {"team": team})
        for name, course in training.get("courses", {}).items()
        for team in course.get("for", ())
        if team not in known
    ]
