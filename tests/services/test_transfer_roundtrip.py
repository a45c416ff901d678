"""What is exported comes back as it was: every ticket, id, date and value, in every format."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import run_here
from tkt.domain import ids
from tkt.domain.fields import FIELDS, problem_with
from tkt.domain.ticket import Event, Ticket

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAMES = st.sampled_from(["vip", "退款", "a.b", "急", "x1", "中文标签"])
LINES = st.text(max_size=20).filter(lambda text: problem_with("title", text) is None)
OWN_NAMES = st.sampled_from(
    ["颜色", "size", "path", "sla", "text", "at", "Title", "标题", "edited"]
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS | st.sampled_from(["123", "true", "null", "1e5", "[1]", " ", "=1+1", "-", "a;b\tc"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
MOMENTS = st.builds(
    lambda at, hours: at.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours))),
    st.datetimes(datetime(2000, 1, 3), datetime(2099, 12, 28)),
    st.integers(-11, 13),
)
FIELD_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": LINES, "customer": LINES, "order": LINES, "status": NAMES, "category": NAMES,
    "priority": st.sampled_from(["low", "urgent"]), "severity": st.integers(0, 99),
    "tags": st.lists(NAMES, unique=True, min_size=1, max_size=3), "assignee": NAMES,
    "articles": st.lists(st.sampled_from(["faq/7day", "reply/七天"]), unique=True, min_size=1),
    "watchers": st.lists(NAMES, unique=True, min_size=1, max_size=3), "parent": NAMES,
    "until": MOMENTS.map(datetime.isoformat), "blocks": st.lists(NAMES, unique=True, min_size=1),
}  # fmt: skip


@st.composite
def sets(draw: st.DrawFn, *, first: bool) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(FIELD_VALUES)), unique=True, max_size=4))
    made = {name: draw(FIELD_VALUES[name]) for name in names}
    made.update(draw(st.dictionaries(OWN_NAMES, PLAIN, max_size=2)))
    if first:
        made = {"title": "杯子碎了", "status": "new", **made}
    return made


@st.composite
def documents(draw: st.DrawFn, number: int) -> dict[str, Any]:
    at = draw(MOMENTS)
    events = []
    for position in range(draw(st.integers(1, 4))):
        data: dict[str, Any] = {
            "id": f"{position + 2}222222222",
            "at": (at + timedelta(minutes=position)).isoformat(),
            "by": draw(st.sampled_from(["customer", "lin", "离职的人"])),
            "do": "open" if position == 0 else draw(st.sampled_from(["reply", "note", "later"])),
        }
        if changes := draw(sets(first=position == 0)):
            data["set"] = changes
        if text := draw(WORDS):
            data["text"] = text
        events.append(Event.of(data))
    ticket_id = f"{at:%y%m%d}-{ids.ALPHABET[number]}{draw(st.sampled_from(['222', '2222']))}"
    return Ticket.folded(ticket_id, events).doc()


def same(doc: dict[str, Any]) -> str:
    """A document as text in which 1, 1.0, true and "1" are four things."""
    return json.dumps(doc, ensure_ascii=False)


def exported(folder: Path, *args: str) -> list[str]:
    result = run_here(folder, "export", *args)
    assert result.code == 0, result.err
    return [same(json.loads(line)) for line in result.out.splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(*(documents(number) for number in range(4))))
def test_tickets_come_back_as_they_were(
    desk_template: Path, encoding: str, docs: tuple[dict[str, Any], ...]
) -> None:
    docs = tuple({doc["id"]: doc for doc in docs}.values())
    with tempfile.TemporaryDirectory() as name:
        one, two, three = (
            Path(shutil.copytree(desk_template, Path(name) / n)) for n in ("1", "2", "3")
        )
        lines = "".join(f"{json.dumps(doc, ensure_ascii=False)}\n" for doc in docs)
        result = run_here(one, "import", "-", stdin=lines)
        assert result.code == 0, result.err
        wanted = exported(one)
        assert sorted(wanted) == sorted(map(same, docs))
        for folder, kind in ((two, "jsonl"), (three, "csv")):
            file = f"{name}/out.{kind}"
            options = ("--format", kind, "-o", file, "--encoding", encoding)
            assert run_here(one, "export", *options).code == 0
            result = run_here(folder, "import", file)
            assert result.code == 0, result.err
            assert exported(folder) == wanted
            assert run_here(folder, "check").code == 0
            assert (
                f"imported 0 tickets, skipped {len(docs)}" in run_here(folder, "import", file).out
            )


def test_all_known_fields_are_covered() -> None:
    kept_by_tkt = {"id", "opened", "formerly", "contested", "archived", "external"}
    alike = {
        "workflow", "channel", "team", "level", "muted", "ticked", "relates", "duplicate_of",
        "split_from", "merged_into", "promised",
    }  # fmt: skip
    assert FIELD_VALUES.keys() | kept_by_tkt | alike == FIELDS.keys()
