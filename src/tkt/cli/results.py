"""How writing commands answer: a line for people, ``{"id", "commit", "ticket"}`` for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tkt.cli.out import hint, sentence
from tkt.domain.change import summary_of
from tkt.domain.fields import differing
from tkt.domain.table import Card, Column, Table
from tkt.services import looking
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tkt.cli.env import Env
    from tkt.domain.change import Change
    from tkt.errors import TktError
    from tkt.services.bulk import Outcome
    from tkt.storage.transaction import Saved


class Result(Mapping[str, Any]):
    """What JSON shows of one action; put together when it is printed.

    Inside ``batch`` the commit has its name only once the whole group is on the branch.
    """

    def __init__(self, env: Env, saved: Saved) -> None:
        self.env = env
        self.saved = saved

    def _whole(self) -> dict[str, Any]:
        ticket = self.saved.ticket
        row = looking.saved_row(self.env.desk, ticket.id)
        return {"id": ticket.id, "commit": self.saved.commit, "ticket": row}

    def __getitem__(self, key: str) -> Any:
        return self._whole()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(("id", "commit", "ticket"))

    def __len__(self) -> int:
        return 3

    def items(self) -> Any:
        """The three at once."""
        return self._whole().items()


def show_saved(env: Env, saved: Saved, key: str, reference: str = "") -> None:
    """Answer for one action."""
    if saved.change is None:
        env.show(Card(say("commit.files", files=reference), {}, (), {"commit": saved.commit}))
        return
    ticket = saved.ticket
    env.last_id = ticket.id
    line = say(
        key, id=ticket.id, title=ticket.title, tail=saved.change.tail if saved.change else ""
    )
    env.show(Card(line, {}, (), Result(env, saved)))


def show_many(env: Env, outcomes: Sequence[Outcome], key: str, *, one: bool) -> None:
    """Answer for several, a line each, faults included.

    Where ``one`` was named the answer is that of one action. People get that for a single ticket
    however it was found; for programs its shape does not hang on how many there happen to be.
    """
    if len(outcomes) == 1 and (one or env.is_for_people):
        (only,) = outcomes
        if only.error:
            raise only.error
        assert only.saved
        show_saved(env, only.saved, key, only.reference)
        return
    failed = [outcome for outcome in outcomes if outcome.error]
    env.show(
        Table(
            (Column("id", "id"), Column("ok", "bool"), Column("message")),
            [_row(env, outcome, key) for outcome in outcomes],
        )
    )
    if failed:
        env.exit_code = max(o.error.exit_code for o in failed if o.error)
        env.out.say("bulk.failed", failed=len(failed), count=len(outcomes))


def _row(env: Env, outcome: Outcome, key: str) -> Mapping[str, Any]:
    if outcome.error:
        return {"id": outcome.reference, "ok": False, **failure(outcome.error)}
    assert outcome.saved
    if outcome.saved.change is None:
        told = say("commit.files", files=outcome.reference)
        return {"id": None, "ok": True, "message": told, "commit": outcome.saved.commit}
    ticket = outcome.saved.ticket
    tail = outcome.saved.change.tail if outcome.saved.change else ""
    return {
        "id": ticket.id,
        "ok": True,
        "message": say(key, id=ticket.id, title=ticket.title, tail=tail),
        "commit": outcome.saved.commit,
        "ticket": None if env.is_for_people else looking.saved_row(env.desk, ticket.id),
    }


def failure(error: TktError) -> dict[str, Any]:
    """An error as data."""
    return {"error": error.slug, "message": sentence(error), "hint": hint(error)}


def show_plan(env: Env, planned: Sequence[tuple[str, Change | TktError]]) -> None:
    """What would happen to each ticket, nothing done."""
    rows = []
    for reference, change in planned:
        if isinstance(change, Exception):
            rows.append({"id": reference, "ok": False, **failure(change)})
            env.exit_code = max(env.exit_code, change.exit_code)
        else:
            before = change.before.fields if change.before else {}
            changes = differing(before, change.after.fields)
            rows.append(
                {"id": change.ticket_id, "ok": True, "message": summary_of(changes), "set": changes}
            )
    env.show(
        Table(
            (Column("id", "id"), Column("ok", "bool"), Column("message")),
            rows,
            notes=(say("bulk.dry_run"),),
        )
    )
