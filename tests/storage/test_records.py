"""Files of customers and orders: their text, their faults, and what the index knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from desks import assert_index_is_right, commit_by_hand
from tkt.storage import customers, yaml
from tkt.storage.desk import Desk
from tkt.storage.orders import Day
from tkt.storage.records_checked import examine
from tkt.storage.records_merging import merged
from tkt.storage.tables import opened

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

ID = "c-7KQ4M2PA"
PATH = f"customers/7K/{ID}.yaml"
DAY = "orders/2026/11/21.csv"
HEAD = "order,customer,ordered_at,paid_at,amount,refunded,status,items,sku,quantity,rating,channel"
LINE = (
    "A1,c-7KQ4M2PA,2026-11-21T10:00:00+08:00,2026-11-21T10:00:00+08:00,88.00,,交易成功,杯子,,1,5,"
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)


@given(
    st.dictionaries(TEXTS, st.lists(TEXTS, min_size=1), min_size=1),
    st.dictionaries(TEXTS, TEXTS, min_size=1), st.lists(TEXTS, min_size=1),
)  # fmt: skip
def test_a_customers_text_says_what_it_was_made_of(
    contacts: dict[str, Any], preferences: dict[str, str], addresses: list[str]
) -> None:
    doc = {"id": ID, "contacts": contacts, "preferences": preferences, "addresses": addresses,
           "tags": {"vip": {"spent": "1.00"}}, "kept": [{"kind": "mobile", "value": "138"}],
    }  # fmt: skip
    assert yaml.load(customers.text_of(doc).encode(), path=PATH) == doc


def test_a_persons_layout_and_comments_stay() -> None:
    said = f"# 老客户\nid: {ID}\nname: 王小明   # 老板\n"
    raw = (said + "contacts: {phone: ['13800138000']}\n").encode()
    doc = {**customers.read(raw, path=PATH), "tags_by_hand": ["vip"]}
    text = customers.rewritten(raw, doc, path=PATH).decode()
    assert "# 老客户" in text
    assert "# 老板" in text
    assert customers.read(text.encode(), path=PATH) == doc


def test_faults_of_a_customers_file_have_their_line() -> None:
    raw = f"id: {ID}\nconsent:\n  marketing: {{given: maybe}}\n".encode()
    (fault,) = examine(raw, path=PATH)
    assert (fault.path, fault.line, fault.key) == (PATH, 3, "config.not_flag")
    assert examine(raw, path="customers/AA/x.yaml")[0].key == "customer.misplaced"


def test_a_days_orders_come_back_sorted_with_a_persons_columns() -> None:
    raw = f"{HEAD},备注\nB2{LINE[2:]},急\n{LINE},\n".encode()
    day = Day.read(raw, path=DAY)
    assert not day.faults
    assert day.numbers() == ["A1", "B2"]
    assert Day.read(day.text(), path=DAY).get("B2") == day.get("B2")
    assert (day.get("B2") or {})["备注"] == "急"


def test_faults_of_a_days_orders_have_their_line() -> None:
    raw = f"{HEAD}\n{LINE}\n{LINE}\nC3,c-7KQ4M2PA,,,many,,,,,,,\n".encode()
    assert [(fault.line, fault.key) for fault in examine(raw, path=DAY)] == [
        (3, "orders.twice"), (4, "orders.bad_cell")
    ]  # fmt: skip
    assert examine(b"", path="orders/x.csv")[0].key == "orders.misplaced"
    assert examine("顺序".encode("gbk"), path=DAY)[0].key == "orders.not_utf8"


def test_the_index_follows_edits_commits_and_deletions(desk: Path, tkt: Runner) -> None:
    assert tkt("customer", "add", "王小明", "phone=13800138000").code == 0
    assert_index_is_right(desk)
    commit_by_hand(desk, {
        PATH: f"id: {ID}\nname: 李雷\ntags_by_hand: [vip]\n".encode(),
        DAY: f"{HEAD}\n{LINE}\nbroken,,,,,,,,,,,\n".encode(),
        "customers/AA/c-AA222222.yaml": b"id: [\n",
    })  # fmt: skip
    assert_index_is_right(desk)
    assert tkt("customer", "show", "李雷", "--json").json["orders"]["spent"] == "88.00"
    assert tkt("customer", "show", "c-AA222222").code == 1
    commit_by_hand(desk, {PATH: None, DAY: None})
    assert_index_is_right(desk)
    assert tkt("customer", "show", "李雷").code == 3


def test_a_commit_checks_hand_edits_and_the_index_has_them(desk: Path, tkt: Runner) -> None:
    path = desk / PATH
    path.parent.mkdir(parents=True)
    path.write_text(f"id: {ID}\nname: [李雷]\n", encoding="utf-8")
    assert tkt("check").code == 1
    assert f"{PATH}:2" in tkt("commit").err
    path.write_text(f"id: {ID}\nname: 李雷\n", encoding="utf-8")
    assert tkt("commit").code == 0
    assert tkt("customer", "show", "李雷").code == 0
    assert_index_is_right(desk)
    assert tkt("check").code == 0


def test_both_sides_days_of_orders_become_one() -> None:
    base = f"{HEAD}\n{LINE}\n".encode()
    ours = f"{HEAD}\n{LINE}\nB2{LINE[2:]}\n".encode()
    theirs = f"{HEAD}\n{LINE[:-3]}3,\n".encode()
    text = merged(DAY, (base, ours, theirs))
    assert text == merged(DAY, (base, theirs, ours))
    day = Day.read(text, path=DAY)
    assert day.numbers() == ["A1", "B2"]
    assert merged(DAY, (base, b"\xff", theirs)) is None


def test_lines_of_one_file_may_be_in_encodings_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes("订单,联通\n".encode("gbk") + "甲,杭州\n".encode() + b"\xff\xff\xff\n")
    with opened(str(path), None, name="mixed.csv", mixed=True) as source:
        source.stream.seek(source.start.offset)
        assert source.line().decode() == "订单,联通\n"
        assert source.line().decode() == "甲,杭州\n"
        assert source.line() == b"\xff\xff\xff\n"


def test_a_rebuilt_index_is_the_same(desk: Path, tkt: Runner) -> None:
    tkt("customer", "add", "王小明", "phone=13800138000", "tag=vip")
    index = Desk(str(desk)).index
    assert list(index.select("SELECT tag FROM customer_tags")) == [("vip",)]
    index.close()
    assert tkt("index", "rebuild").code == 0
    assert_index_is_right(desk)
