"""The files and folders of a desk beside its tickets, by name."""

from __future__ import annotations

DESK, TEAM, ATTRIBUTES = "tkt.yaml", "team.yaml", ".gitattributes"
CLASSIFY, TONE, TRAINING = "classify.yaml", "tone.yaml", "training.yaml"
SYNONYMS = "kb/synonyms.yaml"
"""The one settings file among the articles: words that mean the same."""
SINGLE = (DESK, TEAM, CLASSIFY, TONE, TRAINING, SYNONYMS)
"""Settings files that stand alone."""
FILES = (*SINGLE, ATTRIBUTES)
"""Single files of a desk."""

WORKFLOWS, VIEWS, CALENDARS, ROSTERS = "workflows", "views", "calendars", "rosters"
AVAILABILITY = "availability"
"""Whether agents take work: a file each, so that two who go to lunch at once never conflict."""
TRAINED = "trained"
"""Which courses agents have taken: a file each, for the same reason."""
SETTINGS = (WORKFLOWS, VIEWS, CALENDARS, ROSTERS, AVAILABILITY, TRAINED)
"""Folders with a settings file for each thing."""
CHINA = f"{CALENDARS}/china"
"""China's public holidays, a file for each year that the desk itself knows of."""
CUSTOMERS, ORDERS = "customers", "orders"
FOLDERS = (*SETTINGS, "kb", "schemas", CUSTOMERS, ORDERS, "stock", "attachments")
"""Every folder of a desk but those of tickets."""


def is_setting(path: str) -> bool:
    """Whether a file (relative to the desk) decides how the desk works."""
    folder, _, name = path.partition("/")
    return path in SINGLE or (folder in SETTINGS and name.endswith(".yaml"))


def is_part(path: str) -> bool:
    """Whether a file belongs to the desk without being a ticket."""
    return path in FILES or path.partition("/")[0] in FOLDERS
