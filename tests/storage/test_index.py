from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Runner, run_here, start_process
from desks import assert_index_is_right, contents, git, status
from tkt.storage.desk import Desk
from tkt.storage.index import Index, location
from tkt.storage.yaml import MAX_BYTES

SOUND = """\
id: {id}
title: {title}
status: new
opened: 2026-11-21T14:03:11+08:00
timeline:
  - id: 2228NCS3WC
    at: 2026-11-21T14:03:11+08:00
    by: lin
    do: open
    set: {{title: {title}, status: new}}
"""
IDS = ("261121-2222", "261121-2223", "261120-2222", "261121-22223")


def path_for(ticket_id: str, *, archived: bool = False) -> str:
    from tkt.domain.ids import path_of

    return path_of(ticket_id, archived=archived)


def sound(ticket_id: str, title: str = "hand") -> bytes:
    return SOUND.format(id=ticket_id, title=title).encode()


def index_file(desk: Path) -> Path:
    return Path(location(Desk(str(desk)).git))


# -- maintained is rebuilt --------------------------------------------------------------------

WORDS = st.sampled_from(
    ["退款", "物流 慢", "removed 碎", 'Cup\'s "broken"', "x" * 50, "🍵 ok", "a-b"]
)
BROKEN = st.sampled_from([
    b"", b"a: [", b"id: 1\n", b"\xff\xfe", b"- a\n", b"a: *x\n", b"a: &x 1\n", sound("261121-ZZZZ"),
    sound("261121-2222").replace(b"timeline", b"time"), b"title: x\n" * 2,
])  # fmt: skip
IDENTITY = st.sampled_from(IDS)
SETTING = st.sampled_from(
    ["priority=high", "tags+=vip", "tags-=vip", "status=closed", "title=removed 碎", "team="]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("new"), WORDS),
        st.tuples(st.just("note"), st.integers(0, 9), WORDS),
        st.tuples(st.just("set"), st.integers(0, 9), SETTING),
        st.tuples(st.just("sound"), IDENTITY, WORDS, st.booleans()),
        st.tuples(st.just("broken"), IDENTITY, BROKEN, st.booleans()),
        st.tuples(st.just("gone"), IDENTITY, st.booleans()),
        st.tuples(st.just("link"), IDENTITY, st.booleans()),
        st.tuples(st.just("settings"), st.sampled_from(["language: zh\n", "workflow: x\n", ": ["])),
        st.tuples(st.just("states"), st.sampled_from(["done", "open", "waiting"])),
        st.tuples(st.just("look")),
        st.tuples(st.just("back")),
    ),
    min_size=2, max_size=10,
)  # fmt: skip


def do(desk: Path, step: tuple[object, ...]) -> None:
    """One step of a story, by tkt or by plain Git."""
    kind, *args = step
    match kind:
        case "new":
            run_here(desk, "new", str(args[0]))
        case "note" | "set":
            known = [t["id"] for t in run_here(desk, "list", "--json").json if "title" in t]
            if known:
                run_here(desk, str(kind), known[int(str(args[0])) % len(known)], str(args[1]))
        case "look":
            run_here(desk, "list")
        case "back":
            if git(desk, "rev-list", "--count", "HEAD") != "1":
                git(desk, "reset", "-q", "--hard", "HEAD~1")
        case _:
            by_hand(desk, *written(str(kind), args))


def written(kind: str, args: list[object]) -> tuple[str, bytes | str | None]:
    """Where a person writes in such a step, and what: bytes, a link, or nothing any more."""
    if kind == "settings":
        return "tkt.yaml", f"name: shop\n{args[0]}".encode()
    if kind == "states":
        flow = f"states:\n  new: {{category: {args[0]}}}\n  closed: {{category: closed}}\n"
        return "workflows/simple.yaml", flow.encode()
    path = path_for(str(args[0]), archived=bool(args[-1]))
    if kind == "sound":
        return path, sound(str(args[0]), json.dumps(args[1], ensure_ascii=False))
    if kind == "broken":
        assert isinstance(args[1], bytes)
        return path, args[1]
    return path, "/etc/passwd" if kind == "link" else None


