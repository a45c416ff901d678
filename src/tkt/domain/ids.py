"""Ticket numbers, event numbers, and where a ticket lives on disk.

A ticket's id is the day it was opened, a hyphen and a short random part, ``261121-7KQ4``. The
random part uses 30 characters (no 0, 1, I, L, O or U, which people misread), four of them on an
ordinary day.

How likely is a clash? Within one clone never: the lock is held and a taken id is drawn again.
Between clones that have not yet synced, a new id meets one it cannot see with probability
``n / 30**length``, where n is how many the others opened that day. :func:`length_for` keeps that
at or below 1 in 2,000 for n as large as what this clone already knows: 4 characters up to 405
tickets a day, 5 up to 12,150, 6 beyond. Two clones that each open 200 tickets in a day before they
meet expect 200 * 200 / 810,000 = 0.05 clashes; on 11.11, with 5,000 on each side, the ids are five
long by then and one to be expected is renumbered at the merge (see :func:`renumbered`).
"""

from __future__ import annotations

import re
import zlib
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE = len(ALPHABET)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
SHORTEST, LONGEST = 4, 6
CLASH_ODDS = 2000
"""A new id meets an unseen one at most once in this many times; see the module's docstring."""

_ID = re.compile(rf"([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})-([{ALPHABET}]{{{SHORTEST},{LONGEST}}})")
_EVENT_SEQUENCE = 3
_EVENT_RANDOM = 7

SWEPT = "ZZZ"
"""How the ids of events begin that a sweep has made; no other event's do."""

ACTIVE, ARCHIVE = "tickets", "archive"
FOLDERS = (ACTIVE, ARCHIVE)
"""The folders of a desk that hold tickets."""


def is_id(text: str) -> bool:
    """Whether ``text`` is a whole ticket id of a day that exists."""
    match = _ID.fullmatch(text)
    if not match:
        return False
    try:
        date(2000 + int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def day_of(ticket_id: str) -> date:
    """The day in a ticket's id; it was opened on that day in the desk's time zone."""
    return date(2000 + int(ticket_id[:2]), int(ticket_id[2:4]), int(ticket_id[4:6]))


def length_for(known: int) -> int:
    """How many random characters an id gets on a day that already has ``known`` tickets."""
    for length in range(SHORTEST, LONGEST):
        if known * CLASH_ODDS <= _BASE**length:
            return length
    return LONGEST


def new_id(
    day: date, *, known: int, taken: Callable[[str], bool], draw: Callable[[int], int]
) -> str:
    """A free id for a ticket opened on ``day``, which has ``known`` tickets already.

    ``draw(n)`` gives a random integer below n; ``taken(id)`` says whether an id is in use.
    """
    if not 2000 <= day.year <= 2099:
        raise ValueError(f"no ticket ids for the year {day.year}")
    length = length_for(known)
    while True:
        candidate = f"{day:%y%m%d}-{_spell(draw(_BASE**length), length)}"
        if not taken(candidate):
            return candidate


def renumbered(ticket_id: str, *, seed: int, taken: Callable[[str], bool]) -> str:
    """The id that the later of two tickets gets when both were given ``ticket_id``.

    Every clone computes the same one from the same ``seed`` (a hash of the opening event), so that
    two clones that both merge the clash agree.
    """
    length = LONGEST
    while True:
        candidate = f"{ticket_id[:6]}-{_spell(seed % _BASE**length, length)}"
        if not taken(candidate):
            return candidate
        seed += 1


def _spell(value: int, length: int) -> str:
    characters = []
    for _ in range(length):
        value, digit = divmod(value, _BASE)
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))


def number_of(ticket_id: str) -> int:
    """An integer that stands for the id: unique, and growing with the day. At most 52 bits."""
    value = 0
    for character in ticket_id[7:]:
        # Digits count from 1, so that 2222 and 22222 differ.
        value = value * (_BASE + 1) + _VALUE[character] + 1
    return int(ticket_id[:6]) << 32 | value


def path_of(ticket_id: str, *, archived: bool = False) -> str:
    """Where the ticket's file is, relative to the desk; a function of the id alone.

    ``tickets/2026/11/21/7/261121-7KQ4.yaml``: each random character beyond the third is one folder
    more, so that however busy the day, a folder holds some 30 entries and one action adds a few KB
    of trees to Git, not the list of all that day's tickets.
    """
    random = ticket_id[7:]
    shards = "/".join(random[: len(random) - 3])
    top = ARCHIVE if archived else ACTIVE
    day = f"20{ticket_id[:2]}/{ticket_id[2:4]}/{ticket_id[4:6]}"
    return f"{top}/{day}/{shards}/{ticket_id}.yaml"


def places_of(ticket_id: str) -> tuple[str, str]:
    """Where a ticket's file may be: among the active ones, and in the archive."""
    return path_of(ticket_id), path_of(ticket_id, archived=True)


def id_in_path(path: str) -> str | None:
    """The id of the ticket that lives at ``path`` (relative to the desk), None if none may."""
    top, _, _ = path.partition("/")
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    if top not in FOLDERS or not is_id(stem):
        return None
    return stem if path == path_of(stem, archived=top == ARCHIVE) else None


def event_id(same_second: Iterable[str], *, draw: Callable[[int], int]) -> str:
    """An id for a new event, given the ids of the ticket's events at the same second.

    Ten characters: three that count within the second, so that what one clone did in order stays in
    order, and seven random ones (2 * 10**10), so that two clones do not meet.
    """
    tail = _spell(draw(_BASE**_EVENT_RANDOM), _EVENT_RANDOM)
    return event_after(same_second, tail=tail)


def event_after(same_second: Iterable[str], *, tail: str) -> str:
    """An event id that sorts after all of ``same_second`` and ends in ``tail``."""
    last = max(same_second, default="")
    head = last[:_EVENT_SEQUENCE]
    if not last:
        return _spell(0, _EVENT_SEQUENCE) + tail
    if len(head) == _EVENT_SEQUENCE and all(c in _VALUE for c in head):
        count = 0
        for character in head:
            count = count * _BASE + _VALUE[character]
        if count + 1 < _BASE**_EVENT_SEQUENCE:
            return _spell(count + 1, _EVENT_SEQUENCE) + tail
    # An id somebody wrote by hand, or a full second: anything longer sorts behind it.
    return last + tail


def tail_from(seed: int) -> str:
    """The random part of an event id that every clone must compute alike."""
    return _spell(seed % _BASE**_EVENT_RANDOM, _EVENT_RANDOM)


def following(place: int, seed: int) -> str:
    """What stands behind an event's id in that of one that follows from it, by its place there.

    Every clone computes it alike. What follows in order stays in order.
    """
    return _spell(place % _BASE**_EVENT_SEQUENCE, _EVENT_SEQUENCE) + tail_from(seed)


def checksum(*texts: str) -> int:
    """64 bits that every clone computes alike from the same texts; not a secret."""
    raw = "\0".join(texts).encode(errors="surrogatepass")
    return zlib.crc32(raw) << 32 | zlib.adler32(raw)
