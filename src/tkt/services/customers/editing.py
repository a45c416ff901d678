"""What people do with customers: adding one, changing what is known, noting, merging two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers import customer as customers
from tkt.domain.customers.customer import contacts_of, in_order
from tkt.domain.customers.new_ids import drawn_id, free_id
from tkt.domain.plaintext import one_line
from tkt.errors import Refused, UsageProblem
from tkt.services.customers import words as typed
from tkt.services.customers.finding import exists, find, matching, told
from tkt.services.customers.keeping import held, save

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

    Done = tuple[str, Saved | None]
    """The id of a customer, and what was recorded; None if there was nothing to record."""


def add(
    desk: Desk, name: str, said: Sequence[str], *, prefers: Sequence[str], acting: Acting
) -> Done:
    """A new customer; Refused if somebody has one of the contacts already."""
    if not name.strip() or one_line(name) != name:
        raise UsageProblem("customer.bad_value", key="name", value=one_line(name, 60))

    def decide(run: Transaction) -> Done:
        changes = typed.read(said, prefers, desk.settings)
        doc = typed.applied({"id": "", "name": name.strip()}, changes, at=_at(acting))
        _check_contacts(desk, doc, None)
        doc = in_order({**doc, "id": new_id(desk, doc, acting)})
        return doc["id"], save(run, "add", [(None, doc)], acting)

    return desk.write(decide, acting.grouping("customer"))


def new_id(desk: Desk, doc: Mapping[str, Any], acting: Acting) -> str:
    """The id of a new customer: from the first of their contacts, else drawn."""

    def taken(customer_id: str) -> bool:
        return exists(desk, customer_id)

    for channel, contact in contacts_of(doc):
        return free_id(channel, contact, taken=taken)
    return drawn_id(acting.draw, taken=taken)


def change(
    desk: Desk,
    reference: str,
    said: Sequence[str],
    *,
    prefers: Sequence[str],
    acting: Acting,
) -> Done:
    """Change what is known of a customer."""

    def decide(run: Transaction) -> Done:
        customer_id = find(desk, reference)
        before = held(desk, customer_id, run)
        changes = typed.read(said, prefers, desk.settings)
        if not changes:
            raise UsageProblem("customer.nothing_said")
        doc = typed.applied(before.doc, changes, at=_at(acting))
        if doc == before.doc:
            return customer_id, None
        _check_contacts(desk, doc, before.doc)
        return customer_id, save(run, "set", [(before, doc)], acting)

    return desk.write(decide, acting.grouping("customer"))


def note(desk: Desk, reference: str, text: str, *, acting: Acting) -> Done:
    """Note something about a customer for colleagues."""
    if not text.strip():
        raise UsageProblem("customer.no_note")

    def decide(run: Transaction) -> Done:
        customer_id = find(desk, reference)
        before = held(desk, customer_id, run)
        doc = customers.with_note(before.doc, at=_at(acting), by=acting.by, text=text.strip())
        return customer_id, save(run, "note", [(before, doc)], acting)

    return desk.write(decide, acting.grouping("customer"))


def merge(desk: Desk, reference: str, into: str, *, acting: Acting) -> Done:
    """Let two be one person: what is known of one is known of the other, and leads there.

    The file of the one stays as it was and says what became of it, so that nothing is lost.
    """

    def decide(run: Transaction) -> Done:
        one, other = find(desk, reference), find(desk, into)
        if one == other:
            raise Refused("customer.same", id=one)
        gone, kept = held(desk, one, run), held(desk, other, run)
        left = in_order({**gone.doc, "merged_into": other})
        whole = customers.united(kept.doc, gone.doc)
        return other, save(run, "merge", [(gone, left), (kept, whole)], acting)

    return desk.write(decide, acting.grouping("customer"))


def _at(acting: Acting) -> str:
    return acting.at.isoformat(timespec="seconds")


def _check_contacts(desk: Desk, doc: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
    """Refused where a contact that is new here is somebody else's."""
    known = set(contacts_of(before)) if before else set()
    for channel, value in contacts_of(doc):
        if (channel, value) in known:
            continue
        others = [i for i in matching(desk, value, channel=channel) if i != doc.get("id")]
        if others:
            raise Refused("customer.known", channel=channel, id=others[0], found=told(desk, others))
