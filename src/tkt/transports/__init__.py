"""Ways out of the house: each takes a message to one service and says honestly how that went.

A transport moves bytes and knows nothing of tickets, desks or outboxes. It raises
:class:`~tkt.transports.outcome.Undelivered` for whatever the other side, or the way there, said.
"""
