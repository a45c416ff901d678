"""Remotes: fetching from them and pushing to them, through GitPython."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import NotFound, Refused, Unavailable

if TYPE_CHECKING:
    import git as gitpython

    from tkt.storage.git import Git


def name_of(git: Git, branch: str, said: str | None) -> str:
    """The remote to sync with: as said, else the branch's own, else the only one or ``origin``."""
    names = sorted(
        {
            key.split(".")[1]
            for key in git.config
            if key.startswith("remote.") and key.endswith(".url")
        }
    )
    if said is not None:
        if said not in names:
            raise NotFound("sync.unknown_remote", remote=said, known=", ".join(names) or "–")
        return said
    own = git.config.get(f"branch.{branch}.remote")
    if own in names:
        return str(own)
    if not names:
        raise Refused("sync.no_remote")
    return "origin" if "origin" in names else names[0]


def _remote(git: Git, name: str) -> gitpython.Remote:
    import git as gitpython  # 60 ms, next to the network's

    return gitpython.Repo(git.top).remote(name)


def fetch(git: Git, name: str, branch: str) -> str | None:
    """Fetch; the commit that the remote's branch is at, None if it has no such branch yet."""
    import git as gitpython

    try:
        remote = _remote(git, name)
        with remote.repo:
            remote.fetch(no_tags=True, prune=True)
    except gitpython.GitCommandError as error:
        raise _failed("fetch", name, error) from error
    return git.read_ref(f"refs/remotes/{name}/{branch}")


def push(git: Git, name: str, branch: str) -> bool:
    """Push the branch; False if somebody else has pushed meanwhile.

    Unavailable if the remote cannot be reached or refuses for a reason of its own.
    """
    import git as gitpython

    try:
        remote = _remote(git, name)
        with remote.repo:
            results = remote.push(f"refs/heads/{branch}:refs/heads/{branch}", no_verify=False)
    except gitpython.GitCommandError as error:
        raise _failed("push", name, error) from error
    if results.error is None:
        return True
    said = " ".join(result.summary.strip() for result in results) + str(results.error)
    races = (
        "fetch first",
        "non-fast-forward",
        "failed to update ref",
        "cannot lock ref",
        "stale info",
        "incorrect old value",
        "failed to lock",
    )
    if any(word in said for word in races):
        return False
    raise Unavailable("sync.failed", remote=name, what="push", message=_reason(said))


def _failed(what: str, name: str, error: gitpython.GitCommandError) -> Unavailable:
    return Unavailable("sync.failed", remote=name, what=what, message=_reason(str(error.stderr)))


def _reason(said: str) -> str:
    lines = [line.strip(" '\"\t") for line in said.splitlines()]
    wanted = ("fatal:", "error:", "remote:", "ERROR:", "ssh:")
    told = [line for line in lines if line.startswith(wanted)] or [line for line in lines if line]
    return (told or ["?"])[0][:200]
