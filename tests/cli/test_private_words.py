"""Personal data never reaches Git by what is written on tickets, whatever command writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desks import assert_index_is_right, commit_by_hand, git, ticket_path
from tkt.storage import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

PHONE, MASKED = "13912345678", "139****5678"
CALL = f"请打{PHONE}"


def everything(folder: Path) -> str:
    """All that Git keeps of the desk but for customers' files: every message, every line."""
    files = (".", ":(exclude)customers")
    return git(folder, "log", "-p", "--all", "--format=fuller %B", "--", *files)


def doc(tkt: Runner, ticket: str) -> dict[str, object]:
    path = tkt.folder / ticket_path(tkt.folder, ticket)
    found = yaml.load(path.read_bytes(), path=ticket)
    assert isinstance(found, dict)
    return found


def settings(tkt: Runner, text: str) -> None:
    """Commit a tkt.yaml that says just this; all tickets go through the general workflow."""
    files: dict[str, bytes | None] = {
        path: None
        for path in git(tkt.folder, "ls-files", "workflows").split()
        if "simple" not in path
    }
    commit_by_hand(tkt.folder, {**files, "tkt.yaml": f"name: shop\n{text}\n".encode()})


def nothing_got_through(tkt: Runner) -> None:
    assert PHONE not in everything(tkt.folder)
    assert MASKED in everything(tkt.folder)
    assert_index_is_right(tkt.folder)
    assert tkt("check").code == 0


def test_opening_a_ticket(tkt: Runner) -> None:
    result = tkt("new", f"{CALL}改地址", "-m", "寄到杭州市西湖区文三路478号3栋501",
                 "--customer", PHONE, "--order", "2511002233", f"备用={PHONE}")  # fmt: skip
    assert result.code == 0
    assert "identity" not in result.err
    assert "masked in" in result.err
    assert "address, mobile number" in result.err
    assert PHONE not in result.out + result.err
    nothing_got_through(tkt)
    (row,) = tkt("list", "--json").json
    assert row["title"] == f"请打{MASKED}改地址"
    assert (row["order"], row["备用"]) == ("2511002233", MASKED)
    assert row["customer"].startswith("c-")
    assert "杭州市西湖区***" in tkt("show", row["id"], "--json").out


@pytest.mark.parametrize(
    "words",
    [
        ("message", "{id}", CALL), ("reply", "{id}", CALL), ("note", "{id}", CALL),
        ("reply", "{id}", CALL, "--draft"), ("set", "{id}", f"title={CALL}"),
        ("set", "{id}", f"备用={CALL}"), ("escalate", "{id}", "--reason", CALL),
        ("move", "{id}", "open", "-m", CALL), ("resolve", "{id}", "-m", CALL),
        ("wait", "{id}", "--reason", CALL), ("close", "{id}", "--reason", CALL),
        ("assign", "wang", "{id}", "--reason", CALL), 
        ("promise", "{id}", "--by", "+2h", "-m", CALL),
    ],
)  # fmt: skip
def test_everything_that_is_said_on_a_ticket(tkt: Runner, words: tuple[str, ...]) -> None:
    ticket = tkt.new()
    result = tkt(*(word.format(id=ticket) for word in words))
    assert result.code == 0, result
    assert "masked in" in result.err
    nothing_got_through(tkt)


def test_many_in_one_batch_and_a_query(tkt_process: Runner) -> None:
    tkt = tkt_process
    tkt.new("一")
    tkt.new("二")
    lines = [{"run": ["new", CALL]}, {"run": ["note", "--where", "all", CALL]}]
    result = tkt("batch", stdin="".join(json.dumps(line) + "\n" for line in lines))
    assert result.code == 0, result
    nothing_got_through(tkt)


def test_an_import_and_importing_it_again(tkt: Runner) -> None:
    rows = [
        {"id": "261101-7KQ4", "title": CALL, "text": CALL, "opened": "2026-11-01T10:00:00+08:00"},
        {"title": "二", "external": "A-1", "备用": int(PHONE), "timeline": [
            {"at": "2026-11-01 09:00", "by": "客户", "do": "open", "text": CALL},
            {"at": "2026-11-01 10:00", "do": "note", "text": CALL},
        ]},
    ]  # fmt: skip
    text = "".join(json.dumps(row) + "\n" for row in rows)
    assert tkt("import", "-", "--format", "jsonl", stdin=text).code == 0
    nothing_got_through(tkt)
    again = tkt("import", "-", "--format", "jsonl", "--json", stdin=text).json
    assert (again["imported"], again["skipped"]) == (0, 2)


def test_the_words_that_a_ticket_was_classified_by(tkt: Runner) -> None:
    category = r"尺码: {zh: 尺码, en: size, keywords: [大了], patterns: '165.{0,6}\d{7}'}"
    commit_by_hand(tkt.folder, {"classify.yaml": f"categories:\n  {category}\n".encode()})
    explained = tkt("classify", f"大了，身高165电话{PHONE}", "--explain").out
    assert "165电话1391234" in explained
    ticket = tkt.new("大了", "-m", f"身高165电话{PHONE}")
    opening = doc(tkt, ticket)["timeline"][0]  # type: ignore[index]
    assert opening["classified"]["words"] == ["大了"]
    assert "165电话1391234" not in everything(tkt.folder)


