"""Help for people and rosters, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.roster_at": "which moment, like tomorrow 09:00",
    "help.option.week": "which week: any day of it, or next-week",
    "help.option.roster_agent": "only this person",
    "help.option.roster": "which roster to write in; made if there is none",
    "help.option.shift_name": "what the shift is called, like early",
    "help.option.swap_date": "the day of the shift; today if it is not said",
    "help.option.swap_back": "the day of the shift that comes in return",
    "help.option.swap_cover": "just stand in, nothing in return",
    "help.option.roster_weeks": "so many weeks, from this one on",
    "help.option.max_hours": "more hours than this a week are told",
    "help.option.min_rest": "fewer hours of rest between two days are told",
    "help.option.ical": "as iCalendar, so far the only format",
    "help.option.export_since": "from which day; today if it is not said",
    "help.option.export_days": "how many days",
    "help.option.away_until": "until when: 13:30, tomorrow 09:00, 1h; then it is over by itself",
    "help.roster": "Rosters: who works when\n\n  $ tkt roster show\n  $ tkt roster now",
    "help.roster.show": "A week as a table\n\nPeople down, days across. Leave shows why, a swapped shift whose it was. --week is any day of the week.\n\n  $ tkt roster show\n  $ tkt roster show --week 2026-11-11 --agent lin",
    "help.roster.now": "Who is on now, until when; who is off, and why\n\nWhat people said of themselves goes first, then leave, then rosters; who is in no roster follows the team's calendar.\n\n  $ tkt roster now\n  $ tkt roster now --at 'tomorrow 09:00'",
    "help.roster.set": "Put in a shift\n\nPeople, days and hours in any order: mon-fri, weekend, 2026-11-11, 2026-11-01..2026-11-30; hours in several spans, also past midnight. Where an agent's id is a word like sun, that agent is meant; write sun-sun for Sundays. It goes to the end of the roster, of which the rest stays. Refused where it overlaps another shift of the person, or is on a day of leave.\n\n  $ tkt roster set lin mon-fri 09:00-18:00 --name early\n  $ tkt roster set lin 2026-12-12 18:00-02:00",
    "help.roster.leave": "Leave, whole days\n\nOneself where nobody is named. Weekly shifts give way; a shift put on that very day, or swapped for, has to be covered first.\n\n  $ tkt roster leave 2026-12-24..2026-12-26 --reason holiday\n  $ tkt roster leave lin 2026-12-31",
    "help.roster.swap": "Swap shifts\n\nOf one day both ways; --back names another day in return; --cover is just standing in. There must be a shift to swap, and what then overlaps or meets leave is refused.\n\n  $ tkt roster swap lin zhao --date 2026-12-12 --cover --reason doctor",
    "help.roster.check": "Check rosters\n\nWrong: overlapping shifts of one person, shifts on leave, swaps of what is not there, names of nobody. To look at: nobody on shift in the team's hours, somebody who alone of a team is in no roster, long weeks, little rest. What is wrong shows in tkt check as well.\n\n  $ tkt roster check\n  $ tkt roster check --weeks 2 --max-hours 40",
    "help.roster.export": "Give shifts out to phones (iCalendar)\n\nEach shift is an event, leave is all day; given out again they are the same events.\n\n  $ tkt roster export --ical -o shifts.ics\n  $ tkt roster export --ical --agent lin --days 30",
    "help.agent.away": "Away for a while: lunch, a meeting\n\nNo tickets are given out to you; over by itself at --until. Oneself where nobody is named; of others only leads may say it.\n\n  $ tkt agent away --until 1h --reason lunch",
    "help.agent.unavailable": "Takes no tickets: training, other duties\n\n  $ tkt agent unavailable --until 2026-12-01 --reason training",
    "help.agent.back": "Back again\n\n  $ tkt agent away\n  $ tkt agent back",
    "help.agent.set": "Change somebody's skills, capacity, level, teams\n\nKeys: name, email, teams, skills, capacity, level. = replaces, += adds, -= takes away, nothing after = removes. The rest of team.yaml stays. Only oneself or a lead may.\n\n  $ tkt agent set lin skills+=refund:3 capacity=8 level=2\n  $ tkt agent set me teams+=presale",
    "help.team.set": "Change a team's lead, calendar, categories, parent\n\nKeys: name, lead, members, calendar, categories, parent.\n\n  $ tkt team set presale parent=aftersales categories+=refund",
}
