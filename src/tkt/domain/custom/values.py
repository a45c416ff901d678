"""What a person types, as the value that stands in files; and what may stand there.

Full-width characters mean what they look like: ``１２９`` is 129, ``￥`` is ``¥``.
"""

from __future__ import annotations

import re
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from tkt.domain import fields as known
from tkt.domain.custom.field import CustomField, Label
from tkt.domain.query.mistakes import close_names
from tkt.domain.shape import Fault
from tkt.domain.when import parse_day
from tkt.errors import NotFound, TktError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from tkt.domain.shape import Where

Stored = str | int | float
"""What a declared field holds in a file."""

MOST = 10**15
"""Numbers stay below it: so far every program reads them exactly."""
MOST_MONEY = 10**12
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_NUMBER = rf"([+-]?)({_DIGITS})"
_CURRENCY = r"(?:¥|RMB|CNY|人民币)"
_UNIT = rf"(?:元整?|块钱?|圆|{_CURRENCY})"
_MONEY = rf"([+-]?)\s*{_CURRENCY}?\s*([+-]?)\s*({_DIGITS})\s*{_UNIT}?\s*{_CURRENCY}?"
_DOTTED_DAY = r"(\d{4})\.(\d{1,2})\.(\d{1,2})"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ORDER = r"[0-9A-Za-z]{6,32}"
_PHONE = r"\+?[0-9]{5,15}"
_MASKED_PHONE = r"[+0-9-]{0,8}\*{2,}[0-9]{2,4}"
"""A number of which a ticket does not say more: see :mod:`tkt.domain.masking`."""
_DIALLED = r"(?:(?:\+|00)86|(\+|00))?([0-9]{5,15})"
_IN_PHONES = r"[\s\-‐-―().]"

_PROBLEMS = {
    "text": "custom.not_text",
    "number": "custom.not_number",
    "money": "custom.not_money",
    "date": "custom.not_date",
    "choice": "custom.not_choice",
    "order": "custom.not_order",
    "phone": "custom.not_phone",
}


def folded(text: str) -> str:
    """``text`` without blanks around it, full-width characters as their plain ones."""
    return normalize("NFKC", text).strip().replace("\u2212", "-")


def meant(field: CustomField, raw: object, *, now: datetime, tz: tzinfo) -> Stored:
    """The value that ``raw``, typed or out of another file, means; an error says what it should be.

    A number may come as one; all else comes as text, for a file that says ``0571`` without quotes
    means 571.
    """
    value: Stored | None = None
    if isinstance(raw, str):
        value = _read(field, raw, now, tz)
    elif field.type in ("number", "money") and isinstance(raw, int | float):
        value = _whole(raw)
    if value is None or not fits(field, value):
        raise wrong(field, raw)
    return value


def wrong(field: CustomField, raw: object) -> TktError:
    """The error that ``raw`` is no value of this field, with the choice that may be meant."""
    params = _params(field, raw)
    if field.type != "choice":
        return UsageProblem(_PROBLEMS[field.type], **params)
    words = [word for choice in field.choices for word in (choice.name, *choice.label)]
    if close := close_names(str(raw), words):
        return NotFound("custom.not_choice_like", **params, close=", ".join(close))
    return NotFound(_PROBLEMS[field.type], **params)


def _params(field: CustomField, raw: object) -> dict[str, object]:
    zh = "、".join(_both(choice.name, choice.label.zh) for choice in field.choices)
    en = ", ".join(_both(choice.name, choice.label.en) for choice in field.choices)
    known = Label(zh, en)
    return {"label": field.label, "field": field.name, "value": str(raw)[:60], "known": known}


def _both(name: str, label: str) -> str:
    return name if name == label else f"{name} {label}"


# -- what stands in files -----------------------------------------------------------------------


def fits(field: CustomField, value: object) -> bool:
    """Whether ``value`` may stand in a file for this field."""
    if field.type in ("number", "money"):
        if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
            return False
        if field.type == "number":
            return abs(value) < MOST
        return abs(value) < MOST_MONEY and round(value, 2) == value
    return isinstance(value, str) and _TEXT_FITS[field.type](field, value)


