"""What is said of personal data, and of tickets that repeat each other, in English."""

from __future__ import annotations

TEXTS = {
    "masking.done": "masked in {id}: {kinds}; in full it stands in the customer's file",
    "masking.unmasked": "ticket {id} shows personal data: {kinds}",
    "masking.unmasked.hint": "it was recorded before masking or past it, and Git keeps it; what is written from now on is masked",
    "similar.found": "{id} may be the same as {other} {title} ({why}); if it is: tkt merge {id} --into {other}",
    "similar.not_here": "with --merge-into only --customer, --order, --channel and -m can be given, not {field}",
    "similar.not_here.hint": "what changes of the ticket is said with tkt set",
    "similar.other_customer": "ticket {id} is {held}'s, not {said}'s",
    "similar.other_customer.hint": "open a ticket of its own: leave --merge-into out",
    "similar.other_order": "ticket {id} is about order {held}, not {said}",
    "similar.other_order.hint": "open a ticket of its own: leave --merge-into out",
}
