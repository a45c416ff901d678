"""Lives of tickets, told in lines: when, who, what; below each, indented, what follows by itself.

They stand in text files in the folder ``lives``.

::

    11-23 10:00 chen new 尺码 --customer 桃子 --channel qianniu category=size
    11-23 10:01 sweep
        11-23 10:01 remind first_response 100% -> chen

``{}`` in a command stands for the ticket. Times are of 2026 unless they say so, in Shanghai.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from desks import commit_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = """\
agents:
  chen: {name: 陈晨, email: [chen@shop.example], teams: [presale]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
  sun: {name: 孙悦, email: [sun@shop.example], teams: [aftersales]}
  zhou: {name: 周凯, email: [zhou@shop.example], teams: [aftersales]}
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wu: {name: 吴桐, email: [wu@shop.example], teams: [complaint]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [complaint]}
teams:
  presale: {name: 售前组, lead: wang}
  aftersales: {name: 售后组, lead: lin}
  complaint: {name: 客诉组, lead: zhao}
"""
_LINE = re.compile(r"(2027-)?(\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) (.*)")


class Moment(NamedTuple):
    """One line of a life, and what is said to follow from it."""

    at: str
    words: list[str]
    follows: list[str]


def moments(life: str) -> list[Moment]:
    """The lines of a life."""
    found: list[Moment] = []
    lines = (line for line in life.splitlines() if line.strip() and not line.startswith("#"))
    for line in lines:
        if line.startswith(" "):
            found[-1].follows.append(" ".join(line.split()))
            continue
        match = _LINE.fullmatch(line)
        assert match, line
        year, day, time, said = match.groups()
        time = time if time.count(":") == 2 else f"{time}:00"
        found.append(Moment(f"{year or '2026-'}{day}T{time}+08:00", shlex.split(said), []))
    return found


def settle(desk: Path) -> None:
    """Give a desk its team."""
    commit_by_hand(desk, {"team.yaml": TEAM.encode()})


def lived(tkt: Runner, life: str) -> list[tuple[Moment, list[str]]]:
    """A life, moment by moment, each with what really followed."""
    ticket, found, seen = "", [], 0
    for moment in moments(life):
        if moment.words == ["sweep"]:
            done = tkt("sweep", "--json", TKT_NOW=moment.at)
            assert done.code == 0, done.err
            found.append((moment, [told(action) for action in done.json["actions"]]))
            again = tkt("sweep", "--json", TKT_NOW=moment.at)
            assert again.json["actions"] == []
        else:
            who, *words = moment.words
            words = [word.replace("{}", ticket) for word in words]
            done = tkt(*words, "--json", TKT_NOW=moment.at, TKT_ACTOR=who)
            assert done.code == 0, (words, done.err)
            ticket = ticket or str(done.json["id"])
            found.append((moment, [told(e) for e in events(tkt, ticket)[seen:] if "rule" in e]))
        seen = len(events(tkt, ticket)) if ticket else 0
    return found


def events(tkt: Runner, ticket: str) -> list[dict[str, Any]]:
    """The timeline of a ticket."""
    timeline: list[dict[str, Any]] = tkt("show", ticket, "--json").json["timeline"]
    return timeline


def told(event: dict[str, Any]) -> str:
    """What happened by itself, in a line."""
    rule = event["rule"].partition("#")[2].rpartition(".")[2]
    why = event.get("rung") or rule
    parts = [event["at"][5:16].replace("T", " "), event.get("action") or event["do"]]
    parts += [event["clock"]] if event.get("clock") else []
    parts += [why, *(f"{name}={value}" for name, value in event.get("set", {}).items())]
    parts += [f"+{tag}" for tag in event.get("add", {}).get("tags", ())]
    told_to = event.get("tell") or ()
    return " ".join(parts) + (f" -> {','.join(told_to)}" if told_to else "")
