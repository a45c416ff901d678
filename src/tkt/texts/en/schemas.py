"""What the keys of settings files mean, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "schema.calendar.label": "What the calendar is called: a text, or {zh: …, en: …}",
    "schema.calendar.timezone": "The time zone; Asia/Shanghai unless said",
    "schema.calendar.workdays": "china: the State Council's holidays and make-up days; none: not",
    "schema.calendar.hours": "Which weekdays are worked from when to when, such as mon-fri: [09:00-12:00, 13:00-18:00]; a day ends at 24:00",
    "schema.calendar.holidays": "Dates on which nobody works",
    "schema.calendar.yearly_holidays": 'Days of every year on which nobody works, such as "01-01"',
    "schema.calendar.extra_workdays": "Dates that are worked whatever weekday or holiday they are, with their hours, or else those of a working day",
    "schema.china_year.year": "The year",
    "schema.china_year.source": "The notice it follows",
    "schema.china_year.off": "Days off, with the name of the holiday if you like",
    "schema.china_year.work": "Make-up days, which are worked",
}
