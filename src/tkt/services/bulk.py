"""One action on many tickets, by ids or a query: a commit each, under one merge commit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tkt.domain.ids import ALPHABET
from tkt.errors import TktError, UsageProblem
from tkt.services import querying, work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tkt.domain.change import Change
    from tkt.services.acting import Acting
    from tkt.services.work import Assignments
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction


class Outcome(NamedTuple):
    """What came of one of many: the action, or why it was not done."""

    reference: str
    saved: Saved | None
    error: TktError | None


def attempt(reference: str, action: Callable[[], Saved]) -> Outcome:
    """Do one of many; what is refused for one hinders no other, what ends the run is raised."""
    try:
        return Outcome(reference, action(), None)
    except TktError as error:
        if error.ends_run:
            raise
        return Outcome(reference, None, error)


def split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """(ids, assignments) out of the words of a command; what has ``=`` in it assigns."""
    ids = [word for word in words if "=" not in word and "＝" not in word]
    assignments = [word for word in words if word not in ids]
    for word in ids:
        if not word.replace("-", "").isalnum() or not _could_be_id(word):
            raise UsageProblem("set.not_assignment", word=word)
    if not assignments:
        raise UsageProblem("set.nothing_said")
    return ids, assignments


def _could_be_id(word: str) -> bool:
    return all(c in ALPHABET or c.isdigit() or c == "-" for c in word.upper())


def references(desk: Desk, ids: Sequence[str], where: str | None, acting: Acting) -> list[str]:
    """The tickets that a command was pointed at, by ids, by a query, or by both; each once."""
    if not ids and where is None:
        raise UsageProblem("bulk.nobody")
    found = (
        [] if where is None else querying.matching_ids(desk, where, now=acting.now, me=acting.by)
    )
    return list(dict.fromkeys([*ids, *found]))


def set_fields(
    desk: Desk,
    ids: Sequence[str],
    where: str | None,
    *,
    said: Assignments,
    reason: str | None,
    acting: Acting,
) -> list[Outcome]:
    """Change fields of some tickets."""

    def one(run: Transaction, reference: str) -> Saved:
        change = work.planned(desk, run.ticket(reference), said=said, reason=reason, acting=acting)
        return run.save(change, person=acting.person, now=acting.now)

    return each(desk, ids, where, one, what="set", acting=acting)


def plan_set(
    desk: Desk,
    ids: Sequence[str],
    where: str | None,
    *,
    said: Assignments,
    reason: str | None,
    acting: Acting,
) -> list[tuple[str, Change | TktError]]:
    """What :func:`set_fields` would do, nothing done; it needs no lock and no right to write."""
    planned: list[tuple[str, Change | TktError]] = []
    for reference in references(desk, ids, where, acting):
        try:
            ticket = desk.ticket(desk.find(reference))
            change = work.planned(desk, ticket, said=said, reason=reason, acting=acting)
        except TktError as error:
            planned.append((reference, error))
        else:
            planned.append((reference, change))
    return planned


def each(
    desk: Desk,
    ids: Sequence[str],
    where: str | None,
    one: Callable[[Transaction, str], Saved],
    *,
    what: str,
    acting: Acting,
) -> list[Outcome]:
    """Do ``one`` to every ticket."""

    def decide(run: Transaction) -> list[Outcome]:
        wanted = references(desk, ids, where, acting)
        return [attempt(reference, partial(one, run, reference)) for reference in wanted]

    return desk.write(decide, acting.grouping(what))
