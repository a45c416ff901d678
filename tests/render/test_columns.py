"""Which columns there is room for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.plaintext import width
from tkt.domain.table import Column
from tkt.render.columns import GAP, Measured, choose, fit, measured
from tkt.render.ink import parts_of

VALUES = {
    "id": ("id", 0, ["261121-7KQ4", "261121-M3WX"]),
    "status": ("name", 1, ["处理中", "等待中"]),
    "assignee": ("name", 2, ["林小满", "▸ 王强"]),
    "opened": ("time", 3, ["2 小时前", "昨天"]),
    "tags": ("list", 4, ["", ""]),
    "customer": ("name", 5, ["爱喝茶的小周", "小李"]),
    "title": ("text", 0, ["收到的杯子碎了,要求退款" * 4, "快递三天没动"]),
}
COLUMNS = [Column(key, kind, rank) for key, (kind, rank, _) in VALUES.items()]  # type: ignore[arg-type]


def measure(column: Column) -> Measured:
    return measured(column, column.key, [parts_of(value) for value in VALUES[column.key][2]])


def shown(cells: int) -> dict[str, int]:
    """The columns that are shown in so many cells, with their widths."""
    columns = choose(COLUMNS, measure, cells)
    return dict(zip([one.column.key for one in columns], fit(columns, cells), strict=False))


def test_the_more_room_the_more_columns_in_their_order_of_importance() -> None:
    assert list(shown(40)) == ["id", "status", "title"]
    assert list(shown(50)) == ["id", "status", "assignee", "title"]
    assert list(shown(60)) == ["id", "status", "assignee", "opened", "title"]
    assert list(shown(80)) == ["id", "status", "assignee", "opened", "customer", "title"]


@given(st.integers(20, 300))
def test_more_room_never_takes_a_column_away(cells: int) -> None:
    assert set(shown(cells)) <= set(shown(cells + 1))


@given(st.integers(20, 300))
def test_the_title_gets_what_is_left(cells: int) -> None:
    widths = shown(cells)
    taken = sum(widths.values()) + GAP * (len(widths) - 1)
    assert taken <= cells
    assert taken == cells or widths["title"] == width(VALUES["title"][2][0])


def test_a_column_without_values_is_left_out() -> None:
    assert "tags" not in shown(300)


def test_no_more_is_measured_than_there_is_room_for() -> None:
    asked: list[str] = []

    def watch(column: Column) -> Measured:
        asked.append(column.key)
        return measure(column)

    choose(COLUMNS, watch, 40)
    assert "customer" not in asked
