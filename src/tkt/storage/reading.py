"""From the bytes of a ticket file to a ticket, or to the one fault that leaves none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.custom.values import faults_in
from tkt.domain.ids import id_in_path
from tkt.domain.shape import Fault, breaks, unsound
from tkt.domain.ticket import Ticket
from tkt.errors import BadData, NotFound, Unavailable
from tkt.storage import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.custom.field import CustomField

LIMIT = yaml.MAX_BYTES
"""Bytes that a ticket file may have."""
REGULAR = ("100644", "100755")


def read_ticket(raw: bytes | None, *, path: str, mode: str = "100644") -> Ticket:
    """The ticket in a file; BadData with file, line and column if there is none to be had.

    ``raw`` is None for a file that is too large to be read.
    """
    ticket_id = id_in_path(path)
    if ticket_id is None:
        raise BadData("ticket.misplaced", path=path)
    if mode not in REGULAR:
        raise BadData("ticket.not_file", path=path)
    if raw is None:
        raise BadData("yaml.too_big", path=path, limit_mib=LIMIT >> 20)
    return Ticket.of(_document(raw, path, ticket_id))


def _document(raw: bytes, path: str, ticket_id: str) -> Any:
    doc = yaml.load(raw, path=path)
    if faults := breaks(doc, ticket_id=ticket_id):
        raise placed(faults[:1], raw, path)[0]
    return doc


def faults_of(
    raw: bytes | None,
    *,
    path: str,
    mode: str = "100644",
    declared: Mapping[str, CustomField] = {},
) -> list[BadData]:
    """Everything wrong with a ticket file, each fault with its place.

    ``declared`` are the desk's own fields under all their names.
    """
    ticket_id = id_in_path(path)
    try:
        if raw is None or ticket_id is None or mode not in REGULAR:
            read_ticket(raw, path=path, mode=mode)
        assert raw is not None
        assert ticket_id is not None
        doc = _document(raw, path, ticket_id)
    except BadData as first:
        if raw is None or ticket_id is None or mode not in REGULAR:
            return [first]
        if not first.key.startswith(("ticket.", "field.", "event.")):
            return [first]
        return placed(breaks(yaml.load(raw, path=path), ticket_id=ticket_id), raw, path)
    return placed([*unsound(doc), *faults_in(declared, doc)], raw, path)


def placed(faults: Sequence[Fault], raw: bytes | str, path: str) -> list[BadData]:
    """Faults of a document with the line and column they stand in."""
    if not faults:
        return []
    _, positions = yaml.load_with_positions(raw, path=path)
    placed = []
    for fault in faults:
        where = fault.where
        while where and where not in positions:
            where = where[:-1]
        line, column = positions.get(where, (1, 1))
        placed.append(BadData(fault.key, path=path, line=line, column=column, **fault.params))
    return placed


def from_outside(path: str, *, shown: str) -> bytes:
    """The bytes of a file that a person names, which need not be in a desk; ``shown`` as typed."""
    try:
        with open(path, "rb") as stream:
            raw = stream.read(LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound("check.no_file", path=shown) from error
    except OSError as error:
        raise Unavailable("file.unreadable", path=shown, message=error.strerror) from error
    if len(raw) > LIMIT:
        raise BadData("yaml.too_big", path=shown, limit_mib=LIMIT >> 20)
    return raw
