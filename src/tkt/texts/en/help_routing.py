"""Help on routing, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.assign_auto": "Find agents for what nobody has, as its workflow says; a query may follow",
    "help.option.assign_explain": "With --auto: list everybody with their load and what speaks against them",
    "help.option.route_since": "Tickets opened from then on; the last seven days unless said",
    "help.option.route_until": "Tickets opened before then; now unless said",
    "help.option.route_workflow": "Replay with the routing of this workflow file",
    "help.option.route_strategy": "Give out by this in all workflows: least_loaded, round_robin, most_skilled, weighted",
    "help.route": "Who gets a ticket, and why",
    "help.route.show": "Who comes into question for a ticket\n\nLists everybody of the team with their load and what speaks against them. Of a ticket that has been given out it says why.\n\n  $ tkt route show 7KQ4\n  $ tkt route show 7KQ4 --json",
    "help.route.simulate": "Replay the past under another configuration\n\nTickets come in when they came and take as long as they took; it compares waits, loads, tickets first given to another team, and returning customers. Nothing is written.\n\n  $ tkt route simulate --strategy round_robin\n  $ tkt route simulate --since 2026-11-01 --until 2026-11-12 --workflow workflows/returns.yaml --json",
}
