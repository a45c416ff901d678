"""What the State Council has said of each year: days off, and days that are worked for them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar import china
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Notice(NamedTuple):
    """Days off and days to work, each with what it is called, if anything; and where it says so."""

    off: Mapping[date, str]
    work: Mapping[date, str]
    source: tuple[str, ...] = ()

    @staticmethod
    def of(data: Mapping[str, Any]) -> Notice:
        """From what a sound file says."""
        return Notice(
            _named(data["off"]), _named(data.get("work", ())), tuple(data.get("source", ()))
        )


def _named(days: Any) -> dict[date, str]:
    if isinstance(days, dict):
        return {date.fromisoformat(day): str(name) for day, name in days.items()}
    return dict.fromkeys(map(date.fromisoformat, days), "")


def all_notices(published: Sequence[Mapping[str, Any]]) -> Mapping[int, Notice]:
    """Every notice by its year: those of the desk, and the shipped ones of other years."""
    return {**_shipped(), **{data["year"]: Notice.of(data) for data in published}}


@cache
def _shipped() -> Mapping[int, Notice]:
    return {year: Notice(*china.days_of(year), china.source_of(year)) for year in china.YEARS}
