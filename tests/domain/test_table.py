from __future__ import annotations

import pytest

from tkt.domain.table import Card, Column, RawJson, Section, Table


def test_a_table_and_its_parts_cannot_be_changed() -> None:
    table = Table((Column("id", "id"),), [{"id": "a"}])
    with pytest.raises(AttributeError):
        table.title = "x"  # type: ignore[misc]
    assert table.columns[0] == Column(key="id", kind="id")
    assert Column("title").kind == "text"


def test_rows_may_be_an_iterator() -> None:
    table = Table((Column("n", "number"),), ({"n": n} for n in range(3)))
    assert [row["n"] for row in table.rows] == [0, 1, 2]


def test_a_card_without_data_of_its_own_is_its_fields() -> None:
    assert Card("t", {"a": 1}).document == {"a": 1}
    assert Card("t", {"a": 1}, data={"b": 2}).document == {"b": 2}
    assert Card("t", {"a": 1}, (Section("h", "text"),), data={}).document == {}


def test_raw_json_is_text_with_a_mark() -> None:
    assert RawJson("[1]") == "[1]"
    assert isinstance(RawJson("[1]"), str)
