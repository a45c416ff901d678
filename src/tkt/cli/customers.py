"""How commands on customers answer: a line for people, the masked card for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.remarks import Answer
from tkt.domain.table import Card
from tkt.services.customers import looking
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.customers.days import Tally
    from tkt.storage.transaction import Saved


def show_done(env: Env, done: tuple[str, Saved | None], what: str, **params: str) -> None:
    """Answer for one action on a customer; ``what`` is the text that tells it."""
    customer_id, saved = done
    row = looking.card(env.desk, customer_id, full=False)
    key = what if saved else "customer.unchanged"
    line = say(key, id=customer_id, name=row.get("name") or "", **params)
    commit = saved.commit if saved else None
    env.show(Card(line, {}, (), {"id": customer_id, "commit": commit, "customer": row}))


class OrderAnswer(Answer):
    """What is said of one import of orders: a line for each row not taken, and a summary."""

    def done(self, tally: Tally, *, nothing: bool) -> None:
        """The summary; never code 0 when a row failed."""
        if tally.failed:
            self.env.exit_code = 1
        counts = vars(tally)
        line = say("orders.preview" if nothing else "orders.done", **counts)
        data = {**counts, "written": not nothing, "remarks": self.rows, "left_out": self.left_out}
        self.env.show(Card(line, {}, (), data))
