"""Who did what, when and why: answered from Git's history alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.deeds import Deed
from tkt.domain.ids import id_in_path, is_id, places_of
from tkt.errors import BadData, NotFound, UsageProblem
from tkt.named import NamedTuple
from tkt.storage import history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from tkt.domain.settings import Settings
    from tkt.storage.desk import Desk
    from tkt.storage.history import Commit

_ACTION = re.compile(r"[a-z][a-z0-9_-]{0,30}")


class Log(NamedTuple):
    """Deeds, newest first; ``ends_at`` is where a shallow clone's history breaks off."""

    deeds: list[Deed]
    ends_at: datetime | None


class Wanted(NamedTuple):
    """Which deeds are asked for; ``since`` and ``until`` bound when the deed was done."""

    by: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    action: str | None = None
    limit: int | None = None


def bound(text: str, *, now: datetime, tz: tzinfo, end: bool) -> datetime:
    """The beginning of the time that a person named, or its ``end``; UsageProblem if it is none."""
    from tkt.domain.when import parse_span

    try:
        return parse_span(text, now=now, tz=tz)[1 if end else 0]
    except ValueError as error:
        raise UsageProblem("when.moment", text=text) from error


def log(desk: Desk, references: Sequence[str], wanted: Wanted) -> Log:
    """The deeds on some tickets, or on the whole desk, that fit."""
    desk.head()
    settings = desk.settings
    trail = Trail(desk, references) if references else None
    edges = history.boundary(desk.git)
    fitting = (
        commit
        for commit in history.commits(desk.git, trail.paths if trail else ())
        if _fits(commit, wanted, settings)
    )
    deeds: list[Deed] = []
    for deed in _deeds(desk, fitting, trail, edges):
        deeds.append(deed)
        if wanted.limit is not None and len(deeds) >= wanted.limit:
            break
    if references and not deeds and wanted == Wanted(limit=wanted.limit):
        raise NotFound("ticket.none", id=references[0])
    deeds.sort(key=lambda deed: deed.at, reverse=True)
    return Log(deeds, _end(desk, edges))


class Trail:
    """Where tickets have left traces: their paths, now and under former ids."""

    def __init__(self, desk: Desk, references: Sequence[str]) -> None:
        self.own: dict[str, str] = {}
        self.former: dict[str, tuple[str, frozenset[str]]] = {}
        for reference in references:
            ticket_id = _id_of(desk, reference)
            self.own.update(dict.fromkeys(places_of(ticket_id), ticket_id))
            ticket = desk.index.ticket(ticket_id)
            if ticket is None:
                continue
            events = frozenset(event.id for event in ticket.events)
            for old in ticket.fields.get("formerly", ()):
                for path in places_of(old):
                    self.former[path] = (ticket_id, events)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file to look at."""
        return tuple({**self.own, **self.former})

    def tickets(self, commit: Commit, changed: Iterable[str]) -> tuple[str, ...]:
        """Which of the tickets a commit concerns that changed these files.

        A former id may belong to another ticket as well: there the events decide.
        """
        found = {self.own[path] for path in changed if path in self.own}
        for path in changed:
            if path in self.former:
                ticket_id, events = self.former[path]
                if events.intersection(commit.trailers["Event"]):
                    found.add(ticket_id)
        return tuple(sorted(found))


def _id_of(desk: Desk, reference: str) -> str:
    try:
        return desk.find(reference)
    except BadData as broken:
        if ticket_id := id_in_path(broken.path):
            return ticket_id
        raise
    except NotFound:
        whole = reference.strip().upper()
        if is_id(whole):
            return whole  # gone by now, which is no reason to forget it
        raise


def _fits(commit: Commit, wanted: Wanted, settings: Settings) -> bool:
    if wanted.since is not None and commit.authored < wanted.since:
        return False
    if wanted.until is not None and commit.authored >= wanted.until:
        return False
    if wanted.action is not None and _action(commit) != wanted.action.casefold():
        return False
    return wanted.by is None or _is_by(commit, wanted.by, settings)


def _action(commit: Commit) -> str | None:
    said = commit.trailer("Action")
    return said if said and _ACTION.fullmatch(said) else None


def _is_by(commit: Commit, who: str, settings: Settings) -> bool:
    agent = settings.agent(who)
    names = {who, agent.id, *agent.emails} if agent else {who}
    names = {name.casefold() for name in names}
    email = commit.email.casefold()
    local, _, host = email.partition("@")
    mine = {email, local if host == "localhost" else email}
    if agent is None:
        mine |= {commit.author.casefold(), local, (commit.trailer("Actor") or email).casefold()}
    return not names.isdisjoint(mine)


def _deeds(
    desk: Desk, fitting: Iterator[Commit], trail: Trail | None, edges: frozenset[str]
) -> Iterator[Deed]:
    for batch in history.in_batches(fitting):
        names = [commit.name for commit in batch if commit.name not in edges]
        changed = history.touched(desk.git, names, trail.paths if trail else ())
        for commit in batch:
            tickets = _tickets(commit, changed.get(commit.name, []), trail, edges)
            if trail and not tickets:
                continue
            if len(commit.parents) > 1 and commit.name not in changed:
                continue  # it only brings together what other commits did
            yield _deed(commit, tickets, desk.settings)


def _tickets(
    commit: Commit, changed: list[str], trail: Trail | None, edges: frozenset[str]
) -> tuple[str, ...]:
    if commit.name in edges:
        # Its parents are not here, so what it changed cannot be told; its message must serve.
        said = {i for i in commit.trailers["Ticket"] if is_id(i)}
        return tuple(sorted(said & set(trail.own.values()) if trail else said))
    if trail:
        return trail.tickets(commit, changed)
    return tuple(dict.fromkeys(i for i in map(id_in_path, changed) if i))


def _deed(commit: Commit, tickets: tuple[str, ...], settings: Settings) -> Deed:
    agent = settings.agent(commit.email)
    local, _, host = commit.email.partition("@")
    known = agent or (settings.agent(local) if host == "localhost" else None)
    action = _action(commit)
    what = commit.subject
    for ticket_id in tickets:
        what = what.removeprefix(f"{action} {ticket_id}").strip()
    return Deed(
        commit.name,
        commit.authored.astimezone(settings.zone),
        known.id if known else commit.author,
        commit.author,
        commit.email,
        commit.trailer("Actor"),
        action,
        tickets,
        what,
        _why(commit, action),
        commit.trailer("Rule"),
    )


def _why(commit: Commit, action: str | None) -> str:
    """The reason given in our commits, all that was said in others."""
    return " ".join(commit.body.split()) if action is None else commit.reason


def _end(desk: Desk, edges: frozenset[str]) -> datetime | None:
    if not edges:
        return None
    raw = desk.git.run("log", "--no-walk", "-1", "--format=%at", *sorted(edges)[:1]).split()
    moment = history.moment(raw[0].decode()) if raw else None
    return moment.astimezone(desk.settings.zone) if moment else None
