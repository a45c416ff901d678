from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from vocabulary_sample import NOW, bound

from tkt.domain.query.bind import fits
from tkt.domain.query.evaluate import matches

TICKET: dict[str, Any] = {
    "id": "261121-7KQ4",
    "title": "收到的Cup碎了!",
    "status": "open",
    "priority": "high",
    "severity": 2,
    "team": "aftersales",
    "assignee": None,
    "tags": ["vip", "refund"],
    "opened": NOW - timedelta(days=2),
    "due": None,
    "order": "2511002233",
    "bought": "2026-11-11",
    "overdue": True,
}
TEXT = "收到的Cup碎了! 要求退款 order-2511"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "status:open team:售后 overdue 退款",
        "-edited",
        "assignee:none unassigned or overdue",
        "assignee!=wang",
        "-assignee:wang",
        "due:无",
        "tags:vip",
        "tags!=bad",
        "title:cup",
        'title="收到的Cup碎了!"',
        "id:7kq4",
        "order:25*33",
        "severity:1..2",
        "severity<3",
        "priority>=高",
        "opened:-7d..",
        "opened:2026-11-19",
        "opened<=2026-11-19",
        "bought:2026-11-11",
        "bought>=11-11 bought<=11-11 bought<11-12 bought>11-10",
        '"要求退款"',
        "cup",
        "2511",
        "!",
        "破损 or 退款",
        "-(破损 退款)",
    ],
)
def test_fits(text: str) -> None:
    assert matches(bound(text).tree, TICKET.get, TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "status:new",
        "assignee:wang",
        "assignee:any",
        "due<2030",
        "tags!=vip",
        "title:cupboard",
        "severity>2",
        "opened>-1d",
        "opened>2026-11-19",
        "bought<11-11",
        "bought>11-11",
        '"退款要求"',
        "破损",
        "-退款",
        "cu",
        "size:xl",
    ],
)
def test_does_not_fit(text: str) -> None:
    assert not matches(bound(text).tree, TICKET.get, TEXT)


@pytest.mark.parametrize(
    ("pattern", "text", "fit"),
    [
        ("a*", "abc", True),
        ("*c", "abc", True),
        ("a*b*c", "aXbYc", True),
        ("a*a", "a", False),
        ("*", "", True),
        ("abc", "abcd", False),
        ("*b*", "abc", True),
        ("*ab*ba", "aba", False),
    ],
)
def test_wildcards_fit_the_whole(pattern: str, text: str, fit: bool) -> None:
    assert fits(pattern, text) is fit


def test_garbage_in_a_time_field_fits_no_time() -> None:
    assert not matches(bound("bought>2020").tree, {"bought": "someday"}.get, "")
