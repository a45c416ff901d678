"""``tkt workflow``: which there are, what one says, what is wrong with it, and its picture."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Runner, run_here
from desks import commit_by_hand
from processes import RETURNS, a_shop
from tkt.domain.workflow import State, Workflow
from tkt.domain.workflow.rules import Rules
from tkt.render.graphs.dot import dot
from tkt.render.graphs.drawing import drawing
from tkt.render.graphs.mermaid import mermaid

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = (
    "complaint", "logistics", "order", "presale", "relations", "repair", "returns", "simple",
    "stock",
)  # fmt: skip
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


def test_the_list_counts_what_is_on_its_way(tkt: Runner) -> None:
    tkt.new("一", "category=return")
    over = tkt.new("二")
    assert tkt("close", over).code == 0
    rows = {row["name"]: row for row in tkt("workflow", "list", "--json").json}
    assert tuple(rows) == SHIPPED
    assert (rows["returns"]["tickets"], rows["simple"]["tickets"]) == (1, 0)
    assert "return" in rows["returns"]["categories"]
    assert (rows["returns"]["label"], rows["returns"]["zh"]) == ("returns", "退换货")


def test_one_is_shown_by_its_name_its_label_or_its_file(tkt: Runner) -> None:
    shown = tkt("workflow", "show", "returns", "--json").json
    assert tkt("workflow", "show", "退换货", "--json").json == shown
    assert (
        tkt("workflow", "show", "workflows/returns.yaml", "--json").json["states"]
        == (shown["states"])
    )
    assert shown["approval"]["field"] == "refund"
    assert shown["states"][0]["to"] == ["working", "waiting_customer", "closed"]
    text = tkt("workflow", "show", "returns").out
    for words in ("the lead", "goods inspected", "refund above 200", "within 7 d"):
        assert words in text, text


@pytest.mark.parametrize(("language", "wanted"), [
    ("zh", ("处理中", "承诺", "升级", "自动", "宏", "下班自动回复", "要照片", "归档", "48h!")),
    ("en", ("at work", "promises", "ladder", "by itself", "rules", "macros", "tell: assignee")),
])  # fmt: skip
def test_one_is_shown_with_what_happens_in_time(
    tkt: Runner, language: str, wanted: tuple[str, ...]
) -> None:
    text = tkt("workflow", "show", "returns", TKT_LANG=language).out
    for words in wanted:
        assert words in text, text


def test_a_column_of_names_is_not_headed_as_a_number(tkt: Runner) -> None:
    assert "状态数" not in tkt("workflow", "show", "returns", TKT_LANG="zh").out


def test_an_address_change_is_read_back_and_told_to_the_warehouse(tkt: Runner) -> None:
    ticket = tkt.new("改地址", "category=address", "order=2511002233", "cause=changed_mind")
    assert tkt("move", ticket, "checking").code == 0
    assert tkt("tick", ticket, "not_shipped").code == 0
    assert tkt("move", ticket, "changing").code == 0
    refused = tkt("resolve", ticket, "-m", "好了")
    assert (refused.code, "address_read_back warehouse_told" in refused.err) == (1, True)
    assert tkt("tick", ticket, "address_read_back", "warehouse_told").code == 0
    assert tkt("resolve", ticket, "-m", "好了").code == 0
    other = tkt.new("发错", "category=wrong-item", "order=2511002233", "cause=wrong_item")
    assert tkt("move", other, "checking").code == 0
    assert tkt("resolve", other, "-m", "好了").code == 0


def test_much_money_is_not_closed_past_its_approval(tkt: Runner) -> None:
    for category in ("return", "order"):
        ticket = tkt.new("退款", f"category={category}", "refund=5000")
        refused = tkt("move", ticket, "closed", "--reason", "好了")
        assert (refused.code, "#approval" in refused.err) == (1, True)


def test_one_that_is_not_there_is_named_with_the_nearest(tkt: Runner) -> None:
    result = tkt("workflow", "show", "retuns")
    assert (result.code, "returns" in result.err) == (3, True)


# -- check ------------------------------------------------------------------------------------


def test_what_ships_is_sound(tkt: Runner) -> None:
    result = tkt("workflow", "check")
    assert (result.code, result.out, "9 workflows" in result.err) == (0, "", True)
    assert tkt("check").code == 0


def test_findings_have_file_line_column_and_the_right_word(tkt: Runner, desk: Path) -> None:
    path = desk / "workflows/returns.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("to: [working, waiting_customer]", "to: [wroking]", 1))
    result = tkt("workflow", "check")
    line = text[: text.index("to: [working, waiting_customer]")].count("\n") + 1
    assert result.code == 1
    assert re.search(rf"^workflows/returns.yaml:{line}:\d+: .*did you mean working", result.out)
    assert tkt("check").code == 1
    refused = tkt("commit", "workflows/returns.yaml")
    assert (refused.code, "working" in refused.err) == (1, True)


def test_a_file_outside_any_desk_is_checked(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RETURNS.replace("inside], to: working", "inside], to: x"))
    result = run_here(tmp_path, "workflow", "check", "mine.yaml", "--json")
    assert result.code == 1
    assert {row["error"] for row in result.json} >= {"workflow.no_state", "workflow.dead_end"}
    (tmp_path / "mine.yaml").write_text(RETURNS)
    assert run_here(tmp_path, "workflow", "check", "mine.yaml").code == 0
    assert run_here(tmp_path, "workflow", "check", "none.yaml").code == 3
    (tmp_path / "mine.yaml").write_text("states: [")
    assert [row["error"] for row in run_here(
        tmp_path, "workflow", "check", "mine.yaml", "--json").json] == ["yaml.syntax"]  # fmt: skip


def test_a_clash_is_named_in_the_later_file(tkt: Runner, desk: Path) -> None:
    states = "{a: {category: new}, b: {category: closed}}"
    text = f"label: {{zh: 二, en: two}}\ncategories: [return]\nstates: {states}\n"
    commit_by_hand(desk, {"workflows/second.yaml": text.encode()})
    (row,) = tkt("workflow", "check", "--json").json
    assert (row["path"], row["line"], row["error"]) == (
        "workflows/second.yaml", 2, "workflow.category_twice",
    )  # fmt: skip


def test_a_broken_workflow_leaves_its_tickets_readable(tkt: Runner, desk: Path) -> None:
    ticket = tkt.new("一", "category=return")
    commit_by_hand(desk, {"workflows/returns.yaml": b"states: {}\n"})
    assert tkt("show", ticket).code == 0
    assert [row["id"] for row in tkt("list", "--json").json] == [ticket]
    assert tkt("check").code == 1


# -- pictures ---------------------------------------------------------------------------------


def test_pictures_in_three_languages(tkt: Runner, desk: Path) -> None:
    assert tkt("workflow", "graph", "returns").out.startswith("flowchart TD\n")
    assert tkt("workflow", "graph", "returns", "--format", "dot").out.startswith("digraph")
    assert tkt("workflow", "graph", "returns", "-o", "r.dot").code == 0
    assert (desk / "r.dot").read_text().startswith("digraph")


@needs_dot
def test_an_svg_tells_labels_and_guards(tkt: Runner) -> None:
    result = tkt("workflow", "graph", "退换货", "--format", "svg", TKT_LANG="zh")
    assert result.code == 0, result.err
    for words in ("验货中", "快递单号", "组长"):
        assert words in result.out


def test_too_many_arrows_are_text_and_no_picture(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = "".join(f"  s{n}: {{category: open}}\n" for n in range(40))
    (desk / "big.yaml").write_text(f"states:\n{states}  done: {{category: closed}}\n")
    monkeypatch.setattr("tkt.storage.graphviz.svg", lambda _: pytest.fail("it was drawn"))
    result = tkt("workflow", "graph", "big.yaml", "-o", "big.svg")
    assert (result.code, result.out) == (1, "")
    assert "--format mermaid" in result.err
    assert not (desk / "big.svg").exists()
    assert tkt("workflow", "graph", "big.yaml", "--format", "dot").code == 0


@needs_dot
def test_a_picture_that_is_never_done_is_given_up(
    tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.storage.graphviz.PATIENCE", 0.0)
    result = tkt("workflow", "graph", "returns", "--format", "svg")
    assert (result.code, "--format dot" in result.err) == (5, True)


def test_without_graphviz_it_says_what_to_install(
    tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.storage.graphviz.program", lambda: None)
    result = tkt("workflow", "graph", "simple", "--format", "svg")
    assert (result.code, "tkt[graph]" in result.err) == (3, True)


hostile = st.text(min_size=1, max_size=12) | st.sampled_from(
    ['"]; evil', "\\", '\\"', "end", "a -->|x| b", "]]", "<script>", "`x`", "#quot;", "%%{", "\n}"]
)


def a_hostile_flow(words: list[str]) -> Workflow:
    states = [State(f"s{i}", word, word, "open") for i, word in enumerate(words)]
    items = [{"name": "x", "label": {"zh": words[0], "en": words[0]}, "at": 0}]
    ways = [{"from": ["s0"], "to": [s.name for s in states[1:]], "at": 0,
             "requires": {"checklist": ["x"]}}]  # fmt: skip
    return Workflow("x", words[-1], words[-1], tuple(states),
                    Rules({"checklist": items, "transitions": ways}))  # fmt: skip


@given(st.lists(hostile, min_size=2, max_size=4))
def test_no_label_breaks_out_of_its_quotes_in_mermaid(words: list[str]) -> None:
    lines = mermaid(drawing(a_hostile_flow(words), a_shop())).splitlines()
    text = r'"[^"\\<>`|\[\]{}%&]*(<br/>[^"\\<>`|\[\]{}%&]*)*"'
    node = rf"  s\d+\(({text})\):::open"
    arrow = rf"  s\d+ (-->|-\.->|<-->)(\|{text}\|)? s\d+"
    assert lines[0] == "flowchart TD"
    assert len([line for line in lines if re.fullmatch(node, line)]) == len(words)
    rest = [line for line in lines[1:] if not re.fullmatch(node, line)]
    assert all(re.fullmatch(arrow, line) or line.startswith("  classDef open ") for line in rest)


@needs_dot
@given(st.lists(st.lists(hostile, min_size=2, max_size=4), min_size=20, max_size=20))
def test_no_label_breaks_out_of_its_quotes_in_dot(many: list[list[str]]) -> None:
    flows = [a_hostile_flow(words) for words in many]
    source = "".join(dot(drawing(flow, a_shop())) for flow in flows)
    done = subprocess.run(
        ["dot", "-Tdot_json"], input=source.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    decoder, rest, counts = json.JSONDecoder(), done.stdout.decode().strip(), []
    while rest:
        graph, end = decoder.raw_decode(rest)
        counts.append(len(graph["objects"]))
        rest = rest[end:].strip()
    assert counts == [len(flow.states) for flow in flows]


def test_the_schema_is_printed(tkt: Runner, tmp_path: Path) -> None:
    assert tkt("workflow", "schema").json["title"] == "tkt: workflow"
    assert run_here(tmp_path, "workflow", "schema", "roster").json["title"] == "tkt: roster"
