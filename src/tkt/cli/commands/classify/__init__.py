"""``tkt classify``."""
