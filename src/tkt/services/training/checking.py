"""What is wrong with courses and results beyond what the files themselves may say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.domain.kb.article import path_of
from tkt.domain.shape import Fault
from tkt.domain.training.standing import Training
from tkt.errors import BadData
from tkt.services.training.naming import check_leads
from tkt.storage import yaml
from tkt.storage.layout import TRAINED, TRAINING
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tkt.domain.settings import Settings
    from tkt.storage.desk import Desk

_KNOWN = "SELECT slug, min(status = 'archived') FROM articles WHERE slug IN ({marks}) GROUP BY slug"


def faults(desk: Desk, settings: Settings, files: Mapping[str, bytes]) -> list[BadData]:
    """Articles of courses that nobody has written or that are retired, and results of strangers.

    Results stay when people leave: that they were trained can be asked for long after.
    """
    known = {agent.id for agent in settings.agents}
    strangers = [
        BadData("training.stranger", path=path, agent=agent)
        for path in sorted(files)
        if path.startswith(f"{TRAINED}/") and known
        and (agent := path[len(TRAINED) + 1 : -len(".yaml")]) not in known
    ]  # fmt: skip
    if TRAINING not in files:
        return strangers
    raw = files[TRAINING]
    return strangers + placed(list(_missing(desk, Training(settings), raw)), raw, TRAINING)


def _missing(desk: Desk, training: Training, raw: bytes) -> Iterator[Fault]:
    wanted = {slug for course in training.courses.values() for slug in course.articles}
    known = dict(desk.index.among(_KNOWN, sorted(wanted)))
    # One that was written just now is no less there for not being recorded yet.
    there = {
        slug for slug in wanted - known.keys() if os.path.isfile(f"{desk.root}/{path_of(slug)}")
    }
    if wanted <= known.keys() | there and not any(known.values()):
        return
    said = yaml.load(raw, path=TRAINING)["courses"]
    for course in training.courses.values():
        is_list = isinstance(said[course.id]["articles"], list)
        for n, slug in enumerate(course.articles):
            where = ("courses", course.id, "articles", *((n,) if is_list else ()))
            if known.get(slug):
                yield Fault(where, "training.retired", {"slug": slug})
            elif slug not in known and slug not in there:
                yield Fault(where, "training.no_article", {"slug": slug})


def check_edits(settings: Settings, me: str, paths: Iterable[str]) -> None:
    """Refused where results were edited by who leads no team: they come from taking courses."""
    if any(path.startswith(f"{TRAINED}/") for path in paths):
        check_leads(settings, me)
