"""Shifts, leave and swaps by command: written into a roster whose layout stays.

What would make a person work twice at once, or on leave, is refused before anything is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import is_name
from tkt.domain.privacy import said_again
from tkt.domain.roster.file import read_roster
from tkt.domain.roster.findings import wrong
from tkt.domain.roster.plan import Plan
from tkt.errors import Refused, UsageProblem
from tkt.services.permitting import check_may
from tkt.services.recording import record
from tkt.storage import yaml
from tkt.storage.appending import appended
from tkt.storage.layout import ROSTERS
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tkt.domain.settings import Settings
    from tkt.domain.shape import Fault
    from tkt.services.acting import Acting
    from tkt.services.roster.words import Words
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved

Item = dict[str, Any]


def put_shift(
    desk: Desk, said: Words, *, roster: str | None, name: str | None, acting: Acting
) -> tuple[str, Saved | None]:
    """(roster, what was recorded) of a shift for one person or several."""
    if not said.agents or not said.hours:
        raise UsageProblem("roster.shift_lacks")
    check_may(desk.settings, acting.by, *said.agents)
    item: Item = {
        "name": name,
        "agents": list(said.agents),
        "days": list(said.days),
        "dates": [day.isoformat() for day in said.dates],
        "since": said.since.isoformat() if said.since else None,
        "until": said.until.isoformat() if said.until else None,
        "hours": list(said.hours),
    }
    first = min((*said.dates, *filter(None, (said.since,))), default=acting.at.date())
    target = _target(desk.settings, roster, said.agents[0], first)
    who = " ".join(said.agents)
    subject = f"roster {target}: {who} {' '.join((*said.days, *item['dates'], *said.hours))}"
    items = {"shifts": [{key: value for key, value in item.items() if value}]}
    return target, _write(desk, target, items, subject=subject, action="set-shift", acting=acting)


def put_leave(
    desk: Desk, said: Words, *, roster: str | None, reason: str | None, acting: Acting
) -> tuple[str, Saved | None]:
    """(roster, what was recorded) of somebody's leave; one's own unless another is named."""
    agents = said.agents or (acting.by,)
    if said.days or said.hours or (said.since is None) == (not said.dates):
        raise UsageProblem("roster.leave_lacks")
    check_may(desk.settings, acting.by, *agents)
    reason = said_again(reason, desk.settings)
    spans = [(said.since, said.until)] if said.since else [(day, day) for day in said.dates]
    items = [
        _leave(agent, first, last, reason)
        for agent in agents
        for first, last in spans
        if first and last
    ]
    target = _target(desk.settings, roster, agents[0], spans[0][0] or acting.at.date())
    days = ", ".join(f"{item['since']}..{item.get('until', item['since'])}" for item in items)
    subject = f"roster {target}: {' '.join(agents)} on leave {days}"
    saved = _write(
        desk, target, {"leave": items},
        subject=subject, action="set-leave", acting=acting, reason=reason,
    )  # fmt: skip
    return target, saved


def _leave(agent: str, first: date, last: date, reason: str | None) -> Item:
    item = {"agent": agent, "since": first.isoformat()}
    if last != first:
        item["until"] = last.isoformat()
    return {**item, "reason": reason} if reason else item


def swap(
    desk: Desk,
    agents: tuple[str, str],
    *,
    day: date,
    back: date | None,
    cover: bool,
    reason: str | None,
    acting: Acting,
) -> tuple[str, Saved | None]:
    """(roster, what was recorded) of two people who swap their shifts of a day.

    ``back`` is the day on which the second one's shifts are the first one's in return, the same
    day unless it is said; with ``cover`` there is no return.
    """
    one, other = agents
    if one == other:
        raise Refused("roster.swap_self", agent=one)
    if cover and back is not None:
        raise UsageProblem("roster.cover_back")
    check_may(desk.settings, acting.by, *agents)
    reason = said_again(reason, desk.settings)
    plan = Plan(desk.settings)
    moves = [(one, other, day), *([] if cover else [(other, one, back or day)])]
    items = []
    for giver, taker, at in moves:
        if any(known.giver == giver for known in plan.swaps.get(at, ())):
            raise Refused("roster.swapped_twice", agent=giver, day=at.isoformat())
        if not plan.shifts_before_swaps(giver, at):
            raise Refused("roster.swap_nothing", agent=giver, day=at.isoformat())
        item = {"date": at.isoformat(), "from": giver, "to": taker}
        items.append({**item, "reason": reason} if reason else item)
    target = plan.shifts_before_swaps(one, day)[0].roster
    subject = "roster {}: {}".format(
        target, ", ".join(f"{giver} to {taker} on {at}" for giver, taker, at in moves)
    )
    saved = _write(
        desk, target, {"swaps": items},
        subject=subject, action="swap-shift", acting=acting, reason=reason,
    )  # fmt: skip
    return target, saved


# -- writing ----------------------------------------------------------------------------------


def _target(settings: Settings, said: str | None, agent: str, day: date) -> str:
    """The roster to write in: as said; else the only one, or the one that has the agent's shifts.

    Where there is none at all it is called after its month.
    """
    if said is not None:
        if not is_name(said):
            raise UsageProblem("field.not_name", field="roster", value=said)
        return said
    known = settings.rosters
    if len(known) < 2:
        return next(iter(known), f"{day:%Y-%m}")
    mine = {stint.roster for stint in Plan(settings).shifts_before_swaps(agent, day)}
    if len(mine) != 1:
        raise UsageProblem("roster.which", known=", ".join(known))
    return mine.pop()


def _write(
    desk: Desk,
    roster: str,
    items: Mapping[str, Sequence[Item]],
    *,
    subject: str,
    action: str,
    acting: Acting,
    reason: str | None = None,
) -> Saved | None:
    path = f"{ROSTERS}/{roster}.yaml"

    def make(raw: bytes | None) -> bytes:
        made = raw or b""
        # Nothing can be put into a list that is none, and nobody shall be told of it later.
        _read(roster, made, path)
        for key, each in items.items():
            made = appended(made, key, each, path=path)
        _check(desk.settings, roster, _read(roster, made, path), acting)
        return made

    return record(
        desk, path, make, subject=subject, action=action, acting=acting, reason=reason
    )  # fmt: skip


def _read(roster: str, raw: bytes, path: str) -> Item:
    """What a roster says; BadData, with the place, for the first thing wrong in it."""
    (_, sound), faults = read_roster(yaml.load(raw, path=path), name=roster)
    if faults:
        raise placed(faults[:1], raw, path)[0]
    return sound


def _check(settings: Settings, roster: str, sound: Item, acting: Acting) -> None:
    """Refused for what is wrong with the plan now and was not before."""
    today = acting.at.date()
    after = settings._replace(rosters={**settings.rosters, roster: sound})
    known = {_key(finding.fault) for finding in wrong(Plan(settings), today)}
    for finding in wrong(Plan(after), today):
        if _key(finding.fault) not in known:
            raise Refused(finding.fault.key, **finding.fault.params)


def _key(fault: Fault) -> tuple[str, str]:
    return fault.key, str(sorted(fault.params.items()))
