"""Changing what team.yaml says of people and teams, by command; its layout and comments stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.errors import NotFound, Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming, team_file
from tkt.services.permitting import check_may
from tkt.services.recording import record
from tkt.storage.layout import TEAM
from tkt.storage.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tkt.domain.settings import Settings
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved

Entry = dict[str, Any]
_ASSIGNMENT = r"\s*([^=+\-\s]+)\s*(\+|-)?=\s*(.*?)\s*"
AGENT_KEYS = ("name", "email", "teams", "skills", "capacity", "level", "since")
TEAM_KEYS = ("name", "lead", "members", "calendar", "categories", "parent")
_LISTS = ("email", "teams", "members", "categories")
_NUMBERS = ("capacity", "level")


class Assignment(NamedTuple):
    """``key=value``, ``key+=value`` or ``key-=value``."""

    key: str
    sign: str
    value: str


def read(words: Sequence[str], keys: Sequence[str]) -> list[Assignment]:
    """What is to be set, as typed; UsageProblem, with the nearest, for a key that is none."""
    found = []
    for word in words:
        match = re.fullmatch(_ASSIGNMENT, word, re.DOTALL)
        if match is None:
            raise UsageProblem("people.not_assignment", value=word, known=", ".join(keys))
        key, sign, value = match[1], match[2] or "", match[3]
        key = naming.nearest("key", key, dict.fromkeys(keys, ()))
        if sign and key not in (*_LISTS, "skills"):
            raise UsageProblem("people.not_many", key=key)
        found.append(Assignment(key, sign, value))
    return found


def set_agent(
    desk: Desk, name: str, words: Sequence[str], *, acting: Acting
) -> tuple[str, Saved | None]:
    """(agent, what was recorded): oneself, or anybody where one leads a team."""
    team_file.check_shape(desk)
    settings = desk.settings
    who = naming.agent_named(settings, acting.by if name in naming.ME_WORDS else name)
    if all(agent.id != who for agent in settings.agents):
        raise NotFound("agent.none", name=name)
    check_may(settings, acting.by, who)
    said = read(words, AGENT_KEYS)
    return who, _change(desk, "agents", who, said, acting)


def set_team(
    desk: Desk, name: str, words: Sequence[str], *, acting: Acting
) -> tuple[str, Saved | None]:
    """(team, what was recorded); anybody may, as anybody may add one."""
    team_file.check_shape(desk)
    team = naming.team_named(desk.settings, name)
    said = read(words, TEAM_KEYS)
    return team, _change(desk, "teams", team, said, acting)


def _change(
    desk: Desk, part: str, name: str, said: Sequence[Assignment], acting: Acting
) -> Saved | None:
    def make(raw: bytes | None) -> bytes:
        held = raw or b""
        doc = team_file.document(held)
        entry = dict((doc.get(part) or {}).get(name) or {})
        others = doc.get("teams") or {}
        for one in said:
            _apply(entry, one, desk.settings)
            if (one.key, one.sign) == ("teams", "-"):
                others = _without(others, name, naming.team_named(desk.settings, one.value))
        changed = {**doc, **({"teams": others} if others else {})}
        changed[part] = {**(changed.get(part) or {}), name: entry}
        made = rewrite(held.decode("utf-8-sig"), changed, path=TEAM).encode()
        team_file.check(desk, held, made)
        return made

    words = " ".join(f"{one.key}{one.sign}={one.value}" for one in said)
    what = "agent" if part == "agents" else "team"
    return record(
        desk, TEAM, make, subject=f"set {what} {name}: {words}", action=f"set-{what}", acting=acting
    )


def _without(teams: Mapping[str, Any], agent: str, team: str) -> dict[str, Any]:
    """The teams, of which one does not name a member any more."""
    entry = teams.get(team) or {}
    members = entry.get("members", [])
    listed = [members] if isinstance(members, str) else members
    if agent not in listed:
        return dict(teams)
    return {**teams, team: {**entry, "members": [one for one in listed if one != agent]}}


def _apply(entry: Entry, said: Assignment, settings: Settings) -> None:
    key, sign, text = said
    if key == "skills":
        entry[key] = _skills(entry.get(key) or {}, sign, text)
    elif key in _LISTS:
        entry[key] = _listed(entry.get(key) or [], sign, _values(key, text, settings))
    elif not text:
        entry.pop(key, None)
    elif key in _NUMBERS:
        if not text.isascii() or not text.isdigit():
            raise UsageProblem("people.not_number", key=key, value=text)
        entry[key] = int(text)
    else:
        entry[key] = _resolved(key, text, settings)
    if not entry.get(key, True) and key not in _NUMBERS:
        del entry[key]


def _values(key: str, text: str, settings: Settings) -> list[str]:
    return [_resolved(key, part.strip(), settings)
            for part in text.replace("，", ",").split(",") if part.strip()]  # fmt: skip


def _listed(known: Any, sign: str, values: list[str]) -> list[str]:
    held = [known] if isinstance(known, str) else list(known)
    if sign == "-":
        return [one for one in held if one not in values]
    return list(dict.fromkeys((*(held if sign else ()), *values)))


def _skills(known: Mapping[str, Any], sign: str, text: str) -> dict[str, Any]:
    """``refund:3``: a skill and its level, 1 unless it is said."""
    held = dict(known) if sign else {}
    for part in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        name, _, level = part.replace("：", ":").partition(":")
        if sign == "-":
            if name not in held:
                raise Refused("people.no_skill", name=name, known=", ".join(held) or "–")
            del held[name]
            continue
        level = level or "1"
        if level not in ("1", "2", "3", "4", "5"):
            raise UsageProblem("people.not_level", value=part)
        held[name] = int(level)
    return held


def _resolved(key: str, text: str, settings: Settings) -> str:
    """A name as the file has it; the nearest right one is told for what is none."""
    find: dict[str, Callable[[], str]] = {
        "lead": lambda: naming.agent_named(settings, text),
        "members": lambda: naming.agent_named(settings, text),
        "teams": lambda: naming.team_named(settings, text),
        "parent": lambda: naming.team_named(settings, text),
        "calendar": lambda: naming.nearest(
            "calendar", text, {one.name: one.label for one in settings.calendars}
        ),
    }
    if key == "categories" and settings.categories:
        known = {one.name: (one.zh, one.en) for one in settings.categories}
        return naming.nearest("category", text, known)
    return find[key]() if key in find else text
