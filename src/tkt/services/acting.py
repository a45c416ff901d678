"""Who acts, when, and on what: what every writing service is given, read once per command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions.event import Doing
from tkt.domain.change import Person, worded
from tkt.domain.facts import CUSTOMER
from tkt.domain.fields import is_name
from tkt.domain.merge import ACTOR
from tkt.domain.plaintext import one_line
from tkt.domain.routing import ROUTER
from tkt.domain.sweeping import SWEEP
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.storage.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket


RESERVED = (CUSTOMER, ACTOR, SWEEP, ROUTER)
"""Who stands in timelines for customers, clones, time and routing: no person goes by these."""


class Acting(NamedTuple):
    """The person, the time of recording, the time of the deed, and a source of random integers.

    ``recorded_later``: the time of the deed was given, it is not simply now. ``is_automatic``: what
    acts is a rule, and no person.
    """

    person: Person
    now: datetime
    at: datetime
    draw: Callable[[int], int]
    recorded_later: bool = False
    is_automatic: bool = False

    @property
    def by(self) -> str:
        """The name that stands in timelines."""
        return self.person.by

    def at_on(self, ticket: Ticket | None) -> datetime:
        """When a deed on ``ticket`` counts as done: at the earliest with its last event.

        Another machine's clock may run ahead of ours; what is done knowing its events must not be
        sorted before them. A time that was given (``--at``) stands as it is.
        """
        if ticket is None or self.recorded_later:
            return self.at
        return max(self.at, ticket.events[-1].instant.astimezone(self.at.tzinfo))

    def on(self, ticket: Ticket | None) -> Doing:
        """What an action on ``ticket`` (None: on a new one) needs to know of who acts, and when."""
        return Doing(self.by, self.at_on(ticket), self.draw)

    def grouping(self, what: str) -> Callable[[int], Entry]:
        """Makes the merge commit of a run: ``batch: 40 actions``."""

        def entry(count: int) -> Entry:
            action = what.partition(" ")[0]
            trailers = (("Action", action), ("Actor", self.by), ("Count", str(count)))
            message = worded(f"{what}: {count} actions", trailers)
            return Entry(message, self.person, self.now, self.now)

        return entry


def person_for(
    settings: Settings, *, said: str | None, config: Mapping[str, str], login: str
) -> Person:
    """Who acts: ``said`` (TKT_ACTOR: a name or an e-mail), else Git's user, else the login name.

    Somebody in team.yaml acts under their id there; anybody else under the first part of their
    e-mail, or the name as it was said. UsageProblem if what was said cannot be a name.
    """
    email, name = config.get("user.email"), config.get("user.name")
    wanted = said or email or login
    agent = settings.agent(wanted)
    if agent:
        first = agent.emails[0] if agent.emails else (email if not said else None)
        return Person(agent.id, agent.name, first or f"{agent.id}@localhost")
    if said:
        by, _, domain = said.partition("@")
        if not is_name(by) or one_line(said) != said or by in RESERVED:
            raise UsageProblem("env.bad_actor", value=one_line(said, 60))
        return Person(by, by, said if domain else f"{by}@localhost")
    by = _usable((email or "").partition("@")[0]) or _usable(login) or "agent"
    return Person(by, one_line(name or "", 100) or by, email or f"{by}@localhost")


def _usable(text: str) -> str:
    """As much of a name as may stand in a timeline; nothing is asked of a person's e-mail."""
    kept = "".join(c if c.isalnum() or c in "._-+" else "-" for c in text).strip("-")[:60]
    return kept if is_name(kept) else ""
