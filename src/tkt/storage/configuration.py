"""The desk's settings as of a commit: tkt.yaml, team.yaml and folders, read once."""

from __future__ import annotations

import json
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from tkt.domain import declaring, views
from tkt.domain.calendar import notice_files, reading
from tkt.domain.calendar.working import open_always
from tkt.domain.classify import sense
from tkt.domain.classify.file import read_classify
from tkt.domain.kb.synonym_file import read_synonyms
from tkt.domain.roster.file import read_availability, read_roster
from tkt.domain.settings import Settings
from tkt.domain.shape import Fault
from tkt.domain.tone import file as tone_file
from tkt.domain.training import file as training
from tkt.domain.workflow import checking
from tkt.domain.workflow import reading as workflow_file
from tkt.errors import BadData
from tkt.storage import yaml
from tkt.storage.layout import (
    AVAILABILITY,
    CALENDARS,
    CHINA,
    CLASSIFY,
    DESK,
    ROSTERS,
    SETTINGS,
    SINGLE,
    SYNONYMS,
    TEAM,
    TONE,
    TRAINED,
    TRAINING,
    VIEWS,
    WORKFLOWS,
    is_setting,
)
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from tkt.storage.git import Git

T = TypeVar("T")

_AUTOMATION = {"rules", "macros", "automation"}
"""Sections that say what a desk does by itself."""


def files_at(git: Git, commit: str) -> dict[str, bytes]:
    """The settings files of a commit, path to bytes."""
    found = [
        (path, blob)
        for path, blob, mode in git.files_in(commit, *SINGLE, *SETTINGS)
        if is_setting(path) and mode != "120000"
    ]
    contents = git.blobs([blob for _, blob in found], yaml.MAX_BYTES)
    return {path: raw or b"" for (path, _), raw in zip(found, contents, strict=True)}


def understand(
    files: Mapping[str, bytes], known: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
) -> tuple[Settings, list[BadData]]:
    """Settings out of their files, and everything wrong with them.

    ``known`` is what sound files say that have been read before, by path: see :func:`known_of`.
    """
    faults: list[BadData] = []
    said: dict[str, Any] = {}
    documents: dict[str, Any] = {}
    for path, read in (
        (DESK, declaring.read_desk),
        (TEAM, declaring.read_team),
        (CLASSIFY, read_classify),
        (TONE, _read_tone),
    ):
        if path in known:
            said.update(known[path])
            continue
        data = documents[path] = _load(files, path, faults)
        more, found = read(data)
        said.update(more)
        faults += _placed(found, files, path)
    if flows := _parsed(files, WORKFLOWS, workflow_file.parse, faults, documents):
        said["workflows"] = flows
    said["searching"] = _searching(said.get("searching"), files, faults)
    said["rosters"] = dict(_parsed(files, ROSTERS, read_roster, faults))
    said["availability"] = dict(_parsed(files, AVAILABILITY, read_availability, faults))
    said["views"] = _parsed(files, VIEWS, views.parse, faults)
    said.update(_calendars(files, said.get("timezone"), faults))
    courses, found = training.read_training(_load(files, TRAINING, faults))
    trained = dict(_parsed(files, TRAINED, training.read_trained, faults))
    said["training"] = training.packed(courses, trained)
    desk = Settings(**said)
    faults += _placed([*found, *training.crossed(desk, courses)], files, TRAINING)
    calendars = {p[len(CALENDARS) + 1 : -5] for p in files if p.startswith(f"{CALENDARS}/")}
    faults += _placed(declaring.crossed(desk, calendars), files, TEAM)
    if desk.workflow not in {flow.name for flow in desk.workflows}:
        lost = Fault(("workflow",), "config.no_workflow", {"workflow": desk.workflow})
        faults += _placed([lost], files, DESK)
    for flow in desk.workflows:
        faults += _placed(checking.crossed(flow, desk), files, flow.path)
    if desk.categories:
        faults += _placed(sense.crossed(desk), files, CLASSIFY)
        faults += _placed(tone_file.crossed(desk.tone, desk), files, TONE)
    if desk.fields:
        from tkt.domain.custom.requiring import faults_of_queries

        faults += _placed(faults_of_queries(desk), files, DESK)
    return _automated(desk, documents, files, faults), faults


