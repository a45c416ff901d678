"""What rules do after an event: in the same run, each action a commit by the rule's name.

One event after the other, and what follows from an action before the next action, so that the order
of doing is the order in the timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.automation import rules
from tkt.domain.automation.happening import is_new_here, kinds_of
from tkt.domain.change import Person
from tkt.errors import TktError
from tkt.services import bulk
from tkt.services.automation.applying import applies
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tkt.domain.automation.rules import Rule, Step
    from tkt.domain.change import Change
    from tkt.domain.ticket import Event, Ticket

    Keep = Callable[[Sequence[Change], Person], Sequence[Change]]
    """Records changes and gives them back as they were recorded."""


def follow(stage: Stage, changes: Sequence[Change]) -> None:
    """Let the rules act on what has just been recorded, in the same run."""
    run, now = stage.run, stage.acting.now
    assert run is not None

    def keep(made: Sequence[Change], person: Person) -> Sequence[Change]:
        return run.save(*made, person=person, now=now).changes

    _Following(stage, keep).after(changes)


def foresee(stage: Stage, changes: Sequence[Change]) -> list[Change]:
    """What the rules would do after these changes; nothing is done."""
    made: list[Change] = []

    def keep(more: Sequence[Change], _: Person) -> Sequence[Change]:
        made.extend(more)
        return more

    _Following(stage, keep).after(changes)
    return made


class _Following:
    """One action of a person and all that follows from it."""

    def __init__(self, stage: Stage, keep: Keep) -> None:
        self.stage = stage
        self.keep = keep
        self.automation = rules.unpacked(stage.settings.automation)
        self.tickets: dict[str, Ticket] = {}
        self.count = 0
        self._said: set[str] = set()

    def after(self, changes: Sequence[Change]) -> None:
        """What follows from these changes."""
        self.tickets.update((change.ticket_id, change.after) for change in changes)
        for change in changes:
            for event in change.events:
                if is_new_here(event):
                    self._happened(change.ticket_id, event)

    def _happened(self, ticket_id: str, event: Event) -> None:
        ticket, kinds = self.tickets[ticket_id], kinds_of(event)
        chain = rules.chain_of(ticket, event)
        called = [
            (place, rule)
            for place, rule in self.automation.rules_for(self.stage.flow(ticket).name)
            if rule.ref not in chain and not kinds.isdisjoint(rule.on)
        ]
        if not called:
            return
        if len(chain) >= rules.DEEPEST:
            self._stopped("automation.too_deep", id=ticket_id, rule=event.by, deepest=rules.DEEPEST)
            return
        for place, rule in called:
            if self._is_enough:
                break
            ticket = self.tickets[ticket_id]
            if rules.has_fired(ticket, rule.ref, event):
                continue
            if not self._applies(rule, ticket, event):
                continue
            for number, step in enumerate(rule.do):
                self._step(rule, step, (place, number), ticket_id, event)
            if rule.stop:
                break

    def _applies(self, rule: Rule, ticket: Ticket, event: Event) -> bool:
        """Whether a rule's condition holds; one that cannot be told is said, and does not."""
        try:
            return applies(self.stage, rule.when, ticket, event.instant)
        except TktError as error:
            self._refused(rule, ticket.id, error)
            return False

    @property
    def _is_enough(self) -> bool:
        """Whether rules have done all that may follow from one action."""
        return self.count >= rules.MOST_EVENTS and "automation.too_many" in self._said

    def _stopped(self, key: str, **params: object) -> None:
        """Say once that rules go no further; where they branch, many ways end alike."""
        if key not in self._said:
            self._said.add(key)
            self.stage.remark(key, **params)

    def _refused(self, rule: Rule, ticket_id: str, error: TktError) -> None:
        if error.ends_run:
            raise error
        self.stage.remark("automation.refused", id=ticket_id, rule=rule.name, why=error)

    def _step(
        self, rule: Rule, step: Step, place: tuple[int, int], ticket_id: str, cause: Event
    ) -> None:
        """One action of a rule; what speaks against it is said, and stops nothing else."""
        # Most events call for no rule: what carries one out is imported when one does.
        from tkt.domain.automation.marks import attributed
        from tkt.services.automation.filling import Given
        from tkt.services.automation.once import is_hushed
        from tkt.services.automation.steps import SO_ALREADY, action_of

        ticket = self.tickets[ticket_id]
        if self.count >= rules.MOST_EVENTS:
            self._stopped(
                "automation.too_many", id=ticket_id, rule=rule.name, most=rules.MOST_EVENTS
            )
            return
        stage = self._stage_of(rule, cause)
        try:
            if step.kind == "auto_reply" and is_hushed(stage, rule, step, ticket, cause):
                return
            decided = bulk.decided(stage, lambda _: ticket, action_of(step, Given(cause=cause)))
            wanted = [
                attributed(change, rule, cause, place=place[0], step=place[1]) for change in decided
            ]
            made = self.keep(wanted, stage.acting.person) if wanted else ()
        except TktError as error:
            if error.key not in SO_ALREADY:
                self._refused(rule, ticket_id, error)
            return
        self.count += len(made)
        self.stage.remarks += stage.remarks
        self.after(made)

    def _stage_of(self, rule: Rule, cause: Event) -> Stage:
        """The rule as the one who acts, at the time of what it acts on."""
        stage, actor = self.stage, rule.actor
        person = Person(actor, actor, f"{actor}@localhost")
        acting = stage.acting._replace(
            person=person, at=cause.instant, recorded_later=True, is_automatic=True
        )
        return Stage(stage.desk, acting, stage.run)
