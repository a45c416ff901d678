"""Orders as values, and the tags that follow from them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.classify.file import read_classify
from tkt.domain.customers import orders
from tkt.domain.customers.orders import Order, money, money_text, rating, standing_of
from tkt.domain.customers.tagging import Rule, decide

DAY = 86400
NOW = 1_795_000_000


@pytest.mark.parametrize(
    ("said", "fen"),
    [("￥1,299.00", 129900), ("1299元", 129900), ("¥ 88.5", 8850), ("CNY 0.01", 1), ("１２", 1200)],
)
def test_money_is_read_as_shops_write_it(said: str, fen: int) -> None:
    assert money(said) == fen


@pytest.mark.parametrize("said", ["", "许多", "-5", "1.2.3", "1.005", "1e3"])
def test_what_is_no_money_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said) or "^$"):
        money(said)


@given(st.integers(0, 10**12))
def test_money_comes_back_as_it_was(fen: int) -> None:
    assert money(money_text(fen)) == fen


@pytest.mark.parametrize(("said", "stars"), [("5", 5), ("五星", 5), ("差评", 1), ("4.0", 4)])
def test_ratings(said: str, stars: int) -> None:
    assert rating(said) == stars


@pytest.mark.parametrize(
    ("status", "is_paid", "refunded", "standing"),
    [
        ("交易成功", True, 0, orders.PAID), ("等待买家付款", False, 0, orders.UNPAID),
        ("交易关闭", False, 0, orders.CLOSED), ("交易关闭", True, 100, orders.REFUNDED),
        ("退款成功", True, 100, orders.REFUNDED), ("Shipped", True, 0, orders.PAID),
    ],
)  # fmt: skip
def test_what_has_come_of_an_order(
    status: str, is_paid: bool, refunded: int, standing: str
) -> None:
    assert standing_of(status, is_paid=is_paid, refunded=refunded) == standing


@pytest.mark.parametrize(
    "status",
    [
        "交易成功", "卖家已发货", "买家已付款", "已完成", "买家已付款，等待卖家发货",
        "等待买家确认收货",
        "paid", "Shipped", "Completed", "卖家已发货,等待买家确认",
    ],
)  # fmt: skip
def test_a_state_that_means_paid_needs_no_time_of_payment(status: str) -> None:
    assert standing_of(status, is_paid=False, refunded=0) == orders.PAID


@pytest.mark.parametrize(
    "status",
    [
        "等待买家付款",
        "待付款",
        "未付款",
        "待支付",
        "",
        "unpaid",
        "not paid",
        "Awaiting payment",
        "未完成",
    ],
)
def test_a_state_that_does_not_mean_paid_counts_nothing(status: str) -> None:
    assert standing_of(status, is_paid=False, refunded=0) == orders.UNPAID


def test_an_order_paid_by_its_state_counts_when_it_was_placed() -> None:
    bought = order(10, 6000)._replace(paid=None)
    assert tags(VIP, bought) == {"vip"}
    assert tags(VIP, bought._replace(ordered=NOW - 400 * DAY)) == set()
    assert tags(VIP, bought._replace(status="等待买家付款")) == set()
    assert tags(VIP, bought._replace(status="交易关闭")) == set()


def order(days: int, yuan: int, *, stars: int | None = None, back: bool = False) -> Order:
    at = NOW - days * DAY
    status = "退款成功" if back else "交易成功"
    return Order(f"n{days}-{yuan}", "c", at, at, yuan * 100, 0, status, "", "", 1, stars, "")


def tags(
    rules: dict[str, dict[str, object]], *bought: Order, held: tuple[str, ...] = ()
) -> set[str]:
    made = [rule for tag, said in rules.items() if (rule := Rule.of(tag, said))]
    now = set(held)
    for decision in decide(held, made, bought, now=NOW):
        now = now | {decision.tag} if decision.given else now - {decision.tag}
    return now


VIP = {"vip": {"spent": 5000, "within": "365d"}}


def test_who_spends_enough_within_a_year_is_vip() -> None:
    assert tags(VIP, order(10, 3000), order(300, 2000)) == {"vip"}
    assert tags(VIP, order(10, 3000), order(366, 2000)) == set()
    assert tags(VIP, order(10, 3000), order(20, 2000, back=True)) == set()


def test_below_the_limit_the_tag_goes_and_what_is_left_is_told() -> None:
    rule = Rule.of("vip", VIP["vip"])
    assert rule
    (decision,) = decide(("vip",), [rule], [order(10, 3000), order(366, 9000)], now=NOW)
    assert (decision.given, decision.why) == (False, {"spent": "3000.00"})


@pytest.mark.parametrize(
    ("said", "bought", "given"),
    [
        ({"orders": 1, "at_most": 1}, [order(3, 10)], True),
        ({"orders": 1, "at_most": 1}, [order(3, 10), order(4, 20)], False),
        ({"quiet": "180d"}, [order(200, 10)], True),
        ({"quiet": "180d"}, [order(10, 10), order(200, 10)], False),
        ({"rating": 2}, [order(1, 10, stars=1), order(2, 10, stars=3)], True),
        ({"rating": 2}, [order(1, 10)], False),
        ({"refunds": 2, "within": "90d"}, [order(1, 1, back=True), order(2, 2, back=True)], True),
        ({"at_most": 3}, [], False),
    ],
)
def test_rules(said: dict[str, object], bought: list[Order], given: bool) -> None:
    assert tags({"x": said}, *bought) == ({"x"} if given else set())


def test_a_tag_whose_rule_is_gone_goes() -> None:
    assert tags(VIP, held=("old",)) == set()


@given(st.lists(st.builds(order, st.integers(0, 800), st.integers(0, 9000),
                          stars=st.none() | st.integers(1, 5), back=st.booleans())))  # fmt: skip
def test_deciding_twice_changes_nothing_more(bought: list[Order]) -> None:
    rules: dict[str, dict[str, object]] = {
        **VIP, "new": {"at_most": 1}, "risk": {"quiet": "90d"}, "bad": {"rating": 2.5}
    }  # fmt: skip
    once = tags(rules, *bought)
    assert tags(rules, *bought, held=tuple(once)) == once


def test_rules_that_nobody_can_come_under_are_told_with_their_place() -> None:
    said = {"tags": {"odd": {"orders": 3, "at_most": 2}, "idle": {"within": "30d"}}}
    _, faults = read_classify(said)
    assert {(fault.where, fault.key) for fault in faults} == {
        (("tags", "odd", "at_most"), "config.tag_never"),
        (("tags", "idle", "within"), "config.tag_idle"),
    }
