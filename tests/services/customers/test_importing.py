"""Orders out of a platform's export: what is good is in, what is not is named."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run_here, start_process
from desks import assert_index_is_right, git, log, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

HEAD = (
    "订单编号,买家会员名,买家实际支付金额,退款金额,订单状态,收货人姓名,收货地址,"
    "联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量,评价,备注"
)
ROW = (
    '="{number}",{nick},"￥{amount}",,交易成功,王小明,浙江省杭州市西湖区文三路2号,'
    "'13800138000,2026-11-{day:02} 10:00:00,2026-11-{day:02} 10:01:00,陶瓷杯,2,5,好"
)


def row(number: int, *, nick: str = "tb_小明", amount: str = "1,299.00", day: int = 1) -> str:
    return ROW.format(number=number, nick=nick, amount=amount, day=day)


def export(desk: Path, *rows: str, encoding: str = "utf-8", head: str = HEAD) -> None:
    text = "\r\n".join((head, *rows)) + "\r\n"
    (desk.parent / "o.csv").write_bytes(text.encode(encoding))


def imported(tkt: Runner, *args: str) -> Any:
    return tkt("customer", "import", "../o.csv", "--json", *args).json


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_orders_and_their_buyers_are_in(tkt: Runner, desk: Path, encoding: str) -> None:
    export(desk, row(1), row(2, day=2), row(3, nick="tb_李", day=2), encoding=encoding)
    done = imported(tkt)
    assert (done["added"], done["customers"], done["failed"]) == (3, 2, 0)
    card = tkt("customer", "show", "tb_小明", "--full", "--json").json
    assert (card["orders"]["spent"], card["orders"]["rating"]) == ("2598.00", 5.0)
    assert card["contacts"] == {"qianniu": ["tb_小明"], "phone": ["13800138000"]}
    assert card["addresses"] == ["浙江省杭州市西湖区文三路2号"]
    assert_index_is_right(desk)
    assert status(desk) == ""


def test_nothing_private_stands_in_the_orders(tkt: Runner, desk: Path) -> None:
    export(desk, row(1))
    imported(tkt)
    text = (desk / "orders/2026/11/01.csv").read_text(encoding="utf-8")
    assert "1299.00" in text
    for private in ("13800138000", "文三路", "王小明", "tb_小明"):
        assert private not in text


def test_a_second_run_adds_nothing_and_a_change_is_taken(tkt: Runner, desk: Path) -> None:
    export(desk, row(1), row(2))
    imported(tkt)
    head = git(desk, "rev-parse", "HEAD")
    assert imported(tkt)["same"] == 2
    assert git(desk, "rev-parse", "HEAD") == head
    export(desk, row(1), row(2, amount="1,000.00"))
    assert imported(tkt)["updated"] == 1
    assert tkt("customer", "show", "tb_小明", "--json").json["orders"]["spent"] == "2299.00"
    assert_index_is_right(desk)


def test_bad_rows_are_named_and_the_rest_is_taken(tkt: Runner, desk: Path) -> None:
    export(
        desk, row(1), row(2, amount="许多"), "2.51E+15" + row(3)[5:], "ragged",
        row(4, nick="").replace("'13800138000", "138****8000"), row(5, day=31), row(6),
    )  # fmt: skip
    result = tkt("customer", "import", "../o.csv", "--json")
    assert result.code == 1
    done = result.json
    assert (done["added"], done["failed"]) == (2, 5)
    assert [remark["line"] for remark in done["remarks"]] == [3, 4, 5, 6, 7]
    assert all(remark["message"] for remark in done["remarks"])


@pytest.mark.parametrize("day", ["2099-11-01", "2026-12-24"])
def test_an_order_of_a_day_that_is_yet_to_come_is_named(tkt: Runner, desk: Path, day: str) -> None:
    export(desk, row(1), row(2, day=2).replace("2026-11-02", day))
    done = tkt("customer", "import", "../o.csv", "--json").json
    assert (done["added"], done["failed"]) == (1, 1)
    (remark,) = done["remarks"]
    assert (remark["line"], "is yet to come" in remark["message"]) == (3, True)


def test_an_order_that_comes_twice_in_one_file_counts_once(tkt: Runner, desk: Path) -> None:
    export(desk, row(1), row(1), row(1, amount="5.00"))
    done = imported(tkt)
    assert (done["added"], [remark["kind"] for remark in done["remarks"]]) == (1, ["repeated"])
    assert tkt("customer", "show", "tb_小明", "--json").json["orders"]["spent"] == "5.00"


def test_lines_in_encodings_of_their_own(tkt: Runner, desk: Path) -> None:
    lines = [HEAD.encode("gb18030"), row(1).encode(), row(2, nick="tb_李").encode("gb18030")]
    (desk.parent / "o.csv").write_bytes(b"\r\n".join([*lines, b"\xff\xff", b""]))
    done = imported(tkt)
    assert (done["added"], done["failed"]) == (2, 1)
    assert tkt("customer", "show", "tb_李").code == 0


def test_english_headings_and_a_mapped_column(tkt: Runner, desk: Path) -> None:
    export(desk, "9,anna,12.5,2026-11-01", head="Order ID,Wer,Total,Created")
    assert tkt("customer", "import", "../o.csv").code == 1
    assert imported(tkt, "--map", "Wer=nick", "--channel", "web")["added"] == 1
    assert tkt("customer", "show", "anna", "--json").json["contacts"] == {"web": ["anna"]}


def test_two_clones_make_the_same_files_of_the_same_orders(
    desk_template: Path, tmp_path: Path
) -> None:
    import shutil

    trees = []
    for name in ("one", "two"):
        desk = tmp_path / name / "shop"
        shutil.copytree(desk_template, desk)
        export(desk, *(row(n, nick=f"tb_{n % 3}") for n in range(9)))
        assert run_here(desk, "customer", "import", "../o.csv").code == 0
        trees.append([git(desk, "rev-parse", f"HEAD:{part}") for part in ("customers", "orders")])
    assert trees[0] == trees[1]


def test_a_preview_writes_nothing(tkt: Runner, desk: Path) -> None:
    export(desk, row(1))
    head = git(desk, "rev-parse", "HEAD")
    done = imported(tkt, "--dry-run")
    assert (done["added"], done["customers"], done["written"]) == (1, 1, False)
    assert git(desk, "rev-parse", "HEAD") == head


def test_files_that_a_person_is_editing_are_left_alone(tkt: Runner, desk: Path) -> None:
    export(desk, row(1), row(2, day=2))
    imported(tkt)
    day = desk / "orders/2026/11/01.csv"
    day.write_text(day.read_text(encoding="utf-8").replace("陶瓷杯", "碗"), encoding="utf-8")
    export(desk, row(1, amount="7.00"), row(2, day=2, amount="8.00"))
    done = imported(tkt)
    assert (done["updated"], done["failed"]) == (1, 1)
    assert "碗" in day.read_text(encoding="utf-8")


def test_an_order_stays_with_whom_it_was_given_to(tkt: Runner, desk: Path) -> None:
    export(desk, row(1))
    imported(tkt)
    tkt("customer", "add", "王总", "mail=w@shop.cn")
    tkt("customer", "merge", "tb_小明", "--into", "王总")
    assert imported(tkt)["same"] == 1
    export(desk, row(1), row(2))
    assert imported(tkt)["added"] == 1
    card = tkt("customer", "show", "w@shop.cn", "--json").json
    assert (card["orders"]["count"], card["name"]) == (2, "王总")


def test_a_kill_leaves_all_or_nothing(desk: Path, tkt: Runner) -> None:
    export(desk, *(row(n, nick=f"tb_{n}", day=n % 28 + 1) for n in range(3000)))
    head = git(desk, "rev-parse", "HEAD")
    process = start_process(desk, "customer", "import", "../o.csv")
    try:
        process.wait(1.5)
    except Exception:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    killed = git(desk, "rev-parse", "HEAD") == head
    again = imported(tkt)
    assert (again["failed"], again["same"]) == (0, 0 if killed else 3000)
    found = sum(len(path.read_text("utf-8").splitlines()) - 1 for path in desk.glob("orders/*/*/*"))
    assert found == 3000
    assert imported(tkt)["same"] == 3000
    assert status(desk) == ""


def test_a_large_import_is_groups_under_one_merge(tkt: Runner, desk: Path) -> None:
    export(desk, *(row(n, nick=f"tb_{n}") for n in range(2500)))
    imported(tkt)
    assert log(desk, "%s", "-1", "--first-parent") == ["import o.csv: 2 actions"]
