"""``tkt customer``, and what a ticket has of its customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desks import assert_index_is_right, commit_by_hand, git, log, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

CLASSIFY = """\
tags:
  vip: {label: {zh: 贵宾, en: VIP}, spent: 1000, within: 365d, priority: high}
  regular: {label: 老朋友}
"""
ORDERS = (
    "订单编号,买家会员名,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,评价\n"
    '="2511002233",tb_小明,"￥1,299.00",交易成功,王小明,浙江省杭州市西湖区文三路2号,'
    "'13800138000,2026-11-01 10:00:00,2026-11-01 10:01:00,5\n"
)


@pytest.fixture
def ming(tkt: Runner) -> str:
    """A customer with a phone and a nick; their id."""
    done = tkt("customer", "add", "王小明", "phone=13800138000", "qianniu=tb_小明",
               "address=浙江省杭州市西湖区文三路1号", "--json")  # fmt: skip
    assert done.code == 0, done.err
    return str(done.json["id"])


def bought(tkt: Runner, desk: Path, text: str = ORDERS, *args: str) -> Any:
    (desk.parent / "orders.csv").write_text(text, encoding="utf-8")
    return tkt("customer", "import", "../orders.csv", "--json", *args)


@pytest.mark.parametrize("said", ["138 0013 8000", "+8613800138000", "TB_小明", "王小明"])
def test_a_customer_is_found_by_any_contact_and_by_name(tkt: Runner, ming: str, said: str) -> None:
    assert tkt("customer", "show", said, "--json").json["id"] == ming
    assert tkt("customer", "show", ming[-4:], "--json").json["id"] == ming


def test_a_card_is_masked_unless_all_is_asked_for(tkt: Runner, ming: str) -> None:
    for args in ((), ("--json",)):
        out = tkt("customer", "show", ming, *args).out
        assert "138****8000" in out
        assert "13800138000" not in out
        assert "文三路" not in out
    full = tkt("customer", "show", ming, "--full", "--json").json
    assert full["contacts"]["phone"] == ["13800138000"]
    assert full["masked"] is False


def test_masked_addresses_that_look_alike_stand_once(tkt: Runner, ming: str) -> None:
    for number in (2, 3):
        address = f"广东省深圳市南山区科技路{number}号楼"
        assert tkt("customer", "set", ming, f"address={address}").code == 0
    assert tkt("customer", "show", ming).out.count("广东省深圳市****") == 1
    assert "广东省深圳市**** ×2" in tkt("customer", "show", ming).out


def test_no_commit_says_what_is_private(tkt: Runner, desk: Path, ming: str) -> None:
    tkt("customer", "set", ming, "phone=13900139000", "tag=regular", "marketing=no")
    told = git(desk, "log", "--format=%B")
    assert "139" not in told
    assert "- contacts: 2 → 3" in told
    assert "- tags: +regular" in told
    assert "- consent marketing: no" in told


def test_somebody_elses_contact_is_refused(tkt: Runner, ming: str) -> None:
    done = tkt("customer", "add", "李雷", "phone=138-0013-8000")
    assert (done.code, ming in done.err) == (1, True)


@pytest.mark.parametrize("said", ["phnoe=138", "phone=abc", "mail=x", "tag=a b", "marketing=hm"])
def test_what_cannot_be_meant_is_told(tkt: Runner, ming: str, said: str) -> None:
    assert tkt("customer", "set", ming, said).code == 2


def test_two_found_to_be_one_person_are_merged_and_nothing_is_lost(
    tkt: Runner, desk: Path, ming: str
) -> None:
    other = tkt("customer", "add", "小王", "wechat=xw", "--json").json["id"]
    ticket = tkt.new("杯子碎了", "--customer", "小王")
    assert tkt("customer", "merge", "小王", "--into", ming).code == 0
    row = tkt("customer", "show", "xw", "--json").json
    assert (row["id"], row["merged"], row["last_tickets"][0]["id"]) == (ming, [other], ticket)
    assert [t["id"] for t in tkt("list", "customer:13800138000", "--json").json] == [ticket]
    assert (desk / f"customers/{other[2:4]}/{other}.yaml").exists()
    for one, two in ((ming, "小王"), ("小王", ming), (ming, ming)):
        assert tkt("customer", "merge", one, "--into", two).code == 1
    assert_index_is_right(desk)


def test_a_name_of_several_is_never_guessed(tkt: Runner, ming: str) -> None:
    tkt("customer", "add", "王小明", "phone=13900139000")
    done = tkt("new", "杯子碎了", "--customer", "王小明")
    assert (done.code, ming in done.err) == (2, True)


def test_a_name_of_nobody_stays_in_words(tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "--customer", "路人")
    assert tkt("show", ticket, "--json").json["customer"] == "路人"


def test_a_new_ticket_has_its_customers_tags_and_their_priority(
    tkt: Runner, desk: Path, ming: str
) -> None:
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode()})
    assert bought(tkt, desk).code == 0
    assert tkt("customer", "retag").code == 0
    ticket = tkt.new("杯子碎了", "--customer", "13800138000")
    row = tkt("show", ticket, "--json").json
    assert (row["customer"], row["customer_name"]) == (ming, "王小明")
    assert (row["tags"], row["priority"]) == (["vip"], "high")
    said = {"tags": ["vip"], "priority": "high", "tag": "vip"}
    assert row["timeline"][0]["customer_tags"] == said
    assert "vip raises priority to high" in git(desk, "log", "-1", "--format=%B")
    low = tkt.new("小事", "--customer", ming, "--priority", "low")
    assert tkt("show", low, "--json").json["priority"] == "low"


def test_below_the_limit_the_tag_goes_but_never_one_given_by_hand(
    tkt: Runner, desk: Path, ming: str
) -> None:
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode()})
    bought(tkt, desk)
    tkt("customer", "set", ming, "tag=regular")
    preview = tkt("customer", "retag", "--dry-run", "--json").json
    assert (preview["given"], preview["written"]) == (1, False)
    assert tkt("customer", "show", ming, "--json").json["all_tags"] == ["regular"]
    done = tkt("customer", "retag", "--json").json
    assert done["changes"][0]["why"] == {"spent": "1299.00", "within": "365d"}
    assert tkt("customer", "set", ming, "tag-=vip").code == 1
    assert tkt("customer", "retag", "--json").json["customers"] == 0
    later = tkt("customer", "retag", "--json", TKT_NOW="2027-12-01T10:00:00+08:00").json
    assert [(c["tag"], c["given"]) for c in later["changes"]] == [("vip", False)]
    assert tkt("customer", "show", ming, "--json").json["all_tags"] == ["regular"]
    assert "- tags: -vip: spent 0.00 (rule: spent 1000, within 365d)" in git(
        desk, "log", "-1", "--format=%B", "--", "customers"
    )
    assert_index_is_right(desk)


def test_what_is_masked_on_a_ticket_is_kept_in_one_commit(
    tkt: Runner, desk: Path, ming: str
) -> None:
    ticket = tkt.new("换手机", "-m", "我的新手机是 13911112222", "--customer", ming)
    assert git(desk, "log", "-1", "--format=", "--name-only").count("\n") == 1
    full = tkt("customer", "show", ming, "--full", "--json").json
    assert full["contacts"]["phone"] == ["13800138000", "13911112222"]
    tkt("note", ticket, "快递员电话 13612345678")
    kept = tkt("customer", "show", ming, "--full", "--json").json["kept"]
    assert kept == [{"ticket": ticket, "kind": "mobile", "value": "13612345678"}]
    assert tkt("customer", "show", "13612345678").code == 3
    assert "13612345678" not in git(desk, "grep", "-h", "", "HEAD", "--", "tickets")
    assert_index_is_right(desk)


def test_a_ticket_of_nobody_gets_a_customer_for_what_is_masked(tkt: Runner, desk: Path) -> None:
    ticket = tkt.new("来电", "--customer", "15800001111")
    found = tkt("show", ticket, "--json").json["customer"]
    assert tkt("customer", "show", "15800001111", "--json").json["id"] == found
    again = tkt.new("又来电", "-m", "我是 158 0000 1111", "--channel", "phone")
    assert tkt("show", again, "--json").json["customer"] == found
    assert status(desk) == ""


def test_a_piece_of_a_number_that_a_subject_cut_short_is_none(tkt: Runner) -> None:
    ticket, card = tkt.new("一"), "130105199001011234"
    tkt("set", ticket, f"备注={'好' * 21}身份证{card}")
    customer = tkt("show", ticket, "--json").json["customer"]
    kept = tkt("customer", "show", customer, "--full", "--json").json["kept"]
    assert kept == [{"ticket": ticket, "kind": "card", "value": card}]


def test_after_an_undo_what_is_masked_goes_to_the_same_customer(tkt: Runner, desk: Path) -> None:
    ticket = tkt.new("一")
    tkt("note", ticket, "快递员电话 13612345678")
    customer = tkt("show", ticket, "--json").json["customer"]
    assert tkt("undo", ticket).code == 0
    assert "customer" not in tkt("show", ticket, "--json").json
    tkt("note", ticket, "邻居电话 13612345679")
    assert tkt("show", ticket, "--json").json["customer"] == customer
    assert len(git(desk, "ls-files", "customers").split()) == 1
    assert_index_is_right(desk)


def test_an_edited_file_is_never_overwritten(tkt: Runner, desk: Path, ming: str) -> None:
    path = desk / f"customers/{ming[2:4]}/{ming}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "tags_by_hand: [x]\n", encoding="utf-8")
    assert tkt("customer", "note", ming, "下午不方便").code == 1
    assert tkt("commit").code == 0
    assert tkt("customer", "note", ming, "下午不方便").code == 0
    assert log(desk, "%s", "-1") == [f"customer note {ming}"]


def test_lists_are_by_word_and_tag(tkt: Runner, ming: str) -> None:
    tkt("customer", "add", "李雷", "tag=regular")
    assert [row["id"] for row in tkt("customer", "list", "8000", "--json").json] == [ming]
    (row,) = tkt("customer", "list", "--tag", "regular", "--json").json
    assert row["name"] == "李雷"
    assert len(tkt("customer", "list", "--csv").out.splitlines()) == 3


@pytest.mark.parametrize("said", ["vip", "VIP", "贵宾", "ＶＩＰ"])
def test_a_tag_is_found_by_its_id_and_by_both_labels(tkt: Runner, desk: Path, said: str) -> None:
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode()})
    tkt("customer", "add", "李雷", "tag=vip")
    tkt("customer", "add", "小王", "tag=regular")
    ticket = tkt.new("杯子碎了", "--customer", "李雷")
    tkt.new("杯子碎了", "--customer", "小王")
    for name in ("tag", "标签"):
        assert [row["id"] for row in tkt("list", f"{name}:{said}", "--json").json] == [ticket]
    (row,) = tkt("customer", "list", "--tag", said, "--json").json
    assert row["name"] == "李雷"


def test_a_tag_that_somebody_made_up_is_found_beside_the_one_that_is_called_so(
    tkt: Runner, desk: Path
) -> None:
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode()})
    made_up = tkt.new("杯子碎了")
    tkt("set", made_up, "tags+=VIP")
    tkt("customer", "add", "李雷", "tag=vip")
    known = tkt.new("杯子碎了", "--customer", "李雷")
    assert {row["id"] for row in tkt("list", "tag:VIP", "--json").json} == {made_up, known}
