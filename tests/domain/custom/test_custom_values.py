"""What a person types into a declared field becomes one stored value, or is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declared import SHOP, a_field, fields
from tkt.domain.custom.field import TYPES, Label
from tkt.domain.custom.values import faults_in, fits, in_query, meant
from tkt.domain.fields import alike
from tkt.errors import NotFound, TktError, UsageProblem

NO = "refused"
TZ = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=TZ)


def stored(type: str, raw: object) -> object:
    """What is stored for ``raw`` in a field of this type, NO if it is refused."""
    try:
        value = meant(a_field(type), raw, now=NOW, tz=TZ)
    except TktError:
        return NO
    assert fits(a_field(type), value)
    return value


TYPED: dict[str, list[tuple[object, object]]] = {
    "text": [
        (" 红色 款 ", "红色 款"), ("", NO), ("a\nb", NO), ("字" * 501, NO), (5, NO),
    ],
    "number": [
        ("3", 3), ("2.50", 2.5), ("２．５", 2.5), ("1,200", 1200), ("１，２００", 1200),
        ("-4", -4), (".5", 0.5), ("－4", -4), ("007", 7), ("1e5", NO), ("1,20", NO), ("三", NO),
        ("9999999999999999", NO), ("", NO), (7, 7), (7.25, 7.25), (1e+300, NO), (True, NO),
        (7.0, 7),
    ],
    "money": [
        ("129", 129), ("¥129", 129), ("￥ 129", 129), ("129元", 129), ("129块钱", 129),
        ("１２９", 129), ("1,299.00", 1299), ("¥1，299．50", 1299.5), ("RMB 12.30", 12.3),
        ("12 cny", 12), ("人民币5圆", 5), ("-5", -5), ("¥-5", -5), ("-¥5", -5), ("−5", -5),
        ("--5", NO), ("0.005", NO), ("12.3400", 12.34), ("12,34", NO), ("$5", NO), ("元", NO),
        ("1000000000000", NO), (129, 129), (129.5, 129.5), (129.999, NO), (0.1 + 0.2, NO),
    ],
    "date": [
        ("2026-11-21", "2026-11-21"), ("2026/11/3", "2026-11-03"), ("2026.11.3", "2026-11-03"),
        ("11月3日", "2026-11-03"), ("２０２５年１１月３日", "2025-11-03"),
        ("今天", "2026-11-21"), ("tomorrow", "2026-11-22"), ("昨天", "2026-11-20"),
        ("3天前", "2026-11-18"), ("2026-11-11 23:59:59", "2026-11-11"),
        ("2026-11-10T20:00:00Z", "2026-11-11"), ("2026-11", NO), ("上周", NO), ("someday", NO),
        ("2026-02-30", NO), ("", NO), (20261121, NO),
    ],
    "choice": [
        ("s", "s"), ("S", "s"), ("Ｓ", "s"), ("小号", "s"), ("中号", "m"), ("Medium", "m"),
        ("36", "36"), ("３６", "36"), ("xl", NO), ("", NO), (36, NO),
    ],
    "order": [
        ("2511002233", "2511002233"), (" 2511 0022 33 ", "2511002233"),
        ("２５１１００２２３３", "2511002233"), ("TB2511a", "TB2511a"), ("25110", NO),
        ("1" * 32, "1" * 32), ("1" * 33, NO), ("2511-0022", NO), ("订单2511002233", NO),
        (2511002233, NO),
    ],
    "phone": [
        ("13800138000", "13800138000"), ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"), ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"), ("１３８００１３８０００", "13800138000"),
        ("（0571）8888 6666", "057188886666"), ("95188", "95188"),
        ("+1 415 555 2671", "+14155552671"), ("001 415 555 2671", "+14155552671"), ("1234", NO),
        ("1111111111111111", NO), ("138001380oo", NO), (13800138000, NO),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("type", "raw", "value"),
    [(type, raw, value) for type, typed in TYPED.items() for raw, value in typed],
)
def test_what_is_typed_is_understood_or_refused(type: str, raw: object, value: object) -> None:
    assert alike(stored(type, raw), value)


def test_every_type_is_tried() -> None:
    assert set(TYPED) == set(TYPES)


ANYTHING: st.SearchStrategy[Any] = (
    st.text()
    | st.text("0123456789.,+-¥元 ０１２，．：年月日", max_size=12)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.none()
    | st.lists(st.text(max_size=2), max_size=2)
)


@given(st.sampled_from(TYPES), ANYTHING)
def test_what_is_understood_fits_and_means_itself(type: str, raw: Any) -> None:
    field = a_field(type)
    try:
        value = meant(field, raw, now=NOW, tz=TZ)
    except TktError:
        return
    assert fits(field, value)
    assert alike(meant(field, value, now=NOW, tz=TZ), value)
    if isinstance(raw, str) and "e-" not in str(value):
        assert alike(meant(field, str(value), now=NOW, tz=TZ), value)


@given(st.sampled_from(TYPES), ANYTHING)
def test_anything_may_stand_in_a_file_and_be_told_apart(type: str, value: Any) -> None:
    assert fits(a_field(type), value) in (True, False)


@given(st.sampled_from(TYPES), st.text("0123456789.,-/:+ smSM年月日元¥", max_size=12))
def test_full_width_is_read_as_what_it_looks_like(type: str, typed: str) -> None:
    wide = typed.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert normalize("NFKC", wide) == normalize("NFKC", typed)
    if type != "text":  # what is written about colours and names stays as it is written
        assert alike(stored(type, wide), stored(type, typed))


@given(st.integers(-(10**12) + 1, 10**12 - 1), st.integers(0, 99))
def test_an_amount_is_kept_to_the_cent(yuan: int, cents: int) -> None:
    value = stored("money", f"¥{yuan:,}.{cents:02}")
    assert f"{value:.2f}" == f"{yuan}.{cents:02}" or (yuan == 0 and value == cents / 100)


@given(st.dates(date(1900, 1, 1), date(9000, 1, 1)))
def test_a_day_is_stored_as_iso_says(day: date) -> None:
    assert stored("date", day.isoformat()) == day.isoformat()
    assert stored("date", f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


def test_an_error_says_what_there_is_to_choose_from() -> None:
    with pytest.raises(NotFound) as caught:
        meant(fields()[1], "特大", now=NOW, tz=TZ)
    assert caught.value.params == {
        "label": Label("尺码", "size"),
        "field": "size",
        "value": "特大",
        "known": Label("s 小号、m 中号、l", "s 小号, m medium, l"),
    }
    with pytest.raises(UsageProblem):
        meant(fields()[0], "x", now=NOW, tz=TZ)


def test_faults_of_a_ticket_are_at_its_keys_whatever_they_are_called_now() -> None:
    doc = {"refund_amount": "129元", "size": "m", "contact": 5, "bought": None, "own": object()}
    faults = faults_in(fields(**SHOP).by_name, doc)
    assert [(fault.where, fault.key) for fault in faults] == [
        (("refund_amount",), "custom.not_money"),
        (("contact",), "custom.not_phone"),
    ]


@pytest.mark.parametrize(
    ("type", "typed", "spelt"),
    [
        ("money", "¥1，299．50", "1299.5"),
        ("money", "-0.0000001", "-0.0000001"),
        ("number", "１２９", "129"),
        ("phone", "+86 138-0013-8000", "13800138000"),
        ("phone", "138*", "138*"),
        ("order", "2511 *", "2511*"),
        ("date", "２０２６－１１－０１", "2026-11-01"),
        ("choice", "Ｓ", "S"),
        ("money", "dear", "dear"),
    ],
)
def test_a_query_finds_what_was_stored(type: str, typed: str, spelt: str) -> None:
    assert in_query(a_field(type))(typed) == spelt
