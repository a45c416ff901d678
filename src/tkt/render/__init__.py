"""How values look: domain values become tables and cards, tables and cards become text."""
