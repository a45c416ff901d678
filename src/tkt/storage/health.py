"""What can be wrong around a desk besides its files: Git, its configuration, leftovers, indexes."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from tkt.domain.ids import FOLDERS
from tkt.storage import files, founding
from tkt.storage.defaults import GITATTRIBUTES
from tkt.storage.git import exists
from tkt.storage.index import is_outdated
from tkt.storage.layout import ATTRIBUTES
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.storage.desk import Desk
    from tkt.storage.git import Git

OLDEST_GIT = (2, 38)
RULES = tuple(line for line in GITATTRIBUTES.splitlines() if line and not line.startswith("#"))
"""The lines of .gitattributes that tickets need."""

_OURS = re.compile(
    r"fast_import_crash_(?P<crash>\d+)|marks-(?P<marks>\d+)"
    r"|\.tkt-writing-(?P<file>\d+)-.*|index-.*\.new-(?P<index>\d+)(-\w+)?"
)


def git_version(git: Git) -> tuple[int, ...]:
    """Which Git this is; empty if it does not say."""
    numbers = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", git.run("--version").decode())
    return tuple(int(n) for n in numbers.groups() if n) if numbers else ()


def has_driver(git: Git) -> bool:
    """Whether Git knows how tickets merge."""
    return git.config.get(founding.DRIVER) == founding.driver_command()


# -- .gitattributes ---------------------------------------------------------------------------


def merges_tickets(git: Git) -> bool:
    """Whether Git applies the merge driver to tickets and leaves their bytes alone."""
    paths = [f"{git.prefix}{top}/2000/01/01/2/000101-2222.yaml" for top in FOLDERS]
    said = git.run("check-attr", "-z", "merge", "text", "--", *paths).split(b"\0")
    values = list(zip(said[1::3], said[2::3], strict=False))
    return len(values) == 4 and all(
        value == (b"tkt" if name == b"merge" else b"unset") for name, value in values
    )


def attributes_at(git: Git, commit: str) -> tuple[str, bytes] | None:
    """(blob, content) of the desk's .gitattributes in a commit."""
    for path, blob, _ in git.files_in(commit, ATTRIBUTES):
        if path == ATTRIBUTES:
            return blob, next(git.blobs([blob], LIMIT)) or b""
    return None


def lacks_rules(content: bytes) -> bool:
    """Whether one of the lines that tickets need is not there."""
    lines = content.decode(errors="replace").splitlines()
    return any(rule not in lines for rule in RULES)


def with_rules(content: bytes) -> bytes:
    """The same with the lines that tickets need at the end, where nothing overrides them."""
    lines = content.decode(errors="surrogateescape").splitlines()
    kept = [line for line in lines if line not in RULES]
    return "\n".join([*kept, *RULES, ""]).encode(errors="surrogateescape")


# -- leftovers --------------------------------------------------------------------------------


def leftovers(desk: Desk) -> list[str]:
    """Files of tkt's that nobody needs any more: of writes cut short, of earlier versions."""
    git = desk.git
    found = []
    for folder in dict.fromkeys((git.gitdir, f"{git.gitdir}/tkt", git.common, f"{git.common}/tkt")):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            found += [f"{folder}/{name}" for name in os.listdir(folder) if _is_left(name)]
    for path in _strange(desk):
        if files.is_leftover(path.rpartition("/")[2]) and _is_left(path.rpartition("/")[2]):
            found.append(f"{desk.root}/{path}")
    return sorted(found)


def was_cut_short(desk: Desk) -> bool:
    """Whether a write was begun that nobody is at any more."""
    from tkt.errors import Busy
    from tkt.storage.lock import held

    if not os.path.exists(desk.tree.journal):
        return False
    try:
        with held(desk.lock, patience=0):
            return os.path.exists(desk.tree.journal)
    except Busy:
        return False


def _strange(desk: Desk) -> Iterator[str]:
    """Files that Git does not know, ignored ones too."""
    raw = desk.git.run(
        "ls-files", "--others", "-z", "--", f":(top,glob){desk.git.prefix}**/.tkt-writing-*"
    )
    cut = len(desk.git.prefix.encode())
    for path in raw.split(b"\0"):
        if path:
            yield os.fsdecode(path[cut:])


def _is_left(name: str) -> bool:
    if is_outdated(name):
        return True
    ours = _OURS.fullmatch(name)
    if ours is None:
        return False
    number = next(int(group) for group in ours.groupdict().values() if group)
    return ours["crash"] is not None or not _is_running(number)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


# -- Git's index ------------------------------------------------------------------------------


def out_of_step(desk: Desk, head: str) -> list[str]:
    """Ticket files that nobody edited, of which Git's index says something else than HEAD."""
    git = desk.git
    raw = git.run(
        "diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", head, "--",
        *git.spec(FOLDERS),
    )  # fmt: skip
    found = []
    parts = iter(raw.split(b"\0"))
    cut = len(git.prefix.encode())
    for meta in parts:
        if not meta:
            continue
        before = meta.decode().split(" ")[2]
        path = os.fsdecode(next(parts)[cut:])
        blob = before if exists(before) else None
        if not _is_edited(desk, path, blob):
            found.append(path)
    return found


def _is_edited(desk: Desk, path: str, blob: str | None) -> bool:
    from tkt.errors import TktError

    try:
        content = desk.tree.read(path)
    except TktError:
        return True
    if content is None:
        return blob is not None and not desk.tree.leaves_out(path)
    return blob is None or files.blob_name(content, like=blob) != blob


def bring_into_step(desk: Desk, head: str, paths: list[str]) -> None:
    """Tell Git's index what HEAD says of these files; no file is touched."""
    git = desk.git
    listed = git.run("ls-tree", "-z", "--full-tree", head, "--", *(git.prefix + p for p in paths))
    unseen = [
        p for p in paths if desk.tree.leaves_out(p) and not os.path.lexists(f"{desk.root}/{p}")
    ]
    gone = b"".join(
        b"0 " + b"0" * len(head) + b"\t" + os.fsencode(git.prefix + path) + b"\0" for path in paths
    )
    git.run("update-index", "-z", "--index-info", stdin=gone + listed)
    if unseen:
        names = b"".join(os.fsencode(git.prefix + path) + b"\0" for path in unseen)
        git.run("update-index", "-z", "--skip-worktree", "--stdin", stdin=names, fine=(0, 128))
    git.attempt("update-index", "-q", "--refresh")
