"""The report of one ticket as a card: where its time went, who waited, who did what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import TIMELINE, parse_time
from tkt.domain.table import Card, Column, Part, Phrase, Piece, Section, Strip, Table
from tkt.domain.ticket import Event
from tkt.render.views import conversation, tickets
from tkt.render.views.clocks import clock_label
from tkt.render.wording import length_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tkt.domain.report import Report
    from tkt.domain.settings import Settings
    from tkt.render.views.tickets import Row

_TOLD = ("status", "priority", "category", "channel", "customer", "order", "team", "assignee")
"""The fields of the ticket that stand on its report."""
_SPENT = ("status", "assignee", "team")
"""By what time is summed up."""


def card(row: Row, report: Report, settings: Settings, *, now: datetime) -> Card:
    """The report for people, in the language of the moment."""
    view = _View(row, report, settings, now)
    title = say("report.title", id=row["id"], title=row["title"])
    return Card(title, view.fields(), tuple(view.sections()), document(row, report, settings))


def plain_card(row: Row, report: Report, settings: Settings) -> Card:
    """The same for programs that read lines: names as in files, times and seconds as they are."""
    data = document(row, report, settings)
    lists = {key: value for key, value in data.items() if isinstance(value, list) and value}
    if clocks := (data["sla"] or {}).get("clocks"):
        lists["clocks"] = clocks
    fields = {key: value for key, value in data.items() if not isinstance(value, list | dict)}
    sections = (
        Section(key, Table(tuple(Column(name) for name in value[0]), value))
        for key, value in lists.items()
    )
    return Card(f"{row['id']}  {row['title']}", fields, tuple(sections), data)


def document(row: Row, report: Report, settings: Settings) -> dict[str, Any]:
    """The figures under names that stay; times in the desk's zone, lengths in whole seconds."""

    def at(moment: datetime | None) -> datetime | None:
        return moment and moment.astimezone(settings.zone)

    facts, rounds = report.facts, report.rounds
    flow = settings.flow(row.get("workflow"))
    data: dict[str, Any] = {
        "id": row["id"],
        "title": row["title"],
        **{name: row.get(name) for name in _TOLD},
        "opened": at(report.opened),
        "ended": at(report.ended),
        "until": at(report.until),
        "seconds": report.seconds,
        "first_reply": at(facts.first_reply),
        "first_response_s": report.first_response,
        "messages": facts.messages,
        "replies": facts.replies,
        "notes": facts.notes,
        "waited_s": sum(each.seconds for each in rounds),
        "longest_wait_s": max((each.seconds for each in rounds), default=0),
        "reopened": report.counts["reopened"],
        "transferred": report.counts["transferred"],
        "escalated": len(report.escalations),
    }
    for name in _SPENT:
        data[f"by_{name}"] = [
            {name: value, "seconds": seconds} for value, seconds in report.spent(name).items()
        ]
    data["stretches"] = [
        {**each._asdict(), "start": at(each.start), "end": at(each.end), "seconds": each.seconds,
         "state_category": flow.category_of(each.status or "")}
        for each in report.stretches
    ]  # fmt: skip
    data["waits"] = [
        {**each._asdict(), "asked": at(each.asked), "ended": at(each.ended)} for each in rounds
    ]
    data["done"] = [
        {"by": by, "action": do, "count": count}
        for by, kinds in report.done.items()
        for do, count in kinds.items()
    ]
    data["escalations"] = [_happening(event) for event in report.escalations]
    data["promises"] = [
        {**each._asdict(), "made": at(each.made), "due": at(each.due), "ended": at(each.ended)}
        for each in report.promises
    ]
    data["events"] = [
        {"number": n, "at": event["at"], "seconds": gap, "by": event["by"], "action": event["do"],
         "text": event.get("text")}
        for n, (event, gap) in enumerate(zip(row[TIMELINE], report.gaps, strict=True), 1)
    ]  # fmt: skip
    data["sla"] = row["sla"]
    return data


def _happening(event: Event) -> dict[str, Any]:
    """An event that a report names by itself: what it says, and what it set."""
    data = event.data
    told = {"at": data["at"], "by": data["by"], "why": data.get("why"), "text": data.get("text")}
    return {**told, **data.get("set", {})}


