from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vocabulary_sample import VOCABULARY, bound

from tkt.domain.query import (
    And,
    Compare,
    Everything,
    Flag,
    Node,
    Not,
    Or,
    Query,
    Range,
    Value,
    Words,
)
from tkt.domain.query.parser import parse
from tkt.errors import UsageProblem


def read(text: str) -> Query:
    return parse(text, fields=VOCABULARY.field_names(), flags=VOCABULARY.flag_names())


def shape(node: Node) -> object:
    """The tree without its columns, short enough to read."""
    match node:
        case And(parts):
            return ("and", *map(shape, parts))
        case Or(parts):
            return ("or", *map(shape, parts))
        case Not(part):
            return ("not", shape(part))
        case Compare(field, op, values):
            return field + op + ",".join(map(_value, values))
        case Words(text, phrase):
            return f'"{text}"' if phrase else text
        case Flag(name):
            return f"<{name}>"
    return "*"


def _value(value: Value | Range) -> str:
    if isinstance(value, Range):
        low, high = (_value(end) if end else "" for end in (value.low, value.high))
        return f"{low}..{high}"
    return f"'{value.text}'" if value.quoted else value.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "*"),
        ("   \u3000 ", "*"),
        ("破损", "破损"),
        ("破损 退款", ("and", "破损", "退款")),
        ("a AND b and c 且 d", ("and", "a", "b", "c", "d")),
        ("a OR b", ("or", "a", "b")),
        ("a 或 b|c || d", ("or", "a", "b", "c", "d")),
        ("a b or c", ("or", ("and", "a", "b"), "c")),
        ("a (b or c)", ("and", "a", ("or", "b", "c"))),
        ("not a", ("not", "a")),
        ("非 a", ("not", "a")),
        ("-a", ("not", "a")),
        ("!overdue", ("not", "<overdue>")),
        ("--a", "a"),
        ("-(a b)", ("not", ("and", "a", "b"))),
        ("a - b", ("and", "a", "-", "b")),
        ("(a)(b)", ("and", "a", "b")),
        ("status:new,open", "status:new,open"),
        ("status=open", "status=open"),
        ("status==open", "status=open"),
        ("status!=open", "status!=open"),
        ("severity>2", "severity>2"),
        ("severity:>=2", "severity>=2"),
        ("severity≤2", "severity<=2"),
        ("severity:1..2", "severity:1..2"),
        ("opened:2026-11..", "opened:2026-11.."),
        ("opened:..-7d", "opened:..-7d"),
        ('opened:"2026-11-21 10:00"..', "opened:'2026-11-21 10:00'.."),
        ('title:"a b"', "title:'a b'"),
        ("title:“a b”", "title:'a b'"),
        ("状态:处理中、新建", "状态:处理中,新建"),
        ('"a b"', '"a b"'),
        ("'a b' “c d” 「e f」", ("and", '"a b"', '"c d"', '"e f"')),
        ('"a：b！"', '"a：b！"'),
        ("don't", "don't"),
        (r"a\b\n", r"a\b\n"),
        (r"C:\temp", r"C:\temp"),
        ("http://shop.example/a?b=1", "http://shop.example/a?b=1"),
        ("12:30", "12:30"),
        ('"overdue"', '"overdue"'),
        ("OVERDUE 超时", ("and", "<OVERDUE>", "<超时>")),
        ("杯子，碎了！", "杯子，碎了！"),
        ("First-Reply:none", "First-Reply:none"),
    ],
)
def test_text_to_tree(text: str, expected: object) -> None:
    assert shape(read(text).tree) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("状态：处理中", "状态:处理中"),
        ("status＝open", "status=open"),
        ("（a　or　b）c", "(a or b) c"),
        ("severity＞＝2", "severity>=2"),
        ("severity！＝2", "severity!=2"),
        ("status：new，open", "status:new,open"),
        ("！overdue", "!overdue"),
        ("a｜b", "a|b"),
        ("－a", "-a"),
        ("＂a b＂", '"a b"'),
    ],
)
def test_full_width_punctuation_means_the_same(typed: str, meant: str) -> None:
    assert shape(read(typed).tree) == shape(read(meant).tree)


