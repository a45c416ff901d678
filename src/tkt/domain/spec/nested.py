"""Kinds of values that are made of others: lists, mappings, alternatives; and whole files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import is_name
from tkt.domain.spec.kind import BAD, Kind, bad, last, short, unlike
from tkt.domain.spec.simple import Text
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.shape import Fault
    from tkt.domain.spec.kind import Doc, Faults, Where


class ListOf(Kind):
    """A list; where ``lone``, one item may stand by itself.

    With ``whole`` a fault in any item spoils all of it.
    """

    def __init__(self, item: Kind, *, lone: bool = False, whole: bool = False) -> None:
        self.item = item
        self.lone = lone
        self.whole = whole

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """A list of what can be taken."""
        if not isinstance(value, list):
            if self.lone and self.item.fits(value):
                taken = self.item.take(value, where, faults)
                return BAD if taken is BAD else [taken]
            return bad(faults, where, "config.not_list", key=last(where))
        taken = [self.item.take(item, (*where, i), faults) for i, item in enumerate(value)]
        if self.whole and any(item is BAD for item in taken):
            return BAD
        return [item for item in taken if item is not BAD]

    def fits(self, value: Any) -> bool:
        """A list, or where one item will do, such an item."""
        return isinstance(value, list) or (self.lone and self.item.fits(value))

    def schema(self, doc: Doc) -> dict[str, Any]:
        """An array."""
        item = self.item.schema(doc)
        many = {"type": "array", "items": item}
        return {"anyOf": [item, many]} if self.lone else many


class Keyed(Kind):
    """Names, each with something of one kind.

    ``check`` says whether a key may be one, ``fault`` what to say of one that may not; where there
    are only a few, they are the ``words`` of which the nearest is named.
    """

    def __init__(
        self,
        item: Kind,
        *,
        check: Callable[[object], bool] = is_name,
        fault: str = "field.not_name",
        whole: bool = False,
        words: tuple[str, ...] = (),
    ) -> None:
        self.item = item
        self.words = words
        self.check = check
        self.fault = fault
        self.whole = whole

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """A mapping of what can be taken."""
        if not isinstance(value, dict):
            return bad(faults, where, "config.not_mapping")
        taken: dict[str, Any] = {}
        for key, item in value.items():
            if self.check(key):
                taken[key] = self.item.take(item, (*where, key), faults)
            else:
                said = {"field": last(where), "value": short(key)}
                place = (*where, key)
                taken[key] = unlike(faults, place, self.fault, key, self.words, **said)
        if self.whole and any(item is BAD for item in taken.values()):
            return BAD
        return {key: item for key, item in taken.items() if item is not BAD}

    def fits(self, value: Any) -> bool:
        """A mapping."""
        return isinstance(value, dict)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """An object with keys of a person's choice."""
        return {"type": "object", "additionalProperties": self.item.schema(doc)}


class Key(NamedTuple):
    """One key of a record: what stands under it, and whether it has to."""

    kind: Kind
    needed: bool = False


class Record(Kind):
    """A mapping with known keys; ``about`` is where the catalogue explains them.

    Nothing at all stands for an empty one. A fault under a key that is needed spoils all of it.
    """

    def __init__(self, about: str, keys: Mapping[str, Key | Kind]) -> None:
        self.about = about
        self.keys = {name: key if isinstance(key, Key) else Key(key) for name, key in keys.items()}

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """A mapping of what can be taken; a key without a value says nothing."""
        if value is None:
            value = {}
        if not isinstance(value, dict):
            return bad(faults, where, "config.not_mapping")
        known = ", ".join(self.keys)
        for key in value:
            if key not in self.keys:
                place = (*where, key)
                said = {"key": short(key), "known": known}
                unlike(faults, place, "config.unknown_key", key, self.keys, **said)
        taken: dict[str, Any] = {}
        for name, (kind, needed) in self.keys.items():
            if value.get(name) is not None:
                taken[name] = kind.take(value[name], (*where, name), faults)
            elif needed:
                taken[name] = bad(faults, where, "config.missing_key", key=name)
        if any(taken.get(name) is BAD for name, key in self.keys.items() if key.needed):
            return BAD
        return {name: item for name, item in taken.items() if item is not BAD}

    def fits(self, value: Any) -> bool:
        """A mapping."""
        return isinstance(value, dict)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """An object with these properties and no others."""
        properties = {}
        for name, key in self.keys.items():
            said = key.kind.schema(doc)
            said = _something(said) if key.needed else _or_nothing(said)
            properties[name] = {**said, "description": doc(f"{self.about}.{name}")}
        needed = [name for name, key in self.keys.items() if key.needed]
        kinds: Any = "object" if needed else ["object", "null"]
        told = {"type": kinds, "properties": properties, "additionalProperties": False}
        return {**told, "required": needed} if needed else told


def _something(said: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that must not be left out behind its key."""
    kinds = [said, *said.get("anyOf", ())]
    return (
        {**said, "not": {"type": "null"}}
        if any("null" in k.get("type", "") for k in kinds)
        else said
    )


def _or_nothing(said: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that may be left out behind its key."""
    if "anyOf" in said:
        return {**said, "anyOf": [*said["anyOf"], {"type": "null"}]}
    if "enum" in said:
        return {**said, "enum": [*said["enum"], None]}
    if "type" in said:
        kinds = said["type"] if isinstance(said["type"], list) else [said["type"]]
        return {**said, "type": [*kinds, *(["null"] if "null" not in kinds else [])]}
    return said


class Either(Kind):
    """One of several kinds, told apart by what a value looks like; the last serves for the rest."""

    def __init__(self, *kinds: Kind) -> None:
        self.kinds = kinds

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """What the kind takes that the value is meant to be of."""
        kind = next((kind for kind in self.kinds if kind.fits(value)), self.kinds[-1])
        return kind.take(value, where, faults)

    def fits(self, value: Any) -> bool:
        """Whatever fits one of them."""
        return any(kind.fits(value) for kind in self.kinds)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """Any of them."""
        return {"anyOf": [kind.schema(doc) for kind in self.kinds]}


LABEL = Either(Text(), Record("label", {"zh": Text(), "en": Text()}))
"""A label: one text for both languages, or ``{zh: 新建, en: new}``."""


def labels(label: Any, name: str) -> tuple[str, str]:
    """(Chinese, English) of a label that was taken; the name where none is said."""
    if isinstance(label, dict):
        zh, en = label.get("zh"), label.get("en")
        return str(zh or en or name), str(en or zh or name)
    return (str(label), str(label)) if label else (name, name)


def taken(kind: Record, data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What a whole file says without what is wrong in it, and all that is; nothing is no fault."""
    faults: list[Fault] = []
    found = kind.take(data, (), faults)
    return ({} if found is BAD else found), faults


def schema(kind: Kind, doc: Doc, *, title: str) -> dict[str, Any]:
    """The JSON Schema of a file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **kind.schema(doc),
    }