def faults_in(declared: Mapping[str, CustomField], doc: Mapping[str, Any]) -> list[Fault]:
    """The values at the top of a ticket that its declared fields may not hold.

    ``declared`` has each field under all its names. What the timeline says was right in its time.
    """
    return [
        fault_at((name,), declared[name], value)
        for name, value in doc.items()
        if name in declared and value is not None and not fits(declared[name], value)
    ]


def fault_at(where: Where, field: CustomField, value: object) -> Fault:
    """The fault that ``value`` stands for this field at a place in a file."""
    return Fault(where, _PROBLEMS[field.type], _params(field, value))


def _is_day(_: CustomField, value: str) -> bool:
    if not re.fullmatch(_DAY, value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


_TEXT_FITS: Mapping[str, Callable[[CustomField, str], bool]] = {
    # A title is what any line of text is.
    "text": lambda _, value: known.problem_with("title", value) is None,
    "date": _is_day,
    "choice": lambda field, value: field.choice(value) is not None,
    "order": lambda _, value: re.fullmatch(_ORDER, value) is not None,
    "phone": lambda _, value: re.fullmatch(f"{_PHONE}|{_MASKED_PHONE}", value) is not None,
}


# -- what people type ---------------------------------------------------------------------------


def _read(field: CustomField, typed: str, now: datetime, tz: tzinfo) -> Stored | None:
    """The value that a text means; None, or one that does not fit, for what means none."""
    match field.type:
        case "number" | "money":
            written = _SPELT[field.type](typed)
            if written is None:
                return None
            return float(written) if "." in written else int(written)
        case "date":
            return _day(typed, now, tz)
        case "choice":
            return _choice(field, typed)
        case "order" | "phone":
            return _SPELT[field.type](typed)
        case _:
            return typed.strip()


def _number(typed: str) -> str | None:
    found = re.fullmatch(_NUMBER, folded(typed))
    return _written(found[1], found[2]) if found else None


def _money(typed: str) -> str | None:
    found = re.fullmatch(_MONEY, folded(typed), re.IGNORECASE)
    if not found or (found[1] and found[2]):
        return None
    return _written(found[1] or found[2], found[3])


def _written(sign: str, digits: str) -> str | None:
    """A number as programs write it; None for one so long that it would lose digits."""
    whole, _, part = digits.replace(",", "").partition(".")
    part = part.rstrip("0")
    if len(whole) + len(part) > 15:
        return None
    minus = "-" if sign == "-" else ""
    return f"{minus}{whole or 0}" + (f".{part}" if part else "")


def _whole(value: int | float) -> int | float:
    """A number without a fraction as the whole number that it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(typed: str, now: datetime, tz: tzinfo) -> str | None:
    said = re.sub(rf"^{_DOTTED_DAY}$", r"\1-\2-\3", folded(typed))
    try:
        return parse_day(said, now=now, tz=tz).isoformat()
    except ValueError:
        return None


def _choice(field: CustomField, typed: str) -> str | None:
    wanted = folded(typed).casefold()
    for choice in field.choices:
        if wanted == folded(choice.name).casefold():
            return choice.name
    for choice in field.choices:
        if wanted in (folded(text).casefold() for text in choice.label):
            return choice.name
    return None


def _order(typed: str) -> str | None:
    return "".join(folded(typed).split())


def _phone(typed: str) -> str | None:
    if re.fullmatch(_MASKED_PHONE, typed.strip()):
        return typed.strip()
    found = re.fullmatch(_DIALLED, re.sub(_IN_PHONES, "", folded(typed)))
    return ("+" if found[1] else "") + found[2] if found else None


_SPELT: Mapping[str, Callable[[str], str | None]] = {
    "number": _number,
    "money": _money,
    "order": _order,
    "phone": _phone,
}
"""Types whose values have one spelling, whatever is typed."""


def in_query(field: CustomField) -> Callable[[str], str]:
    """What turns a value as typed into a query into the spelling of the file, where it can be."""
    spell = _SPELT.get(field.type)

    def spelt(typed: str) -> str:
        return (spell(typed) if spell else None) or folded(typed)

    return spelt
