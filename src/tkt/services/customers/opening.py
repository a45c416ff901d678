"""What a ticket has of its customer: who that is, their tags, and the priority that these bring.

The tags stand on the ticket from its opening on, as all that is decided by them must be seen there;
the opening's event says which of them are the customer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.custom.field import Label
from tkt.domain.customers.customer import tags_of
from tkt.domain.fields import PRIORITIES, listed
from tkt.services.customers.finding import meant_by
from tkt.services.customers.keeping import doc_of
from tkt.services.customers.rules import label_of, priority_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.services.stage import Stage


class Recognised(NamedTuple):
    """The customer of a new ticket; no ``id`` where there is none of that name.

    ``raises`` is the priority that one of their tags brings, and that tag.
    """

    id: str | None = None
    tags: tuple[str, ...] = ()
    raises: tuple[str, str] | None = None

    def typed(self, said: Mapping[str, str]) -> dict[str, str]:
        """The fields of the ticket as typed, with the customer's id and tags."""
        if self.id is None:
            return dict(said)
        tags = [*filter(None, said.get("tags", "").replace("，", ",").split(",")), *self.tags]
        told = {"tags": ",".join(dict.fromkeys(tags))} if tags else {}
        return {**said, "customer": self.id, **told}

    def raised(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The ticket's fields with its priority as high as the customer's tags ask."""
        if self.raises is None:
            return dict(fields)
        ranks = list(PRIORITIES)
        now = fields.get("priority", "normal")
        wanted = self.raises[0]
        higher = ranks.index(wanted) > ranks.index(now)
        return {**fields, "priority": wanted if higher else now}

    def payload(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
        """What the opening's event says of it; nothing where there are no tags."""
        if not self.tags:
            return {}
        why: dict[str, Any] = {"tags": list(self.tags)}
        if self.raises and before.get("priority", "normal") != after.get("priority"):
            why |= {"priority": self.raises[0], "tag": self.raises[1]}
        return {"customer_tags": why}


def recognised(stage: Stage, said: Mapping[str, str]) -> Recognised:
    """Who the customer is that a person has typed; UsageProblem where it may be several.

    A priority that the person has said themselves stays.
    """
    desk = stage.desk
    text = said.get("customer", "").strip()
    customer_id = meant_by(desk, text) if text else None
    if customer_id is None:
        return Recognised()
    tags = tuple(tags_of(doc_of(desk, customer_id)))
    raises = None if said.get("priority") else priority_for(desk, tags)
    return Recognised(customer_id, tags, raises)


def remark(stage: Stage, known: Recognised, fields: Mapping[str, Any]) -> None:
    """Tell whoever opened a ticket what it has of its customer."""
    labels = label_of(stage.desk) if known.tags else {}
    called = [Label(*labels.get(tag, (tag, tag))) for tag in listed(list(known.tags))]
    if known.id and called:
        tags = Label("、".join(tag.zh for tag in called), ", ".join(tag.en for tag in called))
        stage.remark("customer.tagged", id=known.id, tags=tags)
    if known.raises and fields.get("priority") == known.raises[0]:
        priority, tag = known.raises
        tag_label = Label(*labels.get(tag, (tag, tag)))
        stage.remark("customer.raised", tag=tag_label, priority=Label(*PRIORITIES[priority]))


def reason(payload: Mapping[str, Any]) -> str | None:
    """What the commit says of it."""
    why = payload.get("customer_tags")
    if not why:
        return None
    told = f"customer's tags: {', '.join(why['tags'])}"
    return f"{told}; {why['tag']} raises priority to {why['priority']}" if "tag" in why else told
