"""Remotes: fetching from them and pushing to them, through GitPython."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from tkt.errors import NotFound, Refused, Stale, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import git as gitpython

    from tkt.storage.git import Git

_RACES = (
    "fetch first", "non-fast-forward", "failed to update ref", "cannot lock ref", "stale info",
    "incorrect old value", "failed to lock",
)  # fmt: skip
"""What Git says when somebody else was faster, here or there."""


class Remote(NamedTuple):
    """A remote, its branch that ours goes with, and the name of our own."""

    name: str
    branch: str
    own: str

    @property
    def tracking(self) -> str:
        """Where this clone notes what the remote's branch was last seen at."""
        return f"refs/remotes/{self.name}/{self.branch}"


def chosen(git: Git, branch: str, said: str | None) -> Remote:
    """The remote to sync with: as said, else the branch's own, else the only one or ``origin``."""
    names = sorted(
        key.removeprefix("remote.").removesuffix(".url")
        for key in git.config
        if key.startswith("remote.") and key.endswith(".url")
    )
    own = git.config.get(f"branch.{branch}.remote")
    if said is not None and said not in names:
        raise NotFound("sync.unknown_remote", remote=said, known=", ".join(names) or "–")
    if not names:
        raise Refused("sync.no_remote")
    name = said or (own if own in names else "origin" if "origin" in names else names[0])
    assert name
    upstream = git.config.get(f"branch.{branch}.merge", "") if name == own else ""
    is_branch = upstream.startswith("refs/heads/")
    return Remote(name, upstream.removeprefix("refs/heads/") if is_branch else branch, branch)


@contextlib.contextmanager
def _opened(git: Git, remote: Remote, what: str) -> Iterator[gitpython.Remote]:
    """The remote as GitPython knows it; whatever goes wrong with it is Unavailable, or Stale."""
    import git as gitpython  # 60 ms, next to the network's

    try:
        with gitpython.Repo(git.top) as repo:
            # Whatever a hook or an alias that we run in has set: this repository is meant.
            repo.git.update_environment(GIT_DIR=git.gitdir, GIT_WORK_TREE=git.top)
            yield repo.remote(remote.name)
    except gitpython.GitCommandError as error:
        said = str(error.stderr)
        if any(word in said for word in _RACES):
            raise Stale("git.moved") from error
        raise _failed(what, remote, said) from error
    except (gitpython.GitError, ValueError, OSError) as error:
        raise _failed(what, remote, str(error)) from error


def fetch(git: Git, remote: Remote) -> str | None:
    """Fetch; the commit that the remote's branch is at, None if it has no such branch yet.

    Stale if somebody else in this clone is fetching as well.
    """
    refspec = f"+refs/heads/{remote.branch}:{remote.tracking}"
    try:
        with _opened(git, remote, "fetch") as opened:
            opened.fetch(refspec, no_tags=True)
    except Unavailable as error:
        if "find remote ref" not in str(error.params["message"]):
            raise
        if git.read_ref(remote.tracking):
            git.run("update-ref", "-d", remote.tracking)
        return None
    return git.read_ref(remote.tracking)


def push(git: Git, remote: Remote) -> bool:
    """Push the branch; False if somebody else has pushed meanwhile.

    Unavailable if the remote cannot be reached or refuses for a reason of its own.
    """
    try:
        with _opened(git, remote, "push") as opened:
            results = opened.push(f"refs/heads/{remote.own}:refs/heads/{remote.branch}")
    except Stale:
        return False
    if results.error is None:
        return True
    told = " ".join(result.summary.strip() for result in results)
    said = f"{told}\n{getattr(results.error, 'stderr', '')}"
    if any(word in said for word in _RACES):
        return False
    raise _failed("push", remote, said)


def _failed(what: str, remote: Remote, said: str) -> Unavailable:
    return Unavailable("sync.failed", remote=remote.name, what=what, message=_reason(said))


def _reason(said: str) -> str:
    """The one line that says most: what the other side tells, else what Git itself does."""
    lines = [line.strip().removeprefix("stderr:").strip(" '\"\t") for line in said.splitlines()]
    for wanted in ("remote:", "fatal:", "ERROR:", "ssh:", "error:", ""):
        for line in lines:
            if line.startswith(wanted) and line.removeprefix(wanted).strip():
                return line[:200]
    return "?"
