"""What the keys of settings files mean, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "schema.calendar.label": "日历叫什么：一个文本，或 {zh: …, en: …}",
    "schema.calendar.timezone": "时区，默认 Asia/Shanghai",
    "schema.calendar.workdays": "china：按国务院的放假和调休；none：不看",
    "schema.calendar.hours": "每周哪几天、几点到几点，如 mon-fri: [09:00-12:00, 13:00-18:00]；到 24:00 为止",
    "schema.calendar.holidays": "哪些日期不营业",
    "schema.calendar.yearly_holidays": '每年的哪些日子不营业，如 "01-01"',
    "schema.calendar.extra_workdays": "哪些日期照常营业，压过周末和假日；可以写当天的时间段，不写就用工作日的",
    "schema.china_year.year": "哪一年",
    "schema.china_year.source": "依据的通知",
    "schema.china_year.off": "放假的日期，可以带节日名",
    "schema.china_year.work": "调休上班的日期",
}
