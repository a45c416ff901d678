"""How an article came to be what it is: its versions, from Git's history alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.kb.article import FOLDER
from tkt.services.kb.finding import find
from tkt.storage import history

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tkt.storage.desk import Desk
    from tkt.storage.history import Commit

Row = dict[str, Any]
_FORMAL = ("kb-publish", "kb-retire")
"""Actions that change nothing of what an article says."""


def versions(
    desk: Desk, reference: str, *, lang: str | None, limit: int | None, diff: bool
) -> list[Row]:
    """The commits that changed an article, newest first: when, by whom, what, and why."""
    article = find(desk, reference, lang=lang)
    found: list[Row] = []
    zone = desk.settings.zone
    for batch in history.in_batches(history.commits(desk.git, (article.path,))):
        changed = history.touched(desk.git, (one.name for one in batch), (article.path,))
        for commit in batch:
            if commit.name not in changed:
                continue  # a merge that only brings together what others did
            agent = desk.settings.agent(commit.email)
            found.append({
                "commit": commit.name, "at": commit.authored.astimezone(zone),
                "by": agent.id if agent else commit.author, "action": commit.trailer("Action"),
                "subject": commit.subject, "why": commit.reason,
                **({"diff": _diff(desk, commit, article.path)} if diff else {}),
            })  # fmt: skip
            if limit is not None and len(found) >= limit:
                return found
    return found


def _diff(desk: Desk, commit: Commit, path: str) -> str:
    """What a commit changed in a file, without Git's own heading."""
    where = desk.git.spec((path,))
    plain = ("--format=", "--no-color", "--no-ext-diff")
    raw = desk.git.run("show", *plain, commit.name, "--", *where)
    text = raw.decode(errors="replace")
    return text[text.index("@@") :].rstrip() if "@@" in text else ""


def last_changes(desk: Desk, paths: Iterable[str]) -> Mapping[str, datetime]:
    """When each of these files was last changed in what it says; from one look at the history."""
    missing, found = set(paths), {}
    if not missing:
        return {}
    for batch in history.in_batches(history.commits(desk.git, (FOLDER,))):
        real = [one for one in batch if one.trailer("Action") not in _FORMAL]
        changed = history.touched(desk.git, (one.name for one in real), (FOLDER,))
        for commit in real:
            for path in changed.get(commit.name, ()):
                if path in missing:
                    found[path] = commit.authored
                    missing.discard(path)
        if not missing:
            break
    return found
