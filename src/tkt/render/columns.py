"""Which columns of a table a person sees, and how wide each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.plaintext import width
from tkt.named import NamedTuple
from tkt.render.ink import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tkt.domain.table import Column
    from tkt.render.ink import Parts

GAP = 2
"""Cells between two columns."""
_ELASTIC = frozenset({"text", "name", "list", "path"})
# Texts may be cut to the first of these, or to the second before a column goes; ids, numbers and
# times mean nothing when cut, so only what cannot be one of them is.
_COMFORT, _CUT, _WHOLE = 12, 6, 24
# A column that may be left out takes no more than the first of these if it holds texts, than the
# second if it holds names, and comes in for the third.
_MOST, _MOST_OF_NAMES, _ENOUGH = 40, 20, 12
_TEXT, _TEXT_PER_RANK = 8, 3
"""Room that texts keep: the less another column matters, the more it must leave them."""


class Measured(NamedTuple):
    """A column with what stands in it; ``needed`` are the cells of its widest value."""

    column: Column
    head: str
    cells: list[Parts]
    needed: int

    @property
    def is_elastic(self) -> bool:
        """Whether its values may be cut."""
        return self.column.kind in _ELASTIC

    @property
    def wanted(self) -> int:
        """The cells that it would like to have."""
        wanted = max(width(self.head), self.needed)
        if not (self.column.rank and self.is_elastic):
            return wanted
        return min(wanted, _MOST if self.column.kind == "text" else _MOST_OF_NAMES)

    def beside(self, text: int) -> int:
        """The cells that it must have if another column is to come in; a text has ``text``."""
        if self.column.kind == "text":
            return min(self.wanted, text)
        return min(self.wanted, _ENOUGH) if self.is_elastic else self.wanted

    @property
    def least(self) -> int:
        """The cells without which it goes; a heading gives way before the values below it do."""
        values = min(self.needed, _CUT if self.is_elastic else _WHOLE)
        return max(values, min(width(self.head), _CUT), 1)


def measured(column: Column, head: str, cells: list[Parts]) -> Measured:
    """A column and its values, measured."""
    return Measured(column, head, cells, max([width(text_of(cell)) for cell in cells], default=0))


def choose(
    columns: Sequence[Column], measure: Callable[[Column], Measured], cells: int
) -> list[Measured]:
    """The columns that there is room for, in their order; no more are measured than needed."""
    shown = {column.key: measure(column) for column in columns if not column.rank}
    for column in sorted(filter(_rank, columns), key=_rank):
        more = measure(column)
        if not more.needed:
            continue
        text = _TEXT + _TEXT_PER_RANK * column.rank
        taken = [one.beside(text) + GAP for one in (*shown.values(), more)]
        if sum(taken) - GAP > cells:
            break
        shown[column.key] = more
    return [shown[column.key] for column in columns if column.key in shown]


def _rank(column: Column) -> int:
    return column.rank


def fit(columns: Sequence[Measured], cells: int) -> list[int]:
    """A width for each column that is shown; fewer than ``columns`` when not all have room."""
    wanted = [min(one.wanted, cells) for one in columns]
    comfort = [_COMFORT if one.is_elastic else cells for one in columns]
    least = [one.least for one in columns]
    for count in range(len(columns), 0, -1):
        room = cells - GAP * (count - 1) - (0 if count == len(columns) else GAP)
        if sum(least[:count]) <= room:
            widths = wanted[:count]
            _shrink(widths, comfort, room)
            _shrink(widths, least, room)
            return widths
    return wanted[:1]


def _shrink(widths: list[int], floors: list[int], room: int) -> None:
    """Narrow the widest, cell by cell and none below its floor, until all fit in ``room``."""
    excess = sum(widths) - room
    while excess > 0:
        above = [i for i, cells in enumerate(widths) if cells > floors[i]]
        if not above:
            return
        widths[max(above, key=widths.__getitem__)] -= 1
        excess -= 1
