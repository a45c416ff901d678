"""The Chinese texts."""
