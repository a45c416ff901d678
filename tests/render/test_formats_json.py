from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tkt.domain.table import Card, Column, RawJson, Table
from tkt.render.formats import Look, get
from tkt.render.formats.json import to_json

TEXT = st.text(
    st.sampled_from('\x00\x1b\x7f\x9b\u2028\u202e\u2069\ufeff\ud800\udc80\U000e0041退"\\/\n😀')
    | st.characters(exclude_categories=()),
    max_size=20,
)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
RAW = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
# Two lone surrogates in this order are one character to every reader of JSON.
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class State(StrEnum):
    OPEN = "open"


@given(DATA)
@example("\x1b\x9b\u202e\ud800")
@example({"\u2028": ["\U000e0041"]})
def test_reading_back_gives_the_identical_value(value: Any) -> None:
    assume(not PAIR.search(json.dumps(value, ensure_ascii=False)))
    text = to_json(value)
    assert json.loads(text) == value
    assert not RAW.search(text)


@given(st.dictionaries(TEXT, DATA, max_size=4))
def test_documents_of_every_shape_read_back(row: dict[str, Any]) -> None:
    assume(not PAIR.search(json.dumps(row, ensure_ascii=False)))
    table = Table((Column("a"),), [row, row])
    assert json.loads("".join(get("json").table(table, Look()))) == [row, row]
    lines = "".join(get("jsonl").table(table, Look())).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == [row, row]
    for name in ("json", "jsonl"):
        assert json.loads("".join(get(name).card(Card("t", {}, data=row), Look()))) == row


def test_values_of_the_domain_have_one_way_to_be_written() -> None:
    at = datetime(2026, 11, 21, 14, 3, tzinfo=timezone(timedelta(hours=8)))
    values = {
        "at": at,
        "on": date(2026, 11, 21),
        "for": timedelta(minutes=1),
        "half": timedelta(seconds=0.5),
        "state": State.OPEN,
        "path": PurePosixPath("a/b"),
        "set": frozenset({"b", "a"}),
        "tuple": (1, True, None),
        "nan": float("nan"),
        "map": MappingProxyType({1: 2}),
    }
    assert to_json(values) == (
        '{"at": "2026-11-21T14:03:00+08:00", "on": "2026-11-21", "for": 60, "half": 0.5, '
        '"state": "open", "path": "a/b", "set": ["a", "b"], "tuple": [1, true, null], '
        '"nan": null, "map": {"1": 2}}'
    )


def test_chinese_stays_readable_and_keys_in_order() -> None:
    assert to_json({"b": "退款", "a": "1e5"}) == '{"b": "退款", "a": "1e5"}'


def test_raw_json_is_put_in_as_it_stands() -> None:
    raw = RawJson('{"a":\n  [1.0, "\u202e"]}')
    assert to_json({"x": [raw]}) == '{"x": [{"a":   [1.0, "\\u202e"]}]}'
    card = Card("t", {}, data={"id": "x", "ticket": raw})
    assert json.loads("".join(get("json").card(card, Look())))["ticket"] == {"a": [1.0, "\u202e"]}
    assert "".join(get("json").card(Card("t", {}, data=RawJson("{}")), Look())) == "{}\n"


def test_what_is_no_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        to_json({"x": object()})
