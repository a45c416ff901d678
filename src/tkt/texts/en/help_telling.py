"""Help for notices and their delivery, in English."""

from __future__ import annotations

TEXTS = {
    "help.option.notify_limit": "Send at most so many",
    "help.option.outbox_state": "Only in this state; may be given again: failed, waiting, sent, dropped",
    "help.option.outbox_all": "All that failed",
    "help.option.cron_install": "Write it into the crontab (only our own lines)",
    "help.option.cron_uninstall": "Take it out of the crontab",
    "help.option.cron_systemd": "Print a service and a timer for systemd",
    "help.option.cron_every": "How often",
    "help.option.cron_run": "Run everything now, as cron does",
    "help.notify": (
        "Deliver notices to people\n"
        "\n"
        "Puts new reminders, escalations, mentions and assignments into the outbox and sends what is due: by mail, DingTalk, WeCom, Feishu or webhook. Who gets what by which way, quiet hours and digests stand in team.yaml.\n"
        "Each goes out once from this machine. What was not taken is tried again after 1 minute, 5, 15, an hour and so on for a good day; then it has failed, exit code 5. While another run is at it this one does nothing.\n"
        "The first run on a new clone tells of the last 24 hours. What happened more than 7 days ago is told to nobody.\n"
        "\n"
        "  $ tkt notify\n"
        "  $ tkt notify --dry-run\n"
        "  $ tkt notify --limit 20 --json"
    ),
    "help.outbox": (
        "The outbox: notices to deliver, and how it went\n"
        "\n"
        "What failed comes first. The outbox is this machine's own; no commit has it.\n"
        "\n"
        "  $ tkt outbox list\n"
        "  $ tkt outbox list --state failed"
    ),
    "help.outbox.list": (
        "List the outbox\n"
        "\n"
        "Each with its number, state, recipient, way, ticket and reason.\n"
        "\n"
        "  $ tkt outbox list\n"
        "  $ tkt outbox list --state failed --state waiting --json"
    ),
    "help.outbox.show": (
        "One notice in full\n\n  $ tkt outbox show 1\n  $ tkt outbox show 1 --json"
    ),
    "help.outbox.retry": (
        "Try again\n"
        "\n"
        "What failed starts anew at the next run; what was delivered is never sent again.\n"
        "\n"
        "  $ tkt outbox retry 1\n"
        "  $ tkt outbox retry --all"
    ),
    "help.outbox.drop": ("Do not send\n\n  $ tkt outbox drop 1"),
    "help.cron": (
        "Run on time by cron\n"
        "\n"
        "Prints crontab lines that run tkt sweep and tkt notify every so often. All paths are absolute; a run is skipped while the last one is at work; each writes a line to .git/tkt/cron.log, which is put aside at 1 MiB.\n"
        "--install writes into your crontab, only between our own marks, and never twice.\n"
        "\n"
        "  $ tkt cron\n"
        "  $ tkt cron --every 10m\n"
        "  $ tkt cron --systemd"
    ),
}
