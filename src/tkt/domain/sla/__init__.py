"""The clocks of a ticket: what was promised, how much of it is used up, when it is due.

Everything here is a pure function of a ticket's timeline, the policies, the calendars and the time;
nothing of it is kept in files. Instants are whole seconds since 1970, lengths whole seconds.
"""
