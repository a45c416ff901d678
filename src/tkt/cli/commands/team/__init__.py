"""``tkt team``: groups of agents."""
