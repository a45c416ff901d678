"""Customers as a table and as the card beside a ticket; what tags were given or taken, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.fields import parse_time
from tkt.domain.table import Card, Column, Section, Table
from tkt.domain.when import parse_duration
from tkt.render.views.tickets import channel_label, status_label
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.settings import Settings

    Row = Mapping[str, Any]
    Labels = Mapping[str, tuple[str, str]]

_LIST = (
    Column("id", "id"),
    Column("name", "name"),
    Column("tags", "list", 1),
    Column("orders", "number", 2),
    Column("spent", "number", 3),
    Column("last_order", "time", 4),
    Column("open_tickets", "number", 5),
    Column("contacts", "list", 6),
)
_HEADED = {"id": "customer_id", "spent": "money_spent"}
"""Columns that people know under other names than those of tickets."""
_FOR_PEOPLE = tuple(column._replace(key=_HEADED.get(column.key, column.key)) for column in _LIST)
_ORDERS = (
    Column("order", "id"),
    Column("ordered_at", "time"),
    Column("amount", "number"),
    Column("status", "name"),
    Column("rating", "number"),
    Column("items", "text"),
)
_TICKETS = (
    Column("id", "id"),
    Column("status", "name"),
    Column("opened", "time"),
    Column("title", "text"),
)
_MEASURES = ("spent", "orders", "quiet", "rating", "refunds")
_DECIDED = (
    Column("customer_id", "id"),
    Column("name", "name"),
    Column("given", "name"),
    Column("tag", "name"),
    Column("why", "text"),
)


def table(
    rows: Iterable[Row], labels: Labels, *, for_people: bool, notes: tuple[str, ...] = ()
) -> Table:
    """Customers, by name."""
    if not for_people:
        return Table(_LIST, rows)
    told = (
        {**row, "tags": [_label(tag, labels) for tag in row["tags"]],
         "last_order": _time(row["last_order"]),
         **{headed: row[key] for key, headed in _HEADED.items()}}
        for row in rows
    )  # fmt: skip
    return Table(_FOR_PEOPLE, list(told), notes=notes)


def card(row: Row, labels: Labels, settings: Settings, *, for_people: bool) -> Card:
    """One customer, as somebody wants to see them who is about to answer."""
    name = row.get("name") or ""
    fields: dict[str, Any] = {"tags": _tags(row, labels, for_people=for_people)}
    for channel, values in (row.get("contacts") or {}).items():
        label = channel_label(channel) or channel
        fields[label if for_people else channel] = _joined(values)
    fields.update((key, value) for key, value in (row.get("preferences") or {}).items())
    for what, said in (row.get("consent") or {}).items():
        key = say(f"customer.consent.{what}") if texts.has(f"customer.consent.{what}") else what
        fields[key] = say("customer.yes" if said["given"] else "customer.no")
    fields["addresses"] = _joined(_counted(row.get("addresses")), "; ")
    fields["ids"] = _joined(row.get("ids"))
    fields["kept"] = "; ".join(
        say("customer.kept", value=item["value"], id=item["ticket"])
        for item in row.get("kept") or ()
    )
    fields["orders"] = _figures(row["orders"])
    fields["tickets"] = say("customer.tickets", **row["tickets"])
    fields["merged_here"] = _joined(row["merged"])
    fields["path"] = row["path"]
    shown = {key: value for key, value in fields.items() if value not in (None, "")}
    return Card(f"{row['id']}  {name}".strip(), shown, tuple(_sections(row, settings)), row)


def _sections(row: Row, settings: Settings) -> Iterable[Section]:
    if row["last_orders"]:
        orders = [{**order, "ordered_at": _time(order["ordered_at"])}
                  for order in row["last_orders"]]  # fmt: skip
        yield Section(say("customer.last_orders"), Table(_ORDERS, orders))
    if row["last_tickets"]:
        tickets = [
            {**ticket, "opened": _time(ticket["opened"]),
             "status": status_label(settings, ticket["workflow"], ticket["status"])}
            for ticket in row["last_tickets"]
        ]  # fmt: skip
        yield Section(say("customer.last_tickets"), Table(_TICKETS, tickets))
    for note in row.get("notes") or ():
        yield Section(f"{note['at'][:16].replace('T', ' ')}  {note['by']}", note["text"], "aside")


def _figures(orders: Row) -> str:
    told = say("customer.orders", count=orders["count"], paid=orders["paid"], spent=orders["spent"])
    if orders["refunds"]:
        told += say("customer.refunds", count=orders["refunds"])
    if orders["rating"] is not None:
        told += say("customer.stars", rating=orders["rating"])
    return told


def _tags(row: Row, labels: Labels, *, for_people: bool) -> str:
    by_rule = row.get("tags") or {}
    told = []
    for tag in row["all_tags"]:
        name = _label(tag, labels) if for_people else tag
        why = because(by_rule[tag]) if for_people and tag in by_rule else ""
        told.append(say("customer.tag_because", tag=name, why=why) if why else name)
    return ", ".join(told)


def because(why: Row | object) -> str:
    """What was counted, in words."""
    if not hasattr(why, "get"):
        return ""
    said = {key: why.get(key) for key in _MEASURES if why.get(key) is not None}
    said |= {key: _days(value) for key, value in said.items() if key == "quiet"}
    told = ", ".join(say(f"customer.because.{key}", value=value) for key, value in said.items())
    within = why.get("within")
    return say("customer.because.within", time=_days(within), why=told) if within else told


def _days(duration: Any) -> str:
    """A length of time as a rule has it, in days."""
    return say("customer.days", count=parse_duration(str(duration)).days)


def _label(tag: str, labels: Labels) -> str:
    return labels[tag][texts.LANGUAGES.index(texts.current())] if tag in labels else tag


def _joined(values: Sequence[str] | str | None, between: str = ", ") -> str:
    return values if isinstance(values, str) else between.join(values or ())


def _counted(values: Sequence[str] | str | None) -> list[str]:
    """Values each once, with how many there are: masked ones are often alike."""
    counts = Counter([values] if isinstance(values, str) else values or ())
    return [f"{value} ×{count}" if count > 1 else value for value, count in counts.items()]


def _time(text: str | None) -> Any:
    return parse_time(text) if text else None


def decisions(rows: Sequence[Row], counts: Mapping[str, int], labels: Labels, *, dry: bool) -> Card:
    """What a run of the rules has changed, and why, a line for each tag."""
    told = [
        {**row, "customer_id": row["id"], "tag": _label(row["tag"], labels),
         "why": because(row["why"]),
         "given": say("customer.given" if row["given"] else "customer.taken")}
        for row in rows
    ]  # fmt: skip
    title = say("customer.would_retag" if dry else "customer.retagged", **counts)
    body = (Section("", Table(_DECIDED, told)),) if told else ()
    return Card(title, {}, body, {**counts, "written": not dry, "changes": list(rows)})
