"""The git executable: where a desk's repository is, what its HEAD names, and one way to run Git.

Reading HEAD takes no process; everything else is a call of ``git`` in the repository, with the
variables removed that could point it elsewhere (a desk used from inside a hook has them set).
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from functools import cached_property
from typing import TYPE_CHECKING

from tkt.errors import NotFound, Refused, Unavailable

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Iterator, Sequence

_LEADS_ASTRAY = frozenset({
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
    "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
    "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_EXTERNAL_DIFF",
})  # fmt: skip
_SUBMODULE = "160000"
INDEX_PATIENCE = 10.0
"""Seconds to wait for somebody else's Git to be done with its index."""
_NAMES_AT_ONCE = 60
"""Names of blobs, the longest of 65 bytes, that fit into the smallest pipe a system may give."""


def plain_environment() -> dict[str, str]:
    """The environment for Git: nothing that names another repository, messages in English."""
    env = {k: v for k, v in os.environ.items() if k not in _LEADS_ASTRAY}
    env.update(LC_ALL="C.UTF-8", GIT_TERMINAL_PROMPT="0", GIT_OPTIONAL_LOCKS="0")
    return env


class Git:
    """One repository as seen from one work tree; all paths are absolute.

    ``top`` is the work tree, ``gitdir`` its own Git directory and ``common`` the one it shares with
    other work trees; ``prefix`` is where the desk lies inside: empty, or ``shop/desk/``. ``lent``
    are open files, such as a lock, that what is started keeps open as well: should we be killed,
    they are closed only when it has ended too.
    """

    def __init__(self, top: str, gitdir: str, common: str, prefix: str) -> None:
        self.top = top
        self.gitdir = gitdir
        self.common = common
        self.prefix = prefix
        self.lent: tuple[int, ...] = ()

    @staticmethod
    def at(desk: str) -> Git:
        """The repository that holds the folder ``desk`` (a real path); NotFound if none does."""
        folder = desk
        while True:
            dot = f"{folder}/.git"
            gitdir = None
            if os.path.isdir(dot):
                gitdir = dot
            elif os.path.isfile(dot):
                gitdir = _joined(folder, _read(dot).removeprefix("gitdir:").strip())
            elif os.path.isfile(f"{folder}/HEAD") and os.path.isdir(f"{folder}/objects"):
                raise Refused("git.bare", path=folder)
            if gitdir:
                pointer = _read(f"{gitdir}/commondir").strip()
                common = _joined(gitdir, pointer) if pointer else gitdir
                inside = desk[len(folder) :].strip("/")
                return Git(folder, gitdir, common, f"{inside}/" if inside else "")
            parent = os.path.dirname(folder)
            if parent == folder:
                raise NotFound("git.none", path=desk)
            folder = parent

    @property
    def mark(self) -> str:
        """What tells the files of this desk in ``common`` from those of the repository's others.

        Empty for a desk that is the whole repository; all work trees of a desk share it.
        """
        return f"-{zlib.crc32(os.fsencode(self.prefix)):08x}" if self.prefix else ""

    # -- running ------------------------------------------------------------------------------

    @cached_property
    def environment(self) -> dict[str, str]:
        """What Git is run with."""
        return plain_environment()

    def run(
        self,
        *args: str | bytes,
        stdin: bytes | None = None,
        env: dict[str, str] | None = None,
        fine: Sequence[int] = (0,),
    ) -> bytes:
        """What ``git args`` prints; Unavailable with Git's own last line if it fails."""
        done = self.attempt(*args, stdin=stdin, env=env)
        if done.returncode not in fine:
            raise failure(args, done.stderr)
        return done.stdout

    def attempt(
        self, *args: str | bytes, stdin: bytes | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run ``git args`` and return how it ended, whatever that was."""
        import subprocess

        try:
            return subprocess.run(
                ["git", *args],
                cwd=self.top,
                input=b"" if stdin is None else stdin,
                capture_output=True,
                env={**self.environment, **(env or {})},
                pass_fds=self.lent,
                check=False,
            )
        except OSError as error:
            raise Unavailable("git.missing", message=str(error)) from error

    def attempt_on_index(
        self,
        *args: str,
        stdin: bytes | None = None,
        env: dict[str, str] | None = None,
        until: float | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run ``git args``, again and again while somebody else's Git holds the index.

        ``until`` is the moment (see :func:`patience`) to give up.
        """
        end = until or patience()
        while True:
            done = self.attempt(*args, stdin=stdin, env=env)
            if done.returncode == 0 or not holds_index(done.stderr) or time.monotonic() > end:
                return done
            time.sleep(0.02)

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        """Start ``git args`` with pipes to and from it."""
        import subprocess

        try:
            return subprocess.Popen(
                ["git", *args],
                cwd=self.top,
                env=self.environment,
                pass_fds=self.lent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise Unavailable("git.missing", message=str(error)) from error

    @contextlib.contextmanager
    def lending(self, opened: tuple[int, ...]) -> Iterator[None]:
        """Keep these open files open in whatever is started meanwhile."""
        self.lent = opened
        try:
            yield
        finally:
            self.lent = ()

    # -- HEAD, refs and configuration ---------------------------------------------------------

    def branch_ref(self) -> str | None:
        """The full name of the branch HEAD is on; None when HEAD is detached."""
        text = _read(f"{self.gitdir}/HEAD")
        if text.strip().endswith("refs/heads/.invalid"):  # refs are kept in reftables
            return self.attempt("symbolic-ref", "-q", "HEAD").stdout.decode().strip() or None
        return text[5:].strip() if text.startswith("ref: ") else None

    def head(self) -> str | None:
        """The commit HEAD names; None before the first commit."""
        text = _read(f"{self.gitdir}/HEAD").strip()
        if not text.startswith("ref: "):
            return text or None
        if text.endswith("refs/heads/.invalid"):  # refs are kept in reftables
            return self.resolve("HEAD")
        return self.read_ref(text[5:].strip())

    def read_ref(self, ref: str) -> str | None:
        """The commit a branch or remote-tracking branch names, read without a process."""
        loose = _read(f"{self.common}/{ref}").strip()
        if loose:
            return self.resolve(ref) if loose.startswith("ref: ") else loose
        for line in _read(f"{self.common}/packed-refs").splitlines():
            if line.endswith(ref) and line[-len(ref) - 1 :] == f" {ref}":
                return line.partition(" ")[0]
        return self.resolve(ref) if os.path.isdir(f"{self.common}/reftable") else None

    def resolve(self, name: str) -> str | None:
        """The commit that ``name`` stands for, None if there is none."""
        done = self.attempt("rev-parse", "--verify", "-q", f"{name}^{{commit}}")
        return done.stdout.decode().strip() or None

    @cached_property
    def config(self) -> dict[str, str]:
        """Git's whole configuration, last value of each key."""
        pairs = self.run("config", "--list", "-z").decode(errors="replace").split("\0")
        return dict(_setting(pair) for pair in pairs if pair)

    def is_true(self, key: str) -> bool:
        """Whether a boolean setting is on."""
        value = self.config.get(key, "").lower()
        return value in ("true", "yes", "on") or (value.isdigit() and int(value) != 0)

    # -- objects ------------------------------------------------------------------------------

    def spec(self, paths: Iterable[str]) -> list[str]:
        """Pathspecs, literal and from the top, for paths relative to the desk."""
        return [f":(top,literal){self.prefix}{path}" for path in paths]

    def files_in(self, commit: str, *folders: str) -> Iterator[tuple[str, str, str]]:
        """(path relative to the desk, blob, mode) of every file in some of the desk's folders."""
        where = self.spec(folders or ("",)) if folders or self.prefix else []
        raw = self.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *where)
        cut = len(self.prefix.encode())
        for record in raw.split(b"\0"):
            if record:
                meta, _, path = record.partition(b"\t")
                mode, kind, blob = meta.decode().split(" ")
                if kind == "blob":  # a submodule is no file of ours
                    yield os.fsdecode(path[cut:]), blob, mode

    def changed(
        self, old: str, new: str, *folders: str, whole: bool = False
    ) -> Iterator[tuple[str, str, str, str, str]]:
        """(path, old blob, new blob, old mode, new mode) of files that differ between two commits.

        Paths are relative to the desk and outside it are left out, unless ``whole``: then all the
        repository's, relative to its top. A blob of zeros means that the file is not there. Inside
        the desk a submodule is no file.
        """
        where = [] if whole else self.spec(folders or ("",)) if self.prefix or folders else []
        raw = self.run(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new, "--", *where
        )
        cut = 0 if whole else len(self.prefix.encode())
        parts = iter(raw.split(b"\0"))
        for meta in parts:
            if meta:
                old_mode, new_mode, before, after, _ = meta.decode().lstrip(":").split(" ")
                if not whole and new_mode == _SUBMODULE:
                    new_mode, after = "000000", "0" * len(after)
                if not whole and old_mode == _SUBMODULE:
                    old_mode, before = "000000", "0" * len(before)
                yield os.fsdecode(next(parts)[cut:]), before, after, old_mode, new_mode

    def blobs(self, names: Iterable[str], limit: int) -> Iterator[bytes | None]:
        """The contents of blobs in order; None for one that is over ``limit`` bytes.

        Unavailable if one is missing or damaged: that is the repository's trouble, not the file's.
        """
        wanted = list(names)
        if not wanted:
            return
        with self.start("cat-file", "--batch") as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            # As many names as fit into a pipe at once: neither side can then wait for the other.
            for first in range(0, len(wanted), _NAMES_AT_ONCE):
                some = wanted[first : first + _NAMES_AT_ONCE]
                with contextlib.suppress(BrokenPipeError):  # it has ended, and is asked why
                    process.stdin.write("".join(f"{name}\n" for name in some).encode())
                    process.stdin.flush()
                for _ in some:
                    header = process.stdout.readline().split()
                    if len(header) != 3:
                        with contextlib.suppress(BrokenPipeError):
                            process.stdin.close()
                        said = b" ".join(header) or process.stderr.read()
                        raise failure(["cat-file"], said)
                    size = int(header[2])
                    yield _take(process, size, keep=size <= limit)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``new`` has ``old`` in its history."""
        return self.attempt("merge-base", "--is-ancestor", old, new).returncode == 0

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, None if they share no history."""
        lines = self.run("merge-base", one, other, fine=(0, 1)).decode().split()
        return lines[0] if lines else None


def _take(process: subprocess.Popen[bytes], size: int, *, keep: bool) -> bytes | None:
    """``size`` bytes and the newline behind them; what is not kept is read past in pieces.

    Unavailable if Git ends before it has given them all.
    """
    assert process.stdout
    assert process.stderr
    content, left = b"", size + 1
    while left > 0:
        content = process.stdout.read(left if keep else min(left, 1 << 16))
        left -= len(content)
        if not content or (keep and left):
            raise failure(["cat-file"], process.stderr.read())
    return content[:-1] if keep else None


def patience() -> float:
    """Until when, on the monotonic clock, to wait for Git's index from now on."""
    return time.monotonic() + INDEX_PATIENCE


def holds_index(said: bytes) -> bool:
    """Whether Git failed because another Git is at work on the index."""
    return b"index.lock': File exists" in said


def exists(blob: str) -> bool:
    """Whether a blob's name stands for a file; where there is none Git writes zeros."""
    return bool(blob.strip("0"))


def shown(path: str) -> str:
    """A path as text that can be kept and told: bytes that are not UTF-8 become ``\\xff``."""
    if path.isascii():
        return path
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def user_config() -> dict[str, str]:
    """Git's configuration outside any repository."""
    import subprocess

    try:
        done = subprocess.run(
            ["git", "config", "--global", "--list", "-z"],
            capture_output=True,
            env=plain_environment(),
            check=False,
        )
    except OSError as error:
        raise Unavailable("git.missing", message=str(error)) from error
    pairs = done.stdout.decode(errors="replace").split("\0")
    return dict(_setting(pair) for pair in pairs if pair)


def _setting(pair: str) -> tuple[str, str]:
    """Key and value of one entry of ``git config --list -z``; a lone key means true."""
    key, newline, value = pair.partition("\n")
    return key, value if newline else "true"


def failure(args: Sequence[str | bytes], stderr: bytes) -> Unavailable:
    """What a failed call of Git becomes: one line, Git's own reason."""
    said = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    reason = next((line for line in said if line.startswith(("fatal:", "error:"))), None)
    command = next((str(a) for a in args if isinstance(a, str) and not a.startswith("-")), "")
    return Unavailable("git.failed", command=command, message=reason or (said or ["?"])[-1])


def _joined(folder: str, path: str) -> str:
    return os.path.realpath(os.path.join(folder, path))


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as stream:
            return stream.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
