"""``tkt sla``: promises and clocks."""
