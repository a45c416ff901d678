"""How commands on customers answer: a line for people, the masked card for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.table import Card
from tkt.services.customers import looking
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.storage.transaction import Saved


def show_done(env: Env, done: tuple[str, Saved | None], what: str, **params: str) -> None:
    """Answer for one action on a customer; ``what`` is the text that tells it."""
    customer_id, saved = done
    row = looking.card(env.desk, customer_id, full=False)
    key = what if saved else "customer.unchanged"
    line = say(key, id=customer_id, name=row.get("name") or "", **params)
    commit = saved.commit if saved else None
    env.show(Card(line, {}, (), {"id": customer_id, "commit": commit, "customer": row}))