class _View:
    """What the parts of the card are made from."""

    def __init__(self, row: Row, report: Report, settings: Settings, now: datetime) -> None:
        self.row = row
        self.report = report
        self.settings = settings
        self.reader = conversation.Reader(row, settings, now)

    def clock(self, at: datetime | None) -> str:
        """A time to the second; the day without its year, which stands above."""
        return "" if at is None else f"{at.astimezone(self.settings.zone):%m-%d %H:%M:%S}"

    def who(self, name: str | None) -> str:
        """How people call whoever did something."""
        return tickets.who_label(self.settings, name) if name else say("report.nobody")

    def fields(self) -> dict[str, Any]:
        """The ticket, and its figures."""
        row, report = self.row, self.report
        told: dict[str, Any] = {
            name: tickets.worded(name, row[name], row, self.settings)
            for name in _TOLD
            if row.get(name) is not None
        }
        zone = self.settings.zone
        told["opened"] = f"{report.opened.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        if report.ended is None:
            told["ended"] = say("report.goes_on")
        else:
            told["ended"] = f"{report.ended.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        told["lasted"] = length_text(report.seconds)
        first = report.first_response
        told["first_response"] = say("report.none_yet") if first is None else length_text(first)
        waits = [each.seconds for each in report.rounds]
        if waits:
            told["waits"] = say(
                "report.waits", count=len(waits), total=length_text(sum(waits)),
                longest=length_text(max(waits)),
            )  # fmt: skip
        facts = report.facts
        told["said"] = say(
            "report.said", messages=facts.messages, replies=facts.replies, notes=facts.notes
        )
        told["reopened"] = report.counts["reopened"]
        told["transferred"] = report.counts["transferred"]
        told["escalated"] = len(report.escalations)
        return told

    def sections(self) -> Iterator[Section]:
        """The parts that have something to tell."""
        if pieces := tuple(self._pieces()):
            yield Section(say("report.states"), Strip(pieces))
        for name in _SPENT:
            spent = self.report.spent(name)
            if name == "team" and not any(spent):
                continue
            yield Section(say(f"report.by.{name}"), self._spent(name, spent))
        if self.report.rounds:
            yield Section(say("report.rounds"), self._rounds())
        if clocks := (self.row["sla"] or {}).get("clocks"):
            yield Section(say("report.clocks"), self._clocks(clocks))
        yield Section(say("report.done"), self._done())
        if self.report.escalations:
            yield Section(say("report.escalations"), self._happenings(self.report.escalations))
        if self.report.promises:
            yield Section(say("report.promises"), self._promises())
        yield Section(say("report.timeline"), self._timeline())

    def _label(self, name: str, value: str | None) -> str | None:
        if name == "status":
            return tickets.status_label(self.settings, self.row.get("workflow"), value or "")
        if name == "team":
            return tickets.team_label(self.settings, value) or say("report.no_team")
        return self.who(value)

    def _pieces(self) -> Iterator[Piece]:
        """The states one after the other; whose the ticket was meanwhile makes no difference."""
        flow = self.settings.flow(self.row.get("workflow"))
        held: tuple[str | None, int] | None = None
        for stretch in (*self.report.stretches, None):
            if held is not None and (stretch is None or stretch.status != held[0]):
                meaning = f"state:{flow.category_of(held[0] or '')}"
                yield Piece(held[1], self._label("status", held[0]) or "", meaning)
                held = None
            if stretch is not None:
                held = (stretch.status, (held[1] if held else 0) + stretch.seconds)

    def _spent(self, name: str, spent: dict[str | None, int]) -> Table:
        whole = sum(spent.values())
        rows = [
            {
                name: self._label(name, value),
                "spent": length_text(seconds),
                "share": f"{100 * seconds / whole:.0f}%" if whole else "",
            }
            for value, seconds in spent.items()
        ]
        total = {name: say("report.whole"), "spent": length_text(whole)}
        columns = (Column(name, "name"), Column("spent", "duration"), Column("share", "number"))
        return Table(columns, [*rows, total])

    def _rounds(self) -> Table:
        rows = [
            {
                "asked": self.clock(each.asked),
                "waited": Phrase(
                    Part(length_text(each.seconds), None if each.ended else "waiting")
                ),
                "answer": self.who(each.by) if each.by else say(f"report.wait.{each.how}"),
                "messages": each.messages,
                "answered_at": self.clock(each.ended),
            }
            for each in self.report.rounds
        ]
        columns = (
            Column("asked", "name"), Column("messages", "number"), Column("waited", "duration"),
            Column("answered_at", "name"), Column("answer", "name"),
        )  # fmt: skip
        return Table(columns, rows)

    def _clocks(self, clocks: Sequence[dict[str, Any]]) -> Table:
        columns = (
            Column("clock", "name"), Column("state", "name"), Column("target", "duration"),
            Column("elapsed", "duration"), Column("used", "number"), Column("due_at", "name"),
            Column("breached_by", "duration"),
        )  # fmt: skip
        return Table(columns, [self._clock(each) for each in clocks])

    def _clock(self, told: dict[str, Any]) -> dict[str, Any]:
        def length(name: str) -> str:
            seconds = told.get(name)
            return "" if seconds is None else length_text(seconds)

        is_late = told["state"] == "breached"
        state = say(f"report.state.{told['state']}")
        if self.report.ended is not None and told["state"] in ("running", "paused"):
            state = say("report.state.over")
        if told.get("excused"):
            state += say("sla.excused")
        due, used = told.get("due_at"), told.get("used_pct")
        return {
            "clock": clock_label(told["clock"]),
            "state": Phrase(Part(state, "late" if is_late else None)),
            "target": length("target_s"),
            "elapsed": length("elapsed_s"),
            "used": "" if used is None else f"{used:.0f}%",
            "due_at": self.clock(parse_time(due) if isinstance(due, str) else due),
            "breached_by": length("breached_by_s") if is_late else "",
        }

    def _done(self) -> Table:
        rows = [
            {
                "by": self.who(by),
                "did": " · ".join(
                    say("report.deed", what=tickets.action_label(do), count=count)
                    for do, count in kinds.items()
                ),
            }
            for by, kinds in self.report.done.items()
        ]
        return Table((Column("by", "name"), Column("did")), rows)

    def _promises(self) -> Table:
        rows = [
            {
                "at": self.clock(each.made),
                "by": self.who(each.by),
                "due_at": self.clock(each.due),
                "outcome": say(f"report.promise.{each.how}"),
                "breached_by": Phrase(Part(length_text(each.late_s), "late"))
                if each.late_s
                else "",
            }
            for each in self.report.promises
        ]
        columns = (
            Column("at", "name"), Column("by", "name"), Column("due_at", "name"),
            Column("outcome", "name"), Column("breached_by", "duration"),
        )  # fmt: skip
        return Table(columns, rows)

    def _happenings(self, events: Sequence[Event]) -> Table:
        rows = [
            {
                "at": self.clock(event.instant),
                "by": self.who(event.by),
                "did": " · ".join(conversation.small_print(event, self.reader)),
                "words": event.text or "",
            }
            for event in events
        ]
        columns = (Column("at", "name"), Column("by", "name"), Column("did"), Column("words"))
        said = any(row["words"] for row in rows)
        return Table(columns if said else columns[:-1], rows)

    def _timeline(self) -> Table:
        events = [Event.of(data) for data in self.row[TIMELINE]]
        told = conversation.told_events(events, self.reader)
        rows = [
            {
                "number": number,
                "at": self.clock(event.instant),
                "lasted": "" if gap is None else length_text(gap),
                "by": self.who(event.by),
                "did": what,
                "words": event.text or "",
            }
            for number, (event, gap, what) in enumerate(
                zip(events, self.report.gaps, told, strict=True), 1
            )
        ]
        columns = (
            Column("number", "number"), Column("at", "name"), Column("lasted", "duration"),
            Column("by", "name"), Column("did"), Column("words"),
        )  # fmt: skip
        return Table(columns, rows)
