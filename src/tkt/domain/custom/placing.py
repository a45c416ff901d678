"""On which tickets a declared field may stand, and with what a new ticket begins."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tkt.domain.custom.values import fault_at, fits, meant
from tkt.domain.fields import TIMELINE, alike
from tkt.domain.shape import Fault
from tkt.errors import Refused, TktError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime, tzinfo

    from tkt.domain.custom.field import CustomField, CustomFields
    from tkt.domain.ticket import Ticket


def applies(field: CustomField, category: object) -> bool:
    """Whether a ticket of this category (None: of none yet) may be given the field."""
    return not field.categories or category in field.categories


def misplaced(field: CustomField, category: object) -> dict[str, object]:
    """What there is to say of a value that was given where the field does not apply."""
    return {
        "label": field.label,
        "field": field.name,
        "categories": ", ".join(field.categories),
        "first": field.categories[0],
        "category": category or "–",
    }


def check_place(declared: CustomFields, wanted: Mapping[str, Any], category: object) -> None:
    """Refused if one of the ``wanted`` values is for tickets of other categories."""
    for name, value in wanted.items():
        field = declared.get(name)
        if field and value is not None and not applies(field, category):
            raise Refused("custom.elsewhere", **misplaced(field, category))


def replacing(
    declared: CustomFields, wanted: Mapping[str, Any], held: Mapping[str, Any]
) -> dict[str, Any]:
    """``wanted`` with older names of its fields taken away from a ticket that has ``held``."""
    there = {*held, *held.get("contested", ())}
    older = {
        old: None
        for name in wanted
        if (field := declared.get(name))
        for old in field.names
        if old != name and old in there
    }
    return {**wanted, **older}


def defaults(
    declared: CustomFields, category: object, *, now: datetime, tz: tzinfo
) -> dict[str, Any]:
    """What a new ticket of this category begins with where nothing else is said."""
    found: dict[str, Any] = {}
    for field in declared:
        if field.default is not None and applies(field, category):
            # What meant a value when tkt.yaml was read may mean none today (29 February).
            with suppress(TktError):
                found[field.name] = meant(field, field.default, now=now, tz=tz)
    return found


# -- what people write into files ---------------------------------------------------------------


def by_hand(
    declared: CustomFields,
    doc: Mapping[str, Any],
    old: Ticket | None,
    *,
    now: datetime,
    tz: tzinfo,
) -> tuple[dict[str, Any], list[Fault]]:
    """(the document as it is to be recorded, what is wrong with what a person wrote into it).

    Only what differs from ``old`` is looked at; what was there before stays as it is. Values become
    the stored ones. A line under an older name stays where it is, with the remarks beside it; of a
    field that stands under several names only the new one is left.
    """
    before = old.fields if old else {}
    settled, faults = dict(doc), []
    for field in declared:
        there = [name for name in field.names if doc.get(name) is not None]
        name = next((name for name in there if not alike(doc[name], before.get(name))), None)
        if name is None:
            continue
        if not applies(field, doc.get("category")):
            wrong = misplaced(field, doc.get("category"))
            faults.append(Fault((name,), "custom.elsewhere", wrong))
            continue
        try:
            value = meant(field, doc[name], now=now, tz=tz)
        except TktError:
            faults.append(fault_at((name,), field, doc[name]))
            continue
        if len(there) > 1:
            settled = {key: kept for key, kept in settled.items() if key not in there}
            name = field.name
        settled[name] = value
    known = {event.id for event in old.events} if old else set()
    return settled, faults + _in_events(declared, doc.get(TIMELINE), known)


def _in_events(declared: CustomFields, timeline: object, known: Container[str]) -> list[Fault]:
    """Values in events that a person has added, which stand there as they are recorded."""
    found: list[Fault] = []
    for position, event in enumerate(timeline if isinstance(timeline, list) else ()):
        sets = event.get("set") if isinstance(event, dict) else None
        if not isinstance(sets, dict) or event.get("id") in known:
            continue
        for name, value in sets.items():
            field = declared.get(name)
            if field and value is not None and not fits(field, value):
                found.append(fault_at((TIMELINE, position, "set", name), field, value))
    return found
