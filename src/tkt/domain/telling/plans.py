"""Who is told by which ways, out of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.telling.declared import named
from tkt.domain.telling.timing import parse_digest, parse_quiet
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.telling.timing import Digest, Quiet

USUAL = ("told", "mention", "assigned", "ping_pong")
"""What somebody is told of who says nothing else."""


class Route(NamedTuple):
    """One way to one recipient: a delivery, and whom to address there, if anybody in particular."""

    delivery: str
    to: str = ""

    def __str__(self) -> str:
        return f"{self.delivery} {self.to}".rstrip()


class Plan(NamedTuple):
    """What one recipient, an agent's id or ``team:<id>``, wants."""

    routes: tuple[Route, ...]
    on: frozenset[str]
    quiet: Quiet | None
    quiet_except: frozenset[str]
    digest: Digest | None


def plans(settings: Settings) -> dict[str, Plan]:
    """Recipient to plan, for everybody who can be reached by some way."""
    told = settings.telling
    found: dict[str, Plan] = {}
    for group, prefix in (("agents", ""), ("teams", "team:")):
        for who, wishes in told.get(group, {}).items():
            routes = tuple(_route(way, told.get("deliveries", {})) for way in wishes["via"])
            if routes:
                found[prefix + who] = _plan(wishes, tuple(dict.fromkeys(routes)))
    return found


def deliveries(settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """The ways to deliver that there are, by name."""
    known: Mapping[str, Mapping[str, Any]] = settings.telling.get("deliveries", {})
    return known


def _plan(wishes: Mapping[str, Any], routes: tuple[Route, ...]) -> Plan:
    quiet, digest = wishes.get("quiet"), wishes.get("digest")
    return Plan(
        routes,
        frozenset(wishes.get("on", USUAL)),
        parse_quiet(quiet) if quiet else None,
        frozenset(wishes.get("quiet_except", ())),
        parse_digest(digest) if digest else None,
    )


def _route(way: Any, known: Mapping[str, Any]) -> Route:
    """The route of a way that is known to lead somewhere; a robot calls by mobile or by user."""
    name, _, _ = named(way, known)
    assert name
    if isinstance(way, str):
        return Route(name, "" if way == name else way)
    return Route(name, way.get("mail") or way.get("mobile") or way.get("user") or "")
