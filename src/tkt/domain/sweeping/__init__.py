"""What happens by itself when time passes: reminders, escalations, automatic moves, the archive.

Everything that may happen to a ticket is a :class:`~tkt.domain.sweeping.timer.Timer`: when it is
due, and a key under which it happens once. Timers are a pure function of the ticket's track and of
what its workflow says; the time decides only which of them are ripe.
"""

from __future__ import annotations

SWEEP = "sweep"
"""Who stands in timelines for what time has done."""
