"""Which tags the rules of classify.yaml give a customer, and what speaks for each.

A rule holds if all it says holds. Money and orders count as far as they are paid for; a customer
who never ordered gets no tag by rule. The answer of a rule is what was counted, not a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers.orders import PAID, REFUNDED, money_text
from tkt.domain.shape import Fault
from tkt.domain.when import parse_duration
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.customers.orders import Order

CONDITIONS = ("spent", "orders", "at_most", "quiet", "rating", "refunds")
"""The keys of a tag by which it is given; a tag with none of them is given by hand only."""


class Rule(NamedTuple):
    """When a tag is given. Money is in fen, times are in seconds.

    ``spent`` and ``orders`` are the least, ``at_most`` the most orders within ``within``; ``quiet``
    is how long the last order is past; ``rating`` the best average of stars that still counts as
    bad; ``refunds`` the least number of orders that went back.
    """

    tag: str
    spent: int | None = None
    orders: int | None = None
    at_most: int | None = None
    within: int | None = None
    quiet: int | None = None
    rating: float | None = None
    refunds: int | None = None

    @staticmethod
    def of(tag: str, said: Mapping[str, Any]) -> Rule | None:
        """The rule that a tag's part of classify.yaml makes; None if it is given by hand."""
        if not any(key in said for key in CONDITIONS):
            return None
        spent = said.get("spent")
        return Rule(
            tag,
            None if spent is None else round(spent * 100),
            said.get("orders"),
            said.get("at_most"),
            _seconds(said.get("within")),
            _seconds(said.get("quiet")),
            said.get("rating"),
            said.get("refunds"),
        )


def never_given(tags: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    """Rules of classify.yaml that no customer can ever come under."""
    faults: list[Fault] = []
    for tag, said in tags.items():
        least, most = said.get("orders"), said.get("at_most")
        if least is not None and most is not None and most < least:
            where = ("tags", tag, "at_most")
            faults.append(Fault(where, "config.tag_never", {"least": least, "most": most}))
        if "within" in said and not any(key in said for key in CONDITIONS):
            where = ("tags", tag, "within")
            known = ", ".join(CONDITIONS)
            faults.append(Fault(where, "config.tag_idle", {"known": known}))
    return faults


def _seconds(text: str | None) -> int | None:
    return None if text is None else int(parse_duration(text).total_seconds())


class Counted(NamedTuple):
    """What there is to count of one customer within some time."""

    orders: int
    spent: int
    refunds: int
    rated: int
    stars: int
    last: int | None


def counted(orders: Iterable[Order], *, since: int | None) -> Counted:
    """What orders come to; those before ``since`` do not count, but for when the last one was."""
    paid = spent = refunds = rated = stars = 0
    last: int | None = None
    for order in orders:
        at = order.paid or order.ordered
        standing = order.standing
        if standing == PAID and at is not None:
            last = max(last or at, at)
        if since is not None and (at is None or at < since):
            continue
        if standing == PAID:
            paid += 1
            spent += max(0, order.amount - order.refunded)
        if standing == REFUNDED or order.refunded:
            refunds += 1
        if order.rating is not None:
            rated += 1
            stars += order.rating
    return Counted(paid, spent, refunds, rated, stars, last)


def holds(rule: Rule, seen: Counted, *, now: int) -> bool:
    """Whether all that a rule says is so."""
    if seen.last is None and not seen.refunds and not seen.rated:
        return False
    return all((
        rule.spent is None or seen.spent >= rule.spent,
        rule.orders is None or seen.orders >= rule.orders,
        rule.at_most is None or seen.orders <= rule.at_most,
        rule.quiet is None or (seen.last is not None and now - seen.last >= rule.quiet),
        rule.rating is None or _is_bad(seen, rule.rating),
        rule.refunds is None or seen.refunds >= rule.refunds,
    ))  # fmt: skip


def measured(rule: Rule, seen: Counted, *, now: int) -> dict[str, Any]:
    """What was counted of all that a rule asks for, by its keys."""
    found: dict[str, Any] = {}
    if rule.spent is not None:
        found["spent"] = money_text(seen.spent)
    if rule.orders is not None or rule.at_most is not None:
        found["orders"] = seen.orders
    if rule.quiet is not None and seen.last is not None:
        found["quiet"] = f"{max(0, now - seen.last) // 86400}d"
    if rule.rating is not None and seen.rated:
        found["rating"] = round(seen.stars / seen.rated, 2)
    if rule.refunds is not None:
        found["refunds"] = seen.refunds
    return found


def _is_bad(seen: Counted, most: float) -> bool:
    return seen.rated > 0 and seen.stars <= most * seen.rated


class Decision(NamedTuple):
    """A tag that a customer gets (``why`` is what was counted) or loses (what is left of it)."""

    tag: str
    given: bool
    why: Mapping[str, Any]


def decide(
    held: Iterable[str], rules: Sequence[Rule], orders: Sequence[Order], *, now: int
) -> list[Decision]:
    """What is to change of the tags by rule that a customer holds."""
    have = set(held)
    decided: list[Decision] = []
    for rule in rules:
        seen = counted(orders, since=None if rule.within is None else now - rule.within)
        given = holds(rule, seen, now=now)
        if given is not (rule.tag in have):
            decided.append(Decision(rule.tag, given, measured(rule, seen, now=now)))
    known = {rule.tag for rule in rules}
    decided += [Decision(tag, False, {}) for tag in have if tag not in known]
    return sorted(decided, key=lambda decision: (not decision.given, decision.tag))
