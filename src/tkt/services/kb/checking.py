"""What is wrong with articles beyond their shape: dead links, unknown names, doubles, overdue."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.sense import no_variable
from tkt.domain.automation.wording import field_of, has_loose_braces, variables_in
from tkt.domain.kb.article import FOLDER, STATUSES, Article, place_of
from tkt.domain.kb.doubles import doubles
from tkt.domain.kb.plain import links
from tkt.domain.shape import Fault
from tkt.errors import BadData, TktError
from tkt.services.kb.finding import LANGUAGE, find
from tkt.services.kb.keeping import committed
from tkt.services.kb.looking import every
from tkt.storage.article_files import body_starts
from tkt.storage.articles import examined, split
from tkt.storage.reading import placed
from tkt.storage.scanning import committed as files_of
from tkt.storage.scanning import edited
from tkt.storage.yaml import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from tkt.domain.settings import Settings
    from tkt.storage.desk import Desk

    Texts = dict[str, bytes]


def check(desk: Desk, references: Sequence[str], *, now: datetime) -> tuple[list[BadData], int]:
    """(everything wrong with the articles named, or with all; how many those are)."""
    named = {find(desk, one).slug for one in references}
    articles, raws, broken = _lying(desk)
    chosen = [one for one in articles if not named or one.slug in named]
    found = [] if named else broken
    paths = {one.path for one in chosen}
    today = now.astimezone(desk.settings.zone).date()
    found += [f for f in _faults(desk, desk.settings, articles, raws, today) if f.path in paths]
    return sorted(found, key=lambda f: (f.path, f.line, f.column, f.key)), len(chosen)


def faults(
    desk: Desk, settings: Settings, scope: Callable[[str], bool], *, now: datetime
) -> Iterator[BadData]:
    """The same as a part of checking the whole desk; shapes are told there by others."""
    articles, raws, _ = _lying(desk)
    today = now.astimezone(settings.zone).date()
    for fault in _faults(desk, settings, articles, raws, today):
        if scope(fault.path):
            yield fault


def _lying(desk: Desk) -> tuple[list[Article], Texts, list[BadData]]:
    """(the articles as they lie there, the text of those that are edited, what cannot be read)."""
    known = files_of(desk.git, desk.head(), FOLDER)
    there = {one.path: one for one in every(desk, statuses=STATUSES)}
    raws: Texts = {}
    broken: list[BadData] = []
    for path, lying in edited(desk, known, FOLDER).items():
        there.pop(path, None)
        if lying is None or place_of(path) is None:
            continue
        article, wrong = examined(lying.raw, path=path, mode=lying.mode)
        broken += wrong
        if article is not None:
            there[path], raws[path] = article, lying.raw or b""
    for path, file in known.items():
        if place_of(path) is not None and path not in there and path not in raws:
            broken += examined(next(desk.git.blobs([file.blob], 1 << 24)), path=path)[1]
    return [there[path] for path in sorted(there)], raws, broken


def _faults(
    desk: Desk, settings: Settings, articles: list[Article], raws: Texts, today: date
) -> Iterator[BadData]:
    usual = settings.language or LANGUAGE
    based = {one.slug for one in articles if place_of(one.path).lang is None}  # type: ignore[union-attr]
    by_path: defaultdict[str, list[Fault]] = defaultdict(list)
    for article in articles:
        by_path[article.path] += _unknown(desk, settings, article)
        if article.slug not in based:
            by_path[article.path].append(Fault((), "kb.no_base", {"slug": article.slug}))
        by_path[article.path] += _due(article, today)
    living = [one for one in articles if one.status != "archived"]
    for double in doubles(living, usual):
        told = {"slug": double.other.slug, "text": double.text}
        by_path[double.article.path].append(Fault(double.where, "kb.alike", told))
    for article, other, shortcut in _clashes(living):
        told = {"slug": other.slug, "shortcut": shortcut}
        by_path[article.path].append(Fault(("shortcut",), "kb.shortcut_twice", told))
    known = {one.path: one for one in articles}
    for path, found in by_path.items():
        if found:
            raw = raws[path] if path in raws else committed(desk, known[path])
            front = (split(decode(raw, path=path)) or ("", ""))[0]
            yield from placed(found, front, path)
    yield from _dead(desk, articles, raws)
    yield from _unfillable(desk, settings, living, raws)


def _unknown(desk: Desk, settings: Settings, article: Article) -> Iterator[Fault]:
    """Names that nobody and nothing on the desk has."""
    categories = {one.name for one in settings.categories}
    for at, name in enumerate(article.categories):
        if categories and name not in categories:
            yield Fault(("category", at), "kb.no_category", {"name": name})
    if article.owner and settings.agents and all(a.id != article.owner for a in settings.agents):
        yield Fault(("owner",), "kb.no_owner", {"name": article.owner})
    if article.team and all(team.id != article.team for team in settings.teams):
        yield Fault(("team",), "kb.no_team", {"name": article.team})
    for at, ticket in enumerate(article.tickets):
        try:
            desk.find(ticket)
        except TktError:
            yield Fault(("tickets", at), "kb.no_ticket", {"id": ticket})


def _due(article: Article, today: date) -> Iterator[Fault]:
    """What is to be done about an article by itself."""
    if article.status == "published" and not article.body.strip():
        yield Fault(("status",), "kb.empty", {"slug": article.slug})
    if article.status != "archived" and article.review and article.review < today.isoformat():
        yield Fault(("review",), "kb.overdue", {"day": article.review})


def _unfillable(
    desk: Desk, settings: Settings, articles: Iterable[Article], raws: Texts
) -> Iterator[BadData]:
    """Variables of replies that are written wrongly.

    One that is like no other is a person's to give, with ``--set``.
    """
    for article in articles:
        lines = article.body.split("\n") if article.kind == "reply" and "{{" in article.body else ()
        for number, text in enumerate(lines):
            for fault in _misspelt(settings, text):
                raw = raws[article.path] if article.path in raws else committed(desk, article)
                line = body_starts(raw, path=article.path) + number
                told: dict[str, Any] = dict(fault.params)
                yield BadData(fault.key, path=article.path, line=line, **told)


def _misspelt(settings: Settings, text: str) -> Iterator[Fault]:
    if has_loose_braces(text):
        yield Fault((), "automation.loose_braces")
        return
    for name in variables_in(text):
        if field_of(settings, name) is None:
            fault = no_variable((), name, settings)
            if fault.params.get("close"):
                yield fault


def _clashes(articles: Iterable[Article]) -> Iterator[tuple[Article, Article, str]]:
    """Published replies that are typed in the same way for the same people."""
    first: dict[tuple[str, ...], Article] = {}
    for article in articles:
        if article.kind != "reply" or article.status != "published":
            continue
        whose = {"team": article.team, "personal": article.owner}.get(article.scope) or ""
        for shortcut in dict.fromkeys(map(str.casefold, (article.name, *article.shortcuts))):
            other = first.setdefault((article.scope, whose, shortcut), article)
            if other.slug != article.slug:
                yield article, other, shortcut


def _dead(desk: Desk, articles: Iterable[Article], raws: Texts) -> Iterator[BadData]:
    """Links that lead to no file of the desk."""
    there: set[str] | None = None
    for article in articles:
        dead = []
        for line, target in links(article.body):
            path = _path(article.path, target)
            if path is None:
                continue
            if there is None:
                there = {path for path, _, _ in desk.git.files_in(desk.head())}
            folder = f"{path.rstrip('/')}/"
            held = path in there or any(one.startswith(folder) for one in there)
            if not held and desk.tree.read(path) is None:
                dead.append((line, target))
        if dead:
            raw = raws[article.path] if article.path in raws else committed(desk, article)
            start = body_starts(raw, path=article.path)
            for line, target in dead:
                yield BadData("kb.dead_link", path=article.path, line=start + line - 1,
                              target=target)  # fmt: skip


def _path(start: str, target: str) -> str | None:
    """The file of the desk that a link leads to; None where it leads elsewhere."""
    path = _unquoted(target.partition("#")[0].partition("?")[0])
    if not path or ":" in path or path.startswith(("/", "\\")):
        return None
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(start), path))
    return None if whole.startswith("..") else whole


def _unquoted(path: str) -> str:
    """A path as it is called on disk: a link may write a blank or a Chinese name in percents."""
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), path.encode())
    return raw.decode(errors="replace")
