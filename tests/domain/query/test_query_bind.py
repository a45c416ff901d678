from __future__ import annotations

from datetime import datetime

import pytest
from vocabulary_sample import NOW, TZ, VOCABULARY, bound

from tkt.domain.query import And, Compare, Flag, Node, Not, Or
from tkt.domain.query.bind import bind
from tkt.domain.query.parser import parse
from tkt.errors import UsageProblem


def flat(node: Node) -> list[tuple[str, str, tuple[object, ...]]]:
    """The comparisons of a tree from left to right; datetimes as local text."""
    match node:
        case And(parts) | Or(parts):
            return [each for part in parts for each in flat(part)]
        case Not(part):
            return [(field, f"not {op}", values) for field, op, values in flat(part)]
        case Compare(field, op, values):
            return [(field, op, tuple(map(_plain, values)))]
    return []


def _plain(value: object) -> object:
    return value.strftime("%m-%d %H:%M") if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("状态:处理中", [("status", "in", ("open",))]),
        ("STATUS:OPEN", [("status", "in", ("open",))]),
        ("status:new,处理中,new", [("status", "in", ("new", "open"))]),
        ("status!=new", [("status", "not in", ("new",))]),
        ("状态:已*", [("status", "in", ("closed", "resolved"))]),
        ("assignee:me", [("assignee", "in", ("lin",))]),
        ("负责人:我", [("assignee", "in", ("lin",))]),
        ("assignee:none", [("assignee", "null", ())]),
        ("assignee:无,wang", [("assignee", "in", ("wang",)), ("assignee", "null", ())]),
        ("team:any", [("team", "not null", ())]),
        ("order:2511*", [("order", "glob", ("2511*",))]),
        ('order:"25*"', [("order", "in", ("25*",))]),
        ("title:破损", [("title", "contains", ("破损",))]),
        ("标题：碎了！", [("title", "contains", ("碎了！",))]),
        ("title:无", [("title", "contains", ("无",))]),
        ("title=破损", [("title", "in", ("破损",))]),
        ("external:none", [("external", "null", ())]),
        ("tag:vip", [("tags", "in", ("vip",))]),
        ("id:7kq4", [("id", "glob", ("*7KQ4",))]),
        ("id=261121-7kq4", [("id", "in", ("261121-7KQ4",))]),
        ("severity:2", [("severity", "in", (2,))]),
        ("weight>1.5", [("weight", ">", (1.5,))]),
        ("severity:1..2", [("severity", ">=", (1,)), ("severity", "<=", (2,))]),
        ("priority>=high", [("priority", "in", ("high", "urgent"))]),
        ("优先级<高", [("priority", "in", ("low", "normal"))]),
        ("opened:11-21", [("opened", ">=", ("11-21 00:00",)), ("opened", "<", ("11-22 00:00",))]),
        ("opened>11-21", [("opened", ">=", ("11-22 00:00",))]),
        ("opened>=11-21", [("opened", ">=", ("11-21 00:00",))]),
        ("opened<11-21", [("opened", "<", ("11-21 00:00",))]),
        ("opened<=11-21", [("opened", "<", ("11-22 00:00",))]),
        (
            "opened:11-01..11-11",
            [("opened", ">=", ("11-01 00:00",)), ("opened", "<", ("11-12 00:00",))],
        ),
        ("opened>-7d", [("opened", ">", ("11-14 14:03",))]),
        ("opened:-7d..", [("opened", ">=", ("11-14 14:03",))]),
        ("opened:-7d", [("opened", ">=", ("11-14 14:03",)), ("opened", "<=", ("11-21 14:03",))]),
        ("due:+2h", [("due", ">=", ("11-21 14:03",)), ("due", "<=", ("11-21 16:03",))]),
        ("due:无", [("due", "null", ())]),
    ],
)
def test_values_become_what_is_meant(text: str, expected: object) -> None:
    assert flat(bound(text).tree) == expected


def test_a_flag_that_the_desk_does_not_know_is_a_mistake() -> None:
    query = parse("overdeu", fields=(), flags=("overdeu",))
    with pytest.raises(UsageProblem, match="unknown_flag_like"):
        bind(query, vocabulary=VOCABULARY, now=NOW, tz=TZ, me=None)


def test_a_wildcard_finds_labels_and_unlabelled_values() -> None:
    assert flat(bound("channel:微*").tree) == [
        ("channel", "in", ("wechat",)),
        ("channel", "glob", ("微*",)),
    ]


def test_flags_have_chinese_names() -> None:
    assert bound("超时").tree == Flag("overdue", 1)


def test_sort_keys_are_canonical() -> None:
    assert [key.field for key in bound("sort:-优先级,开单时间").sort] == ["priority", "opened"]


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("a status:opne", "query.unknown_value_like", 10),
        ("team:zzzz", "query.unknown_value", 6),
        ("priority>zzzz", "query.unknown_value", 10),
        ("状态:没*", "query.unknown_value", 4),
        ("status>open", "query.op", 1),
        ("title:a..b", "query.op", 1),
        ("severity>1,2", "query.op", 1),
        ("severity>1..2", "query.op", 1),
        ("due>none", "query.op", 1),
        ("severity:x", "query.number", 10),
        ("severity:1e5", "query.number", 10),
        ("severity:3..1", "query.reversed", 10),
        ("priority:高..none", "query.op", 1),
        ("opened:2026-12..2026-11", "query.reversed", 8),
        ("priority:高..低", "query.reversed", 10),
        ("opened:soon", "query.time", 8),
        ("opened:2026-02-30", "query.time", 8),
        ("status:none", "query.never_empty", 8),
        ("order:a*b*c*d*e*f", "query.wildcards", 7),
        ('team:""', "query.no_value", 6),
        ("sort:tags", "query.sort", 6),
        ("sort:zzzz", "query.unknown_field", 6),
    ],
)
def test_every_mistake_points_at_its_value(text: str, key: str, column: int) -> None:
    with pytest.raises(UsageProblem) as problem:
        bound(text)
    assert (problem.value.key, problem.value.params["column"]) == (key, column)


def test_nobody_is_not_me() -> None:
    with pytest.raises(UsageProblem, match="no_me"):
        bound("assignee:me", me=None)


def test_close_values_are_offered_by_label() -> None:
    with pytest.raises(UsageProblem) as problem:
        bound("status:resolvd")
    assert "resolved" in str(problem.value.params["close"])


def test_the_last_week_includes_this_second() -> None:
    assert NOW.tzinfo == TZ
    assert flat(bound("opened:-1w..now").tree)[1] == ("opened", "<=", ("11-21 14:03",))
