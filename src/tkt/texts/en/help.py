"""What --help says, in English."""

from __future__ import annotations

TEXTS = {
    "help.usage": "Usage: ",
    "help.section.options": "Options",
    "help.section.commands": "Commands",
    "help.section.desk": "The desk",
    "help.section.tickets": "Tickets",
    "help.section.many": "Many at once, and other machines",
    "help.section.more": "More",
    "help.option.version": "Show the version",
    "help.option.help": "Show this help",
    "help.option.json": "Print JSON",
    "help.option.jsonl": "Print one JSON object a line",
    "help.option.csv": "Print CSV",
    "help.option.markdown": "Print a Markdown table",
    "help.option.at": "When it really happened, for work recorded later: 2026-11-21T14:05, yesterday, -2h",
    "help.option.sort": "Fields to sort by, comma-separated; a - in front turns one round",
    "help.option.limit": "At most so many rows; 0 for all",
    "help.option.page": "Which page",
    "help.option.message": "What the customer said; - reads standard input",
    "help.option.customer": "The customer",
    "help.option.order": "The order's number",
    "help.option.channel": "The channel, such as wechat or phone",
    "help.option.priority": "The priority: low, normal, high, urgent",
    "help.option.team": "The team",
    "help.option.assignee": "The agent in charge",
    "help.option.tag": "A tag; may be given again",
    "help.option.where": "Act on every ticket that a query finds",
    "help.option.reason": "Why; it is recorded",
    "help.option.dry_run": "Show what would happen, change nothing",
    "help.option.lang": "The desk's language",
    "help.option.desk_name": "The desk's name",
    "help.tkt": (
        "A helpdesk without a server: tickets, workflows and knowledge are files in a Git repository\n"
        "\n"
        'First steps: tkt init shop && cd shop && tkt new "The cup arrived broken"'
    ),
    "help.init": "Make a desk",
    "help.new": "Open a ticket",
    "help.show": "Read one ticket",
    "help.list": "List tickets",
    "help.search": "Search the full text",
    "help.note": "Add a note for colleagues",
    "help.set": "Change fields",
    "help.batch": "Run many commands, one JSON line each",
    "help.sync": "Get in step with a remote",
    "help.resolve": "Mend the ticket conflicts that a git pull left",
    "help.merge-driver": "The merge driver, for Git to call",
    "help.option.no_push": "Fetch and merge only, do not push",
}
