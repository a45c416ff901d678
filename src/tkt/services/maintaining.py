"""Keeping a desk fast: what to do is decided from its size, done, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import TktError
from tkt.named import NamedTuple
from tkt.storage import housekeeping as house
from tkt.storage.lock import held

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.storage.desk import Desk
    from tkt.storage.housekeeping import Sizes, Tickets

LARGE = 20_000
"""Tracked tickets from which on a smaller index pays."""


class Step(NamedTuple):
    """One thing to do: ``action`` is its name, ``why`` a key that says why or why not."""

    action: str
    do: bool
    why: str


class Maintained(NamedTuple):
    """What was done, or would be, and what came of it."""

    tickets: Tickets
    steps: tuple[Step, ...]
    before: Sizes
    after: Sizes


class Wish(NamedTuple):
    """What a person wants regardless of size; None leaves it to the size."""

    split: bool | None = None
    sparse: bool | None = None


def maintain(desk: Desk, wish: Wish, *, dry_run: bool = False) -> Maintained:
    """Pack the repository, and past some 20,000 tickets make Git's index smaller."""
    git = desk.git
    tickets = house.tickets(git, desk.head())
    before = house.sizes(git)
    steps = plan(desk, wish, tickets)
    if not dry_run:
        for step in steps:
            if step.do:
                with held(desk.lock):
                    _DO[step.action](desk)
    return Maintained(tickets, steps, before, house.sizes(git))


def plan(desk: Desk, wish: Wish, tickets: Tickets) -> tuple[Step, ...]:
    """What to do, in order, each with its reason; and what not to, with the reason against it."""
    split = _wants_split(desk, wish, tickets)
    sparse = _wants_sparse(desk, wish, tickets)
    return (Step("pack", True, "maintain.always"), *_in_order(desk, split, sparse))


def _in_order(desk: Desk, split: Step, sparse: Step) -> tuple[Step, ...]:
    # The index is whole again before it is split, and in one piece before it is sparse.
    if sparse.do and sparse.action == "sparse":
        will_split = split.action == "split" and (split.do or house.is_split(desk.git))
        return sparse._replace(action="sparse_split" if will_split else "sparse"), split
    return split, sparse


def _wants_split(desk: Desk, wish: Wish, tickets: Tickets) -> Step:
    now = house.is_split(desk.git)
    # Where most of the tickets can leave the checkout, a sparse index does more.
    large = tickets.active >= LARGE
    wanted = large or (now and wish.sparse is None) if wish.split is None else wish.split
    if wish.split is None and not now and not large:
        return Step("split", False, "maintain.small")
    if wanted == now:
        return Step("split" if now else "unsplit", False, "maintain.already")
    return Step("split" if wanted else "unsplit", True, _reason(wish.split))


def _wants_sparse(desk: Desk, wish: Wish, tickets: Tickets) -> Step:
    git = desk.git
    if house.is_sparse(git) and not house.is_sparse_by_us(git):
        return Step("sparse", False, "maintain.not_ours")
    if wish.sparse is False:
        sparse = house.is_sparse(git)
        return Step("unsparse", sparse, "maintain.wish" if sparse else "maintain.already")
    if not house.is_sparse(git):
        if wish.sparse is None and tickets.active + tickets.archived < LARGE:
            return Step("sparse", False, "maintain.small")
        if wish.sparse is None and not tickets.archived:
            return Step("sparse", False, "maintain.no_archive")
    try:
        desk.check_writable()
    except TktError:
        return Step("sparse", False, "maintain.unfinished")
    if house.archive_edits(desk):
        return Step("sparse", False, "maintain.edited")
    why = "maintain.anew" if house.is_sparse(git) else _reason(wish.sparse)
    return Step("sparse", True, why)  # anew as well: there may be new folders


def _reason(wish: bool | None) -> str:
    return "maintain.large" if wish is None else "maintain.wish"


_DO: dict[str, Callable[[Desk], None]] = {
    "pack": lambda desk: house.pack(desk.git),
    "split": lambda desk: house.split_index(desk.git, on=True),
    "unsplit": lambda desk: house.split_index(desk.git, on=False),
    "sparse": lambda desk: house.leave_out_archive(desk.git, desk.head(), split=False),
    "sparse_split": lambda desk: house.leave_out_archive(desk.git, desk.head(), split=True),
    "unsparse": lambda desk: house.bring_back_archive(desk.git),
}
