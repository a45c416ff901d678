"""Views: saved queries with the columns and the order in which their tickets are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import DERIVED, FIELDS, is_field_name, is_name
from tkt.domain.shape import Fault
from tkt.domain.workflow import UNFINISHED
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = ("label", "query", "columns", "sort")
COLUMNS = (
    *(name for name in FIELDS if name != "formerly"),
    "updated",
    "waiting_since",
    "next_due_at",
    "claim",
)
"""What a view may show beside the desk's own fields."""


class View(NamedTuple):
    """A saved query: its name, its labels, what it finds, what it shows of it, in which order."""

    name: str
    zh: str
    en: str
    query: str
    columns: tuple[str, ...] = ()
    sort: str | None = None

    def data(self) -> dict[str, Any]:
        """The view as its file says it."""
        label: Any = self.zh if self.zh == self.en else {"zh": self.zh, "en": self.en}
        found = {
            "label": label if label != self.name else None,
            "query": self.query,
            "columns": list(self.columns),
            "sort": self.sort,
        }
        return {key: value for key, value in found.items() if value}


_UNFINISHED = f"state:{','.join(UNFINISHED)}"
SHIPPED = (
    View("mine", "我的", "mine", f"assignee:me {_UNFINISHED}"),
    View(
        "waiting", "等我回复", "waiting for me", f"assignee:me {_UNFINISHED} waiting_since:any",
        ("id", "priority", "customer", "waiting_since", "title"), "waiting_since",
    ),
    View("unassigned", "未分配", "unassigned", f"unassigned {_UNFINISHED}"),
    View("overdue", "逾期", "overdue", f"overdue {_UNFINISHED}", (), "due"),
    View("today", "今天开的", "opened today", "opened:today", (), "-opened"),
    View(
        "escalated", "已升级", "escalated", f"level>1 {_UNFINISHED}",
        ("id", "level", "priority", "status", "assignee", "title"), "-level",
    ),
)  # fmt: skip
"""Views that every desk has; one of its own by the same name takes its place."""


def parse(data: Any, *, name: str) -> tuple[View | None, list[Fault]]:
    """A view from its YAML; None with the faults if it cannot serve. The query is not read yet."""
    if not is_name(name):
        return None, [Fault((), "field.not_name", {"field": "view", "value": name})]
    if not isinstance(data, dict):
        return None, [Fault((), "config.not_mapping")]
    faults = [
        Fault((key,), "config.unknown_key", {"key": key, "known": ", ".join(KEYS)})
        for key in data
        if key not in KEYS
    ]
    faults += [
        Fault((key,), "config.not_text", {"key": key})
        for key in ("query", "sort")
        if not isinstance(data.get(key, ""), str)
    ]
    columns = data.get("columns", [])
    if not isinstance(columns, list) or not all(map(may_show, columns)):
        faults.append(Fault(("columns",), "view.columns", {"known": ", ".join(COLUMNS)}))
    if faults:
        return None, faults
    zh, en = _labels(data.get("label"), name)
    return View(name, zh, en, data.get("query", ""), tuple(columns), data.get("sort")), []


def may_show(column: object) -> bool:
    """Whether a view can have such a column."""
    if column in COLUMNS:
        return True
    return isinstance(column, str) and is_field_name(column) and column not in DERIVED


def _labels(label: Any, name: str) -> tuple[str, str]:
    if isinstance(label, dict):
        labels: Mapping[str, Any] = label
        zh, en = labels.get("zh"), labels.get("en")
        return str(zh or en or name), str(en or zh or name)
    return (str(label), str(label)) if label else (name, name)
