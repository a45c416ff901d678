"""A category of tickets: what it is called, and what follows for a ticket of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Category(NamedTuple):
    """One category of classify.yaml.

    ``skills`` are the skills that its tickets need, each with the least level, from 1 to 5. Of what
    is None nothing is said. Tickets of a ``spam`` category are kept out of figures.
    """

    name: str
    zh: str
    en: str
    workflow: str | None = None
    team: str | None = None
    priority: str | None = None
    severity: int | None = None
    skills: Mapping[str, int] = {}
    spam: bool = False
