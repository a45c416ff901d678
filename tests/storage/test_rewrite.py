"""Writing over a file that a person laid out changes what changed and nothing else."""

from __future__ import annotations

import copy
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.errors import BadData
from tkt.storage import rewrite as module
from tkt.storage.dump import dump
from tkt.storage.rewrite import rewrite, same
from tkt.storage.yaml import load

BY_HAND = """\
# 老客户,请优先
---
id:    261121-7KQ4    # 不要改
title: '收到的杯子碎了,要求退款'

status: "in_progress"   # 当前状态
priority: high
assignee:
tags:
  # 重要
  - vip
  - 老客户   # 三年
custom:
  size: L
  colour: '红'  # 大红
note: >
  folded
  text

# 以下为记录
timeline:
- {id: e1, at: 2026-11-21T14:03:11+08:00, by: customer, do: open}   # 首次
# 中间的说明
-   id: e2
    at: 2026-11-21T14:05:40+08:00
    by: "lin"
    do: reply
    text: |
        亲,非常抱歉
        # 这不是注释

-   id: e3
    by: lin
    do: note

# 完
"""


def changed(text: str, **top: Any) -> dict[str, Any]:
    """What ``text`` says, with some top-level values replaced."""
    doc: dict[str, Any] = load(text, path="t.yaml")
    doc.update(top)
    return doc


def lines_gone_and_come(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = old.split("\n"), new.split("\n")
    return [x for x in before if x not in after], [x for x in after if x not in before]


def test_a_canonical_file_stays_canonical() -> None:
    old = dump({"id": "a", "timeline": [{"id": "e1"}]})
    doc = {"id": "b", "new": 1, "timeline": []}
    assert rewrite(old, doc, path="t.yaml") == dump(doc)


def test_nothing_changed_is_nothing_written() -> None:
    assert rewrite(BY_HAND, load(BY_HAND, path="t.yaml"), path="t.yaml") == BY_HAND


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (
            {"status": "done"},
            ['status: "in_progress"   # 当前状态'],
            ["status: done   # 当前状态"],
        ),
        (
            {"id": "x"},
            ["id:    261121-7KQ4    # 不要改"],
            ["id:    x    # 不要改"],
        ),
        ({"assignee": "lin"}, ["assignee:"], ["assignee: lin"]),
        ({"title": "a\nb"}, ["title: '收到的杯子碎了,要求退款'"], ['title: "a\\nb"']),
        (
            {"custom": {"size": "M", "colour": "红", "kind": 1}},
            ["  size: L"],
            ["  size: M", "  kind: 1"],
        ),
        ({"note": "short"}, ["note: >", "  folded", "  text"], ["note: short"]),
    ],
)
def test_only_the_lines_of_a_changed_value_change(
    change: dict[str, Any], gone: list[str], come: list[str]
) -> None:
    new = rewrite(BY_HAND, changed(BY_HAND, **change), path="t.yaml")
    assert lines_gone_and_come(BY_HAND, new) == (gone, come)


def test_a_removed_key_takes_its_lines_along() -> None:
    doc = changed(BY_HAND)
    del doc["priority"], doc["custom"]
    gone, come = lines_gone_and_come(BY_HAND, rewrite(BY_HAND, doc, path="t.yaml"))
    assert gone == ["priority: high", "custom:", "  size: L", "  colour: '红'  # 大红"]
    assert come == []


def test_a_new_key_stands_after_the_key_before_it() -> None:
    doc = changed(BY_HAND)
    timeline = doc.pop("timeline")
    doc = {"zero": 0, **doc, "last": [1], "timeline": timeline}
    new = rewrite(BY_HAND, doc, path="t.yaml")
    assert "---\nzero: 0\nid:" in new
    assert "  folded\n  text\nlast: [1]\n\n# 以下为记录\ntimeline:\n" in new


def test_a_new_key_never_stands_behind_the_timeline() -> None:
    old = "timeline:\n- id: e1\n# c\nid: a\n"
    doc = {"id": "a", "status": "new", "timeline": [{"id": "e1"}]}
    assert rewrite(old, doc, path="t.yaml") == "status: new\ntimeline:\n- id: e1\n# c\nid: a\n"