def known_of(
    settings: Settings, faults: Iterable[BadData], *, changed: Container[str]
) -> dict[str, dict[str, Any]]:
    """What the large files said that have not ``changed``, and of which nothing was wrong.

    To read one anew takes longer than most commands do, and colleagues come and go all day.
    """
    said: dict[str, dict[str, Any]] = {
        CLASSIFY: {"categories": settings.categories, "classifier": settings.classifier},
        TONE: {"tone": settings.tone},
    }
    faulty = {fault.path for fault in faults}
    return {path: one for path, one in said.items() if path not in changed and path not in faulty}


def _read_tone(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    text, faults = tone_file.read_tone(data)
    return {"tone": text}, faults


def _searching(said: str | None, files: Mapping[str, bytes], faults: list[BadData]) -> str:
    """``search:`` of tkt.yaml and the synonyms as one JSON text, which only a search unpacks."""
    groups, found = read_synonyms(_load(files, SYNONYMS, faults))
    faults += _placed(found, files, SYNONYMS)
    if not groups:
        return said or ""
    return json.dumps({**json.loads(said or "{}"), "synonyms": groups}, ensure_ascii=False)


def _automated(
    desk: Settings,
    documents: Mapping[str, Any],
    files: Mapping[str, bytes],
    faults: list[BadData],
) -> Settings:
    """The settings with the rules and macros of all files, which speak of the rest of them."""
    said = {
        path: (None if path == DESK else path.rpartition("/")[2].removesuffix(".yaml"), data)
        for path, data in documents.items()
        if path != TEAM and isinstance(data, dict) and data.keys() & _AUTOMATION
    }
    if not said:
        return desk
    from tkt.domain.automation.reading import read_automation
    from tkt.domain.automation.rules import packed

    found, wrong = read_automation(desk, said)
    for path, each in wrong.items():
        faults += _placed(each, files, path)
    return desk._replace(automation=packed(found))


def _calendars(
    files: Mapping[str, bytes], timezone: str | None, faults: list[BadData]
) -> dict[str, Any]:
    """The desk's calendars; one that is always open where it has no file of any."""
    years = {path: raw for path, raw in files.items() if path.startswith(f"{CHINA}/")}
    published = _parsed(years, CHINA, notice_files.parse, faults)
    own = {path: raw for path, raw in files.items() if path not in years}
    found = _parsed(own, CALENDARS, partial(reading.parse, published=published), faults)
    if not any(path.startswith(f"{CALENDARS}/") for path in own):
        found = (open_always(timezone) if timezone else open_always(),)
    return {"calendars": found, "published": published}


def _parsed(
    files: Mapping[str, bytes],
    folder: str,
    parse: Callable[..., tuple[T | None, list[Fault]]],
    faults: list[BadData],
    documents: dict[str, Any] | None = None,
) -> tuple[T, ...]:
    """What the files of a folder say, each by the name of its file; ``documents`` keep it raw."""
    made: list[T] = []
    for path in sorted(files):
        if not path.startswith(f"{folder}/"):
            continue
        before = len(faults)
        data = _load(files, path, faults)
        if len(faults) > before:
            continue
        one, found = parse(data, name=path.rpartition("/")[2].removesuffix(".yaml"))
        faults += _placed(found, files, path)
        if one is not None:
            made.append(one)
            if documents is not None:
                documents[path] = data
    return tuple(made)


def _load(files: Mapping[str, bytes], path: str, faults: list[BadData]) -> Any:
    try:
        return yaml.load(files[path], path=path) if path in files else None
    except BadData as fault:
        faults.append(fault)
        return None


def _placed(found: Iterable[Fault], files: Mapping[str, bytes], path: str) -> list[BadData]:
    try:
        return placed(list(found), files.get(path, b""), path)
    except BadData:
        return []  # the file itself could not be read, which is said already
