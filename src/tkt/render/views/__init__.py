"""Domain values as tables and cards, one module a subject."""
