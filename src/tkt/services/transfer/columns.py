"""Which field a column means: its name or label, what ``--map`` says, or a field of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.fields import DERIVED, FIELDS, TIMELINE, is_field_name
from tkt.errors import TktError, UsageProblem
from tkt.services import naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.settings import Settings

TEXT, OPENED = "text", "opened"
_ALSO = {
    TEXT: ("内容", "正文", "描述"),
    OPENED: ("at", "时间", "创建时间", "created_at"),
    TIMELINE: ("时间线",),
}
IGNORED = ""
"""What a column means that is of no interest."""
_MOST = 10_000


class Columns:
    """What columns mean; ``said`` are ``COLUMN=FIELD`` as typed, an empty field skips a column."""

    def __init__(self, settings: Settings, said: Sequence[str] = ()) -> None:
        self.settings = settings
        self._known: dict[str, str | TktError] = {}
        for name, also in _ALSO.items():
            self._known.update(dict.fromkeys((name, *also), name))
        self._known.update(dict.fromkeys(DERIVED, IGNORED))
        self.said: set[str] = set()
        for word in said:
            column, equals, field = word.replace("＝", "=", 1).partition("=")
            if not equals or not column.strip():
                raise UsageProblem("import.not_map", word=word)
            self.said.add(column.strip())
            self._known[column.strip()] = self._target(column.strip(), field.strip())

    def _target(self, column: str, field: str) -> str:
        if not field:
            return IGNORED
        is_own = is_field_name(field) and not self.settings.fields.named(field)
        if field == column and field not in self._known and is_own:
            # Mapped to itself it is a field of the desk's own, however like another it looks.
            return field
        known = self._known.get(field)
        return known if isinstance(known, str) else naming.field_named(self.settings, field)

    def field(self, column: str) -> str:
        """The field that ``column`` means, IGNORED for none; UsageProblem if it can be no field."""
        found = self._known.get(column)
        if found is None:
            found = self._look_up(column)
            if len(self._known) < _MOST:
                self._known[column] = found
        if isinstance(found, TktError):
            raise type(found)(found.key, **found.params)
        return found

    def _look_up(self, column: str) -> str | TktError:
        bare = column.strip()
        if bare in self._known:
            return self._known[bare]
        if bare.casefold() in self._known and bare.casefold() not in FIELDS:
            return self._known[bare.casefold()]
        try:
            return naming.field_named(self.settings, bare)
        except UsageProblem as problem:
            problem.params["field"] = bare[:60]
            return problem
