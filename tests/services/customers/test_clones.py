"""Two clones change the same customer, or import orders of the same day: both are kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from clones import make_world
from desks import assert_index_is_right
from tkt.storage.git import Git

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from clones import Clone

HEAD = "order,nick,amount,ordered_at,paid_at\n"


def orders(clone: Clone, *numbers: int) -> None:
    at = "2026-11-01 10:00:00"
    rows = "".join(f"{number},tb_{number % 2},9.00,{at},{at}\n" for number in numbers)
    (clone.folder.parent / f"{clone.who}.csv").write_text(HEAD + rows, encoding="utf-8")
    clone.does("customer", "import", f"../{clone.who}.csv")


def test_a_sync_keeps_what_both_sides_said(desk_template: Path, tmp_path: Path) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    ming = one.does("customer", "add", "王小明", "phone=13800138000")["id"]
    world.settle()
    one.does("customer", "set", ming, "phone=13900139000", "tag=vip")
    one.does("customer", "note", ming, "一")
    other.does("customer", "set", ming, "mail=m@shop.cn", "tag=regular")
    other.does("customer", "note", ming, "二", minute=1)
    orders(one, 1, 2, 3)
    orders(other, 2, 3, 4)
    world.settle()
    assert one.head == other.head
    card = other.does("customer", "show", ming, "--full")
    assert card["contacts"] == {"phone": ["13800138000", "13900139000"], "mail": ["m@shop.cn"]}
    assert sorted(card["all_tags"]) == ["regular", "vip"]
    assert [note["text"] for note in card["notes"]] == ["一", "二"]
    text = (one.folder / "orders/2026/11/01.csv").read_text(encoding="utf-8")
    assert [line.partition(",")[0] for line in text.splitlines()[1:]] == ["1", "2", "3", "4"]
    for clone in world.clones:
        assert_index_is_right(clone.folder)
        assert clone("check").code == 0


def test_a_plain_pull_is_as_safe(desk_template: Path, tmp_path: Path) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    ming = one.does("customer", "add", "王小明", "phone=13800138000")["id"]
    world.settle()
    one.does("customer", "set", ming, "phone=13900139000")
    other.does("customer", "set", ming, "phone=13700137000")
    one.does("sync")
    other.git("pull", "-q", "--no-rebase", "--no-edit")
    held = other.does("customer", "show", ming, "--full")["contacts"]["phone"]
    assert held == ["13800138000", "13700137000", "13900139000"]


def test_many_days_changed_by_both_cost_no_process_each(
    desk_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    days = [date(2026, 1, 1) + timedelta(n) for n in range(200)]

    def imports(clone: Clone, status: str) -> None:
        rows = "".join(f"{n},tb_1,9.00,{day} 10:00:00,,{status}\n" for n, day in enumerate(days))
        text = "order,nick,amount,ordered_at,paid_at,status\n" + rows
        (tmp_path / f"{clone.who}.csv").write_text(text, encoding="utf-8")
        clone.does("customer", "import", f"../{clone.who}.csv")

    imports(one, "等待买家付款")
    world.settle()
    imports(one, "买家已付款")
    imports(other, "卖家已发货")
    one.does("sync")
    started: list[tuple[str, ...]] = []
    for name in ("attempt", "start"):
        plain = getattr(Git, name)

        def counted(git: Git, *args: Any, run: Any = plain, **said: Any) -> Any:
            started.append(args)
            return run(git, *args, **said)

        monkeypatch.setattr(Git, name, counted)
    log = tmp_path / "driven"
    other.git("config", "merge.tkt.driver", f"echo %P >>{log}; false")
    monkeypatch.setattr("tkt.storage.founding.install_driver", lambda git: False)
    other.does("sync")
    assert not log.exists()  # nor does Git start one for each file
    assert 0 < len(started) < 100
    monkeypatch.undo()
    world.settle()
    assert one.head == other.head
    assert other("check").code == 0
    assert_index_is_right(other.folder)


def test_two_mergers_that_lead_round_are_told_and_hinder_nothing(
    desk_template: Path, tmp_path: Path
) -> None:
    world = make_world(desk_template, tmp_path, 2)
    one, other = world.clones
    first = one.does("customer", "add", "甲", "phone=13800138000")["id"]
    second = one.does("customer", "add", "乙", "phone=13900139000")["id"]
    world.settle()
    one.does("customer", "merge", first, "--into", second)
    other.does("customer", "merge", second, "--into", first)
    world.settle()
    found = {other.does("customer", "show", who)["id"] for who in (first, second, "甲", "乙")}
    assert len(found) == 1
    assert other("check").code == 1


def test_a_circle_made_by_hand_is_told_before_it_is_recorded(
    desk_template: Path, tmp_path: Path
) -> None:
    (one,) = make_world(desk_template, tmp_path, 1).clones
    first = one.does("customer", "add", "甲", "phone=13800138000")["id"]
    second = one.does("customer", "add", "乙", "phone=13900139000")["id"]
    one.does("customer", "merge", first, "--into", second)
    path = f"customers/{second[2:4]}/{second}.yaml"
    with (one.folder / path).open("a", encoding="utf-8") as file:
        file.write(f"merged_into: {first}\n")
    told = one("check")
    assert told.code == 1
    assert "round in a circle" in told.out + told.err
    before = one.head
    refused = one("commit")
    assert refused.code != 0
    assert "round in a circle" in refused.out + refused.err
    assert one.head == before
    text = (one.folder / path).read_text(encoding="utf-8")
    (one.folder / path).write_text(text.replace(first, "c-7KQ4M2PA"), encoding="utf-8")
    refused = one("commit", path)
    assert "c-7KQ4M2PA" in refused.out + refused.err
    assert one.head == before
