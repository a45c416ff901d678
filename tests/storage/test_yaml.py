"""Reading is strict: plain YAML gives plain data, everything else is refused with its place."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.errors import BadData
from tkt.storage.yaml import MAX_BYTES, MAX_DEPTH, decode, load, load_with_positions

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.fixture(params=["C parser", "Python parser"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python parser":
        monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)


def refusal(raw: bytes | str) -> tuple[str, int, int]:
    with pytest.raises(BadData) as caught:
        load(raw, path="t.yaml")
    assert caught.value.path == "t.yaml"
    return caught.value.key, caught.value.line, caught.value.column


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# 只有说明\n", None),
        ("---\n...\n", None),
        ("\ufeffa: 1", {"a": 1}),
        ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", {"a": 1, "b": "x\ny\n"}),
        ("a: 1\rb: 2", {"a": 1, "b": 2}),
        ("[~, null, Null, NULL, ]", [None] * 4),
        ("a:\nb: ''", {"a": None, "b": ""}),
        ("[true, True, TRUE, false, False, FALSE]", [True] * 3 + [False] * 3),
        (
            "[tRue, yes, No, on, OFF, y, n, nULL]",
            ["tRue", "yes", "No", "on", "OFF", "y", "n", "nULL"],
        ),
        ("[1, -1, +1, 007, 0o17, 0x1F, 0b1, 1_0]", [1, -1, 1, 7, 15, 31, "0b1", "1_0"]),
        ("[1.5, .5, 1., -1e3, 1.5E-3, 1e, .e1]", [1.5, 0.5, 1.0, -1000.0, 0.0015, "1e", ".e1"]),
        ("at: 2026-11-21T14:03:11+08:00", {"at": "2026-11-21T14:03:11+08:00"}),
        (
            "{at: 2026-11-21T14:03:11+08:00, d: 2026-11-21}",
            {"at": "2026-11-21T14:03:11+08:00", "d": "2026-11-21"},
        ),
        (
            "[12:30, 'a:b', \"a:b\", http://x/?q=1#f, what?, a::b]",
            ["12:30", "a:b", "a:b", "http://x/?q=1#f", "what?", "a::b"],
        ),
        ("{'a':1, \"b\":2}", {"a": 1, "b": 2}),
        ("? a\n: b", {"a": "b"}),
        (
            "yes: 1\n'1': 2\n\"null\": 3\n'<<': 4\n'': 5",
            {"yes": 1, "1": 2, "null": 3, "<<": 4, "": 5},
        ),
        (
            "a: 'null'\nb: \"1\"\nc: |\n  1\nd: >-\n  ~\n",
            {"a": "null", "b": "1", "c": "1\n", "d": "~"},
        ),
        (
            r'["\ufdd0", "\uFDD1", a:b, "\/", "\0", "\U0001F600"]',
            ["\ufdd0", "\ufdd1", "a:b", "/", "\0", "😀"],
        ),
        ("t: 亲:您好?\nu: |\n  亲:您好?a:b\n", {"t": "亲:您好?", "u": "亲:您好?a:b\n"}),
        ("- - - a", [[["a"]]]),
    ],
)
def test_plain_yaml_is_plain_data(text: str, value: Any) -> None:
    assert repr(load(text, path="t.yaml")) == repr(value)
    assert repr(load(text.encode(), path="t.yaml")) == repr(value)


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("raw", "key", "line", "column"),
    [
        (b"a: 1\n\xe4\xba\xb2\xff", "yaml.not_utf8", 2, 2),
        ("a: 1".encode("utf-16"), "yaml.not_utf8", 1, 1),
        ("a: 1\nb: 亲\0", "yaml.character", 2, 5),
        ("a: \x1b[2J", "yaml.character", 1, 4),
        ("a: \x85", "yaml.character", 1, 4),
        ("a: 1\nb: x\u2028y", "yaml.character", 2, 5),
        ("a: \ufeff", "yaml.character", 1, 4),
        ("a: \ufdd0", "yaml.character", 1, 4),
        ("a: \ud800", "yaml.character", 1, 4),
        ("a: 1\na: 2", "yaml.duplicate_key", 2, 1),
        ("a: {b: 1, 'b': 2}", "yaml.duplicate_key", 1, 11),
        ("1: a", "yaml.key_not_text", 1, 1),
        ("x:\n  ~: a", "yaml.key_not_text", 2, 3),
        ("True: a", "yaml.key_not_text", 1, 1),
        ("? [a]\n: b", "yaml.key_not_text", 1, 3),
        ("a: &x 1", "yaml.anchor", 1, 4),
        ("&x a: 1", "yaml.anchor", 1, 1),
        ("a: &x {b: 1}", "yaml.anchor", 1, 4),
        ("a: *x", "yaml.alias", 1, 4),
        (BOMB, "yaml.anchor", 1, 4),
        ("a: !x 1", "yaml.tag", 1, 4),
        ("a: ! 1", "yaml.tag", 1, 4),
        ("a: !!str 1", "yaml.tag", 1, 4),
        ("!!python/object:os.system {}", "yaml.tag", 1, 1),
        ("!!set {a, b}", "yaml.tag", 1, 1),
        ("a: 1\n---\nb: 2", "yaml.many_documents", 2, 1),
        ("a: 1\n...\n---\n", "yaml.many_documents", 3, 1),
        ("%YAML 1.1\n---\na: yes", "yaml.directive", 1, 1),
        ("%TAG ! tag:x.org,2026:\n---\na: 1", "yaml.directive", 1, 1),
        ("b: {c: 1}\na:\n  <<: {x: 1}", "yaml.merge_key", 3, 3),
        ("a: .inf", "yaml.not_finite", 1, 4),
        ("a: -.INF", "yaml.not_finite", 1, 4),
        ("a: .nan", "yaml.not_finite", 1, 4),
        ("a: 1e999", "yaml.not_finite", 1, 4),
        ("a: " + "9" * 10_000, "yaml.number_too_long", 1, 4),
        ("[" * 100_000, "yaml.too_deep", 1, MAX_DEPTH + 1),
        ("- " * 50_000, "yaml.too_deep", 1, 2 * MAX_DEPTH + 1),
        ("{a: " * 50_000, "yaml.too_deep", 1, 4 * MAX_DEPTH + 1),
        ("a: [1", "yaml.syntax", 2, 1),
        ("a: 1\n b: 2", "yaml.syntax", 2, 3),
        ("a: 'x", "yaml.syntax", 1, 6),
        ("a:\n\t- 1", "yaml.syntax", 2, 1),
        ("a: @x", "yaml.syntax", 1, 4),
        ('a: "\\ud800"', "yaml.syntax", 1, 1),
        ('a: "\\UFFFFFFFF"', "yaml.syntax", 1, 1),
        ('a: "\\x4"', "yaml.syntax", 1, 7),
    ],
)
def test_what_is_not_plain_is_refused_where_it_stands(
    raw: bytes | str, key: str, line: int, column: int
) -> None:
    found = refusal(raw)
    assert found[0] == key
    # Parsers agree on what is wrong, and nearly on where.
    assert found == (key, line, column) or key in ("yaml.syntax", "yaml.directive")


@pytest.mark.parametrize("filler", ["#", "a", "亲"])
def test_what_is_too_big_is_not_even_looked_at(filler: str) -> None:
    text = filler * (MAX_BYTES // len(filler.encode()) + 1)
    assert refusal(text) == ("yaml.too_big", 1, 1)
    assert refusal(text.encode()) == ("yaml.too_big", 1, 1)


def test_what_is_just_small_enough_is_read() -> None:
    assert load("#" * MAX_BYTES, path="t.yaml") is None


def test_a_syntax_error_is_told_in_one_line() -> None:
    with pytest.raises(BadData) as caught:
        load("a: [1\nb: 2", path="t.yaml")
    problem = str(caught.value.params["problem"])
    assert problem
    assert "\n" not in problem


def test_reading_stops_at_the_first_fault() -> None:
    # Behind the fault stands more than a parser could hold as nested lists.
    assert refusal("a: *x\nb: " + "[" * 5_000_000)[0] == "yaml.alias"


@pytest.mark.usefixtures("_parser")
def test_positions_are_those_of_keys_and_items() -> None:
    text = (
        "\ufeffid: a\r\ntags: [x, {y: 1}]\n\n# c\ntimeline:\n"
        "  - {id: e1}\n  -\n    id: 亲\n    t: |\n      a: b\n"
    )
    data, positions = load_with_positions(text, path="t.yaml")
    assert data == load(text, path="t.yaml")
    assert positions == {
        ("id",): (1, 1),
        ("tags",): (2, 1),
        ("tags", 0): (2, 8),
        ("tags", 1): (2, 11),
        ("tags", 1, "y"): (2, 12),
        ("timeline",): (5, 1),
        ("timeline", 0): (6, 5),
        ("timeline", 0, "id"): (6, 6),
        ("timeline", 1): (8, 5),
        ("timeline", 1, "id"): (8, 5),
        ("timeline", 1, "t"): (9, 5),
    }


def test_positions_are_right_where_the_second_parser_was_asked() -> None:
    text = '{at: 12:30:00, "b": "\\/"}'
    assert load_with_positions(text, path="t.yaml") == (
        {"at": "12:30:00", "b": "/"},
        {("at",): (1, 2), ("b",): (1, 16)},
    )


def test_decoding_gives_what_the_parser_sees() -> None:
    assert decode("\ufeffa\r\nb\rc".encode(), path="t.yaml") == "a\nb\nc"


SNIPPETS = """a b 1 ~ yes x:y x: :x ? ?x x? - -x -1 [ ] { } , : 'q' "d" "d": 'q':1 # #x x#y | |- >
    & * ! % @ << 退款 2026-11-21T14:03:11+08:00 0x1F 1e3 .5 --- ... \\ " '"""
snippets = st.sampled_from(SNIPPETS.split())
blanks = st.sampled_from([" ", "  ", "\n", "\n  ", "\n- ", ": ", ", ", "\t", "\n    "])
soups = st.lists(
    st.one_of(snippets, blanks),
    max_size=14,
).map("".join)


def outcome(text: str) -> str | None:
    """The data that a text says, or nothing if it is refused."""
    try:
        return repr(load(text, path="t.yaml"))
    except BadData:
        return None


@settings(max_examples=400, deadline=None)
@given(soups)
def test_both_parsers_read_the_same(text: str) -> None:
    fast = outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "_ruamel_yaml", None)
        slow = outcome(text)
    # What only one of them can read is at least not read in two ways.
    assert fast == slow or None in (fast, slow)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode), soups.map(str.encode))
)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        load(raw, path="t.yaml")
    except BadData as error:
        places = (error.line, error.column)
    else:
        places = (1, 1)
    assert min(places) >= 1
