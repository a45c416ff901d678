"""One walk over a ticket's track: when each clock began and ended, and what it was held to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.sla import track as steps
from tkt.domain.sla.policy import CLOCKS, choose, decided_by
from tkt.domain.sla.stretches import Stretches
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tkt.domain.calendar.working import Calendar
    from tkt.domain.sla.policy import Policy
    from tkt.domain.sla.stretches import Mode
    from tkt.domain.sla.track import Track

FIRST, NEXT, UPDATE, SOLUTION = CLOCKS
_BY_PEOPLE = (steps.REPLY, steps.DONE, steps.UNDONE)
"""Steps that say who did it."""


class Promises(NamedTuple):
    """What the tickets of one workflow are held to.

    ``decisive`` are the fields that choose a policy. ``calendar`` gives None for a name that no
    sound calendar has; ``mode`` says of a state what time in it is. ``elsewhere`` gives the
    promises of another workflow, where there are several.
    """

    policies: Sequence[Policy]
    decisive: frozenset[str]
    calendar: Callable[[str], Calendar | None]
    mode: Callable[[str], Mode]
    elsewhere: Callable[[object], Promises] | None = None

    @staticmethod
    def of(
        policies: Sequence[Policy],
        *,
        calendar: Callable[[str], Calendar | None],
        mode: Callable[[str], Mode],
        elsewhere: Callable[[object], Promises] | None = None,
    ) -> Promises:
        """The promises that these policies make."""
        return Promises(policies, decided_by(policies), calendar, mode, elsewhere)


class Held(NamedTuple):
    """What a ticket was held to for some time: the policy, and the priority that it had."""

    policy: Policy | None
    priority: object


class Round(NamedTuple):
    """One run of a clock, and who ended it, if that was a person.

    ``end`` and what it was ``held`` to then are None while it goes on.
    """

    start: int
    end: int | None = None
    held: Held | None = None
    by: str | None = None


class Course:
    """What a track tells: the rounds of each clock, the stretches that count, the fields at last.

    ``past`` is what the ticket was held to before, each until when. ``excused`` are the rounds
    whose breach is excused: which clock, begun when. ``broken_off`` are the rounds of periodic
    updates that a customer's message ended. ``over_since`` is when the ticket was last over.
    Until a ticket goes through another workflow it is held to what its own promises.
    """

    def __init__(self, track: Track, promises: Promises) -> None:
        self.promises = promises.elsewhere(None) if promises.elsewhere else promises
        self.fields: dict[str, Any] = {}
        self.stretches = Stretches()
        self.rounds: dict[str, list[Round]] = {name: [] for name in CLOCKS}
        self.held = Held(None, None)
        self.past: list[tuple[int, Held]] = []
        self.excused: set[tuple[str, int]] = set()
        self.broken_off: list[Round] = []
        self.is_over = False
        self.over_since = 0
        self._by: str | None = None
        self._undone = False
        self._opened = False
        self._achieved: Mapping[str, Any] = {}
        for at, kind, changes, *about in track:
            self._by = about[0] if about and kind in _BY_PEOPLE else None
            self._undone = kind == steps.UNDONE
            if changes:
                self._change(at, changes)
            match kind:
                case steps.ASKED | steps.OPENED | steps.INSIDE:
                    self._open(at, kind)
                case steps.MESSAGE:
                    self._asked(at)
                case steps.REPLY:
                    self._answered(at)
                case steps.EXCUSED:
                    self._excuse(*about[0])
            if len(about) > 1:
                self._achieved = about[1]

    @property
    def achieved(self) -> Mapping[str, Any]:
        """What the clocks had come to when the ticket was over, as long as it is."""
        return self._achieved if self.is_over else {}

    @property
    def is_merged(self) -> bool:
        """Whether the ticket has become part of another."""
        return "merged_into" in self.fields

    @property
    def is_awaited(self) -> bool:
        """Whether a customer waits for an answer."""
        rounds = self.rounds[NEXT]
        return bool(rounds) and rounds[-1].end is None

    @property
    def policy(self) -> Policy | None:
        """The policy that the ticket is held to at last."""
        return self.held.policy

    def _change(self, at: int, changes: Mapping[str, Any]) -> None:
        fields = self.fields
        for name, value in changes.items():
            if value is None:
                fields.pop(name, None)
            else:
                fields[name] = value
        moves = "workflow" in changes and self.promises.elsewhere is not None
        if moves and self.promises.elsewhere is not None:
            self.promises = self.promises.elsewhere(fields.get("workflow"))
        if moves or not self._opened or not self.promises.decisive.isdisjoint(changes):
            held = Held(choose(self.promises.policies, fields), fields.get("priority"))
            if self._opened and held != self.held:
                self.past.append((at, self.held))
            self.held = held
        if "status" in changes or "merged_into" in changes:
            self._move(at)

    def _move(self, at: int) -> None:
        status = str(self.fields.get("status", ""))
        mode: Mode = "over" if self.is_merged else self.promises.mode(status)
        over = mode == "over"
        if over and not self.is_over:
            self.over_since = at
            self._end(SOLUTION, at)
        elif self.is_over and not over:
            self._reopen(at)
        self.is_over = over
        self.stretches.enter(at, mode)

    def _reopen(self, at: int) -> None:
        rounds = self.rounds[SOLUTION]
        policy = self.held.policy
        if not self._undone and policy is not None and policy.restarts(at - self.over_since):
            rounds.append(Round(at))
        elif rounds:
            rounds[-1] = Round(rounds[-1].start)

    def _excuse(self, clock: str, since: int | None) -> None:
        rounds = self.rounds.get(clock)
        if since is None and rounds:
            since = rounds[-1].start
        if since is not None:
            self.excused.add((clock, since))

    def _open(self, at: int, kind: str) -> None:
        self._opened = True
        self.rounds[SOLUTION].append(Round(at))
        if self.is_over:
            self._end(SOLUTION, at)
        if kind != steps.INSIDE:
            self.rounds[FIRST].append(Round(at))
        if kind == steps.ASKED:
            self._asked(at)
        elif self.held.policy is not None and self.held.policy.periodic_from == "opening":
            self.rounds[UPDATE].append(Round(at))

    def _asked(self, at: int) -> None:
        waiting = self.rounds[NEXT]
        if not waiting or waiting[-1].end is not None:
            waiting.append(Round(at))
        updates = self.rounds[UPDATE]
        if updates and updates[-1].end is None:
            # It goes off: it is the customer who waits now.
            self.broken_off.append(updates.pop()._replace(end=at, held=self.held))

    def _answered(self, at: int) -> None:
        for clock in (FIRST, NEXT, UPDATE):
            self._end(clock, at)
        self.rounds[UPDATE].append(Round(at))

    def _end(self, clock: str, at: int) -> None:
        rounds = self.rounds[clock]
        if rounds and rounds[-1].end is None:
            rounds[-1] = Round(rounds[-1].start, at, self.held, self._by)
