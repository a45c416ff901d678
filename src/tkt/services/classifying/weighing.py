"""Impact and urgency as a person says them, and the priority that the desk's matrix makes of them.

Both are fields of the ticket, so that they can be read, queried and set like any other. Where a
desk has no matrix they mean nothing, and are whatever the desk itself makes of such fields.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.because import Because, in_matrix
from tkt.domain.spec.kind import unknown
from tkt.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.storage.desk import Desk

    Matrix = Mapping[str, Mapping[str, str]]

SCALES = ("impact", "urgency")
_WORDS = {
    "high": ("高", "大", "急"), "medium": ("中", "中等", "一般"), "low": ("低", "小", "缓"),
}  # fmt: skip
"""What steps of the usual names are called as well."""


def matrix_of(desk: Desk) -> Matrix:
    """The desk's matrix: impact to urgency to priority; empty where it has none."""
    text = desk.classifier
    matrix: Matrix = json.loads(text).get("matrix", {}) if text else {}
    return matrix


def asked_for(desk: Desk, said: Mapping[str, str | None]) -> dict[str, str]:
    """The options for either that were given; Refused on a desk that has no matrix."""
    given = {name: said[name] for name in SCALES if said.get(name) is not None}
    if given and not matrix_of(desk):
        raise Refused("classify.no_matrix")
    return {name: value for name, value in given.items() if value}


def meant(desk: Desk, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields with steps of the matrix in place of what they may be called."""
    if not any(isinstance(fields.get(name), str) for name in SCALES):
        return dict(fields)
    named = dict(fields)
    for name in SCALES:
        known = steps(desk, name)
        if known and isinstance(fields.get(name), str):
            named[name] = _step(name, fields[name], known)
    return named


def steps(desk: Desk, scale: str) -> list[str]:
    """The steps of one side of the matrix."""
    matrix = matrix_of(desk)
    if scale == "impact":
        return list(matrix)
    return list(dict.fromkeys(step for row in matrix.values() for step in row))


def _step(name: str, text: str, known: Iterable[str]) -> str:
    wanted = text.strip().casefold()
    for step in known:
        if wanted == step.casefold() or wanted in _WORDS.get(step, ()):
            return step
    fault = unknown((), "classify.no_step", text, known)
    raise NotFound(fault.key, **{**fault.params, "field": name})


def weighed(desk: Desk, wanted: Mapping[str, Any], held: Mapping[str, Any]) -> Because | None:
    """The priority that follows where ``wanted`` says either of a ticket that has ``held``.

    None where the other is not known, and where a person has said the priority as well.
    """
    if "priority" in wanted or not any(wanted.get(name) for name in SCALES):
        return None
    impact, urgency = ({**held, **wanted}.get(name) for name in SCALES)
    if not isinstance(impact, str) or not isinstance(urgency, str):
        return None
    return in_matrix(matrix_of(desk), impact, urgency)
