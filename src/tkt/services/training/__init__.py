"""Courses: looking at them, taking them, and what is recorded of it.

* ``naming``    which course, item or person is meant, and who may say something of whom
* ``keeping``   the files in which results stand, a commit for each person
* ``taking``    the questions of a course, and what somebody's answers come to
* ``assigning`` courses for people, and the checklist of new colleagues
* ``looking``   courses, and who stands how with them
* ``checking``  what is wrong with courses and results
"""
