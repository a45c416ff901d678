"""What is declared of one field, and finding it by what people call it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = ("text", "number", "money", "date", "choice", "order", "phone")
"""What a field may hold."""


class Label(NamedTuple):
    """What people call something, in either language."""

    zh: str
    en: str

    @staticmethod
    def plain(text: str) -> Label:
        """One text for both languages."""
        return Label(text, text)


class Choice(NamedTuple):
    """One value of a field of type choice: its name in files, and what people call it."""

    name: str
    label: Label


class CustomField(NamedTuple):
    """One declared field.

    ``categories``: only tickets of these may get it; empty is all. ``required`` is a query: a
    ticket that comes to fit it must have a value. ``default`` is as typed; it is read when a ticket
    is opened. ``formerly`` are older names, under which tickets may still carry it. ``staff_only``
    fields are never for a customer's eyes. ``keeps``: personal data in it stays in full.
    """

    name: str
    type: str
    label: Label
    categories: tuple[str, ...] = ()
    required: str | None = None
    staff_only: bool = False
    default: str | int | float | None = None
    choices: tuple[Choice, ...] = ()
    formerly: tuple[str, ...] = ()
    keeps: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every key under which a file may hold it, the one that counts most first."""
        return (self.name, *self.formerly)

    def value_in(self, fields: Mapping[str, Any]) -> Any:
        """Its value on a ticket with these fields, whatever name it stands under; None if none."""
        return next((fields[n] for n in self.names if fields.get(n) is not None), None)

    def choice(self, value: object) -> Choice | None:
        """The choice whose name in files is ``value``."""
        return next((choice for choice in self.choices if choice.name == value), None)


class CustomFields(tuple[CustomField, ...]):
    """The declared fields of a desk, in its order."""

    @cached_property
    def by_name(self) -> dict[str, CustomField]:
        """Each field under all its names."""
        return {name: field for field in self for name in field.names}

    @cached_property
    def _by_word(self) -> dict[str, CustomField]:
        words: dict[str, CustomField] = {}
        for field in self:
            words.update({word_key(word): field for word in (*field.label, *field.names)})
        return words

    @cached_property
    def renamed(self) -> tuple[CustomField, ...]:
        """Those that had another name once."""
        return tuple(field for field in self if field.formerly)

    def get(self, name: str) -> CustomField | None:
        """The field that a file calls ``name``, now or formerly."""
        return self.by_name.get(name)

    def named(self, text: str) -> CustomField | None:
        """The field that a person calls ``text``: by its name or an older one, or by a label."""
        return self._by_word.get(word_key(text))

    def words(self) -> list[str]:
        """All that people may call them."""
        return [word for field in self for word in dict.fromkeys((*field.names, *field.label))]


def word_key(word: str) -> str:
    """The form in which names and labels are compared: ``Bought-On`` is ``bought_on``."""
    return word.strip().casefold().replace("-", "_")
