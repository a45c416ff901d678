"""What canonical text looks like, and that every reader gets back what was written."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.storage.dump import WIDTH, dump, entry, flow, item
from tkt.storage.yaml import MAX_DEPTH, load

TICKET = """\
id: 261121-7KQ4
title: 收到的杯子碎了,要求退款
status: in_progress
severity: 2
order: "2511002233"
tags: [vip, 老客户]
assignee: null
opened: 2026-11-21T14:03:11+08:00
custom: {size: L, ok: true}
links: []
empty: {}
timeline:
  - {id: e1, at: 2026-11-21T14:03:11+08:00, by: customer, do: open, via: wechat}
  - id: e2
    at: 2026-11-21T14:05:40+08:00
    by: lin
    do: reply
    text: |
      亲,非常抱歉给您带来不便……

      # 请稍等
  - {id: e3, at: 2026-11-21T14:05:41+08:00, by: lin, do: assign, set: {assignee: null}}
"""

# Characters that readers treat in different ways, and words that they take for something else.
SHARP = " \t\n\r:,[]{}#&*!|>'\"%@`?-=~<.+\\0\x00\x07\x1b\x7f\x85\xa0\u200d\u2028\u2029\u202e\u2066\ufdd0\ufdd1\ufeff\ufffe\u3000杯é😀"  # noqa: E501
WORDS = """yes No ON off y N true False null Null ~ = << <<: 0777 0o17 0x1F 0b1 1e5 1_000 1.5 .5
    .inf -.INF .NaN 12:30 190:20:30.15 2026-11-21 2026-1-2 2026-11-21T14:03:11 +1 -1 - -- --- ...
    1e999 007 2026-11-21T14:03:11Z 2026-11-21T14:03:11+08:00 261121-7KQ4 261121-7E55 c-10293 a:b a?b
    http://x/?q=1 a#b _1 1_ 1__0 0 08 09.5 1. 1.e3 e3 {} [] {a} !x &a *a %Y @x `x |"""
words = st.sampled_from(WORDS.split())

texts = st.one_of(
    st.text(SHARP, max_size=12),
    st.text(max_size=12),
    words,
    st.lists(words | st.sampled_from(["退款", "#", ":", ""]), max_size=3).map(" ".join),
)
scalars = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=8,
)
keys = st.one_of(st.sampled_from(["text", "timeline", "title"]), texts)
events = st.dictionaries(keys, values, max_size=5)
docs = st.builds(
    lambda top, timeline: {**top, "timeline": timeline},
    st.dictionaries(keys, values, max_size=5),
    st.lists(st.one_of(events, values), max_size=4),
)


def same(left: Any, right: Any) -> bool:
    """Equal in values, types and key order."""
    return repr(left) == repr(right)


def read_by_ruamel(text: str, kind: str, version: tuple[int, int] | None = None) -> Any:
    """What ruamel.yaml makes of it, times left as text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor, SafeConstructor

    base: Any = SafeConstructor if kind == "safe" else RoundTripConstructor
    constructor: Any = type("TextTimes", (base,), {})
    constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)
    reader = YAML(typ=kind, pure=True)
    reader.Constructor = constructor
    if version:
        reader.version = version
    return reader.load(text)


def plain(value: Any) -> Any:
    """Round-trip containers and scalars as plain data."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def test_a_ticket_has_the_shape_that_people_know() -> None:
    assert dump(load(TICKET, path="t.yaml")) == TICKET


@settings(max_examples=300, deadline=None)
@given(docs)
def test_what_is_written_is_read_back(doc: dict[str, Any]) -> None:
    assert same(load(dump(doc), path="t.yaml"), doc)


@settings(max_examples=60, deadline=None)
@given(docs)
def test_ruamel_reads_the_same(doc: dict[str, Any]) -> None:
    text = dump(doc)
    assert same(plain(read_by_ruamel(text, "safe")), doc)


@settings(max_examples=30, deadline=None)
@given(docs)
def test_ruamel_round_trip_reads_the_same(doc: dict[str, Any]) -> None:
    assert plain(read_by_ruamel(dump(doc), "rt")) == doc


@settings(max_examples=60, deadline=None)
@given(docs)
def test_a_reader_of_yaml_1_1_is_not_misled(doc: dict[str, Any]) -> None:
    assert same(plain(read_by_ruamel(dump(doc), "safe", (1, 1))), doc)


@settings(max_examples=150, deadline=None)
@given(docs)
def test_nothing_unseen_stands_in_a_file(doc: dict[str, Any]) -> None:
    unseen = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F)}
    unseen |= {*range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF}
    unseen -= {ord("\n"), ord("\t")}
    assert not unseen & {ord(char) for char in dump(doc)}


@settings(max_examples=150, deadline=None)
@given(docs)
def test_writing_twice_changes_nothing(doc: dict[str, Any]) -> None:
    assert dump(load(dump(doc), path="t.yaml")) == dump(doc)


MISTAKABLE = """yes no on off y n Yes OFF true null ~ = << 12:30 0777 0x1F 0b1 0o7 1e5 1_000 1.5
    1,000 2026-11-21 2026-11-21T14:03:11 +86 -5 .5 ..."""


@pytest.mark.parametrize("word", MISTAKABLE.split())
def test_what_others_would_not_take_for_text_is_quoted(word: str) -> None:
    assert dump({"a": word}) == f'a: "{word}"\n'
    assert dump({word: "a"}) == f'"{word}": a\n'
    assert flow(word) == f'"{word}"'