def test_a_new_event_goes_to_the_end_and_all_else_stays() -> None:
    doc = changed(BY_HAND)
    doc["timeline"].append({"id": "e4", "do": "reply", "text": "好的\n"})
    new = rewrite(BY_HAND, doc, path="t.yaml")
    event = "- id: e4\n  do: reply\n  text: |\n    好的\n"
    assert new == BY_HAND.replace("    do: note\n", f"    do: note\n{event}")


def test_a_new_event_in_the_middle_goes_to_its_place() -> None:
    doc = changed(BY_HAND)
    doc["timeline"].insert(1, {"id": "e1b", "do": "note"})
    doc["timeline"].insert(0, {"id": "e0", "do": "note"})
    new = rewrite(BY_HAND, doc, path="t.yaml")
    assert "timeline:\n- {id: e0, do: note}\n- {id: e1, at" in new
    assert "# 首次\n- {id: e1b, do: note}\n# 中间的说明\n" in new


def test_an_event_that_went_takes_its_lines_along() -> None:
    doc = changed(BY_HAND)
    del doc["timeline"][2]
    assert rewrite(BY_HAND, doc, path="t.yaml") == BY_HAND.replace(
        "-   id: e3\n    by: lin\n    do: note\n", ""
    )


def test_an_event_that_changed_is_patched_inside() -> None:
    doc = changed(BY_HAND)
    doc["timeline"][0]["by"] = "wang"
    doc["timeline"][1]["text"] = "新\n\n"
    new = rewrite(BY_HAND, doc, path="t.yaml")
    assert "by: wang, do: open}   # 首次\n" in new
    assert '    by: "lin"\n    do: reply\n    text: |+\n      新\n\n' in new


def test_a_first_event_opens_the_list() -> None:
    old = "id: a # c\ntimeline: []\n"
    doc = {"id": "a", "timeline": [{"id": "e1"}]}
    assert rewrite(old, doc, path="t.yaml") == "id: a # c\ntimeline:\n  - {id: e1}\n"


def test_line_ends_and_byte_order_mark_of_windows_go() -> None:
    old = "\ufeff" + BY_HAND.replace("\n", "\r\n")
    new = rewrite(old, changed(BY_HAND, status="done"), path="t.yaml")
    assert new == BY_HAND.replace('"in_progress"', "done")


def test_a_missing_last_line_end_is_added() -> None:
    assert rewrite("a: 1 # x\nb: 2", {"a": 1, "b": 3}, path="t.yaml") == "a: 1 # x\nb: 3\n"


def test_a_file_in_brackets_stays_in_brackets() -> None:
    old = "{a: 1, # c\n b: ['x', y]}\n"
    new = rewrite(old, {"a": 2, "b": ["x", "z"]}, path="t.yaml")
    assert new == "{a: 2, # c\n b: ['x', z]}\n"


def test_true_and_one_are_not_the_same() -> None:
    assert rewrite("a: 1 # x\n", {"a": True}, path="t.yaml") == "a: true # x\n"
    assert not same({"a": [1]}, {"a": [1.0]})
    assert same({"a": 1, "b": None}, {"b": None, "a": 1})


def test_text_that_looks_like_a_comment_is_not_copied_to_the_top() -> None:
    text = "# 真\na: |\n  # 假\nb: 1 # c\n"
    assert module._under_comments(text, "x: 1\n", "t.yaml") == "# 真\nx: 1\n"


@pytest.mark.parametrize("old", ["", "# 只有说明\n", "- a\n# c\n", "text\n"])
def test_a_file_that_says_no_mapping_is_written_under_its_comments(old: str) -> None:
    new = rewrite(old, {"a": 1}, path="t.yaml")
    assert load(new, path="t.yaml") == {"a": 1}
    assert ("#" in new) == ("#" in old)


