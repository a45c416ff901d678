"""Several people on one desk: a bare remote and clones of it, and how far they agree."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

from conftest import Result, run_here
from desks import git, status, ticket_path
from tkt.domain import ids
from tkt.domain.ticket import Ticket, fold
from tkt.storage import yaml
from tkt.storage.git import Git
from tkt.storage.reading import read_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Clone(NamedTuple):
    """One person's clone: where it is, and who works in it."""

    folder: Path
    who: str

    def __call__(self, *args: str, minute: int = 0, **said: str | None) -> Result:
        now = f"2026-11-21T{15 + minute // 60:02}:{minute % 60:02}:00+08:00"
        return run_here(self.folder, *args, **{"TKT_ACTOR": self.who, "TKT_NOW": now, **said})

    def does(self, *args: str, minute: int = 0) -> Any:
        """A command that must succeed; its JSON."""
        done = self(*args, "--json", minute=minute)
        assert done.code == 0, (args, done.err)
        return done.json

    def new(self, title: str, *args: str, minute: int = 0) -> str:
        return str(self.does("new", title, *args, minute=minute)["id"])

    def git(self, *args: str, fine: bool = True) -> str:
        return git(self.folder, *args, fine=fine)

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    @property
    def files(self) -> dict[str, bytes]:
        """The committed ticket files."""
        mine = Git.at(os.path.realpath(self.folder))
        rows = list(mine.files_in("HEAD", "tickets", "archive"))
        contents = mine.blobs([blob for _, blob, _ in rows], 1 << 30)
        return {path: raw or b"" for (path, _, _), raw in zip(rows, contents, strict=True)}

    def ticket(self, ticket_id: str) -> Ticket:
        path = self.path_of(ticket_id)
        return read_ticket(self.files[path], path=path)

    def path_of(self, ticket_id: str) -> str:
        (path,) = (path for path in self.files if path.endswith(f"/{ticket_id}.yaml"))
        return path

    def notes(self, ticket_id: str) -> list[str]:
        return [str(event.text) for event in self.ticket(ticket_id).events if event.do == "note"]

    def edit(self, ticket_id: str, old: str, new: str) -> None:
        """Change a ticket's file by hand."""
        path = self.folder / self.path_of(ticket_id)
        text = path.read_text()
        assert old in text, text
        path.write_text(text.replace(old, new, 1))

    def archive(self, ticket_id: str, minute: int = 0) -> None:
        """Move a ticket's file to the archive by hand, and record it."""
        path = ticket_path(self.folder, ticket_id)
        there = self.folder / path.replace("tickets/", "archive/", 1)
        there.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).rename(there)
        self.does("commit", minute=minute)


class World(NamedTuple):
    """The remote and everybody's clone of it."""

    remote: Path
    clones: tuple[Clone, ...]

    def sync(self, *order: int) -> None:
        for number in order or range(len(self.clones)):
            done = self.clones[number]("sync")
            assert done.code == 0, done.err

    def settle(self) -> None:
        """Sync until nobody has anything new for anybody."""
        for _ in range(2):
            self.sync()


PEOPLE = ("lin", "wang", "zhao", "chen")


def make_world(template: Path, folder: Path, count: int = 3) -> World:
    """A bare remote of a desk, and ``count`` clones with the merge driver installed."""
    remote = folder / "remote.git"
    git(folder.parent, "clone", "-q", "--bare", str(template), str(remote))
    clones = []
    for who in PEOPLE[:count]:
        mine = folder / who
        git(folder, "clone", "-q", str(remote), str(mine))
        git(mine, "config", "user.name", who)
        git(mine, "config", "user.email", f"{who}@shop.example")
        shutil.rmtree(mine / ".git" / "hooks", ignore_errors=True)
        clones.append(Clone(mine, who))
        done = clones[-1]("doctor", "--fix")
        assert done.code == 0, done.out + done.err
    return World(remote, tuple(clones))


def diverged(world: World) -> str:
    """A ticket that both of two have gone on with; the first has pushed. Its id."""
    one, other = world.clones
    its_id = one.new("杯子碎了")
    world.settle()
    one.does("note", its_id, "一", minute=1)
    one.does("sync")
    other.does("note", its_id, "二", minute=2)
    return its_id


def open_as(clone: Clone, ticket_id: str, title: str, minute: int) -> None:
    """Open a ticket under a certain id, as two clones that draw the same one do."""
    path = clone.folder / ids.path_of(ticket_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"id: {ticket_id}\ntitle: {title}\nworkflow: simple\n")
    clone.does("commit", minute=minute)


def events_of(files: Iterable[tuple[str, bytes]]) -> set[str]:
    """What every event of every ticket says."""
    return {
        repr(sorted(event.items(), key=str))
        for path, raw in files
        for event in yaml.load(raw, path=path)["timeline"]
    }


def assert_sound(clone: Clone) -> None:
    """Tops are folds, each ticket has one file, nothing is left lying around."""
    assert status(clone.folder) == ""
    checked = clone("check")
    assert checked.code == 0, checked.out + checked.err
    names = [path.rpartition("/")[2] for path in clone.files]
    assert len(names) == len(set(names))
    for path, raw in clone.files.items():
        ticket = read_ticket(raw, path=path)
        assert dict(ticket.fields) == fold(ticket.events)


def assert_agree(*clones: Clone) -> None:
    """The same bytes in every ticket file, and sound ones."""
    first, *others = (clone.files for clone in clones)
    for other in others:
        assert other == first
    for clone in clones:
        assert_sound(clone)