@pytest.mark.parametrize(
    "word",
    [
        "261121-7KQ4",
        "c-10293",
        "退款,补发",
        "not yet",
        "2026-11-21T14:03:11+08:00",
        "1号店",
        "v1.2",
    ],
)
def test_what_is_clearly_text_is_not_quoted(word: str) -> None:
    assert dump({"a": word}) == f"a: {word}\n"


def test_an_ascii_comma_is_quoted_only_between_brackets() -> None:
    assert dump({"a": "碎了,退款"}) == "a: 碎了,退款\n"
    assert dump({"a": ["碎了,退款", "碎了\uff0c退款"]}) == 'a: ["碎了,退款", 碎了\uff0c退款]\n'


def test_an_address_is_quoted_only_between_brackets() -> None:
    assert dump({"a": "https://x.cn/?q=1"}) == "a: https://x.cn/?q=1\n"
    assert dump({"a": ["https://x.cn/?q=1"]}) == 'a: ["https://x.cn/?q=1"]\n'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a", "text: |-\n  a\n"),
        ("a\n", "text: |\n  a\n"),
        ("a\n\n\n", "text: |+\n  a\n\n\n"),
        ("a\n\n  b\tc\n", "text: |\n  a\n\n    b\tc\n"),
        ("# 标题\n", "text: |\n  # 标题\n"),
        ("", 'text: ""\n'),
        (" a", 'text: " a"\n'),
        ("\na", 'text: "\\na"\n'),
        ("\ta", 'text: "\\ta"\n'),
        ("a\r\nb", 'text: "a\\r\\nb"\n'),
        ("\x1b[2J\u202e", 'text: "\\e[2J\\u202E"\n'),
        ("👩\u200d💻", "text: |-\n  👩\u200d💻\n"),
    ],
)
def test_a_text_is_a_literal_block_where_it_can_be(text: str, written: str) -> None:
    assert dump({"text": text}) == written
    assert load(written, path="t.yaml") == {"text": text}


def test_lines_elsewhere_are_quoted_on_one_line() -> None:
    assert dump({"title": "a\nb"}) == 'title: "a\\nb"\n'


def test_an_event_is_a_block_when_its_line_would_be_too_long() -> None:
    room = WIDTH - len("  - {id: e1, note: }")
    assert item({"id": "e1", "note": "x" * room}).count("\n") == 0
    assert (
        item({"id": "e1", "note": "x" * (room + 1)}) == f"  - id: e1\n    note: {'x' * (room + 1)}"
    )


def test_an_event_with_lines_is_a_block() -> None:
    assert item({"id": "e1", "note": "a\nb"}, "") == '- id: e1\n  note: "a\\nb"'


def test_only_the_top_level_timeline_is_a_block() -> None:
    assert dump({"a": {"timeline": [1]}, "timeline": []}) == "a: {timeline: [1]}\ntimeline: []\n"
    assert dump({"timeline": [{}, [], 1]}) == "timeline:\n  - {}\n  - []\n  - 1\n"


def test_long_lines_are_not_folded() -> None:
    long = "很长 " * 500 + "完"
    assert dump({"a": long, "b": [long]}) == f"a: {long}\nb: [{long}]\n"


@pytest.mark.parametrize("key", ["k" * 5000, "\n" * 600, "😀" * 1024, "\x00" * 200])
def test_a_key_may_be_of_any_length(key: str) -> None:
    doc = {key: {key: 1, "a": [{key: key}]}, "timeline": [{key: 1, "text": "a\n"}, {key: key}]}
    assert load(dump(doc), path="t.yaml") == doc
    assert read_by_ruamel(dump(doc), "safe") == doc


@pytest.mark.parametrize(
    "text", ["退款 " * 350_000 + "。", "a: b\n" * 200_000, "\x1b\u202e" * 500_000]
)
def test_a_text_of_a_megabyte_comes_back(text: str) -> None:
    doc = {"timeline": [{"id": "e1", "text": text}]}
    assert load(dump(doc), path="t.yaml") == doc


def test_every_character_comes_back() -> None:
    for first in range(0, 0x110000, 0x2000):
        chars = [chr(code) for code in range(first, first + 0x2000) if not 0xD800 <= code < 0xE000]
        doc = {"a": "".join(chars), "text": f"x{chars[-1]}\n"}
        assert load(dump(doc), path="t.yaml") == doc


@pytest.mark.parametrize("number", [0, -1, 10**400, 1e16, 1e-7, -0.0, 5e-324, 1.5, 0.1])
def test_numbers_keep_value_and_kind(number: float) -> None:
    text = dump({"a": number, "b": [number]})
    assert same(load(text, path="t.yaml"), {"a": number, "b": [number]})
    assert same(read_by_ruamel(text, "safe", (1, 1))["a"], number)


def test_an_empty_document_is_an_empty_mapping() -> None:
    assert dump({}) == "{}\n"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_without_a_value_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        dump({"a": number})


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        dump({"text": "a\ud800"})


@pytest.mark.parametrize("value", [{1}, b"x", object()])
def test_what_is_not_plain_data_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="plain data"):
        dump({"a": value})


def test_what_is_nested_too_deeply_to_be_read_is_refused() -> None:
    value: Any = "x"
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert load(dump({"a": value}), path="t.yaml") == {"a": value}
    with pytest.raises(ValueError, match="levels"):
        dump({"a": [value]})


def test_one_entry_can_be_written_alone() -> None:
    assert entry("text", "a\n", "    ", 3) == "text: |\n      a"
    assert entry("timeline", [1], "    ", 3) == "timeline: [1]"
