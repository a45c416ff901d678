"""What a decision went by: in events and JSON as it is, and in sentences made from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.settings import Settings

Loads = tuple[tuple[str, float, int | None], ...]
Counts = tuple[tuple[str, int], ...]


class Because(NamedTuple):
    """Why a ticket goes to somebody, or (with a ``reason``, in one word) to nobody.

    Looked for were agents of ``team`` who are ``skilled``. ``free`` of them were on shift and had
    room; ``named`` are the chosen one and who would have come next, with a load and a capacity
    each, ``ahead`` those passed over and how many tickets they were given of late. Of nobody
    ``vetoes`` say against how many each thing speaks.
    """

    reason: str | None = None
    team: str | None = None
    skilled: Counts = ()
    strategy: str = ""
    free: int = 0
    named: Loads = ()
    ahead: Counts = ()
    returning: bool = False
    vetoes: Counts = ()

    @property
    def payload(self) -> dict[str, Any]:
        """As the event has it; what is not so is left out."""
        told = {
            "reason": self.reason,
            "team": self.team,
            "skilled": dict(self.skilled),
            "strategy": self.strategy,
            "free": self.free,
            "named": [[who, _short(load), capacity] for who, load, capacity in self.named],
            "ahead": [list(each) for each in self.ahead],
            "returning": self.returning,
            "vetoes": dict(self.vetoes),
        }
        return {name: value for name, value in told.items() if value}

    @staticmethod
    def of(payload: Mapping[str, Any], reason: str | None = None) -> Because:
        """What :attr:`payload` says; of nobody the ``reason`` may stand beside it."""
        get = payload.get
        return Because(
            get("reason", reason),
            get("team"),
            tuple(get("skilled", {}).items()),
            get("strategy", ""),
            get("free", 0),
            tuple((name, load, capacity) for name, load, capacity in get("named", ())),
            tuple((name, given) for name, given in get("ahead", ())),
            get("returning", False),
            tuple(get("vetoes", {}).items()),
        )

    def named_by(self, settings: Settings) -> Because:
        """The same with names in the place of ids, for people."""
        names = {agent.id: agent.name for agent in settings.agents}
        team = settings.team(self.team) if self.team else None
        return self._replace(
            team=team.name if team else self.team,
            named=tuple((names.get(who, who), load, most) for who, load, most in self.named),
            ahead=tuple((names.get(who, who), given) for who, given in self.ahead),
        )


def _short(load: float) -> float:
    """A load without decimals that say nothing."""
    return int(load) if load == int(load) else round(load, 2)


def load_words(load: float, capacity: int | None) -> str:
    """A load of a capacity: ``3/8``; of one who takes any amount the load alone."""
    return f"{load:g}" if capacity is None else f"{load:g}/{capacity}"
