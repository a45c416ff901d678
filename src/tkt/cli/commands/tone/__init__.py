"""``tkt tone``: how a text speaks to customers."""
