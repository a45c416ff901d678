"""What --help says of training, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.answers": "Answers in order: 1,3,2; several for one question: 1+3",
    "help.option.have_read": "Of a course without questions: all of it was read",
    "help.option.train_agent": "Who; yourself unless said, others only by leads",
    "help.option.score": "Record a score had elsewhere, with --reason; by leads only",
    "help.option.train_team": "Everybody of this team",
    "help.option.within": "In how many days, like 14d; else as the course has it",
    "help.option.train_overdue": "Only what is overdue",
    "help.option.agent_since": "Since when they are here: courses for the new count from it",
    "help.train": "Training: courses, quizzes, a checklist for the new\n\nCourses stand in training.yaml, their questions in the articles, results in trained/, a file for each person.\n\n  $ tkt train list\n  $ tkt train status",
    "help.train.list": "Every course: whose, what is enough, when again\n\n  $ tkt train list",
    "help.train.show": "A course: its articles and questions, without answers\n\n  $ tkt train show rules\n  $ tkt train show 'platform rules' --json",
    "help.train.take": "Take a course: answer its questions, have it recorded\n\nAt a terminal question by question; elsewhere with --answers, or an answer a line on standard input. At the end it says what was right, and why. It may be taken again; each time is recorded. Leads may record for others (--agent, --score).\n\n  $ tkt train take rules --answers 1,2,1 --json\n  $ tkt train take reading --read\n  $ tkt train take rules --agent lin --score 95 --reason 'oral exam'",
    "help.train.assign": "Assign a course to people\n\nWho has not passed it by then is overdue. Assigned again it has the new date; who has passed it takes it once more. By leads only.\n\n  $ tkt train assign rules lin wang\n  $ tkt train assign privacy --team aftersales --within 7d",
    "help.train.status": "Who has taken what: done, due, overdue, never\n\nA line for each person and course, and for each item of the checklist of the new.\n\n  $ tkt train status\n  $ tkt train status me\n  $ tkt train status --overdue --team aftersales --json",
    "help.train.tick": "Tick something of the checklist for the new\n\n  $ tkt train tick accounts handbook\n  $ tkt train tick shadowing --agent lin",
}
