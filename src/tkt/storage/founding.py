"""The first steps of a desk in Git: the repository, the first commit, the merge driver."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

from tkt.errors import NotFound, Refused, Unavailable
from tkt.storage import files
from tkt.storage.commits import writer
from tkt.storage.entry import Entry
from tkt.storage.git import Git
from tkt.storage.lock import held
from tkt.storage.worktree import Worktree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.change import Person

DRIVER = "merge.tkt.driver"


def found(folder: str, *, joins: bool) -> bool:
    """Make sure that ``folder`` lies in a repository; whether a new one was made.

    Unless it ``joins`` one that surrounds it, it gets its own.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise Unavailable("disk.failed", path=folder, message=error.strerror) from error
    try:
        if not joins and not os.path.exists(f"{folder}/.git"):
            raise NotFound("git.none", path=folder)
        git = Git.at(os.path.realpath(folder))
    except NotFound:
        Git(folder, folder, folder, "").run("init", "-q", "-b", "main", "--", ".")
        return True
    if git.branch_ref() is None:
        raise Refused("git.detached")
    return False


def clean_content(folder: str, path: str) -> bytes:
    """What a committed file says; Refused if it has edits, which are not ours to commit."""
    root = os.path.realpath(folder)
    git = Git.at(root)
    tree = Worktree(git, root)
    content = tree.read(path) or b""
    if any(edited == path for edited, _ in tree.edited_files()):
        raise Refused("init.in_the_way", path=folder, files=path)
    return content if not content or content.endswith(b"\n") else content + b"\n"


def first_commit(
    folder: str, content: Mapping[str, bytes], *, message: str, person: Person, now: datetime
) -> str:
    """Commit the desk's first files on the branch that HEAD is on."""
    root = os.path.realpath(folder)
    git = Git.at(root)
    tree = Worktree(git, root)
    with held(f"{git.common}/tkt/lock"):
        making = writer(git, git.head())
        making.add(Entry(message, person, now, now, content))
        commit = making.finish()[-1]
        for path, raw in content.items():
            files.write(root, path, raw)
        tree.stage(content)
    return commit


def driver_command() -> str:
    """How Git is to call the merge driver: this very interpreter, wherever it is installed."""
    return f"{shlex.quote(sys.executable)} -m tkt merge-driver %O %A %B %P"


def install_driver(git: Git) -> bool:
    """Tell Git how tickets merge; whether that was news to it."""
    if git.config.get(DRIVER) == driver_command():
        return False
    git.run("config", "merge.tkt.name", "tkt: timelines are united, nothing is lost")
    git.run("config", DRIVER, driver_command())
    git.__dict__.pop("config", None)
    return True
