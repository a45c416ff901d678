"""What a query may speak of: fields with their kinds and values, flags, and all their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tkt.domain.query.lexer import field_key
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Kind = Literal["text", "name", "number", "time", "list", "id"]


class FieldSpec(NamedTuple):
    """How one field is compared.

    ``kind``: ``text`` (``:`` finds a part, ``=`` the whole), ``name`` (the whole, ``*`` as
    wildcard), ``number``, ``time``, ``list`` (of names; one that fits suffices), ``id`` (any end
    of it). ``names`` maps labels and other spellings to canonical values; ``closed`` means that
    there are no values but these. ``ranks`` are the canonical values from lowest to highest, for
    fields that compare by ``<`` and ``>``. ``multi`` says that a ticket may hold several values;
    ``nullable`` that it may hold none; ``people`` that its values are people, of whom ``me`` is
    one, as it is in any field of kind ``name``. ``formerly`` are older names under which tickets
    may still carry the field. ``spelt`` turns what is typed into the spelling of a value in files.
    """

    kind: Kind
    names: Mapping[str, str] = {}
    multi: bool = False
    nullable: bool = True
    closed: bool = False
    ranks: tuple[str, ...] = ()
    people: bool = False
    formerly: tuple[str, ...] = ()
    spelt: Callable[[str], str] | None = None


class Vocabulary(NamedTuple):
    """``fields`` by canonical name; ``aliases`` and ``flags`` from any name to the canonical one.

    A canonical flag need not be listed as its own alias; fields never need to be.
    """

    fields: Mapping[str, FieldSpec]
    aliases: Mapping[str, str] = {}
    flags: Mapping[str, str] = {}

    def field_names(self) -> Collection[str]:
        """Every name that may stand before an operator."""
        return [*self.fields, *self.aliases]

    def flag_names(self) -> Collection[str]:
        """Every bare word that is a flag."""
        return [*self.flags, *self.flags.values()]

    def field_named(self, name: str) -> str | None:
        """The canonical name of the field that ``name`` means, in any case, or None."""
        key = field_key(name)
        for known in self.fields:
            if field_key(known) == key:
                return known
        return next((to for alias, to in self.aliases.items() if field_key(alias) == key), None)

    def flag_named(self, name: str) -> str | None:
        """The canonical name of the flag that ``name`` means, or None."""
        key = field_key(name)
        known = {field_key(alias): to for alias, to in self.flags.items()}
        return known.get(key) or next(
            (flag for flag in self.flags.values() if field_key(flag) == key), None
        )
