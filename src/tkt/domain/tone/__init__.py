"""Tone: words that a shop must not say, how it had better not speak, and what a good reply has."""
