"""The section ``fields`` of tkt.yaml, with every mistake in it.

A field that cannot be understood is none: its values stay on tickets as plain fields of their own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.custom.field import (
    TYPES,
    Choice,
    CustomField,
    CustomFields,
    Label,
    word_key,
)
from tkt.domain.custom.values import folded, meant
from tkt.domain.fields import LINE_LIMIT, is_field_name, is_name
from tkt.domain.query.mistakes import close_names
from tkt.domain.shape import Fault
from tkt.domain.vocabulary import taken_words
from tkt.errors import TktError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.declaring import Reader

    Place = tuple[str, ...]

FIELD_KEYS = (
    "label", "type", "choices", "categories", "required", "staff_only", "default", "formerly",
    "private",
)  # fmt: skip
SECTION = "fields"
_SOME_DAY = datetime(2024, 2, 29, tzinfo=UTC)
"""A moment to try a default at: what means a day on any day means one on this."""


def read_fields(reader: Reader, data: Any) -> CustomFields:
    """The declared fields; what is wrong is noted in ``reader``."""
    raw = reader.mapping((SECTION,), data)
    read = [field for name in raw if (field := _field(reader, name, raw[name]))]
    words = _Words(reader)
    named = [field for field in read if words.claim(field.name, field, ())]
    older = [words.with_older_names(field) for field in named]
    return CustomFields(map(words.with_labels, older))


def _field(reader: Reader, name: Any, raw: Any) -> CustomField | None:
    where = (SECTION, name)
    if not is_field_name(name):
        reader.faults.append(Fault(where, "field.bad_name", {"field": name}))
        return None
    if not isinstance(raw, dict | None):
        reader.faults.append(Fault(where, "config.not_mapping"))
        return None
    entry: Mapping[str, Any] = raw or {}
    reader.unknown(where, entry, FIELD_KEYS)
    kind = _type(reader, where, entry)
    choices = _choices(reader, where, entry)
    if kind is None or (kind == "choice" and not choices):
        return None
    field = CustomField(
        name,
        kind,
        _label(reader, (*where, "label"), entry.get("label"), name),
        _categories(reader, where, entry),
        _required(reader, where, entry),
        reader.flag((*where, "staff_only"), entry.get("staff_only"), False),
        choices=choices,
        formerly=_formerly(reader, where, entry),
        keeps=_keeps(reader, where, entry),
    )
    return field._replace(default=_default(reader, where, entry, field))


def _type(reader: Reader, where: Place, entry: Mapping[str, Any]) -> str | None:
    """The type; text where none is named."""
    kind = entry.get("type", "text")
    if kind in TYPES:
        return str(kind)
    close = close_names(kind, TYPES) if isinstance(kind, str) else []
    key = "custom.bad_type_like" if close else "custom.bad_type"
    known = {"found": str(kind)[:60], "known": ", ".join(TYPES), "close": ", ".join(close)}
    reader.faults.append(Fault((*where, "type"), key, known))
    return None


def _label(reader: Reader, where: Place, raw: Any, name: str) -> Label:
    """A label from ``{zh: 退款, en: refund}`` or one text for both; the name where none is said."""
    if not isinstance(raw, dict):
        return Label.plain(_line(reader, where, raw, name))
    reader.unknown(where, raw, Label._fields)
    zh, en = (
        _line(reader, (*where, language), raw.get(language), "") for language in Label._fields
    )
    return Label(zh or en or name, en or zh or name)


def _line(reader: Reader, where: Place, raw: Any, default: str) -> str:
    text = " ".join(reader.text(where, raw, default).split())
    if len(text) <= LINE_LIMIT:
        return text
    reader.faults.append(Fault(where, "config.not_text", {"key": where[-1]}))
    return default


def _choices(reader: Reader, where: Place, entry: Mapping[str, Any]) -> tuple[Choice, ...]:
    raw = entry.get("choices")
    where = (*where, "choices")
    if entry.get("type", "text") != "choice":
        if raw is not None:
            reader.faults.append(Fault(where, "custom.choices_of_what"))
        return ()
    found: list[Choice] = []
    for choice, place in _listed_choices(reader, where, raw):
        said = {folded(word).casefold() for word in (choice.name, *choice.label)}
        others = {folded(word).casefold() for each in found for word in (each.name, *each.label)}
        if not is_name(choice.name):
            reader.faults.append(Fault(place, "custom.bad_choice", {"choice": choice.name[:60]}))
        elif said & others:
            reader.faults.append(Fault(place, "custom.choice_twice", {"choice": choice.name}))
        else:
            found.append(choice)
    if not found and (raw is None or raw in ([], {})):
        reader.faults.append(Fault(where, "custom.no_choices"))
    return tuple(found)


def _listed_choices(reader: Reader, where: Place, raw: Any) -> Iterator[tuple[Choice, Place]]:
    """(choice, its place) out of ``[s, m]`` or ``{s: 小号, m: {zh: 中号, en: medium}}``."""
    if isinstance(raw, dict):
        for name, label in raw.items():
            place = (*where, str(name))
            yield Choice(str(name), _label(reader, place, label, str(name))), place
    elif isinstance(raw, list):
        for item in raw:
            # Sizes such as 36 are numbers to YAML and names to a shop.
            good = isinstance(item, str) or type(item) is int
            name = str(item) if good else ""
            yield Choice(name, Label.plain(name)), where
    elif raw is not None:
        reader.faults.append(Fault(where, "custom.no_choices"))


def _categories(reader: Reader, where: Place, entry: Mapping[str, Any]) -> tuple[str, ...]:
    where = (*where, "categories")
    names = reader.names(where, entry.get("categories"))
    for name in names:
        if not is_name(name):
            wrong = {"field": "categories", "value": name[:60]}
            reader.faults.append(Fault(where, "field.not_name", wrong))
    return tuple(dict.fromkeys(name for name in names if is_name(name)))


def _required(reader: Reader, where: Place, entry: Mapping[str, Any]) -> str | None:
    raw = entry.get("required")
    if raw is None or (isinstance(raw, str) and raw.strip()):
        return raw
    reader.faults.append(Fault((*where, "required"), "custom.required_what"))
    return None


def _formerly(reader: Reader, where: Place, entry: Mapping[str, Any]) -> tuple[str, ...]:
    where = (*where, "formerly")
    names = dict.fromkeys(reader.names(where, entry.get("formerly")))
    for name in names:
        if not is_field_name(name):
            reader.faults.append(Fault(where, "field.bad_name", {"field": name[:60]}))
    return tuple(filter(is_field_name, names))


def _keeps(reader: Reader, where: Place, entry: Mapping[str, Any]) -> bool:
    """Whether personal data stays in it in full: ``private: keep``."""
    raw = entry.get("private", "mask")
    if raw not in ("keep", "mask"):
        wrong = {"key": "private", "found": str(raw)[:60], "known": "mask, keep"}
        reader.faults.append(Fault((*where, "private"), "config.not_choice", wrong))
    return bool(raw == "keep")


def _default(
    reader: Reader, where: Place, entry: Mapping[str, Any], field: CustomField
) -> str | int | float | None:
    raw = entry.get("default")
    if raw is None:
        return None
    if field.type == "choice" and type(raw) is int:
        raw = str(raw)
    try:
        meant(field, raw, now=_SOME_DAY, tz=UTC)
    except TktError:
        wrong = {"field": field.name, "type": field.type, "value": str(raw)[:60]}
        reader.faults.append(Fault((*where, "default"), "custom.bad_default", wrong))
        return None
    assert isinstance(raw, str | int | float)
    return raw


class _Words:
    """Which field each word means: no word may mean two."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.taken = taken_words()
        self.owner: dict[str, str] = {}

    def claim(self, word: str, field: CustomField, place: Place) -> bool:
        """Whether ``word`` is the field's from now on; a fault if it is not."""
        key = word_key(word)
        other = self.owner.setdefault(key, field.name)
        if key not in self.taken and other == field.name:
            return True
        where = (SECTION, field.name, *place)
        if key in self.taken:
            self.reader.faults.append(Fault(where, "custom.taken", {"word": word}))
        else:
            self.reader.faults.append(Fault(where, "custom.twice", {"word": word, "other": other}))
        return False

    def with_older_names(self, field: CustomField) -> CustomField:
        """The field with those of its older names that are its own."""
        older = [name for name in field.formerly if name != field.name]
        mine = tuple(name for name in older if self.claim(name, field, ("formerly",)))
        return field._replace(formerly=mine)

    def with_labels(self, field: CustomField) -> CustomField:
        """The field with a label that means nothing else, if only its name."""
        mine = all([self.claim(text, field, ("label",)) for text in dict.fromkeys(field.label)])
        return field if mine else field._replace(label=Label.plain(field.name))
