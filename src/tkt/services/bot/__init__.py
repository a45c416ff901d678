"""The bot on a desk.

* ``asking``       what it would make of a question
* ``answering``    what it does on a ticket, as a rule has it do
* ``calibrating``  its threshold, from labelled questions
* ``reporting``    what it did, and what it had no article for
"""
