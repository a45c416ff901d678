"""Making a desk: its files, its repository, and what Git needs to know of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tkt.errors import Refused
from tkt.storage import defaults, founding
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.change import Person


class Made(NamedTuple):
    """A desk just made: where, in which repository, by which commit."""

    root: str
    new_repository: bool
    commit: str
    files: tuple[str, ...]


def init(folder: str, *, name: str, language: str, person: Person, now: datetime) -> Made:
    """Make ``folder`` a desk that works at once.

    In a folder of an existing repository the desk joins it; elsewhere a new one is made. Refused
    if any file that would be written is there already: nothing is overwritten.
    """
    files = defaults.desk_files(name=name, language=language)
    there = [path for path in files if os.path.lexists(f"{folder}/{path}")]
    if there:
        key = "init.already" if "tkt.yaml" in there else "init.in_the_way"
        raise Refused(key, path=folder, files=", ".join(there[:3]))
    new = founding.found(folder)
    commit = founding.first_commit(folder, files, message=_message(person), person=person, now=now)
    desk = Desk(folder)
    founding.install_driver(desk.git)
    return Made(desk.root, new, commit, tuple(files))


def _message(person: Person) -> str:
    return f"init desk\n\nAction: init\nActor: {person.by}\n"
