"""The desk's settings as of a commit: tkt.yaml, team.yaml and workflows/*.yaml, read once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain import settings, workflow
from tkt.domain.settings import Settings
from tkt.errors import BadData
from tkt.storage import yaml
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.shape import Fault
    from tkt.storage.git import Git
    from tkt.storage.rows import Categories

DESK, TEAM, WORKFLOWS = "tkt.yaml", "team.yaml", "workflows"


def is_setting(path: str) -> bool:
    """Whether a file (relative to the desk) decides how the desk works."""
    return path in (DESK, TEAM) or (path.startswith(f"{WORKFLOWS}/") and path.endswith(".yaml"))


def files_at(git: Git, commit: str) -> dict[str, bytes]:
    """The settings files of a commit, path to bytes."""
    found = [(path, blob) for path, blob, mode in git.files_in(commit, DESK, TEAM, WORKFLOWS)
             if is_setting(path) and mode != "120000"]
    contents = git.blobs([blob for _, blob in found], yaml.MAX_BYTES)
    return {path: raw or b"" for (path, _), raw in zip(found, contents, strict=True)}


def understand(files: Mapping[str, bytes]) -> tuple[Settings, list[BadData]]:
    """Settings out of their files, and everything wrong with them."""
    faults: list[BadData] = []
    said: dict[str, Any] = {}
    for path, read in ((DESK, settings.read_desk), (TEAM, settings.read_team)):
        data = _load(files, path, faults)
        more, found = read(data)
        said.update(more)
        faults += _placed(found, files, path)
    flows = []
    for path in sorted(files):
        if path.startswith(f"{WORKFLOWS}/"):
            name = path.rpartition("/")[2].removesuffix(".yaml")
            before = len(faults)
            data = _load(files, path, faults)
            if len(faults) > before:
                continue
            flow, found = workflow.parse(data, name=name)
            faults += _placed(found, files, path)
            if flow:
                flows.append(flow)
    if flows:
        said["workflows"] = tuple(flows)
    desk = Settings(**said)
    if desk.workflow not in {flow.name for flow in desk.workflows}:
        lost = settings.Fault(("workflow",), "config.no_workflow", {"workflow": desk.workflow})
        faults += _placed([lost], files, DESK)
    return desk, faults


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


def pack(files: Mapping[str, bytes]) -> str:
    """Settings as one JSON text, so that reading a list needs no YAML."""
    desk, faults = understand(files)
    return json.dumps({
        "desk": {k: getattr(desk, k) for k in
                 ("name", "timezone", "language", "branch", "workflow", "channels")},
        "agents": [[a.id, a.name, a.emails, a.teams] for a in desk.agents],
        "teams": [[t.id, t.name, t.lead] for t in desk.teams],
        "workflows": [[w.name, w.zh, w.en, [[s.name, s.zh, s.en, s.category] for s in w.states]]
                      for w in desk.workflows],
        "faults": [[f.key, {k: v for k, v in f.params.items()}] for f in faults],
    }, ensure_ascii=False, default=str)  # fmt: skip


def unpack(text: str) -> tuple[Settings, list[BadData]]:
    """What :func:`pack` packed."""
    data = json.loads(text)
    said = {k: tuple(v) if isinstance(v, list) else v for k, v in data["desk"].items()}
    desk = Settings(
        **said,
        agents=tuple(settings.Agent(i, n, tuple(e), tuple(t)) for i, n, e, t in data["agents"]),
        teams=tuple(settings.Team(*team) for team in data["teams"]),
        workflows=tuple(
            workflow.Workflow(n, zh, en, tuple(workflow.State(*state) for state in states))
            for n, zh, en, states in data["workflows"]
        ),
    )
    return desk, [BadData(key, **params) for key, params in data["faults"]]


def categories_of(desk: Settings) -> Categories:
    """Workflow to status to category, for the index."""
    table = {flow.name: {s.name: s.category for s in flow.states} for flow in desk.workflows}
    simple = {s.name: s.category for s in workflow.SIMPLE.states}
    return {**table, "": {**simple, **table.get(desk.workflow, {})}}
