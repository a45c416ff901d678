"""How writing commands answer: a line for people, ``{"id", "commit", "ticket"}`` for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.cli.out import hint, sentence
from tkt.domain.change import summary_of
from tkt.domain.fields import differing
from tkt.domain.plaintext import one_line
from tkt.domain.table import Card, Column, Table
from tkt.render.views.deeds import said_of
from tkt.render.views.tickets import agent_label
from tkt.services import looking
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tkt.cli.env import Env
    from tkt.domain.change import Change
    from tkt.errors import TktError
    from tkt.services.availability import Said
    from tkt.services.bulk import Outcome, Plan
    from tkt.storage.transaction import Saved

_ONE, _MANY = 1000, 60
"""So much of what would be said is shown of one ticket, or of each of several."""
_COLUMNS = (Column("id", "id"), Column("ok", "bool"), Column("message"))


class Result(Mapping[str, Any]):
    """What JSON shows of one action; put together when it is printed.

    Inside ``batch`` the commit has its name only once the whole group is on the branch.
    """

    def __init__(self, env: Env, saved: Saved, more: Mapping[str, Any]) -> None:
        self.env = env
        self.saved = saved
        self.more = more

    def _whole(self) -> dict[str, Any]:
        ticket = self.saved.ticket
        row = looking.show(self.env.desk, ticket.id, now=self.env.now)
        return {"id": ticket.id, "commit": self.saved.commit, "ticket": row, **self.more}

    def __getitem__(self, key: str) -> Any:
        return self._whole()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(("id", "commit", "ticket", *self.more))

    def __len__(self) -> int:
        return 3 + len(self.more)

    def items(self) -> Any:
        """All at once."""
        return self._whole().items()


def show_files(env: Env, saved: Saved | None, key: str, **params: str) -> None:
    """Answer for a change to files of the desk, or (None) to what is one's own."""
    data = {**params, "commit": saved.commit if saved else None}
    env.show(Card(say(key, **params), {}, (), data))


def show_planned(
    env: Env, saved: Saved | None, key: str, agents: Mapping[str, str | Sequence[str]], roster: str
) -> None:
    """Answer for what was put into a roster: people read names, programs ids."""
    ids = {role: [who] if isinstance(who, str) else who for role, who in agents.items()}
    called = {role: ", ".join(_called(env, who) for who in each) for role, each in ids.items()}
    data = {"roster": roster, **{role: ", ".join(each) for role, each in ids.items()},
            "commit": saved.commit if saved else None}  # fmt: skip
    env.show(Card(say(key, roster=roster, **called), {}, (), data))


def _called(env: Env, agent: str) -> str:
    return (env.is_for_people and agent_label(env.settings, agent)) or agent


def show_availability(env: Env, said: Said, status: str) -> None:
    """Answer for somebody who is away, or back; and for who was so already."""
    until = said.until.isoformat() if said.until else None
    key = "people.active" if said.saved or status != "active" else "people.active_already"
    if status != "active":
        key = f"people.{status}_until" if said.until else f"people.{status}"
    clock = f"{said.until:%m-%d %H:%M}" if said.until else ""
    told = say(key, agent=_called(env, said.agent), until=clock)
    if status != "active" and not said.saved and said.since:
        told = say("people.already", told=told, since=f"{said.since:%m-%d %H:%M}")
    data = {"agent": said.agent, "status": status, "until": until,
            "commit": said.saved.commit if said.saved else None}  # fmt: skip
    env.show(Card(told, {}, (), data))


def show_saved(
    env: Env, saved: Saved, what: str, reference: str = "", *, more: Mapping[str, Any] = {}
) -> None:
    """Answer for one action; ``what`` was done, as its text ``<what>.done`` tells.

    ``more`` is what the answer has for programs beside the ticket.
    """
    if saved.change is None:
        env.show(Card(say("commit.files", files=reference), {}, (), {"commit": saved.commit}))
        return
    env.last_id = saved.ticket.id
    env.show(Card(_told(env, saved.change, what), {}, (), Result(env, saved, more)))


def _told(env: Env, change: Change, what: str) -> str:
    said = said_of(change, env.settings if env.is_for_people else None)
    if change.name and env.is_for_people:
        from tkt.services.automation.macros import called  # nothing else has a name

        said["name"] = getattr(called(env.settings, change), texts.current())
    return say(f"{what}.done", **said)


def show_many(env: Env, outcomes: Sequence[Outcome], what: str, *, one: bool) -> None:
    """Answer for several, a line each, faults included.

    Where ``one`` was named the answer is that of one action. People get that for a single ticket
    however it was found; for programs its shape does not hang on how many there happen to be.
    """
    for outcome in outcomes:
        # What stops a program's command is one object on stderr, and nothing beside it.
        for remark in () if outcome.error and one and env.out.wants_json else outcome.remarks:
            env.out.warn(remark)
    if len(outcomes) == 1 and (one or env.is_for_people):
        (only,) = outcomes
        if only.error:
            raise only.error
        assert only.saved
        show_saved(env, only.saved, what, only.reference)
        return
    failed = [outcome for outcome in outcomes if outcome.error]
    env.show(Table(_COLUMNS, [_row(env, outcome, what) for outcome in outcomes]))
    if failed:
        env.exit_code = max(o.error.exit_code for o in failed if o.error)
        env.out.say("bulk.failed", failed=len(failed), count=len(outcomes))


def _row(env: Env, outcome: Outcome, what: str) -> Mapping[str, Any]:
    if outcome.error:
        return {"id": outcome.reference, "ok": False, **failure(outcome.error)}
    assert outcome.saved
    if outcome.saved.change is None:
        told = say("commit.files", files=outcome.reference)
        return {"id": None, "ok": True, "message": told, "commit": outcome.saved.commit}
    ticket = outcome.saved.ticket
    shown = None if env.is_for_people else looking.show(env.desk, ticket.id, now=env.now)
    return {
        "id": ticket.id,
        "ok": True,
        "message": _told(env, outcome.saved.change, what),
        "commit": outcome.saved.commit,
        "ticket": shown,
    }


def failure(error: TktError) -> dict[str, Any]:
    """An error as data."""
    return {"error": error.slug, "message": sentence(error), "hint": hint(error)}


def show_plans(env: Env, plans: Sequence[Plan]) -> None:
    """What would happen to each ticket, nothing done."""
    rows: list[dict[str, Any]] = []
    cells = _ONE if len(plans) == 1 else _MANY
    for plan in plans:
        for remark in plan.remarks:
            env.out.warn(remark)
        if plan.error is not None:
            rows.append({"id": plan.reference, "ok": False, **failure(plan.error)})
            env.exit_code = max(env.exit_code, plan.error.exit_code)
        rows += [_planned(change, cells) for change in plan.changes]
    env.show(Table(_COLUMNS, rows, notes=(say("bulk.dry_run"),)))


def _planned(change: Change, cells: int) -> dict[str, Any]:
    before = change.before.fields if change.before else {}
    changes = differing(before, change.after.fields)
    said = [event.text for event in change.events if event.text]
    parts = (change.action, change.name, summary_of(changes) or change.tail)
    told = " ".join((*filter(None, parts), *(f"“{one_line(text, cells)}”" for text in said)))
    if change.rule and not change.name:
        told += f"  ({change.rule})"
    return {
        "id": change.ticket_id,
        "ok": True,
        "message": told,
        "action": change.action,
        "set": changes,
        "text": said,
        "rule": change.rule,
        "why": change.reason,
    }
