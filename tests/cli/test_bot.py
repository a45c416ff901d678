"""``tkt bot`` and its commands, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bots import Shop, stocked
from desks import git, log

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

LABELLED = """\
question,article,part
7天无理由吗,faq/7day,tune
什么时候发货呀,dispatch,tune
明天会下雨吗,,tune
可以开发票吗,faq/invoice,test
月亮离我们多远,,test
"""


@pytest.fixture
def shop(tkt: Runner) -> Shop:
    stocked(tkt.folder)
    return Shop(tkt)


def test_it_answers_with_article_and_score(shop: Shop) -> None:
    done = shop.tkt("bot", "ask", "7天无理由吗")
    assert done.code == 0
    for words in ("faq/7day", "score", "签收次日起 7 天内可以无理由退货。", "<script>"):
        assert words in done.out
    said = shop("bot", "ask", "7天无理由吗")
    assert (said["decision"], said["article"], said["reason"]) == ("answer", "faq/7day", None)
    assert said["score"] > said["threshold"]


def test_it_says_that_it_hands_over_and_why(shop: Shop) -> None:
    done = shop.tkt("bot", "ask", "我要投诉", TKT_LANG="zh")
    assert (done.code, done.out.splitlines()[0]) == (0, "转人工：客户在投诉")
    said = shop("bot", "ask", "我要投诉")
    assert (said["decision"], said["reason"], said["article"]) == ("handover", "complaint", None)
    assert said["words"] == ["投诉"]


def test_what_it_went_by_can_be_seen(shop: Shop) -> None:
    done = shop.tkt("bot", "ask", "今天能发货不", "--explain")
    assert "今天拍今天能发吗" in done.out or "什么时候发货" in done.out


def test_standard_input_is_a_question(shop: Shop) -> None:
    assert shop("bot", "ask", "-", stdin="7天无理由吗\n")["article"] == "faq/7day"


def test_a_ticket_says_who_asks_and_what_was_answered(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    said = shop("bot", "ask", "--ticket", ticket_id)
    assert (said["ticket"], said["reason"]) == (ticket_id, "second-miss")
    vip = shop.new("杯子", "tags=vip")
    assert shop("bot", "ask", "7天无理由吗", "--ticket", vip)["reason"] == "vip"
    before = log(shop.tkt.folder, "%H")
    shop("bot", "ask", "7天无理由吗", "--ticket", vip)
    assert log(shop.tkt.folder, "%H") == before


def test_a_customers_tags_count(shop: Shop) -> None:
    shop("customer", "add", "小美", "tag=vip")
    assert shop("bot", "ask", "7天无理由吗", "--customer", "小美")["reason"] == "vip"


def test_without_a_question_it_asks_for_one(shop: Shop) -> None:
    assert shop.tkt("bot", "ask").code == 2
    assert shop.tkt("bot", "ask", "  ").code == 2


# -- calibrating ------------------------------------------------------------------------------


def labelled(folder: Path, text: str = LABELLED) -> str:
    (folder.parent / "labelled.csv").write_text(text, encoding="utf-8")
    return str(folder.parent / "labelled.csv")


def test_the_threshold_comes_from_labelled_questions(shop: Shop) -> None:
    file = labelled(shop.tkt.folder)
    said = shop("bot", "calibrate", file, "--precision", "0.5")
    assert 0 < said["threshold"] <= 1
    tune, test = said["measured"]
    assert (tune["part"], tune["precision"], tune["total"]) == ("tune", 1.0, 3)
    assert (test["part"], test["total"], test["answerable"]) == ("test", 2, 1)
    assert len(said["curve"]) == 40
    assert said["commit"] is None
    assert 0.5 < tune["at_least"] < 0.6
    assert "十有九回" in shop.tkt("bot", "calibrate", file, TKT_LANG="zh").out


def test_it_is_written_into_a_file_that_keeps_its_layout(shop: Shop) -> None:
    path = shop.tkt.folder / "tkt.yaml"
    path.write_text(
        path.read_text("utf-8") + "bot:   # 机器人\n  margin: 0.01   # 领先多少\n", encoding="utf-8"
    )
    assert shop.tkt("commit").code == 0
    before = path.read_text("utf-8")
    said = shop("bot", "calibrate", labelled(shop.tkt.folder), "--precision", "0.5", "--apply")
    after = path.read_text("utf-8")
    line = f"  threshold: {said['threshold']}\n"
    assert line in after
    assert after.replace(line, "") == before
    assert log(shop.tkt.folder, "%s")[0] == f"bot threshold {said['threshold']}"
    assert shop("bot", "ask", "7天无理由吗")["threshold"] == said["threshold"]
    assert git(shop.tkt.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("在吗,faq/nowhere,tune", "faq/nowhere"),
        (",faq/7day,tune", "question"),
        ("在吗,faq/7day,train", "train"),
    ],
)
def test_a_row_that_says_nothing_sensible_is_named(shop: Shop, row: str, words: str) -> None:
    file = labelled(shop.tkt.folder, f"{LABELLED}{row}\n")
    done = shop.tkt("bot", "calibrate", file)
    assert done.code == 1
    assert words in done.err
    assert "7" in done.err


def test_without_questions_to_tune_on_there_is_nothing_to_find(shop: Shop) -> None:
    file = labelled(shop.tkt.folder, "question,article,part\n7天无理由吗,faq/7day,test\n")
    assert shop.tkt("bot", "calibrate", file).code == 1


def test_a_precision_that_nothing_reaches_is_said_and_nothing_is_written(shop: Shop) -> None:
    file = labelled(shop.tkt.folder, "question,article\n7天无理由吗,faq/dispatch\n")
    before = (shop.tkt.folder / "tkt.yaml").read_text("utf-8")
    done = shop.tkt("bot", "calibrate", file, "--apply")
    assert done.code == 1
    assert (shop.tkt.folder / "tkt.yaml").read_text("utf-8") == before


def test_few_questions_do_not_make_it_sure(shop: Shop) -> None:
    file = labelled(shop.tkt.folder)
    done = shop.tkt("bot", "calibrate", file, "--apply")
    assert done.code == 1
    assert "32" in done.err
    assert shop.tkt("bot", "calibrate", file, "--precision", "1").code == 1


# -- the report -------------------------------------------------------------------------------


def test_what_it_did_and_what_is_to_be_written(shop: Shop) -> None:
    first = shop.new("7天无理由吗")
    shop("message", first, "谢谢")
    second = shop.new("什么时候发货")
    shop("message", second, "没用")
    shop.new("杯子能放洗碗机吗")
    shop.new("这个杯子可以放洗碗机吗")
    shop.new("我要投诉")
    said = shop("bot", "report")
    assert (said["heard"], said["answers"], said["helped"], said["not_helped"]) == (5, 2, 1, 1)
    assert said["handed_over"] == {"no-article": 1, "unsure": 1, "complaint": 1}
    assert said["missing"][0]["total"] == 2
    assert "洗碗机" in said["missing"][0]["question"]
    by_article = {one["article"]: one for one in said["articles"]}
    assert by_article["faq/7day"]["helped"] == by_article["faq/dispatch"]["not_helped"] == 1
    assert "洗碗机" in shop.tkt("bot", "report", TKT_LANG="zh").out


def test_what_was_before_does_not_count(shop: Shop) -> None:
    shop.new("7天无理由吗")
    said = shop("bot", "report", "--since", "2026-11-22", TKT_NOW="2026-11-23T10:00:00+08:00")
    assert said["answers"] == 0
    assert shop("bot", "report", "--since", "2026-01-01")["answers"] == 1


def test_what_it_had_nothing_to_propose_to_is_to_be_written_too(tkt: Runner) -> None:
    stocked(tkt.folder, mode="assist")
    shop = Shop(tkt)
    shop.new("杯子能放洗碗机吗")
    shop.new("这个杯子可以放洗碗机吗")
    shop.new("7天无理由吗")
    said = shop("bot", "report")
    assert (said["heard"], said["proposed"], said["not_proposed"]) == (3, 1, 2)
    assert said["handed_over"] == {}
    assert said["missing"][0]["total"] == 2


def test_a_desk_without_a_bot_has_an_empty_report(tkt: Runner) -> None:
    said = tkt("bot", "report", "--json").json
    assert (said["heard"], said["missing"]) == (0, [])
