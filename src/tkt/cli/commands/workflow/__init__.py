"""``tkt workflow``: business processes."""
