"""The words of the query language on one desk: its fields, their labels, its states and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.custom.field import word_key
from tkt.domain.custom.values import in_query
from tkt.domain.fields import FIELDS, LINKS, PRIORITIES, RESERVED, list_fields
from tkt.domain.query.parser import DIRECTIVES
from tkt.domain.query.vocabulary import FieldSpec, Vocabulary
from tkt.domain.settings import CHANNELS
from tkt.domain.workflow import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.custom.field import CustomField
    from tkt.domain.query.vocabulary import Kind
    from tkt.domain.settings import Settings

_KINDS: Mapping[str, Kind] = {
    "id": "id", "title": "text", "customer": "text", "order": "name", "external": "name",
    "tags": "list", "formerly": "list", "contested": "list", "watchers": "list", "muted": "list",
    "severity": "number", "level": "number",
    "opened": "time", "archived": "time", "until": "time", "promised": "time",
    **dict.fromkeys(LINKS, "id"),
}  # fmt: skip
_DERIVED: Mapping[str, tuple[Kind, str, str]] = {
    "state": ("name", "状态类别", "state"),
    "claimant": ("name", "正在处理", "claimant"),
    "updated": ("time", "更新时间", "updated"),
    "due": ("time", "到期", "due"),
    "first_reply": ("time", "首次回复", "first_reply"),
    "waiting_since": ("time", "等待自", "waiting_since"),
    "resolved": ("time", "解决时间", "resolved"),
    "closed": ("time", "关闭时间", "closed"),
    "messages": ("number", "消息数", "messages"),
    "replies": ("number", "回复数", "replies"),
    "notes": ("number", "备注数", "notes"),
    "transfers": ("number", "转手次数", "transfers"),
}
"""Fields that the timeline or the clocks give: kind, Chinese and English name."""

_MANY = frozenset(list_fields(FIELDS))

_OF_TYPE: Mapping[str, Kind] = {
    "text": "text", "number": "number", "money": "number", "date": "time", "choice": "name",
    "order": "name", "phone": "name",
}  # fmt: skip
"""Type of a declared field to the kind of comparison it is for."""

_ALIASES = {
    "tag": "tags",
    "标记": "tags",
    "to": "assignee",
    "created": "opened",
    "单号": "id",
    "订单号": "order",
}

_FLAGS = {
    "overdue": ("逾期", "超时"),
    "edited": ("有改动",),
    "contested": ("有争议",),
    "archived": ("已归档",),
    "unassigned": ("未分配",),
    "all": ("全部",),
}


def vocabulary(settings: Settings, own: Iterable[str] = ()) -> Vocabulary:
    """The words of this desk; ``own`` are names of fields that people added to its tickets."""
    names = _names(settings)
    fields = {}
    for name in FIELDS:
        if name in ("archived", "contested"):
            continue  # these are flags
        kind = _KINDS.get(name, "name")
        fields[name] = FieldSpec(
            kind,
            names.get(name, {}),
            multi=kind == "list" or name in _MANY,
            nullable=name not in ("id", "title", "status", "opened"),
            closed=name in ("status", "priority"),
            ranks=tuple(PRIORITIES) if name == "priority" else (),
            people=name in ("watchers", "muted"),
        )
    for name, (kind, _, _) in _DERIVED.items():
        labels = {c: c for c in CATEGORIES} if name == "state" else names.get(name, {})
        fields[name] = FieldSpec(kind, labels, closed=name == "state")
    fields.update((field.name, _spec(field)) for field in settings.fields)
    fields.update((name, FieldSpec("text")) for name in own if name not in fields)
    aliases = {
        word: field.name for field in settings.fields for word in (*field.label, *field.formerly)
    }
    aliases.update(
        (label, name)
        for name, field in FIELDS.items()
        if name in fields
        for label in (field.zh, field.en)
    )
    aliases.update((zh, name) for name, (_, zh, _) in _DERIVED.items())
    aliases.update(_ALIASES)
    flags = {alias: flag for flag, others in _FLAGS.items() for alias in (flag, *others)}
    return Vocabulary(fields, aliases, flags)


def _spec(field: CustomField) -> FieldSpec:
    """How a declared field is compared; its older names stand beside it."""
    labels = {label: choice.name for choice in field.choices for label in choice.label}
    return FieldSpec(
        _OF_TYPE[field.type],
        {**labels, **{choice.name: choice.name for choice in field.choices}},
        closed=field.type == "choice",
        formerly=field.formerly,
        spelt=None if field.type == "text" else in_query(field),
    )


def taken_words() -> frozenset[str]:
    """Every word that means something by itself, as :func:`word_key` compares them."""
    words = [*FIELDS, *_DERIVED, *_ALIASES, *_FLAGS, *DIRECTIVES, *RESERVED]
    words += (label for field in FIELDS.values() for label in (field.zh, field.en))
    words += (label for _, *labels in _DERIVED.values() for label in labels)
    words += (other for others in _FLAGS.values() for other in others)
    return frozenset(map(word_key, words))


def _names(settings: Settings) -> dict[str, dict[str, str]]:
    """Field to label to canonical value."""
    states: dict[str, str] = {}
    for flow in settings.workflows:
        for state in flow.states:
            for label in (state.zh, state.en, state.name):
                states.setdefault(label, state.name)
    agents = {
        label: agent.id
        for agent in settings.agents
        for label in (agent.id, agent.name, *agent.emails)
    }
    return {
        "status": states,
        "watchers": agents,
        "muted": agents,
        "claimant": agents,
        "priority": {
            label: name for name, labels in PRIORITIES.items() for label in (name, *labels)
        },
        "assignee": agents,
        "category": {
            label: category.name
            for category in settings.categories
            for label in (category.zh, category.en, category.name)
        },
        "team": {label: team.id for team in settings.teams for label in (team.id, team.name)},
        "workflow": {
            label: flow.name
            for flow in settings.workflows
            for label in (flow.name, flow.zh, flow.en)
        },
        "channel": {
            label: name for name in settings.channels for label in (name, *CHANNELS.get(name, ()))
        },
    }
