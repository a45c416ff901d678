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
    "help.commit": "Record edits made by hand",
    "help.option.edit_reason": "Why it was edited",
    "help.demo": "Make a desk and play a service team's day on it",
    "help.sync": "Get in step with a remote",
    "help.resolve": "Mend the ticket conflicts that a git pull left",
    "help.merge-driver": "The merge driver, for Git to call",
    "help.option.no_push": "Fetch and merge only, do not push",
    "help.import": (
        "Import tickets from JSONL or CSV\n"
        "\n"
        "One ticket a line. A plain line has a title, any fields (by their English or Chinese names), text (what the customer said), opened (when, in any usual spelling) and external (the other system's id). A line may also be a whole ticket as tkt export and tkt show --json print it, with its timeline. An item of a timeline has at, by, do (open, message, reply, note, set), text, and may have set.\n"
        "\n"
        "What is on the desk already, by its external id or its own, is skipped: importing a file twice adds nothing. A line that is wrong is named and the rest goes on, and the exit code is 1; with --strict nothing is written if anything is wrong.\n"
        "\n"
        "Files may be UTF-8 (with or without BOM), GB18030 or UTF-16; CSV may use commas, semicolons or tabs.\n"
        "\n"
        "  $ tkt import orders.csv --dry-run\n"
        "  $ tkt import old.csv --map buyer=customer --map number=external\n"
        "  $ tkt import tickets.jsonl --strict\n"
        "  $ tkt export | tkt import - --json"
    ),
    "help.export": (
        "Export tickets as JSONL or CSV\n"
        "\n"
        "All tickets, archived ones too, or those that a query finds. JSONL has one whole ticket a line; CSV a column for each field and the timeline as JSON in one. tkt import takes both back without loss.\n"
        "\n"
        "  $ tkt export -o backup.jsonl\n"
        "  $ tkt export opened:last-month --format csv -o month.csv --encoding utf-8-sig\n"
        "  $ tkt export team:aftersales"
    ),
    "help.option.import_format": "The file's format; told by its name or its start",
    "help.option.export_format": "The format; jsonl, or csv for a file called so",
    "help.option.map": "Which field a column is; may be given again; COLUMN= skips it",
    "help.option.strict": "Write nothing if anything is wrong",
    "help.option.output": "Write into a file instead of standard output",
    "help.option.encoding": "The encoding; for Excel utf-8-sig or gb18030",
    "help.check": (
        "Check all tickets and settings\n"
        "\n"
        "Checks every file's form, id, place and order, and proves that its fields are what its timeline adds up to. Files that are edited and not recorded are checked as they lie there, so an edit can be checked before tkt commit. Ids or paths narrow it down. One finding a line: file:line:column: message. Exit code 1 if there are any.\n"
        "\n"
        "  $ tkt check\n"
        "  $ tkt check tickets/2026/11\n"
        "  $ tkt check --json"
    ),
    "help.doctor": (
        "Find trouble and mend it\n"
        "\n"
        "Looks at Git, the merge driver, .gitattributes, leftovers, the index and every ticket. Without --fix it only lists. With --fix it mends, shows the difference of each file, and makes a commit for each ticket. A file edited by hand is never overwritten; what cannot be mended comes with what to do about it.\n"
        "\n"
        "  $ tkt doctor\n"
        "  $ tkt doctor --fix\n"
        "  $ tkt doctor --deep --json"
    ),
    "help.maintain": (
        "Keep Git fast\n"
        "\n"
        "Packs objects and references and writes the commit graph. Past some 20,000 tickets it also makes Git's index smaller and leaves the archive out of the checkout (archived tickets can be read and changed as before). Made for cron, every night.\n"
        "\n"
        "  $ tkt maintain\n"
        "  $ tkt maintain --dry-run\n"
        "  $ tkt maintain --sparse\n"
        "  $ tkt maintain --no-sparse"
    ),
    "help.log": (
        "Who did what, when and why\n"
        "\n"
        "Answered from Git's history alone, for a ticket, a person or a period. Times are when it was done. Commits made without tkt are included. Newest first.\n"
        "\n"
        "  $ tkt log 7KQ4\n"
        "  $ tkt log --by lin --since yesterday\n"
        "  $ tkt log --since 2026-11-01 --until 2026-11-11 --action set --csv"
    ),
    "help.index": (
        "The index: its state, and making it anew\n"
        "\n"
        "It is only a cache: delete it and nothing is lost.\n"
        "\n"
        "  $ tkt index status\n"
        "  $ tkt index rebuild"
    ),
    "help.index.status": (
        "The state of the index\n\n  $ tkt index status\n  $ tkt index status --json"
    ),
    "help.index.rebuild": (
        "Make the index anew\n\nSeldom needed: it keeps up by itself.\n\n  $ tkt index rebuild"
    ),
    "help.option.fix": "Mend what can be mended",
    "help.option.deep": "Also compare the index with one made from nothing",
    "help.option.split_index": "Split Git's index, or not, whatever the size",
    "help.option.sparse": "Leave the archive out of the checkout, or not, whatever the size",
    "help.option.log_by": "Who did it: an agent, a name or an e-mail",
    "help.option.log_since": "From when on: 2026-11-01, yesterday, -7d",
    "help.option.log_until": "Until when, inclusive",
    "help.option.log_action": "Which action: open, note, set, …",
}
