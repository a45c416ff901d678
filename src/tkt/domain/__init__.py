"""Values and decisions: what is true and what is allowed.

Standard library only; no files, no Git, no environment, no clock and no randomness of its own:
``now``, ``by`` and random bits are passed in.
"""