def by_hand(desk: Path, path: str, content: bytes | str | None) -> None:
    """Commit bytes, a link (text) or nothing at a path, knowing only Git."""
    target = desk / path
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        target.write_bytes(content)
    elif content is not None:
        target.symlink_to(content)
    git(desk, "add", "-A", ".")
    git(desk, "commit", "-q", "--allow-empty", "-m", "by hand")


@pytest.mark.slow
@given(steps=STEPS)
@settings(
    max_examples=int(os.environ.get("TKT_TEST_EXAMPLES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_an_index_kept_up_to_date_is_one_built_from_nothing(
    desk_template: Path, steps: list[tuple[object, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(shutil.copytree(desk_template, Path(folder) / "shop"))
        run_here(desk, "list")
        for step in steps:
            do(desk, step)
        assert_index_is_right(desk)
        assert status(desk) == ""


def test_what_a_write_puts_into_the_index_is_what_reading_the_file_would(
    desk: Path, tkt: Runner
) -> None:
    ticket = tkt.new('标题: "x" #1', "--customer", "王 #1", "--order", "0012", "-m", "一\r\n二\n")
    assert_index_is_right(desk)
    assert (
        tkt("set", ticket, "priority=high", "tags+=vip,new", "weight=1.50", "by=2026-11-22").code
        == 0
    )
    assert_index_is_right(desk)
    assert tkt("note", ticket, "removed 退款 ---\n'\"").code == 0
    assert tkt("set", ticket, "tags-=vip", "order=").code == 0
    assert_index_is_right(desk)


def test_two_files_of_one_ticket_are_one_ticket_and_a_fault(desk: Path, tkt: Runner) -> None:
    ticket = IDS[0]
    for archived in (True, False):
        by_hand(desk, path_for(ticket, archived=archived), sound(ticket, f"t{archived:d}"))
        assert_index_is_right(desk)
    result = tkt("list", "--json")
    assert [t.get("title") for t in result.json if "title" in t] == ["t0"]
    assert "two files" in result.err
    assert tkt("show", "2222", "--json").json["title"] == "t0"
    by_hand(desk, path_for(ticket), None)
    assert_index_is_right(desk)
    assert tkt("list").err == ""


# -- damage -----------------------------------------------------------------------------------


def damage_header(path: Path) -> None:
    path.write_bytes(b"not a database at all" + path.read_bytes()[21:])


def damage_middle(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    path.write_bytes(raw)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def other_version(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'version'")


def unknown_commit(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'commit'", ("a" * 40,))


def no_commit(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE name = 'commit'")


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink, empty, damage_header, damage_middle, cut_in_half, other_version,
        unknown_commit, no_commit,
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["list", "new"])
def test_an_index_that_is_of_no_use_is_made_anew(
    desk: Path, tkt: Runner, harm: object, verb: str
) -> None:
    ticket = tkt.new("杯子")
    path = index_file(desk)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert callable(harm)
    harm(path)
    result = tkt("list", "--json") if verb == "list" else tkt("new", "second", "--json")
    assert result.code == 0, result.err
    assert ticket in [t["id"] for t in tkt("list", "--json").json]
    assert_index_is_right(desk)


def test_damage_deep_inside_is_one_line_and_the_next_command_works(desk: Path, tkt: Runner) -> None:
    tkt.new("杯子")
    path = index_file(desk)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'docs'"
        ).fetchone()[0]
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * page : root * page] = b"\xa5" * page
    path.write_bytes(raw)
    result = tkt("list", "--json")
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1)
    assert [t["title"] for t in tkt("list", "--json").json] == ["杯子"]


def test_an_index_of_an_older_version_is_cleared_away(desk: Path, tkt: Runner) -> None:
    path = index_file(desk)
    old = path.with_name("index-00000000-v0.db")
    other = path.with_name("index-12345678-v1.db.new-4711")
    old.write_bytes(b"x")
    other.write_bytes(b"x")
    path.unlink(missing_ok=True)
    tkt("list")
    assert not old.exists()
    assert other.exists(), "another work tree of the repository is building that one"


@pytest.mark.slow
def test_many_that_build_the_index_at_once_all_answer(desk: Path, tkt: Runner) -> None:
    tickets = {tkt.new(f"t{n}") for n in range(3)}
    for file in index_file(desk).parent.glob("index-*"):
        file.unlink()
    processes = [start_process(desk, "list", "--json") for _ in range(6)]
    answers = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 6, answers
    assert all({t["id"] for t in json.loads(out)} == tickets for out, _ in answers)
    assert_index_is_right(desk)


def test_a_reader_during_a_write_sees_one_state_or_the_other(desk: Path, tkt: Runner) -> None:
    tkt.new()
    index = Index.open(str(index_file(desk)))
    assert index
    before = contents(index)
    index.db.execute("BEGIN")
    index.db.execute("SELECT * FROM meta").fetchall()
    tkt.new("second")
    assert contents(index) == before
    index.close()


# -- tickets that are none --------------------------------------------------------------------

BOMB = b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (
    c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in range(ord("b"), ord("j")))  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "anchors"),
        (b"x: " + b"[" * 100_000, "nested"),
        (b"a: 1\na: 2\n", "second time"),
        (b"a: !!python/object/apply:os.system ['touch /tmp/x']\n", "tags"),
        (b"a: \x07\n", "character"),
        (b"x" * (MAX_BYTES + 1), "larger than"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"- a\n", "field: value"),
        ("/etc/passwd", "regular file"),
        ("..", "regular file"),
    ],
)
def test_a_file_that_is_no_ticket_is_one_line_and_hides_nothing(
    desk: Path, tkt: Runner, content: bytes | str, said: str
) -> None:
    ticket = tkt.new("杯子")
    path = path_for("261121-9999")
    by_hand(desk, path, content)
    result = tkt("list")
    assert result.code == 0
    assert result.err.count(path) == 1
    assert result.err.count("\n") == 1
    assert said in result.err
    assert "杯子" in result.out
    assert "root:" not in result.out + result.err
    assert tkt("note", ticket, "一").code == 0
    assert_index_is_right(desk)
    shown = tkt("show", "9999", "--json")
    assert (shown.code, shown.out) == (1, "")
    assert tkt("new", "another").code == 0


def test_a_folder_that_is_a_link_is_not_followed(desk: Path, tkt: Runner, tmp_path: Path) -> None:
    ticket = tkt.new("杯子")
    outside = tmp_path / "outside"
    shutil.move(str(desk / "tickets/2026"), outside)
    (desk / "tickets/2026").symlink_to(outside)
    before = {p: p.read_bytes() for p in outside.rglob("*.yaml")}
    result = tkt("note", ticket, "一")
    assert result.code == 1
    assert "symbolic link" in result.err
    assert {p: p.read_bytes() for p in outside.rglob("*.yaml")} == before


def test_a_submodule_among_the_tickets_is_no_ticket(desk: Path, tkt: Runner) -> None:
    tkt.new("杯子")
    commit = git(desk, "rev-parse", "HEAD")
    git(desk, "update-index", "--add", "--cacheinfo", f"160000,{commit},{path_for(IDS[0])}")
    git(desk, "commit", "-q", "-m", "a submodule")
    assert [t["title"] for t in tkt("list", "--json").json] == ["杯子"]
    assert_index_is_right(desk)


def test_a_file_outside_its_place_is_named(desk: Path, tkt: Runner) -> None:
    by_hand(desk, "tickets/261121-2222.yaml", sound("261121-2222"))
    result = tkt("list")
    assert result.code == 0
    assert "tickets/261121-2222.yaml" in result.err
    assert_index_is_right(desk)
