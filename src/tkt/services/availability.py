"""Whether people take work just now, as they say: a file each, so that two never conflict."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tkt.domain.privacy import said_again
from tkt.domain.roster.duty import holds
from tkt.domain.settings import Availability
from tkt.domain.when import parse_duration, parse_moment
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.permitting import check_may
from tkt.services.recording import record
from tkt.storage.dump import dump
from tkt.storage.layout import AVAILABILITY

if TYPE_CHECKING:
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved


class Said(NamedTuple):
    """Of whom something was said, since and until when, and what was recorded.

    None was recorded where it is so already.
    """

    agent: str
    since: datetime | None
    until: datetime | None
    saved: Saved | None


def say_of(
    desk: Desk,
    agent: str | None,
    status: str,
    *,
    acting: Acting,
    reason: str | None = None,
    until: str | None = None,
) -> Said:
    """Record that somebody (None: oneself) is away, unavailable, or back.

    Of who is away already only a new reason or end is recorded; what is not said stays.
    """
    mine = agent is None or agent in naming.ME_WORDS
    who = naming.agent_named(desk.settings, acting.by if mine else str(agent))
    check_may(desk.settings, acting.by, who)
    reason = said_again(reason, desk.settings)
    end = _end(until, acting, desk) if until is not None else None
    said = {"status": status, "reason": reason, "since": acting.at.isoformat(),
            "until": end.isoformat() if end else None}  # fmt: skip
    known = desk.settings.availability.get(who, Availability("active"))
    is_so = known.status == status and (status == "active" or holds(known, acting.at.timestamp()))
    if is_so:
        before = {"reason": known.reason, "since": known.since, "until": known.until}
        said = {"status": status, **{key: said[key] or old for key, old in before.items()}}
        said["since"] = known.since

    def make(raw: bytes | None) -> bytes | None:
        if is_so and said == known._asdict():
            return raw
        return dump({key: value for key, value in said.items() if value}).encode()

    saved = record(
        desk,
        f"{AVAILABILITY}/{who}.yaml",
        make,
        subject=f"{who} is {status}" + (f" until {end:%Y-%m-%d %H:%M}" if end else ""),
        action="set-availability",
        acting=acting,
        reason=reason,
    )
    return Said(who, _moment(said["since"]), _moment(said["until"]), saved)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _end(text: str, acting: Acting, desk: Desk) -> datetime:
    """Until when: a time of day, a moment, or a length of time from now."""
    try:
        end = acting.at + parse_duration(text)
    except ValueError:
        try:
            end = parse_moment(text, now=acting.now, tz=desk.settings.zone)
        except ValueError as error:
            raise UsageProblem("env.bad_time", value=text) from error
    if end <= acting.at:
        raise UsageProblem("people.until_past", value=text)
    return end
