"""``tkt bot``."""
