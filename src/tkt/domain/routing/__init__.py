"""Which agent a ticket goes to, and why: a pure function of the desk, its tickets and the moment.

Nothing is stored but what stands in timelines, so that two machines with the same tickets decide
alike. The steps: what a ticket needs (:mod:`needs`), what speaks against each agent
(:mod:`vetoes`), and who of the rest comes first (:mod:`group`).
"""

from __future__ import annotations

ROUTER = "router"
"""Who stands in timelines for the agents that routing has found."""
