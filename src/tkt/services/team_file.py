"""team.yaml as commands change it: only where its shape is sound, and never for the worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.declaring import read_team
from tkt.domain.shape import CAUTIONS
from tkt.storage import configuration, yaml
from tkt.storage.layout import TEAM
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from tkt.storage.desk import Desk

_SHAPES = ("config.not_mapping", "config.not_list", "config.not_text", "config.not_texts")


def document(raw: bytes) -> dict[str, Any]:
    """What the file says; BadData, with the place, where something of another shape stands.

    Other faults may stay: what they are in can be changed all the same.
    """
    doc = yaml.load(raw, path=TEAM)
    faults = [fault for fault in read_team(doc)[1] if fault.key in _SHAPES]
    if faults:
        raise placed(faults[:1], raw, TEAM)[0]
    return doc or {}


def check_shape(desk: Desk) -> None:
    """BadData where :func:`document` has it: nobody is to hear that an agent there is not there."""
    raw = configuration.files_at(desk.git, desk.head()).get(TEAM)
    if raw:
        document(raw)


def check(desk: Desk, old: bytes, new: bytes) -> None:
    """Refused for what is wrong with the file now and was not before."""
    files = configuration.files_at(desk.git, desk.head())
    before, after = (
        [fault for fault in configuration.understand({**files, TEAM: raw})[1]
         if fault.path == TEAM and fault.key not in CAUTIONS]
        for raw in (old, new)
    )  # fmt: skip
    known = {(fault.key, str(fault.params.get("value"))) for fault in before}
    for fault in after:
        if (fault.key, str(fault.params.get("value"))) not in known:
            raise fault