def test_a_comment_between_brackets_survives() -> None:
    old = "a: 1\nb: [\n  x, # 一\n  y, # 二\n]\nc: {k: 1}\n"
    new = rewrite(old, {"a": 1, "b": ["x", "z"], "c": {"k": 1}}, path="t.yaml")
    assert load(new, path="t.yaml")["b"] == ["x", "z"]
    old = "{a: 1, # 一\n b: 2}\n"
    new = rewrite(old, {"a": 1, "b": 3}, path="t.yaml")
    assert load(new, path="t.yaml") == {"a": 1, "b": 3}
    assert "# 一" in new


def test_a_broken_file_is_not_written_over() -> None:
    with pytest.raises(BadData):
        rewrite("a: [", {"a": 1}, path="t.yaml")


LAYOUTS = [
    BY_HAND,
    "{id: a, timeline: [{id: e1}, {id: e2}]} # c\n",
    "id: a\ntimeline:\n    -\n        id: e1\n    - # c\n        id: e2\n"
    "        text: |+\n            a\n\n\n",
    "timeline: # c\n  - id: e1\n    set:\n      a: 1\n      b: {c: [1,\n        2]}\n\n"
    "  - {id: e2,\n     n: 1}\n'id':   a",
    "? id\n: a\n? timeline\n: - id: e1\n  - id: e2\n",
    'id: "a\n  b" # c\nnote: plain\n  folded\nempty:\nnull: ~\n'.replace("null:", "n:")
    + "timeline:\n- id: e1\n  text: >-\n    a\n\n    b\n- id: e2\n  text:\n",
    "a:\n  - b:\n      - c # d\n    e: |2\n        x\n  # f\nlast: |-\n  z\n",
    "id: a\n...\n# after\n",
]
scalars = st.sampled_from(["x", "a: b", "two\nlines\n", " # no", "", None, True, 1, 1.0, "亲\n\n"])
small = st.one_of(
    scalars, st.lists(scalars, max_size=2), st.dictionaries(st.sampled_from("pq"), scalars)
)
fresh_events = st.dictionaries(st.sampled_from(["by", "text", "set", "n"]), small, max_size=3)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A layout and a document that differs from what it says in a few places."""
    text = draw(st.sampled_from(LAYOUTS))
    doc: dict[str, Any] = copy.deepcopy(load(text, path="t.yaml"))
    for key in draw(st.lists(st.sampled_from([*doc, "new", "text"]), max_size=3)):
        if key == "timeline":
            continue
        if draw(st.booleans()):
            doc[key] = draw(small)
        else:
            doc.pop(key, None)
    timeline = doc.pop("timeline", [])
    for number in range(draw(st.integers(0, 2))):
        event = {"id": f"n{number}", **draw(fresh_events)}
        timeline.insert(draw(st.integers(0, len(timeline))), event)
    if timeline and draw(st.booleans()):
        index = draw(st.integers(0, len(timeline) - 1))
        timeline[index] = {**timeline[index], **draw(fresh_events)}
    if timeline and draw(st.booleans()):
        timeline.pop()
    return text, {**doc, "timeline": timeline}


@settings(max_examples=250, deadline=None)
@given(edits())
def test_whatever_the_layout_the_result_says_the_document(edit: tuple[str, dict[str, Any]]) -> None:
    text, doc = edit
    new = rewrite(text, doc, path="t.yaml")
    assert same(load(new, path="t.yaml"), doc)
    assert new.count("# c") >= text.count("# c") - 1


@pytest.mark.parametrize("text", LAYOUTS)
def test_the_round_trip_alone_says_the_document(text: str) -> None:
    old = load(text, path="t.yaml")
    doc = {**old, "id": "new", "timeline": [*old.get("timeline", []), {"id": "z", "text": "a\n"}]}
    result = module._round_tripped(text if text.endswith("\n") else f"{text}\n", old, doc, "t.yaml")
    assert result is not None
    assert same(load(result, path="t.yaml"), doc)


def test_without_the_c_parser_the_result_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = changed(BY_HAND, status="done", note="x", assignee="lin", new=1)
    doc["timeline"].append({"id": "e4", "text": "a\n"})
    fast = rewrite(BY_HAND, doc, path="t.yaml")
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    assert rewrite(BY_HAND, doc, path="t.yaml") == fast
