"""What is said of workflows and what they ask for, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "workflow.no_states": "the workflow has no states",
    "workflow.bad_category": "'{found}' is no category of states",
    "workflow.bad_category.hint": "known: {known}",
}
