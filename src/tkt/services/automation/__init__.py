"""What happens by itself, and many actions at one word.

* ``steps``       an action of a rule or a macro as an action like any other
* ``applying``    whether a rule's or a macro's condition holds for a ticket
* ``following``   what rules do after an event
* ``macros``      several actions as one
* ``trying``      which rules would act on an event, and why the others would not
"""
