"""Help for calendars, clocks and sweeps, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.simulate_at": "When to look; may be given several times",
    "help.option.recompute_dry_run": "Only show what the settings as they lie there would move",
    "help.option.excuse_clock": "Which clock: first_response, next_response, periodic_update, solution",
    "help.option.sweep_dry_run": "Only show what would happen, and why",
    "help.sla": "Promises and clocks",
    "help.sla.show": "Show the clocks of a ticket, or the desk's promises\n\nWith an ID: each clock, when it is due, how much of it is used up, whether it stands still or is late. Without one: every policy of every workflow.\n\n  $ tkt sla show 7KQ4\n  $ tkt sla show\n  $ tkt sla show 7KQ4 --json",
    "help.sla.simulate": "Try a policy out on a timeline in a file\n\nFILE (YAML or JSON) has a calendar, one policy as 'sla', a timeline of events, and 'states' if they are not the shipped ones. No desk is needed. For each --at it shows all clocks.\n\n  $ tkt sla simulate policy.yaml --at '2026-11-21 10:30'\n  $ tkt sla simulate policy.yaml --at '2026-11-21 10:30' --at '2026-11-22 9:00' --json",
    "help.sla.recompute": "Reckon anew when tickets are due\n\nAn edited policy or calendar holds for open tickets as soon as it is committed; nothing has to be done. --dry-run shows before that which tickets would be due at another time, by the files as they lie there. Without it all due times are reckoned anew from what is committed.\n\n  $ tkt sla recompute --dry-run\n  $ tkt sla recompute",
    "help.sla.excuse": "Excuse a breach\n\nThat a clock was missed stays a fact; an excused breach is counted apart in figures. It needs a reason.\n\n  $ tkt sla excuse 7KQ4 --clock first_response --reason 'power cut'",
    "help.option.stats_by": "Tell apart by agent, team, policy, priority or category",
    "help.option.stats_cap": "What a round of conversation counts at most, and without an answer",
    "help.option.stats_window": "Only questions asked in these hours of a day",
    "help.option.stats_quick": "Within how long an answer is quick",
    "help.option.stats_prompt": "Within how long an answer is prompt",
    "help.sla.stats": "How promises were kept, and how fast answers came\n\nHow many rounds of each clock were in time or late in a stretch of time, and how long they took (mean, median, 90th percentile, worst); and answers in conversation as shop platforms count them: the share within 30 seconds and within 3 minutes, and the mean. Today unless a period is named, as for tkt summary. Every round counts; running and excused ones stand apart; what would be divided by nothing is n/a. --explain gives the formula of every figure.\n\n  $ tkt sla stats\n  $ tkt sla stats this-month --by agent\n  $ tkt sla stats 7d --by policy --csv\n  $ tkt sla stats 2026-11 --cap 300s --window 09:00-22:00 --json\n  $ tkt sla stats --since 2026-11-01 --until 2026-11-11 --explain --markdown",
    "help.sweep": "Let happen what is due\n\nReminders and escalations, wait dates, promises, automatic moves, the archive: all that time has made ripe since the last time, each once, the most urgent tickets first, in one commit each. Cron runs it every few minutes. If nothing is due there is no commit. What is late is dated when it was due. --dry-run shows what would happen, and why.\n\n  $ tkt sweep --dry-run\n  $ tkt sweep\n  $ tkt sweep --json",
    "help.option.calendar_year": "Which year, such as 2026",
    "help.option.calendar_month": "Which month, such as 2026-02",
    "help.option.end_of_day": "Until that day closes",
    "help.calendar": (
        "Business calendars: hours, holidays, make-up days\n"
        "\n"
        "A calendar is a YAML file in calendars/, and deadlines are reckoned by it. With workdays: china it follows the\n"
        "State Council's holidays and make-up days; a year not published yet is reckoned by plain weekdays, and that is said each time.\n"
        "\n"
        "  $ tkt calendar list\n"
        "  $ tkt calendar show office --month 2026-02"
    ),
    "help.calendar.list": "Every calendar, and whether it is open now\n\n  $ tkt calendar list\n  $ tkt calendar list --json",
    "help.calendar.show": (
        "One calendar: hours, holidays, make-up days\n"
        "\n"
        "Without a name it is main; the path of a calendar's file will do, and then no desk is needed. Without --year and --month it is this year.\n"
        "\n"
        "  $ tkt calendar show\n"
        "  $ tkt calendar show office --year 2026\n"
        "  $ tkt calendar show office --month 2026-02\n"
        "  $ tkt calendar show calendars/office.yaml --json"
    ),
    "help.calendar.add": (
        "When a length of working time is over\n"
        "\n"
        "CALENDAR is a calendar's name or its file. START is in the calendar's time zone unless it says another. DURATION: 30s, 15m, 1h30m are\n"
        "working time; 2d are working days at the same time of day (from the next opening, for what starts outside hours); with a !, such as\n"
        "24h!, it is time by the clock. What is used up at a closing time is over at that closing.\n"
        "\n"
        '  $ tkt calendar add office "2026-09-19 10:00" 2h\n'
        '  $ tkt calendar add office "2026-09-30 16:00" 2d\n'
        "  $ tkt calendar add main now 1d --end-of-day\n"
        "  $ tkt calendar add calendars/office.yaml 2026-10-01T09:00 24h! --json"
    ),
    "help.calendar.between": (
        "How much working time lies between two moments\n"
        "\n"
        "CALENDAR is a calendar's name or its file. Moments are in the calendar's time zone unless they say another; it is 0 where the second is the earlier.\n"
        "\n"
        '  $ tkt calendar between office "2026-09-30 16:00" "2026-10-09 10:00"\n'
        "  $ tkt calendar between main yesterday now --json"
    ),
    "help.calendar.import": (
        "Take in the public holidays of a year\n"
        "\n"
        "Reads the JSON of holiday-cn (github.com/NateScarlet/holiday-cn) and writes a file in calendars/china/, in one commit.\n"
        "From then on the year counts as published on this desk, and goes before one that ships with tkt: import again when a year is changed.\n"
        "- reads standard input.\n"
        "\n"
        "  $ tkt calendar import 2027.json\n"
        "  $ cat 2027.json | tkt calendar import -"
    ),
}