def test_order_and_page_stand_apart() -> None:
    query = read("status:open sort:-priority,opened limit:20 page:2")
    assert shape(query.tree) == "status:open"
    assert [(key.field, key.descending) for key in query.sort] == [
        ("priority", True),
        ("opened", False),
    ]
    assert (query.limit, query.page) == (20, 2)
    assert read("排序:opened 条数:5").limit == 5
    assert read("limit:5").tree == Everything()
    assert shape(read("a or b sort:opened").tree) == ("or", "a", "b")


def test_the_last_limit_holds() -> None:
    assert read("limit:5 limit:7").limit == 7


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("a statu:open", "query.unknown_field_like", 3),
        ("zzzzzz:1", "query.unknown_field", 1),
        ("a status:", "query.no_value", 3),
        ("status:new,", "query.no_value", 11),
        ("status:,new", "query.no_value", 1),
        ("opened:..", "query.no_value", 1),
        ("(a", "query.open_paren", 1),
        ("a (", "query.open_paren", 3),
        ("a)", "query.close_paren", 2),
        ("a ()", "query.empty_group", 3),
        ('a "b', "query.quote", 3),
        ("title:“b", "query.quote", 7),
        ("a or", "query.operand", 3),
        ("or a", "query.operand", 1),
        ("a and or b", "query.operand", 3),
        ("not", "query.operand", 1),
        ("(a or)", "query.operand", 4),
        ('""', "query.no_words", 1),
        ("limit:x", "query.count", 1),
        ("limit:0", "query.count", 1),
        ("page:1..2", "query.count", 1),
        ("limit:99999999", "query.count", 1),
        ("limit>5", "query.directive_op", 1),
        ("sort:--a", "query.sort", 6),
        ("sort:a..b", "query.sort", 6),
        ("(a limit:5)", "query.misplaced", 4),
        ("-limit:5", "query.misplaced", 2),
        ("a or limit:5", "query.misplaced", 6),
        ("(" * 65 + "a" + ")" * 65, "query.too_deep", 65),
        ("a " * 401, "query.too_many", 801),
        ("a" * 10_001, "query.too_long", 1),
    ],
)
def test_every_mistake_has_a_key_and_a_column(text: str, key: str, column: int) -> None:
    with pytest.raises(UsageProblem) as problem:
        read(text)
    assert (problem.value.key, problem.value.params["column"]) == (key, column)


def test_close_field_names_are_offered() -> None:
    with pytest.raises(UsageProblem) as problem:
        read("assigne:lin")
    assert "assignee" in str(problem.value.params["close"])


def test_operators_do_not_count_as_conditions() -> None:
    assert shape(read(" or ".join(["a"] * 400)).tree) == ("or", *["a"] * 400)


def test_sixty_four_parentheses_are_not_too_deep() -> None:
    assert shape(read("(" * 64 + "a" + ")" * 64).tree) == "a"


PIECES = st.sampled_from(
    [
        *"()|-!:=<>,\"'“”「」：（）　、\\*\0",
        *("..", "AND", "或", "not", "status", "opened", "me", "team:", "severity>", "priority>="),
        *("sort:", "limit:", "-7d", "2026-11", "overdue", " ", "破", "none", "高", "title:"),
        *("tags:", "id:", "\ud800", "http://", "size:", "9"),
    ]
)


def problem_of(text: str) -> UsageProblem | None:
    try:
        bound(text)
    except UsageProblem as problem:
        return problem
    return None


@settings(max_examples=500)
@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
def test_nothing_typed_raises_anything_but_a_usage_problem_within_the_text(text: str) -> None:
    problem = problem_of(text)
    if problem is None:
        return
    assert problem.key.startswith("query.")
    column = problem.params["column"]
    assert isinstance(column, int)
    assert 1 <= column <= max(1, len(text))
    assert problem.params["text"] == text
