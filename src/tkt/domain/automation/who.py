"""Words for people in actions: whose a ticket is to be, and who is told."""

from __future__ import annotations

TEAM = "team:"
"""Stands before a team where an agent could be meant as well."""
LEAD = "lead"
"""The lead of the ticket's team."""
ASSIGNEE = "assignee"
"""Whose the ticket is."""
NOBODY = "nobody"
NONE_WORDS = (NOBODY, "none", "无")
"""What a ticket is that is nobody's."""
