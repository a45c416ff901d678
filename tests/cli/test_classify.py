"""``tkt classify`` and its commands, as typed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand
from pages import blocks, commands

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


@pytest.fixture
def shop(desk: Path) -> Path:
    commit_by_hand(desk, {"classify.yaml": blocks("classification", "yaml")[0].encode()})
    return desk


def test_a_text_is_explained(shop: Path, tkt: Runner) -> None:
    done = tkt("classify", "杯子碎了,", "要求退钱,不是质量问题", "--explain")
    assert done.code == 0
    for words in ("quality", "碎了", "classify.yaml#categories.refund", "denied", "退钱"):
        assert words in done.out


def test_json_has_everything(shop: Path, tkt: Runner) -> None:
    said = tkt("classify", "杯子碎了,割伤了手", "--json").json
    assert (said["category"], said["severity"], said["priority"]) == ("quality", 1, "urgent")
    assert said["rule"] == "classify.yaml#categories.quality"
    assert said["ranked"][0]["words"][0]["found"] == "碎了"
    assert said["ticket"] is None


def test_an_id_means_its_ticket_and_nothing_is_recorded(shop: Path, tkt: Runner) -> None:
    ticket_id = tkt.new("杯子", "-m", "碎了")
    before = tkt("log", "--json").json
    said = tkt("classify", ticket_id[-4:], "--json").json
    assert (said["ticket"], said["category"]) == (ticket_id, "quality")
    assert tkt("log", "--json").json == before


@pytest.mark.parametrize("word", ["refund", "ZZZZ", "你好", "999999-ZZZZ"])
def test_a_word_that_is_no_id_is_a_text(shop: Path, tkt: Runner, word: str) -> None:
    assert tkt("classify", word, "--json").json["ticket"] is None


def test_standard_input_is_a_text(shop: Path, tkt: Runner) -> None:
    assert tkt("classify", "-", "--json", stdin="快递三天没动\n").json["category"] == "late"


def test_a_text_that_begins_like_a_command_goes_behind_dashes(shop: Path, tkt: Runner) -> None:
    assert tkt("classify", "--json", "--", "check", "my", "refund").json["category"] == "refund"


@pytest.mark.parametrize("words", [(), ("",), (" ",)])
def test_nothing_is_no_text(shop: Path, tkt: Runner, words: tuple[str, ...]) -> None:
    assert tkt("classify", *words).code == 2


def test_a_desk_without_categories_says_so(desk: Path, tkt: Runner) -> None:
    for words in (("你好",), ("--apply", "all"), ("suggest",)):
        done = tkt("classify", *words)
        assert (done.code, "classify.yaml" in done.err) == (1, True)


def test_help_shows_options_and_commands(tkt: Runner) -> None:
    shown = tkt("classify", "--help").out
    for words in ("tkt classify [OPTIONS]", "--explain", "--apply", "check", "suggest"):
        assert words in shown
    assert "tkt classify check" in tkt("classify", "check", "--help").out
    assert "classify" in tkt("--help").out


def test_show_tells_which_words_decided(shop: Path, tkt: Runner) -> None:
    shown = tkt("show", tkt.new("杯子碎了")).out
    assert "classified: category quality: 碎了 (3)" in shown


@pytest.mark.parametrize("command", [words for words in commands("classification")], ids=" ".join)
def test_every_command_of_the_page_runs(shop: Path, tkt: Runner, command: list[str]) -> None:
    ticket_id = tkt.new("你好")
    (shop / "labelled.csv").write_text("text,label\n碎了,quality\n还没发货,物流延迟\n", "utf-8")
    done = tkt(*[ticket_id if word == "7KQ4" else word for word in command])
    assert done.code == 0, done.err


# -- a labelled set ---------------------------------------------------------------------------


ROWS = [
    ("碎了", "quality"),
    ("要退钱", "退款"),
    ("你好", "质量问题"),
    ("不是质量问题", "other"),
    ("没收到", "refund"),
]


def labelled(shop: Path, name: str, encoding: str = "utf-8") -> str:
    if name.endswith("csv"):
        text = "文本,标签\n" + "".join(f"{text},{label}\n" for text, label in ROWS)
    else:
        rows = (json.dumps({"text": t, "label": c}, ensure_ascii=False) for t, c in ROWS)
        text = "\n".join(rows)
    (shop / name).write_bytes(text.encode(encoding))
    return name


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("a.csv", "utf-8"), ("b.csv", "gb18030"), ("c.csv", "utf-8-sig"), ("d.jsonl", "utf-8"),
     ("e.csv", "utf-16")],
)  # fmt: skip
def test_a_labelled_set_is_held_against_the_file(
    shop: Path, tkt: Runner, name: str, encoding: str
) -> None:
    done = tkt("classify", "check", labelled(shop, name, encoding), "--json")
    assert done.code == 0, done.err
    said = done.json
    assert (said["total"], said["right"], said["accuracy"]) == (5, 3, 0.6)
    assert {"expected": "refund", "found": "late", "total": 1} in said["confusions"]
    assert said["misses"][0]["text"] == "没收到"
    quality = next(one for one in said["categories"] if one["category"] == "quality")
    assert (quality["precision"], quality["recall"]) == (1.0, 0.5)


@pytest.mark.parametrize(("least", "code"), [("0.6", 0), ("0.61", 1), ("2", 2)])
def test_too_few_right_is_told_by_the_exit_code(
    shop: Path, tkt: Runner, least: str, code: int
) -> None:
    assert tkt("classify", "check", labelled(shop, "a.csv"), "--least", least).code == code


def test_rows_that_cannot_be_used_are_named_with_their_line(shop: Path, tkt: Runner) -> None:
    (shop / "x.csv").write_text("text,label\n碎了,quality\n你好,nowhere\n,quality\n", "utf-8")
    done = tkt("classify", "check", "x.csv")
    assert done.code == 1
    assert "x.csv:3:1" in done.err
    assert "x.csv:4:1" in done.err
    assert [
        fault["line"] for fault in tkt("classify", "check", "x.csv", "--json").json["faults"]
    ] == [3, 4]


def test_a_file_that_is_not_there_is_told(shop: Path, tkt: Runner) -> None:
    assert tkt("classify", "check", "nowhere.csv").code == 5


# -- figures ----------------------------------------------------------------------------------


def test_spam_and_mail_of_machines_stay_out_of_figures(shop: Path, tkt: Runner) -> None:
    tkt.new("杯子碎了")
    tkt.new("代开发票")
    tkt.new("自动回复: 休假中")
    said = tkt("summary", "--json").json
    assert (said["opened"], said["backlog_end"], said["spam"]) == (1, 1, 2)
    assert [line["category"] for line in said["by_category"]] == ["quality"]
    assert said["needs"]["unassigned"]["total"] == 1
    assert len(said["needs"]["unassigned"]["tickets"]) == 1
    assert "spam" in tkt("summary").out
    stats = tkt("sla", "stats", "--json").json
    assert stats["spam"] == 2
    assert "spam 2" in tkt("sla", "stats").out
    commit_by_hand(shop, {"classify.yaml": None})
    assert tkt("summary", "--json").json["opened"] == 3
    assert tkt("sla", "stats", "--json").json["spam"] == 0


def test_nothing_is_said_of_spam_where_there_is_none(shop: Path, tkt: Runner) -> None:
    tkt.new("杯子碎了")
    assert "spam" not in tkt("summary").out
    assert "spam" not in tkt("sla", "stats").out


# -- completion -------------------------------------------------------------------------------


def completed(folder: Path, line: str) -> list[str]:
    """What a shell offers for a line."""
    from conftest import settings_for

    said = {"COMP_LINE": line, "COMP_WORD": line.rpartition(" ")[2]}
    said["_TKT_COMPLETE"] = "bash_complete"
    done = subprocess.run(
        [sys.executable, "-m", "tkt"], cwd=folder, env=settings_for(said), capture_output=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    return [row.partition(",")[2].partition("\t")[0] for row in done.stdout.splitlines()]


def test_tab_offers_commands_tickets_and_categories(shop: Path, tkt: Runner) -> None:
    ticket_id = tkt.new("杯子碎了")
    offered = completed(shop, "tkt classify ")
    assert offered[:2] == ["check", "suggest"]
    assert ticket_id in offered
    assert completed(shop, "tkt classify su") == ["suggest"]
    assert completed(shop, "tkt classify --exp") == ["--explain"]
    assert completed(shop, "tkt classify suggest --category q") == ["quality"]
    assert completed(shop, "tkt set --impact h") == ["high"]
    assert "check" not in completed(shop, "tkt classify 碎了 ")


def test_who_tunes_words_tries_them_before_they_are_recorded(shop: Path, tkt: Runner) -> None:
    path = shop / "classify.yaml"
    plain = tkt("classify", "喵星人不肯吃")
    assert "not recorded" not in plain.err
    text = path.read_text(encoding="utf-8")
    new = "categories:\n  picky: {label: {zh: 挑食, en: picky}, keywords: [不肯吃]}"
    path.write_text(text.replace("categories:", new, 1), encoding="utf-8")
    done = tkt("classify", "喵星人不肯吃", "--json")
    assert done.json["category"] == "picky"
    assert "not recorded" in done.err
    labelled = shop.parent / "said.csv"
    labelled.write_text("text,label\n喵星人不肯吃,picky\n", encoding="utf-8")
    checked = tkt("classify", "check", str(labelled), "--json")
    assert checked.json["right"] == 1
    assert "not recorded" in checked.err
    assert "goes by what is" in tkt("classify", "--apply", "all", "--dry-run").err
    path.write_text(text.replace("categories:", "categoriez:", 1), encoding="utf-8")
    broken = tkt("classify", "喵星人不肯吃")
    assert broken.code != 0
    assert "categoriez" in broken.err


@pytest.mark.parametrize(
    "word", ["掉色\n", "掉\n色", "掉\t色", "掉\u200b色", "\x1b[31m掉色", "掉\u2028色"]
)
def test_a_word_that_holds_what_nobody_sees_is_not_taken(
    shop: Path, tkt: Runner, word: str
) -> None:
    before = (shop / "classify.yaml").read_bytes()
    done = tkt("classify", "suggest", "--category", "quality", "--accept", word)
    assert done.code == 2
    assert (shop / "classify.yaml").read_bytes() == before


def test_an_inbox_that_is_no_category_takes_no_ticket(desk: Path, tkt: Runner) -> None:
    said = "inbox: nope\ncategories:\n  quality: {keywords: [碎了]}\n  other: {}\n"
    commit_by_hand(desk, {"classify.yaml": said.encode()})
    made = tkt("new", "你好", "--json")
    assert made.code == 0
    assert made.json["ticket"].get("category") is None
    assert tkt("new", "杯子碎了", "--json").json["ticket"]["category"] == "quality"
    assert tkt("classify", "你好", "--json").json["category"] is None


@pytest.mark.parametrize("said", ["refund", "退款", "Refund"])
def test_a_category_is_meant_by_its_name_and_by_its_labels(
    shop: Path, tkt: Runner, said: str
) -> None:
    ticket = tkt.new("看一下", "--category", said)
    other = tkt.new("看一下吧")
    assert tkt("set", other, f"category={said}").code == 0
    rows = tkt("list", f"category:{said}", "--json").json
    assert {row["id"] for row in rows} == {ticket, other}
    assert {row["category"] for row in rows} == {"refund"}
    (row,) = tkt("list", f"id:{ticket}", "--json").json
    assert row["workflow"] == "returns"


def test_a_category_that_classify_yaml_lacks_is_as_typed(shop: Path, tkt: Runner) -> None:
    ticket = tkt.new("看一下", "--category", "自提")
    assert [row["id"] for row in tkt("list", "category:自提", "--json").json] == [ticket]
