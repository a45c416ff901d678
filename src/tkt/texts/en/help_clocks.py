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
    "help.sweep": "Let happen what is due\n\nReminders and escalations, wait dates, promises, automatic moves, the archive: all that time has made ripe since the last time, each once, the most urgent tickets first, in one commit each. Cron runs it every few minutes. If nothing is due there is no commit. What is late is dated when it was due. --dry-run shows what would happen, and why.\n\n  $ tkt sweep --dry-run\n  $ tkt sweep\n  $ tkt sweep --json",
}
