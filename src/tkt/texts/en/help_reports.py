"""Help for reports and summaries, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.html": "Print one page of HTML, whole by itself, fit to be printed",
    "help.option.summary_since": "From when on: 2026-11-01, yesterday, -7d",
    "help.option.summary_until": "Until when, inclusive; goes with --since",
    "help.option.summary_team": "Only tickets that are this team's now",
    "help.option.summary_agent": "Only what this agent did, and has now",
    "help.option.explain": "Say how each figure is counted as well",
    "help.report": (
        "The report on one ticket\n"
        "\n"
        "Where its time went from the opening to the end (or to now): in each state, with each person, with each team, adding up to the whole exactly; how often and how long the customer waited, and who answered; who did what; how often it was reopened, handed on and escalated; and all that happened. Time is time on the clock, to the second. The HTML is one file that needs no network, fit to be printed and sent; -o chooses the format by how the file's name ends.\n"
        "\n"
        "  $ tkt report 7KQ4\n"
        "  $ tkt report 7KQ4 -o report.html\n"
        "  $ tkt report 7KQ4 --json\n"
        "  $ tkt report 7KQ4 --markdown"
    ),
    "help.summary": (
        "What came of a day, or of any stretch of time\n"
        "\n"
        "How many tickets were opened, answered, resolved, reopened, escalated and handed on, what was left at the start and at the end, by category, agent and team, and what needs a person now. Today unless a period is named: yesterday, this-week, 2026-11, 7d (seven days, today the last). Replies go to who wrote them, resolutions to who resolved. --explain says how each figure is counted.\n"
        "\n"
        "  $ tkt summary\n"
        "  $ tkt summary yesterday --team aftersales\n"
        "  $ tkt summary 2026-11 --json\n"
        "  $ tkt summary 7d --agent lin --explain\n"
        "  $ tkt summary --since 2026-11-01 --until 2026-11-11 --markdown"
    ),
}
