"""Remotes: fetching from them and pushing to them, through GitPython."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import NotFound, Refused, Stale, Unavailable
from tkt.named import NamedTuple
from tkt.storage import gitlocks

if TYPE_CHECKING:
    from tkt.storage.git import Git

_RACES = (
    "fetch first", "non-fast-forward", "failed to update ref", "cannot lock ref", "stale info",
    "incorrect old value", "failed to lock",
)  # fmt: skip
"""What Git says when somebody else was faster, here or there."""
_BORING = ("error: failed to push some refs", "hint:", "To ", "Done", "From ")


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


def _call(git: Git, what: str, remote: Remote, *args: str) -> None:
    """``git fetch`` or ``git push``; Unavailable if it fails, Stale if somebody was faster.

    GitPython's own fetch and push would hide what the other side says.
    """
    import git as gitpython  # 60 ms, next to the network's

    try:
        with gitpython.Repo(git.top) as repo:
            # Whatever a hook or an alias that we run in has set: this repository is meant.
            repo.git.update_environment(GIT_DIR=git.gitdir, GIT_WORK_TREE=git.top)
            getattr(repo.git, what)(*args)
    except gitpython.GitCommandError as error:
        said = f"{error.stderr}\n{error.stdout}"
        if any(word in said for word in _RACES):
            raise Stale("git.moved") from error
        raise _failed(what, remote, said) from error
    except (gitpython.GitError, ValueError, OSError) as error:
        raise _failed(what, remote, f"{type(error).__name__} {error}") from error


def fetch(git: Git, remote: Remote) -> str | None:
    """Fetch; the commit that the remote's branch is at, None if it has no such branch yet.

    Stale if somebody else in this clone is fetching as well; Busy if a lock stays in the way.
    """
    gitlocks.wait_for_branch(git, remote.tracking)
    refspec = f"+refs/heads/{remote.branch}:{remote.tracking}"
    try:
        _call(git, "fetch", remote, "--no-tags", "--", remote.name, refspec)
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
    refspec = f"refs/heads/{remote.own}:refs/heads/{remote.branch}"
    try:
        _call(git, "push", remote, "--porcelain", "--", remote.name, refspec)
    except Stale:
        return False
    return True


def _failed(what: str, remote: Remote, said: str) -> Unavailable:
    return Unavailable("sync.failed", remote=remote.name, what=what, message=_reason(said))


def _reason(said: str) -> str:
    """The one line that says most: what the other side tells, else Git, else a hook of ours."""
    lines = [line.strip().removeprefix("stderr:").strip(" '\"\t") for line in said.splitlines()]
    told = [line for line in lines if line and not line.startswith(_BORING)]
    for wanted in ("remote:", "fatal:", "ERROR:", "ssh:", ""):
        for line in told:
            if line.startswith(wanted) and line != wanted:
                return line[:200]
    return "?"
