"""Merging two histories' tickets: layout and remarks stay, and both sides make the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories import ID, a_ticket, an_event
from tkt.domain.ids import path_of
from tkt.domain.merge import merge
from tkt.storage import yaml
from tkt.storage.dump import dump
from tkt.storage.merging import Around, Merged, Version, text_of, unite
from tkt.storage.reading import read_ticket
from tkt.storage.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.domain.ticket import Ticket

ALONE = Around(lambda _: False, lambda *_: None)
PATH = path_of(ID)


def version(ticket: Ticket, remark: Callable[[str], str] = str, *, path: str = PATH) -> Version:
    """A file that says the ticket, as a person who made ``remark`` of it left it."""
    raw = remark(dump(ticket.doc())).encode()
    return Version(path, raw, read_ticket(raw, path=path))


def grown(base: Version, *events: Any) -> Version:
    """The file after more events, as tkt writes it."""
    ticket = base.ticket.after(*events)
    raw = rewrite(base.raw.decode(), ticket.doc(), path=base.path).encode()
    return Version(base.path, raw, read_ticket(raw, path=base.path))


def merged_text(base: Version | None, ours: Version, theirs: Version) -> str:
    """What both sides make of it, which must be the same."""
    before = base.ticket if base else None
    here = text_of(merge(before, ours.ticket, theirs.ticket), base, ours, theirs)
    there = text_of(merge(before, theirs.ticket, ours.ticket), base, theirs, ours)
    assert here == there
    return here.decode()


# -- layout -----------------------------------------------------------------------------------


def above(remark: str) -> Callable[[str], str]:
    return lambda text: text.replace("title:", f"# {remark}\ntitle:", 1)


def behind(remark: str) -> Callable[[str], str]:
    return lambda text: text.replace("status: new", f"status: new  # {remark}", 1)


def test_remarks_of_both_sides_stay_wherever_they_stand() -> None:
    ticket = a_ticket()
    ours = grown(version(ticket, above("顾客催过")), an_event(minutes=1, text="一"))
    theirs = grown(version(ticket, behind("等仓库")), an_event(minutes=2, text="二"))
    text = merged_text(version(ticket), ours, theirs)
    assert text.count("# 顾客催过") == text.count("# 等仓库") == 1
    assert [e["text"] for e in yaml.load(text, path=PATH)["timeline"][1:]] == ["一", "二"]


def test_what_looks_like_a_remark_in_a_text_is_none() -> None:
    ticket = a_ticket(an_event(minutes=1, text="第一行 # 不是注释\n# 也不是\n", note="a # b"))
    ours = grown(version(ticket, above("甲")), an_event(minutes=2, text="x # y"))
    theirs = grown(version(ticket, above("乙")), an_event(minutes=3, text="'#'"))
    lines = merged_text(version(ticket), ours, theirs).splitlines()
    assert sorted(line for line in lines if line.startswith("#")) == ["# 乙", "# 甲"]


def test_a_remark_that_one_side_took_away_does_not_come_back_at_the_top() -> None:
    ticket = a_ticket()
    base = version(ticket, lambda text: above("旧")(behind("也旧")(text)))
    ours = grown(version(ticket, above("旧")), an_event(minutes=1, text="一"))
    theirs = grown(base, an_event(minutes=2, text="二"))
    text = merged_text(base, ours, theirs)
    assert not text.startswith("# 也旧")
    assert text.count("# 旧") == 1


def test_line_ends_and_byte_order_marks_of_one_side_do_no_harm() -> None:
    ticket = a_ticket()
    base = version(ticket)
    raw = b"\xef\xbb\xbf" + above("甲")(base.raw.decode()).replace("\n", "\r\n").encode()
    odd = Version(PATH, raw, read_ticket(raw, path=PATH))
    text = merged_text(base, odd, grown(version(ticket, above("乙")), an_event(minutes=1)))
    assert "\r" not in text
    assert "\ufeff" not in text
    assert "# 甲" in text
    assert "# 乙" in text


def test_one_sides_file_is_taken_as_it_is_where_the_other_did_nothing() -> None:
    base = version(a_ticket(), above("甲"))
    ours = grown(base, an_event(minutes=1, text="一"))
    assert merged_text(base, ours, base) == ours.raw.decode()


REMARKS = st.sampled_from(("甲", "乙", "丙 # 丁", "'", '"', "- x: [", "{"))
SIDES = st.tuples(st.sampled_from((above, behind)), REMARKS, st.integers(1, 5))


@settings(deadline=None, max_examples=60)
@given(SIDES, SIDES, st.booleans())
def test_any_two_layouts_merge_alike_and_lose_no_remark(
    here: Any, there: Any, has_base: bool
) -> None:
    ticket = a_ticket()
    base = version(ticket)
    ours, theirs = (
        grown(version(ticket, way(remark)), an_event(minutes=minutes, text=f"{side} {remark}"))
        for side, (way, remark, minutes) in (("a", here), ("b", there))
    )
    assume(ours.ticket.events[1].id != theirs.ticket.events[1].id)
    text = merged_text(base if has_base else None, ours, theirs)
    assert f"# {here[1]}" in text
    assert f"# {there[1]}" in text
    assert len(read_ticket(text.encode(), path=PATH).events) == 3


# -- places -----------------------------------------------------------------------------------


def united(base: list[Version], ours: list[Version], theirs: list[Version]) -> Merged:
    merged = Merged.nothing()
    unite(ID, (base, ours, theirs), merged, ALONE)
    return merged


def test_a_ticket_has_one_place_in_the_end() -> None:
    active = version(a_ticket())
    archived = version(
        a_ticket(an_event("set", 2, set={"archived": "2026-11-21T14:05:11+08:00"})),
        path=path_of(ID, archived=True),
    )
    noted = grown(active, an_event(minutes=1, text="还有"))
    for ours, theirs in ((archived, noted), (noted, archived)):
        merged = united([active], [ours], [theirs])
        kept = {path: raw for path, raw in merged.files.items() if raw is not None}
        assert list(kept) == [PATH]
        assert merged.files.get(archived.path) is None
        assert (archived.path in merged.files) is (ours is archived)


def test_both_sides_having_deleted_a_ticket_leaves_it_deleted() -> None:
    assert united([version(a_ticket())], [], []).files == {}
