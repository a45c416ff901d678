from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import seeded
from tkt.domain import ids

DAY = date(2026, 11, 21)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
ticket_ids = st.builds(
    lambda day, random_part: f"{day:%y%m%d}-{random_part}",
    days,
    st.text(ids.ALPHABET, min_size=ids.SHORTEST, max_size=ids.LONGEST),
)


def opened(count: int, draw: random.Random, day: date = DAY) -> list[str]:
    """The ids that one clone gives to that many tickets of a day."""
    taken: set[str] = set()
    for known in range(count):
        taken.add(ids.new_id(day, known=known, taken=taken.__contains__, draw=draw.randrange))
    return sorted(taken)


@pytest.mark.parametrize(
    ("known", "length"), [(0, 4), (405, 4), (406, 5), (12_150, 5), (12_151, 6), (10**7, 6)]
)
def test_an_id_is_as_long_as_the_day_is_busy(known: int, length: int) -> None:
    assert ids.length_for(known) == length
    new = ids.new_id(DAY, known=known, taken=lambda _: False, draw=seeded())
    assert ids.is_id(new)
    assert len(new) == len("261121-") + length


@pytest.mark.parametrize("known", [0, 405, 406, 12_150])
def test_a_new_id_meets_an_unseen_one_at_most_once_in_2000(known: int) -> None:
    assert known / len(ids.ALPHABET) ** ids.length_for(known) <= 1 / ids.CLASH_ODDS


def test_two_clones_clash_as_often_as_the_docstring_says() -> None:
    draw, tries = random.Random(7), 600
    clashes = sum(len({*opened(200, draw)} & {*opened(200, draw)}) for _ in range(tries))
    # 200 * 200 / 810,000 each; 30 are expected, and 3 standard deviations are 16.
    assert abs(clashes - tries * 200 * 200 / 810_000) < 17


def test_a_peak_day_on_two_clones_clashes_about_once() -> None:
    draw, tries = random.Random(11), 12
    clashes = sum(len({*opened(5000, draw)} & {*opened(5000, draw)}) for _ in range(tries))
    assert 2 <= clashes <= 26


def test_a_taken_id_is_drawn_again() -> None:
    draws = iter([5, 5, 5, 6])
    first = ids.new_id(DAY, known=0, taken=lambda _: False, draw=lambda _: next(draws))
    second = ids.new_id(DAY, known=1, taken=lambda i: i == first, draw=lambda _: next(draws))
    assert (first, second) == ("261121-2227", "261121-2228")


def test_ids_of_one_day_in_one_clone_never_meet() -> None:
    assert len(opened(3000, random.Random(3))) == 3000


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_without_ids_is_an_error(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        ids.new_id(date(year, 1, 1), known=0, taken=lambda _: False, draw=seeded())


@pytest.mark.parametrize(
    "text",
    [
        "", "7KQ4", "261121-7KQ", "261121-7KQ4567", "261121-7kq4", "261121-7KQ0", "261121-7KQI",
        "261321-7KQ4", "260230-7KQ4", "261121-7KQ4\n", " 261121-7KQ4", "２６1121-7KQ4",
        "٢٦1121-7KQ4", "../261121-7KQ4",
    ],
)  # fmt: skip
def test_what_is_no_id(text: str) -> None:
    assert not ids.is_id(text)


@given(ticket_ids, st.booleans())
def test_a_path_leads_back_to_its_id(ticket_id: str, archived: bool) -> None:
    path = ids.path_of(ticket_id, archived=archived)
    assert ids.id_in_path(path) == ticket_id
    assert path.startswith("archive/" if archived else "tickets/")
    assert ids.day_of(ticket_id).strftime("/%Y/%m/%d/") in path


@pytest.mark.parametrize(
    ("ticket_id", "path"),
    [
        ("261121-7KQ4", "tickets/2026/11/21/7/261121-7KQ4.yaml"),
        ("261121-7KQ45", "tickets/2026/11/21/7/K/261121-7KQ45.yaml"),
        ("261121-7KQ456", "tickets/2026/11/21/7/K/Q/261121-7KQ456.yaml"),
    ],
)
def test_each_character_beyond_the_third_is_a_folder(ticket_id: str, path: str) -> None:
    assert ids.path_of(ticket_id) == path


@pytest.mark.parametrize(
    "path",
    [
        "tickets/2026/11/21/K/261121-7KQ4.yaml",
        "tickets/2026/11/22/7/261121-7KQ4.yaml",
        "tickets/2026/11/21/7/../7/261121-7KQ4.yaml",
        "tickets/2026/11/21/7/261121-7KQ4.yml",
        "tickets/2026/11/21/7/261121-7KQ4",
        "kb/2026/11/21/7/261121-7KQ4.yaml",
        "/tickets/2026/11/21/7/261121-7KQ4.yaml",
        "tickets/readme.yaml",
        "261121-7KQ4.yaml",
    ],
)
def test_no_ticket_lives_elsewhere(path: str) -> None:
    assert ids.id_in_path(path) is None


@given(ticket_ids, ticket_ids)
def test_numbers_are_unique_and_grow_with_the_day(one: str, two: str) -> None:
    first, second = ids.number_of(one), ids.number_of(two)
    assert (first == second) == (one == two)
    assert 0 < first < 2**52
    if ids.day_of(one) < ids.day_of(two):
        assert first < second


def test_numbers_stay_within_their_day() -> None:
    last, first = ids.number_of("261121-ZZZZZZ"), ids.number_of("261122-2222")
    assert last < first
    assert ids.number_of("261121-2222") != ids.number_of("261121-22222")


def test_events_of_one_second_stand_in_the_order_in_which_they_were_made() -> None:
    draw = seeded(1)
    made: list[str] = []
    for _ in range(1000):
        made.append(ids.event_id(made, draw=draw))
    assert made == sorted(made)
    assert {len(i) for i in made} == {10}


def test_two_events_made_apart_in_one_second_do_not_meet() -> None:
    draw = seeded(2)
    assert len({ids.event_id([], draw=draw) for _ in range(10_000)}) == 10_000


hand_written = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.lists(hand_written | st.text("Z2a", min_size=1, max_size=11), min_size=1), st.integers(0))
def test_an_event_sorts_after_all_others_of_its_second_whoever_wrote_them(
    others: list[str], seed: int
) -> None:
    new = ids.event_after(others, tail=ids.tail_from(seed))
    assert new > max(others)
    assert new not in others


def test_a_full_second_still_has_room() -> None:
    last = "ZZZ2222222"
    assert all(a < b for a, b in pairwise([last, ids.event_after([last], tail="2222222")]))


@given(ticket_ids, st.integers(0, 2**64))
def test_every_clone_renumbers_alike(ticket_id: str, seed: int) -> None:
    first = ids.renumbered(ticket_id, seed=seed, taken=lambda _: False)
    assert first == ids.renumbered(ticket_id, seed=seed, taken=lambda _: False)
    assert ids.is_id(first)
    assert ids.day_of(first) == ids.day_of(ticket_id)
    second = ids.renumbered(ticket_id, seed=seed, taken=lambda i: i == first)
    assert ids.is_id(second)
    assert second != first


def test_an_id_knows_its_day() -> None:
    assert ids.day_of("261121-7KQ4") == DAY
    assert ids.day_of("261122-7KQ4") == DAY + timedelta(days=1)
