"""``tkt kb``: articles from the first draft to the day nobody needs them any more."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bots import stocked
from desks import assert_index_is_right, git, status
from shelf import put, record, stock
from terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = "agents:\n  lin: {name: 林小满, email: [lin@shop.example]}\n  wang: {name: 王强}\n"


@pytest.fixture
def shop(desk: Path) -> Path:
    """A desk with articles."""
    stock(desk)
    return desk


# -- writing ----------------------------------------------------------------------------------


def test_a_new_article_is_a_draft_that_nobody_finds_yet(desk: Path, tkt: Runner) -> None:
    made = tkt("kb", "new", "退款多久到账", "-m", "1 到 3 天。", "--json").json
    assert made["slug"] == "faq/退款多久到账"
    assert made["article"]["status"] == "draft"
    assert tkt("kb", "search", "退款多久", "--kind", "faq", "--json").json == []
    assert len(tkt("kb", "search", "退款多久", "--kind", "faq", "--all", "--json").json) == 1
    assert tkt("kb", "publish", "退款多久到账", "--review", "90d").code == 0
    (found,) = tkt("kb", "search", "退款多久", "--kind", "faq", "--json").json
    assert (found["status"], found["review"]) == ("published", "2027-02-19")
    assert "Action: kb-publish" in git(desk, "log", "-1", "--format=%B")
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_the_text_may_be_piped(tkt: Runner) -> None:
    made = tkt(
        "kb", "new", "Returns", "--name", "returns", "-m", "-", "--json", stdin="Within 7 days"
    )
    assert tkt("kb", "show", "returns", "--json").json["body"] == "Within 7 days"
    assert made.json["slug"] == "faq/returns"


def test_a_second_of_the_same_title_gets_another_name(tkt: Runner) -> None:
    tkt("kb", "new", "退款", "-m", "x")
    assert tkt("kb", "new", "退款", "-m", "y", "--json").json["slug"] == "faq/退款-2"


def test_a_name_that_is_taken_or_none_is_refused(tkt: Runner) -> None:
    tkt("kb", "new", "退款", "--name", "refund", "-m", "x")
    taken = tkt("kb", "new", "退款", "--name", "refund", "-m", "x")
    assert (taken.code, "kb edit faq/refund" in taken.err) == (1, True)
    assert tkt("kb", "new", "退款", "--name", "../x", "-m", "x").code == 2
    assert tkt("kb", "new", "a\nb", "-m", "x").code == 2
    assert tkt("kb", "new", "退款").code == 2


def test_a_translation_lies_beside_the_original(desk: Path, tkt: Runner) -> None:
    tkt("kb", "new", "您好", "--kind", "reply", "--name", "hello", "--lang", "zh", "-m", "亲")
    tkt("kb", "new", "Hello", "--kind", "reply", "--name", "hello", "--lang", "ja", "-m", "Hi")
    assert (desk / "kb/reply/hello.ja.md").exists()
    assert tkt("kb", "show", "hello", "--lang", "ja", "--json").json["title"] == "Hello"
    assert tkt("kb", "show", "hello", "--lang", "zh", "--json").json["other_languages"] == ["ja"]


def test_editing_changes_what_is_named_and_leaves_the_rest(shop: Path, tkt: Runner) -> None:
    put(shop, "faq/x", "退款  # 标题", "# 旧的", owner="lin  # 负责")
    record(shop)
    done = tkt("kb", "edit", "x", "questions+=几天, 到账", "products=杯子，碗", "owner=", "--json")
    article = done.json["article"]
    assert article["questions"] == ["几天, 到账"]
    assert (article["products"], article["owner"]) == (["杯子", "碗"], None)
    raw = (shop / "kb/faq/x.md").read_text("utf-8")
    assert "title: 退款  # 标题\n" in raw
    assert raw.endswith("---\n\n# 旧的\n")
    assert tkt("kb", "edit", "x", "-m", "新的").code == 0
    assert (shop / "kb/faq/x.md").read_text("utf-8").endswith("---\n\n新的\n")
    assert "- body: 4 → 2 characters" in git(shop, "log", "-1", "--format=%B")


def test_nothing_changed_is_nothing_recorded(shop: Path, tkt: Runner) -> None:
    before = git(shop, "rev-parse", "HEAD")
    assert tkt("kb", "edit", "ship", "--title", "什么时候发货", "--json").json["commit"] is None
    assert tkt("kb", "publish", "ship").code == 0
    assert git(shop, "rev-parse", "HEAD") == before


def test_edits_that_nobody_recorded_are_not_written_over(shop: Path, tkt: Runner) -> None:
    file = shop / "kb/faq/ship.md"
    file.write_text(file.read_text("utf-8") + "手写\n", "utf-8")
    refused = tkt("kb", "edit", "ship", "--title", "x")
    assert (refused.code, "tkt commit kb/faq/ship.md" in refused.err) == (1, True)
    assert "手写" in file.read_text("utf-8")


@pytest.mark.parametrize(
    "said", ["foo=1", "review=soon", "title=", "status+=draft", "nonsense", "status=public"]
)
def test_what_cannot_be_is_told(shop: Path, tkt: Runner, said: str) -> None:
    result = tkt("kb", "edit", "ship", said)
    assert result.code in (2, 3)
    assert "Traceback" not in result.err


def test_an_empty_article_is_not_published(desk: Path, tkt: Runner) -> None:
    put(desk, "faq/a", "空的", "", status="draft")
    record(desk)
    assert tkt("kb", "publish", "a").code == 1


def test_one_that_is_retired_is_found_no_more_and_can_come_back(shop: Path, tkt: Runner) -> None:
    assert tkt("kb", "retire", "ship", "--reason", "规则改了").code == 0
    found = tkt("kb", "search", "什么时候发货", "--kind", "faq", "--json").json
    assert "faq/ship" not in [row["slug"] for row in found]
    (last, first) = tkt("kb", "history", "ship", "--json").json
    assert (last["why"], last["action"], last["by"]) == ("规则改了", "kb-retire", "lin")
    assert first["action"] is None
    tkt("kb", "publish", "ship")
    assert tkt("kb", "search", "什么时候发货", "--json").json[0]["slug"] == "faq/ship"


# -- reading ----------------------------------------------------------------------------------


def test_html_and_scripts_are_text(desk: Path, tkt: Runner) -> None:
    tkt("kb", "new", "脚本", "--name", "s", "-m", "<script>alert(1)</script> **好**")
    assert "<script>alert(1)</script> 好" in tkt("kb", "show", "s").out
    assert "**好**" in tkt("kb", "show", "s", "--raw").out


def test_control_characters_are_refused_with_their_line(desk: Path, tkt: Runner) -> None:
    refused = tkt("kb", "new", "坏", "-m", "一行\n\x1b[31m红")
    assert refused.code == 1
    assert "\x1b" not in refused.err


def test_programs_are_told_where_the_marks_are(shop: Path, tkt: Runner) -> None:
    row = tkt("kb", "search", "邮费", "--json").json[0]
    start, end = row["marks"][0]
    assert row["excerpt"][start:end] == "邮费"
    assert row["found_in"] == "questions"


def test_lists_are_filtered(shop: Path, tkt: Runner) -> None:
    put(shop, "faq/mine", "我的", status="draft", owner="lin", audience="internal")
    record(shop)

    def listed(*args: str) -> list[str]:
        return [row["slug"] for row in tkt("kb", "list", "--kind", "faq", *args, "--json").json]

    assert listed("--owner", "me") == listed("--status", "draft") == ["faq/mine"]
    assert listed("--audience", "internal") == ["faq/mine"]
    assert "faq/mine" not in listed("--public")
    assert len(listed("--category", "refund")) == 8
    assert tkt("kb", "list", "--kind", "nonsense").code == 2


# -- on tickets -------------------------------------------------------------------------------


def test_an_article_on_a_ticket_counts_as_a_use(shop: Path, tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "-m", "怎么办")
    done = tkt("kb", "link", ticket, "broken", "--json").json["ticket"]
    assert done["articles"] == ["faq/broken"]
    assert done["article_titles"] == {"faq/broken": "收到商品破损怎么办"}
    assert done["timeline"][-1]["articles"] == ["faq/broken"]
    assert tkt("kb", "link", ticket, "broken").code == 1
    (use,) = tkt("kb", "used", "--json").json
    assert (use["slug"], use["tickets"], use["unknown"]) == ("faq/broken", 1, 1)
    assert tkt("kb", "link", ticket, "broken", "--remove").code == 0
    assert "articles" not in tkt("show", ticket, "--json").json
    assert tkt("check").code == 0
    assert_index_is_right(shop)


def test_it_helped_if_the_ticket_ended_and_not_if_it_came_back(shop: Path, tkt: Runner) -> None:
    one, two, three = (tkt.new(f"杯子碎了{n}", "-m", "杯子碎了怎么办") for n in range(3))
    for ticket in (one, two, three):
        tkt("kb", "link", ticket, "broken")
    tkt("resolve", one, "-m", "已补发")
    tkt("resolve", two, "-m", "已补发")
    tkt("reopen", two, "-m", "又碎了")
    tkt("message", three, "杯子碎了怎么办啊", TKT_NOW="2026-11-21T15:00:00+08:00")
    (use,) = tkt("kb", "used", "broken", "--json").json
    assert (use["helped"], use["not_helped"]) == (1, 2)
    failing = tkt("kb", "gaps", "--json").json["failing"]
    assert [(row["slug"], row["not_helped"]) for row in failing] == [("faq/broken", 2)]


def test_a_case_is_drawn_from_a_ticket_without_personal_data(desk: Path, tkt: Runner) -> None:
    (desk / "team.yaml").write_text(TEAM, "utf-8")
    git(desk, "commit", "-qam", "team")
    ticket = tkt.new(
        "王小明的杯子碎了", "-m", "我是王小明，电话13800138000，订单2511002233445566，杯子碎了",
        "--customer", "王小明", "--order", "2511002233445566",
    )  # fmt: skip
    tkt("reply", ticket, "王先生您好，补发单号 SF1234567890123，我是林小满")
    tkt("note", ticket, "已让 @wang 联系仓库")
    tkt("resolve", ticket, "-m", "已补发")
    slug = tkt("kb", "new", "--from", ticket, "--json").json["slug"]
    assert slug == f"case/{ticket}"
    article = tkt("kb", "show", slug, "--json").json
    assert (article["tickets"], article["status"]) == ([ticket], "draft")
    text = article["title"] + article["body"]
    for private in ("王小明", "王先生", "13800138000", "2511002233445566", "SF1234567890123",
                    "林小满", "wang"):  # fmt: skip
        assert private not in text
    assert "杯子碎了" in text
    assert tkt("kb", "new", "--from", ticket).code == 1


def test_a_case_does_not_tell_what_the_bot_said(desk: Path, tkt: Runner) -> None:
    stocked(desk)
    ticket = tkt.new("可以开发票吗", "--customer", "小王", "--channel", "wechat")
    tkt("reply", ticket, "开好了,请查收")
    slug = tkt("kb", "new", "--from", ticket, "--json").json["slug"]
    body = tkt("kb", "show", slug, "--json").json["body"]
    assert "开好了" in body
    assert "订单页申请" not in body


def test_questions_without_an_article_come_together(shop: Path, tkt: Runner) -> None:
    for text in (
        "你们能开纸质发票寄给我吗",
        "能不能开纸质发票寄给我",
        "退款多久到账",
        "有线下门店吗",
    ):
        tkt.new("咨询", "-m", text, "--customer", "小王")
    tkt.new("仓库的灯坏了", "-m", "三号门那盏")  # colleagues among themselves
    found = tkt("kb", "gaps", "--json").json
    assert found["asked"] == 4
    assert "退款多久到账" not in [one["example"] for one in found["clusters"]]
    (often,) = tkt("kb", "gaps", "--least", "2", "--json").json["clusters"]
    assert (often["count"], "纸质发票" in often["example"]) == (2, True)


# -- keeping ----------------------------------------------------------------------------------


def test_stale_is_what_nobody_changed_reviewed_or_used(shop: Path, tkt: Runner) -> None:
    put(shop, "faq/due", "到期", review="2026-01-01")
    record(shop)
    rows = {row["slug"]: row["why"] for row in tkt("kb", "stale", "--json").json}
    assert rows["faq/due"] == ["review"]
    later = "2027-06-01T00:00:00+08:00"
    ticket = tkt.new("杯子", "-m", "杯子碎了", TKT_NOW=later)
    tkt("kb", "link", ticket, "broken", TKT_NOW=later)
    tkt("kb", "edit", "ship", "-m", "新的", TKT_NOW=later)
    rows = {row["slug"]: row["why"] for row in tkt("kb", "stale", "--json", TKT_NOW=later).json}
    assert rows["faq/broken"] == ["unchanged"]
    assert rows["faq/invoice"] == ["unchanged", "unused"]
    assert "faq/ship" not in rows


def test_check_finds_what_is_wrong_with_its_place(shop: Path, tkt: Runner) -> None:
    (shop / "team.yaml").write_text(TEAM, "utf-8")
    (shop / "classify.yaml").write_text("categories: {refund: {}}\n", "utf-8")
    git(shop, "add", "-A")
    git(shop, "commit", "-qm", "settings")
    put(shop, "faq/bad", "退款多久到账", "看[这里](no.md)和[那里](ship.md)",
        category="[nope]", owner="nobody", team="nobody", tickets="[261121-AAAA]",
        review="2026-01-01")  # fmt: skip
    put(shop, "faq/other.en", "Other")
    put(shop, "reply/a", "一", shortcut="[hi]")
    put(shop, "reply/b", "二", shortcut="[HI]")
    put(shop, "reply/c", "三", "您好\n{{oder}} 已寄出，单号 {{运单号}}")
    put(shop, "reply/d", "四", "您好 {{ {{order}} }}")
    put(shop, "reply/e", "五", "")
    record(shop)
    result = tkt("kb", "check", "--json")
    assert result.code == 1
    assert {(row["path"], row["error"], row["line"]) for row in result.json} == {
        ("kb/faq/bad.md", "kb.no_category", 4), ("kb/faq/bad.md", "kb.no_owner", 5),
        ("kb/faq/bad.md", "kb.no_team", 6), ("kb/faq/bad.md", "kb.no_ticket", 7),
        ("kb/faq/bad.md", "kb.overdue", 8), ("kb/faq/bad.md", "kb.dead_link", 11),
        ("kb/faq/refund-time.md", "kb.alike", 2), ("kb/faq/other.en.md", "kb.no_base", 1),
        ("kb/reply/b.md", "kb.shortcut_twice", 4),
        ("kb/reply/c.md", "automation.no_variable_like", 7),
        ("kb/reply/d.md", "automation.loose_braces", 6), ("kb/reply/e.md", "kb.empty", 3),
    }  # fmt: skip
    assert tkt("kb", "check", "ship").code == 0
    whole = tkt("check", "--json")
    assert whole.code == 1
    kinds = {row["error"]: row["severity"] for row in whole.json}
    assert (kinds["kb.dead_link"], kinds["kb.overdue"]) == ("error", "warning")


def test_check_looks_at_files_as_they_lie(shop: Path, tkt: Runner) -> None:
    assert tkt("kb", "check").code == 0
    put(shop, "faq/ship", "发货", "[坏](no.md)")
    assert "kb/faq/ship.md:6" in tkt("kb", "check").out


def test_the_search_is_measured_on_questions(shop: Path, tkt: Runner) -> None:
    (shop / "q.csv").write_text(
        "question,article,part\n退款几天到账,faq/refund-time,dev\n"
        "邮费谁出,faq/freight-who|faq/ship,dev\n天气怎么样,faq/ship,test\n",
        "utf-8",
    )
    result = tkt("kb", "evaluate", "q.csv", "--json")
    assert result.code == 0
    assert (result.json["total"], round(result.json["hit@1"], 2)) == (3, 0.67)
    assert [part["part"] for part in result.json["parts"]] == ["dev", "test"]
    assert [miss["question"] for miss in result.json["misses"]] == ["天气怎么样"]
    assert tkt("kb", "evaluate", "q.csv").code == 0
    (shop / "q.csv").write_text("question,article\n退款,faq/nope\n", "utf-8")
    refused = tkt("kb", "evaluate", "q.csv")
    assert refused.code == 1
    assert "q.csv:2" in refused.err


def test_synonyms_that_say_nothing_are_told_with_their_line(desk: Path, tkt: Runner) -> None:
    (desk / "kb/synonyms.yaml").write_text("- [退款, 退钱]\n- [退货]\n", "utf-8")
    assert tkt("commit", "kb/synonyms.yaml").code == 1
    assert "kb/synonyms.yaml:2" in tkt("check").out


def test_a_person_reads_titles_beside_articles_and_words_that_stand_out(
    shop: Path, tkt: Runner
) -> None:
    ticket = tkt.new("杯子碎了", "-m", "怎么办")
    tkt("kb", "link", ticket, "broken")
    said = {"PAGER": "cat"}
    code, text = Terminal(shop, ("show", ticket), said, lines=200).end()
    assert (code, "faq/broken 收到商品破损怎么办" in text) == (0, True)
    code, text = Terminal(shop, ("kb", "search", "邮费"), said, lines=200).end()
    assert (code, "\x1b[33m邮费" in text) == (0, True)
    assert "已发布" not in text


def editor(folder: Path, name: str, program: str) -> dict[str, str]:
    """An editor that does as the shell ``program`` says with the file ``$1``."""
    path = folder.parent / name
    path.write_text(f"#!/bin/sh\n{program}\n")
    path.chmod(0o755)
    return {"EDITOR": str(path)}


def test_what_an_editor_left_broken_is_refused_and_kept(shop: Path, tkt: Runner) -> None:
    breaks = editor(shop, "breaks", r"""sed -i 's/^title:.*/title: 发货/; 2a review: soon' "$1" """)
    code, text = Terminal(shop, ("kb", "edit", "ship"), breaks, lines=50).end()
    assert (code, "kb/faq/ship.md:3" in text) == (1, True)
    assert tkt("kb", "show", "ship", "--json").json["title"] == "什么时候发货"
    mends = editor(shop, "mends", r"""sed -i '/^review: soon/d' "$1" """)
    code, _ = Terminal(shop, ("kb", "edit", "ship"), mends, lines=50).end()
    assert (code, tkt("kb", "show", "ship", "--json").json["title"]) == (0, "发货")
    assert status(shop) == ""


def test_an_editor_closed_without_a_change_records_nothing(shop: Path) -> None:
    code, _ = Terminal(shop, ("kb", "edit", "ship"), editor(shop, "idle", "true")).end()
    assert code == 2


def test_a_new_article_may_be_written_in_an_editor(shop: Path, tkt: Runner) -> None:
    writes = editor(shop, "writes", "printf '\\n正文\\n' >> \"$1\"")
    code, _ = Terminal(shop, ("kb", "new", "新的问题", "--name", "new"), writes).end()
    assert (code, tkt("kb", "show", "new", "--json").json["body"]) == (0, "正文")


def test_what_another_has_changed_meanwhile_is_not_undone(shop: Path, tkt: Runner) -> None:
    tool = f"{sys.executable} -m tkt kb edit ship -m 别人写的"
    meanwhile = editor(shop, "meanwhile", f"""printf '我写的\\n' >> "$1"; {tool} >&2""")
    code, text = Terminal(shop, ("kb", "edit", "ship"), meanwhile).end()
    assert (code, "别人写的" in tkt("kb", "show", "ship").out) == (1, True)
    writes = editor(shop, "writes", "printf '再写一句\\n' >> \"$1\"")
    code, text = Terminal(shop, ("kb", "edit", "ship"), writes).end()
    assert code == 0, text
    said = tkt("kb", "show", "ship").out
    assert ("别人写的" in said, "再写一句" in said, "我写的" in said) == (True, True, False)
    (aside,) = (shop / ".git/tkt/people").glob("*/drafts/kb-*.old")
    assert "我写的" in aside.read_text("utf-8")


def test_a_title_stays_one_line(shop: Path, tkt: Runner) -> None:
    assert tkt("kb", "edit", "ship", "title=发货\n时间").code == 2
    assert tkt("kb", "edit", "ship", "--title", " ").code == 2
    assert tkt("kb", "edit", "ship", "title= 发货时间 ").code == 0
    assert tkt("kb", "show", "ship", "--json").json["title"] == "发货时间"


def test_replies_that_others_keep_for_themselves_are_in_nobodys_way(
    shop: Path, tkt: Runner
) -> None:
    put(shop, "reply/own", "王强的口头禅", scope="personal", owner="wang")
    record(shop)

    def found(**who: str) -> list[str]:
        return [row["slug"] for row in tkt("kb", "search", "口头禅", "--json", **who).json]

    assert (found(), found(TKT_ACTOR="wang")) == ([], ["reply/own"])