def test_the_number_of_an_order_is_told_as_it_is(tkt: Runner) -> None:
    ticket = tkt.new("一")
    result = tkt("set", ticket, "order=13900000010", f"title={CALL}")
    assert "13900000010" in result.out
    subject = git(tkt.folder, "log", "-1", "--format=%s")
    assert "order=13900000010" in subject
    assert f"title=请打{MASKED}" in subject


def test_reasons_in_settings_files(tkt: Runner) -> None:
    assert tkt("agent", "away", "--reason", CALL).code == 0
    path = tkt.folder / "tkt.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
    assert tkt("commit", "-m", CALL).code == 0
    assert PHONE not in everything(tkt.folder)
    assert everything(tkt.folder).count(MASKED) == 3  # a file, and two messages


def test_splitting_repeats_what_was_masked(tkt: Runner) -> None:
    ticket = tkt.new("一", "-m", "碎了")
    tkt("message", ticket, CALL)
    assert tkt("split", ticket, "--from", "2", "--title", CALL).code == 0
    nothing_got_through(tkt)


def test_what_a_hand_has_written(tkt: Runner) -> None:
    ticket = tkt.new("一")
    path = tkt.folder / ticket_path(tkt.folder, ticket)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("title: 一", f"title: {CALL}", 1) + f"  - text: 客户说{CALL}\n",
        encoding="utf-8",
    )
    result = tkt("commit", "-m", f"客户来电{PHONE}")
    assert result.code == 0, result
    assert "masked in" in result.err
    assert MASKED in path.read_text(encoding="utf-8")
    assert PHONE not in path.read_text(encoding="utf-8")
    nothing_got_through(tkt)


def test_what_rules_do_with_it(tkt: Runner) -> None:
    steps = "[{note: '客户说 {{title}}'}, {set: {备用: '{{title}}'}}]"
    rule = f"rules: [{{name: 抄, on: open, do: {steps}}}]"
    settings(tkt, rule)
    ticket = tkt.new(CALL)
    assert doc(tkt, ticket)["备用"] == f"请打{MASKED}"
    nothing_got_through(tkt)


def test_a_title_that_the_subject_cuts_short(tkt: Runner) -> None:
    tkt.new("好" * 25 + PHONE)
    ticket = tkt.new("一")
    assert tkt("set", ticket, f"备注={'好' * 25}{PHONE}").code == 0
    assert "1391234" not in everything(tkt.folder)


def test_a_declared_field_keeps_it_only_where_the_desk_says_so(tkt: Runner) -> None:
    phones = "联系: {type: phone}, 备用: {type: phone, private: keep}"
    settings(tkt, f"fields: {{{phones}, 说明: {{}}, 单: {{type: order}}}}")
    ticket = tkt.new("一", f"联系={PHONE}", f"备用={PHONE}", f"说明={CALL}", f"单={PHONE}")
    found = doc(tkt, ticket)
    assert found["联系"] == MASKED
    assert found["备用"] == PHONE
    assert found["说明"] == f"请打{MASKED}"
    assert found["单"] == PHONE
    assert tkt("check").code == 0
    assert tkt("set", ticket, f"联系={MASKED}", "说明=").code == 0


def test_a_desk_may_do_without(tkt: Runner) -> None:
    settings(tkt, "masking: off")
    result = tkt("new", CALL)
    assert result.err == ""
    assert tkt("list", "--json").json[0]["title"] == CALL
    assert tkt("check").err.count("personal") == 0


def test_the_shop_s_own_number_is_no_secret(tkt: Runner) -> None:
    settings(tkt, "public: [0571-88123456]")
    ticket = tkt.new("一")
    assert tkt("reply", ticket, "售后电话 0571-88123456").err == ""
    assert "0571-88123456" in tkt("show", ticket).out


def test_what_was_recorded_before_stays_and_is_reported(tkt: Runner) -> None:
    settings(tkt, "masking: off")
    ticket, closed = tkt.new(CALL), tkt.new(CALL)
    tkt("close", closed, "--reason", "完")
    settings(tkt, "")
    checked = tkt("check")
    assert checked.code == 0
    assert f"ticket {ticket} shows personal data: mobile number" in checked.out + checked.err
    assert closed not in checked.out + checked.err
    before = (tkt.folder / ticket_path(tkt.folder, ticket)).read_text(encoding="utf-8")
    assert tkt("note", ticket, "新的备注").err == ""
    assert tkt("set", ticket, "title=新标题").code == 0
    assert tkt("undo", ticket).code == 0
    now = (tkt.folder / ticket_path(tkt.folder, ticket)).read_text(encoding="utf-8")
    assert now.startswith(before[: before.index("timeline")])
    assert doc(tkt, ticket)["title"] == CALL
    assert_index_is_right(tkt.folder)


def test_wrong_settings_are_named_and_mask_all_the_same(tkt: Runner) -> None:
    settings(tkt, "masking: never")
    checked = tkt("check")
    assert checked.code == 1
    assert "masking" in checked.out
    tkt.new(CALL)
    assert PHONE not in everything(tkt.folder)
