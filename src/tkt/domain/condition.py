"""Simple conditions on a ticket's fields, as settings files say them: ``{category: complaint}``.

Every field that is named must hold the value, or one of a list of values; of a field that holds a
list, one item has to fit. Values are compared as text, so ``severity: 1`` and ``"1"`` are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Condition(NamedTuple):
    """A condition: each field with the values of which it must hold one."""

    wanted: tuple[tuple[str, frozenset[str]], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that decide."""
        return frozenset(name for name, _ in self.wanted)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, or for one of no values."""
        return not self.wanted or any(not values for _, values in self.wanted)

    def fits(self, fields: Mapping[str, Any]) -> bool:
        """Whether a ticket with these fields fits."""
        for name, values in self.wanted:
            held = fields.get(name)
            if isinstance(held, list):
                if not any(str(item) in values for item in held):
                    return False
            elif held is None or str(held) not in values:
                return False
        return True


def condition(when: Mapping[str, list[Any]] | None) -> Condition:
    """The condition that a file says, taken as it must be; None asks for nothing."""
    named = (when or {}).items()
    return Condition(tuple((name, frozenset(map(str, values))) for name, values in named))
