"""Settings as one JSON text in the index, so that reading a list needs no YAML."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tkt.domain import settings, workflow
from tkt.domain.calendar.working import Calendar
from tkt.domain.classify.category import Category
from tkt.domain.custom.field import Choice, CustomField, CustomFields, Label
from tkt.domain.settings import Settings
from tkt.domain.views import View
from tkt.domain.workflow.rules import Rules
from tkt.errors import BadData


def pack(desk: Settings, faults: list[BadData]) -> str:
    """Settings and what is wrong with them as JSON; all but what is large and rarely asked for."""
    return json.dumps({
        "desk": {k: getattr(desk, k) for k in
                 ("name", "timezone", "language", "branch", "workflow", "channels")},
        "claim": desk.claim.total_seconds(),
        "children_first": desk.children_first,
        "agents": desk.agents,
        "teams": desk.teams,
        "availability": desk.availability,
        "rosters": desk.rosters,
        "categories": desk.categories,
        "workflows": [[w.name, w.zh, w.en, w.states, w.rules.text] for w in desk.workflows],
        "telling": desk.telling,
        "views": [list(view) for view in desk.views],
        "calendars": [[c.name, c.data] for c in desk.calendars],
        "published": desk.published,
        "fields": [[*f[:7], [[c.name, c.label] for c in f.choices], f.formerly, f.keeps]
                   for f in desk.fields],
        "automation": desk.automation,
        "training": desk.training,
        "masking": [desk.masking, desk.public],
        "duplicates": desk.duplicates and desk.duplicates.total_seconds(),
        "bot": desk.bot,
        "faults": [[f.key, {k: v for k, v in f.params.items()}] for f in faults],
    }, ensure_ascii=False, default=str)  # fmt: skip


def unpack(text: str) -> tuple[Settings, list[BadData]]:
    """What :func:`pack` packed."""
    data = json.loads(text)
    said: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in data["desk"].items()
    }
    desk = Settings(
        **said,
        claim=timedelta(seconds=data["claim"]),
        children_first=data["children_first"],
        agents=tuple(
            settings.Agent(i, name, tuple(emails), tuple(teams), *rest)
            for i, name, emails, teams, *rest in data["agents"]
        ),
        teams=tuple(
            settings.Team(i, name, lead, calendar, tuple(categories), parent)
            for i, name, lead, calendar, categories, parent in data["teams"]
        ),
        availability={
            agent: settings.Availability(*said) for agent, said in data["availability"].items()
        },
        rosters=data["rosters"],
        categories=tuple(Category(*one) for one in data["categories"]),
        workflows=tuple(
            workflow.Workflow(
                n, zh, en, tuple(workflow.State(*state) for state in states), Rules(text=rules)
            )
            for n, zh, en, states, rules in data["workflows"]
        ),
        views=tuple(
            View(name, zh, en, query, tuple(columns), sort)
            for name, zh, en, query, columns, sort in data["views"]
        ),
        published=tuple(data["published"]),
        calendars=tuple(
            Calendar(name, said, tuple(data["published"])) for name, said in data["calendars"]
        ),
        telling=data["telling"],
        fields=CustomFields(_field(*field) for field in data.get("fields", ())),
        automation=data.get("automation", ""),
        training=data.get("training", ""),
        masking=data["masking"][0],
        public=tuple(data["masking"][1]),
        bot=data["bot"],
        duplicates=timedelta(seconds=data["duplicates"]) if data["duplicates"] else None,
    )
    return desk, [BadData(key, **params) for key, params in data["faults"]]


def _field(name: str, kind: str, label: list[str], *rest: Any) -> CustomField:
    categories, required, staff_only, default, choices, formerly, keeps = rest
    return CustomField(
        name,
        kind,
        Label(*label),
        tuple(categories),
        required,
        staff_only,
        default,
        tuple(Choice(choice, Label(*told)) for choice, told in choices),
        tuple(formerly),
        keeps,
    )
