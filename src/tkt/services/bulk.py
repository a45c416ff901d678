"""One action on one ticket or on many, by ids or a query: a commit each, under one merge commit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.routing.occasion import occasion
from tkt.domain.sla.achieved import with_achieved
from tkt.domain.transfers import with_notice
from tkt.errors import TktError, UsageProblem
from tkt.named import NamedTuple
from tkt.services import requiring
from tkt.services.masked import told
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.errors import Remark
    from tkt.services.acting import Acting
    from tkt.services.stage import Action
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction


class Selection(NamedTuple):
    """What a command was pointed at: tickets by ids or a query; or only what it would do to them.

    ``exactly``: a merged ticket is meant itself, not what it has become.
    """

    ids: tuple[str, ...] = ()
    where: str | None = None
    dry_run: bool = False
    exactly: bool = False

    @property
    def is_one(self) -> bool:
        """Whether one ticket was named."""
        return len(self.ids) == 1 and self.where is None


class Outcome(NamedTuple):
    """What came of one of many: what was done, or why not, and what else there is to say."""

    reference: str
    saved: Saved | None
    error: TktError | None
    remarks: Sequence[Remark] = ()


class Plan(NamedTuple):
    """What would come of one of many."""

    reference: str
    changes: Sequence[Change]
    error: TktError | None
    remarks: Sequence[Remark] = ()


def attempt(reference: str, action: Callable[[], Saved]) -> Outcome:
    """Do one of many; what is refused for one hinders no other, what ends the run is raised."""
    try:
        return Outcome(reference, action(), None)
    except TktError as error:
        if error.ends_run:
            raise
        return Outcome(reference, None, error)


def do(
    desk: Desk, chosen: Selection, action: Action, *, what: str, acting: Acting
) -> list[Outcome]:
    """Act on every ticket chosen; ``what`` names the run in its merge commit."""

    def decide(run: Transaction) -> list[Outcome]:
        return [_done(run, reference, find) for reference, find in _chosen(desk, chosen, acting)]

    def _done(run: Transaction, reference: str, find: Callable[[Stage], Ticket]) -> Outcome:
        stage = Stage(desk, acting, run)
        return attempt(reference, partial(act, stage, find, action))._replace(remarks=stage.remarks)

    return desk.write(decide, acting.grouping(what))


def act(stage: Stage, find: Callable[[Stage], Ticket], action: Action) -> Saved:
    """Let an action decide on a ticket and save what it decided, all of it or nothing."""
    assert stage.run is not None
    changes = decided(stage, find, action)
    acting = stage.acting
    saved = stage.run.save(*changes, person=acting.person, now=acting.now)
    told(stage, saved)
    followed(stage, saved)
    return saved


def followed(stage: Stage, saved: Saved) -> None:
    """Let the desk's rules act on what has just been recorded, and find who is to have it."""
    changes = saved.changes
    if _calls_for_rules(stage, changes):
        from tkt.services.automation.following import follow

        follow(stage, changes)
    if found := _to_route(stage, changes):
        from tkt.services.routing.assigning import after

        after(stage, found)


def _to_route(stage: Stage, changes: Sequence[Change]) -> list[str]:
    """The tickets that are to find an agent now; a desk without agents pays nothing."""
    if not stage.settings.agents:
        return []
    free = [change for change in changes if "assignee" not in change.after.fields]
    return [change.ticket_id for change in free if occasion(change, stage.flow(change.after))]


def _calls_for_rules(stage: Stage, changes: Sequence[Change]) -> bool:
    """Whether a rule may act on what was done; many desks have none, and pay nothing."""
    automation = stage.settings.automation
    if not automation:
        return False
    from tkt.domain.automation.happening import is_waited_for

    return is_waited_for(automation, (event for change in changes for event in change.events))


def decided(stage: Stage, find: Callable[[Stage], Ticket], action: Action) -> Sequence[Change]:
    """What an action decides, if it leaves no ticket without a field that the desk requires."""
    changes = action(stage, find(stage))
    requiring.check(stage.settings, changes, stage.acting)
    if not stage.acting.is_automatic:
        changes = [with_notice(change, stage.settings) for change in changes]
    return with_achieved(changes, stage.desk.promised)


def preview(desk: Desk, chosen: Selection, action: Action, *, acting: Acting) -> list[Plan]:
    """What :func:`do` would do, nothing done; it needs no lock and no right to write."""
    plans: list[Plan] = []
    for reference, find in _chosen(desk, chosen, acting):
        stage = Stage(desk, acting)
        try:
            changes = [*decided(stage, find, action)]
            if _calls_for_rules(stage, changes):
                from tkt.services.automation.following import foresee

                changes += foresee(stage, changes)
        except TktError as error:
            if error.ends_run:
                raise
            plans.append(Plan(reference, (), error, stage.remarks))
        else:
            plans.append(Plan(reference, changes, None, stage.remarks))
    return plans


def _chosen(
    desk: Desk, chosen: Selection, acting: Acting
) -> Iterator[tuple[str, Callable[[Stage], Ticket]]]:
    """(what a person called it, how to find it) of each ticket, each once."""
    if not chosen.ids and chosen.where is None:
        raise UsageProblem("bulk.nobody")
    for reference in dict.fromkeys(chosen.ids):
        yield reference, partial(Stage.find, reference=reference, follow=not chosen.exactly)
    if chosen.where is not None:
        for ticket_id in dict.fromkeys(matching(desk, chosen.where, acting)):
            if ticket_id not in chosen.ids:
                yield ticket_id, partial(Stage.ticket, ticket_id=ticket_id)


def matching(desk: Desk, where: str, acting: Acting) -> list[str]:
    """The ids of all tickets that a query finds."""
    from tkt.services import querying  # who acts on one ticket needs no queries

    return querying.matching_ids(desk, where, now=acting.now, me=acting.by)
