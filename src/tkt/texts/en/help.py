"""What --help says, in English."""

from __future__ import annotations

TEXTS = {
    "help.usage": "Usage: ",
    "help.section.options": "Options",
    "help.section.commands": "Commands",
    "help.section.desk": "The desk",
    "help.section.process": "Processes and time",
    "help.section.tickets": "Tickets",
    "help.section.day": "The day",
    "help.section.order": "Keeping order",
    "help.section.people": "Colleagues",
    "help.section.knowledge": "Knowledge and replies",
    "help.section.figures": "Summaries and reports",
    "help.section.many": "Many at once, and other machines",
    "help.section.running": "On time",
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
    "help.option.category": "category; one with a workflow of its own goes through that",
    "help.option.workflow": "workflow",
    "help.option.untick": "no longer ticked",
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
        "Each action is one commit: git log alone answers who did what, and why. The end of an id is enough, such as 7KQ4.\n"
        "Explanations and examples of a command: tkt COMMAND --help.\n"
        "\n"
        "  $ tkt init shop\n"
        '  $ tkt new "The cup arrived broken" -m "I want a refund" --customer Wang\n'
        "  $ tkt list"
    ),
    "help.init": (
        "Make a desk\n"
        "\n"
        "Writes settings, workflows and articles into the folder DIR (the current one if none is named), commits them, and is ready.\n"
        "Inside a Git repository it joins that one; elsewhere it makes a new one. No file is ever overwritten.\n"
        "Git is told how tickets merge as well, so that a plain git pull loses nothing.\n"
        "\n"
        "  $ tkt init shop\n"
        '  $ tkt init "support/flagship store" --name "Flagship store"\n'
        "  $ tkt init pult --lang zh   # a Chinese desk"
    ),
    "help.new": (
        "Open a ticket\n"
        "\n"
        "TITLE is one line; any number of FIELD=VALUE may follow, and the usual fields have options of their own. -m is what the customer said.\n"
        "With a customer or a channel it is recorded as opened by the customer and entered by you. Names of fields and values may be English or Chinese.\n"
        "A category with a workflow of its own (see tkt workflow list) brings that and its defaults; --workflow names another.\n"
        "For work recorded afterwards, --at says when it really happened.\n"
        "Open tickets that this one may repeat are named (see tkt similar); --merge-into says it on one of them instead.\n"
        "\n"
        '  $ tkt new "The cup arrived broken"\n'
        '  $ tkt new "The cup arrived broken" -m "I want a refund" --customer Wang\n'
        '  $ tkt new "Wants one size up" category=exchange priority=high --tag vip\n'
        '  $ tkt new "Asked when it is sent" --channel phone --assignee lin --at -2h\n'
        '  $ tkt new "The cup again: where is my refund?" --merge-into 7KQ4\n'
        '  $ cat letter.txt | tkt new "A customer\'s letter" -m -'
    ),
    "help.show": (
        "Read one ticket\n"
        "\n"
        "ID is the ticket's id or any part of it that means no other; its last four characters usually do. First how it stands, then how it got there.\n"
        "Edits that are not recorded are marked, and so is a field that two machines set at once.\n"
        "tkt split --from and tkt undo --event take the numbers of what was said and done, such as 3 for #3.\n"
        "\n"
        "  $ tkt show 7KQ4\n"
        "  $ tkt show 261121-7KQ4\n"
        "  $ tkt show 7KQ4 --json   # for programs: all that the file says"
    ),
    "help.list": (
        "List tickets\n"
        "\n"
        "Without a QUERY, those that are not finished. Conditions side by side must all hold: field:value, comparisons, ranges, dates, or, not, parentheses; other words are looked for in the full text.\n"
        "Put a query with > | ! ( into single quotes. All of it is in kb/training/query-language.md.\n"
        "A terminal shows 50 at a time, see --limit and --page; programs get them all. The wider it is, the more columns it shows.\n"
        "▸ is who is at work on a ticket, ✎ an edit that is not recorded, ⚡ a field that two machines set at once.\n"
        "\n"
        "  $ tkt list\n"
        "  $ tkt list assignee:me priority:high,urgent\n"
        "  $ tkt list 'status:open priority>=high -tag:vip' --sort -priority,opened\n"
        '  $ tkt list opened:this-week "refund or exchange"\n'
        "  $ tkt list all --csv --limit 100"
    ),
    "help.search": (
        "Search the full text\n"
        "\n"
        "Looks for each WORD in titles, fields and timelines, archived tickets too, and puts the best fit first. All words must be there.\n"
        "A phrase in quotes must be there as it is. Signs are just text here: to choose by fields, use tkt list.\n"
        "\n"
        "  $ tkt search refund\n"
        "  $ tkt search cup broken\n"
        "  $ tkt search '\"want a refund\"' --limit 5\n"
        "  $ tkt search refund --json"
    ),
    "help.note": (
        "Add a note for colleagues\n"
        "\n"
        "ID is a ticket's id or a part of it, TEXT the note; without TEXT, or with -, it is read from standard input and kept as it is, blanks and line ends included.\n"
        "Notes are for colleagues only. A note brings an archived ticket back.\n"
        "\n"
        '  $ tkt note 7KQ4 "Called the warehouse, a new one goes out tomorrow"\n'
        '  $ tkt note 7KQ4 "Answered on the phone last night" --at 2026-11-20T21:30\n'
        "  $ tkt note 7KQ4 - < call.txt"
    ),
    "help.set": (
        "Change fields\n"
        "\n"
        "Ids first, one or several, then FIELD=VALUE, with English or Chinese names. An empty value, or none, takes a field away.\n"
        "Lists such as tags take += and -= for single items. A name that is no known field becomes one of your own; those declared under fields in tkt.yaml are checked by their type.\n"
        "--where acts on every ticket that a query finds; try it with --dry-run first. Each ticket is one commit, and one that is refused hinders no other.\n"
        "\n"
        "  $ tkt set 7KQ4 status=open priority=high\n"
        "  $ tkt set M3WX P2QX assignee=me tags+=vip,reminder tags-=new-customer\n"
        '  $ tkt set 7KQ4 assignee=none --reason "Lin is off today"\n'
        "  $ tkt set --where 'status:new priority:urgent' team=aftersales --dry-run\n"
        "  $ tkt set --where 'status:new priority:urgent' team=aftersales"
    ),
    "help.batch": (
        "Run many commands, one JSON line each\n"
        "\n"
        'Reads FILE or standard input; a line is one command, a JSON array, or {"run": [...], "actor": who, "at": when}.\n'
        "Each line is answered with one: line, ok, result, or error and message. A line that fails hinders no other; the exit code is then not 0.\n"
        "Each action is still a commit, all under one merge commit. Sending a line and waiting for its answer works as well.\n"
        "\n"
        "  $ tkt batch actions.jsonl\n"
        '  $ echo \'["note", "7KQ4", "Sent again"]\' | tkt batch\n'
        '  $ echo \'{"run": ["note", "7KQ4", "Sent"], "actor": "wang"}\' | tkt batch -'
    ),
    "help.commit": (
        "Record edits made by hand\n"
        "\n"
        "Tickets, settings and articles may be edited in any editor. This checks the edits, turns changed fields into an entry of the timeline, and commits; once for each ticket.\n"
        "An entry jotted down in a timeline (- text: called the warehouse) is given its id, time and author. Recorded entries cannot be altered or removed.\n"
        "Without arguments it records all edits; an ID or a PATH only those. A file with a fault is named with line and column and left as it is.\n"
        "\n"
        "  $ tkt commit\n"
        '  $ tkt commit M3WX -m "As said on the phone"\n'
        "  $ tkt commit tkt.yaml team.yaml"
    ),
    "help.option.edit_reason": "Why it was edited",
    "help.demo": (
        "Make a desk and play a service team's day on it\n"
        "\n"
        "Makes a desk in the new folder DIR and plays a whole day there, from nine to six: seven agents in three teams, some forty tickets from the web, the app, mail, the phone and elsewhere. They go through the nine processes that tkt init gives a desk: taken, answered, ticked off, approved by a lead where much money is refunded (some steps are refused, and shown so), reminded of and escalated when late, merged, split, reopened, and in the evening closed and archived. Each step shows who types what and when, and what came of it; at the end stand the day's figures, and with --json only these. Every command is a real commit, and all of it takes some seconds.\n"
        "Afterwards the desk is yours to go on with, or to delete.\n"
        "\n"
        "  $ tkt demo shop\n"
        "  $ tkt demo trial --lang en --json"
    ),
    "help.sync": (
        "Get in step with a remote\n"
        "\n"
        "Fetches what others did, merges, checks and pushes, and tries again when somebody was faster. REMOTE is the one that the branch tracks unless another is named.\n"
        "Timelines are united entry by entry: nothing conflicts and nothing is lost. Where both sides set one field, the later one wins and the ticket is marked for somebody to look at.\n"
        "Of two tickets with the same id the later one is renumbered; the old id still finds it.\n"
        "\n"
        "  $ tkt sync\n"
        "  $ tkt sync origin\n"
        "  $ tkt sync --no-push --json"
    ),
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
