"""What --help says of the commands of an agent's day, in English."""

from __future__ import annotations

TEXTS = {
    "help.option.text": "What to say; - reads standard input",
    "help.option.edit": "Write it in an editor",
    "help.option.yes": "Ask nothing",
    "help.option.via": "The channel it came by, such as phone",
    "help.option.reply_to": "Move to this state in the same action",
    "help.option.draft": "Only keep it as a draft that colleagues see",
    "help.option.send": "Send the draft that is on the ticket",
    "help.option.steal": "Take it from whoever is at work on it; needs a reason",
    "help.option.escalate_to": "To whom: an agent or a team; otherwise to the team's lead",
    "help.option.escalate_priority": "Change the priority as well",
    "help.option.until": "Until when: tomorrow 9:00, +2d",
    "help.option.with_note": "A note that goes with it; - reads standard input",
    "help.option.unlink": "Take the link away",
    "help.option.into": "The ticket that they become part of",
    "help.option.anyway": "Merge tickets of two customers all the same",
    "help.option.split_at": "From which entry on, by its number in tkt show",
    "help.option.title": "The new ticket's title",
    "help.option.event": "Which entry to take back, by its number in tkt show",
    "help.option.watch_who": "Who is to watch; otherwise yourself",
    "help.option.watch_stop": "Watch no longer",
    "help.option.mute_stop": "Mute no longer",
    "help.option.itself": "Show a merged ticket itself, not what it became",
    "help.take": (
        "Take tickets on\n"
        "\n"
        "The ticket is yours, and open if it was new. One that somebody is at work on (something done in the last half hour) needs --steal and a reason; after that time anybody may take it. Of two who take it on two machines the first one has it, and the other is told.\n"
        "\n"
        "  $ tkt take 7KQ4\n"
        "  $ tkt take 7KQ4 M3WX\n"
        '  $ tkt take 7KQ4 --steal --reason "Lin has gone home"'
    ),
    "help.next": (
        "Get the most urgent ticket that nobody has\n"
        "\n"
        "Hands out the most urgent ticket without an agent: of your own teams, or of none. However many ask at once, each gets another one. A query narrows it down. If nothing is left it says so, with exit code 3.\n"
        "\n"
        "  $ tkt next\n"
        "  $ tkt next category:refund"
    ),
    "help.assign": (
        "Assign tickets\n"
        "\n"
        "WHO is an agent, a team, 'me' or 'none'. Given to a team, a ticket has no agent until somebody takes it. With --auto there is no WHO: the workflow's routing finds somebody, for the most urgent first.\n"
        "Whoever gives away what somebody has says why with --reason; the third time, the lead is told.\n"
        "\n"
        "  $ tkt assign lin M3WX\n"
        '  $ tkt assign aftersales 7KQ4 M3WX --reason "a matter of returns"\n'
        "  $ tkt assign lin --where 'team:b status:new'\n"
        '  $ tkt assign none 7KQ4 --reason "Lin is on leave"\n'
        "  $ tkt assign --auto\n"
        "  $ tkt assign --auto priority:urgent --explain --dry-run"
    ),
    "help.reply": (
        "Answer the customer\n"
        "\n"
        "The text comes last, or from a pipe, or (at a terminal, with nothing said) from your editor, with the ticket below it. What could not be sent is kept. Answering a new ticket opens it; --to moves it elsewhere in the same action. If somebody else is at work on it you are told, not stopped. --draft keeps a draft that colleagues see, --send sends it. --canned says a canned reply, -m goes behind it; a variable without a value sends nothing, --set gives one. What is said is held against tone.yaml first.\n"
        "\n"
        '  $ tkt reply 7KQ4 "A new one is on its way within 48 hours."\n'
        '  $ tkt reply 7KQ4 "Your money is on its way." --to resolved\n'
        '  $ tkt reply 7KQ4 "Yes, this one will do." --draft\n'
        "  $ tkt reply 7KQ4 --send\n"
        '  $ tkt reply 7KQ4 --canned 稍等 -m "We will be in touch."'
    ),
    "help.message": (
        "Record what the customer said\n"
        "\n"
        "On the phone, say, or in person. A ticket that waited or was over is open again; an archived one comes back.\n"
        "\n"
        '  $ tkt message 7KQ4 "Called to ask where it is" --via phone'
    ),
    "help.move": (
        "Move to another state\n"
        "\n"
        "States go by their names in either language. Where no way leads, the ways that there are are listed. What is over is reopened with tkt reopen.\n"
        "\n"
        "  $ tkt move 7KQ4 open\n"
        '  $ tkt move 7KQ4 pending --until tomorrow -m "asked the warehouse"\n'
        "  $ tkt move --where 'status:new team:aftersales' open"
    ),
    "help.wait": (
        "Wait: for the customer, the warehouse, the carrier\n"
        "\n"
        "Say until when (--until), or for what (--reason). When it is time, tkt today says so.\n"
        "\n"
        '  $ tkt wait 7KQ4 --until tomorrow --reason "customer sends it back"\n'
        "  $ tkt wait 7KQ4 --until +2d"
    ),
    "help.resolve": (
        "Resolve tickets; without an id, mend a merge\n"
        "\n"
        "With ids: they are resolved; -m adds a note.\n"
        "Without: mends the conflicts that a git pull has left. In a clone without the merge driver a git pull stops at a ticket that both sides changed; this unites the two timelines from the three versions that Git has kept, and loses nothing. If no other file is in conflict it finishes the merge.\n"
        "\n"
        '  $ tkt resolve 7KQ4 -m "refunded in full"\n'
        "  $ tkt resolve\n"
        "  $ tkt resolve --json"
    ),
    "help.close": (
        "Close tickets\n"
        "\n"
        "A parent cannot be closed before its children are over.\n"
        "\n"
        "  $ tkt close 7KQ4\n"
        '  $ tkt close 7KQ4 M3WX --reason "ordered twice"'
    ),
    "help.reopen": (
        "Reopen tickets that were resolved or closed\n"
        "\n"
        "An archived one comes back.\n"
        "\n"
        '  $ tkt reopen 7KQ4 --reason "broken again"'
    ),
    "help.escalate": (
        "Escalate: one level up\n"
        "\n"
        "The level goes up by one, and the ticket to the agent or team of --to; otherwise to the lead of the ticket's team. It needs a reason.\n"
        "\n"
        '  $ tkt escalate 7KQ4 --reason "wants 500 yuan"\n'
        '  $ tkt escalate 7KQ4 --to zhao --priority urgent --reason "threatens to complain"'
    ),
    "help.archive": (
        "Archive tickets that are over\n"
        "\n"
        "The file moves to archive/ and can be shown, found and counted as before. If anything is said on it later it comes back by itself.\n"
        "\n"
        "  $ tkt archive 7KQ4\n"
        "  $ tkt archive --where 'status:closed closed<-30d'"
    ),
    "help.link": (
        "Link tickets\n"
        "\n"
        "KIND is relates, duplicates, blocks, child-of or parent-of. Links may not lead round in a circle.\n"
        "\n"
        "  $ tkt link 7KQ4 relates M3WX\n"
        "  $ tkt link 7KQ4 child-of M3WX\n"
        "  $ tkt link 7KQ4 relates M3WX --remove"
    ),
    "help.merge": (
        "Merge tickets\n"
        "\n"
        "Everything said goes to the ticket of --into, with who said it and when. The old id still works, and what is said on it later goes to the new one. A mistake is taken apart with tkt undo.\n"
        "\n"
        "  $ tkt merge M3WX --into 7KQ4\n"
        '  $ tkt merge M3WX --into 7KQ4 --reason "the same parcel"'
    ),
    "help.split": (
        "Make a part of the conversation a new ticket\n"
        "\n"
        "What was said from --from on goes to a new ticket, and the two link to each other. The new one has the customer, channel, order and team of the old; other fields can be given.\n"
        "\n"
        '  $ tkt split 7KQ4 --from 3 --title "Invoice missing"\n'
        "  $ tkt split 7KQ4 --from 3 category=invoice"
    ),
    "help.undo": (
        "Take something back\n"
        "\n"
        "Without an id: all that your last command did, on however many tickets. With an id: the last thing you did on that ticket; --event names another entry. Taking back is recorded too; history is never rewritten. What a customer has said, or was told, cannot be taken back.\n"
        "\n"
        "  $ tkt undo\n"
        "  $ tkt undo 7KQ4\n"
        "  $ tkt undo 7KQ4 --event 2 --dry-run"
    ),
    "help.watch": (
        "Watch tickets\n"
        "\n"
        "What is said there, and where it moves, comes to your tkt inbox. Writing @name in a note makes that person watch, too.\n"
        "\n"
        "  $ tkt watch 7KQ4\n"
        "  $ tkt watch 7KQ4 --who zhao\n"
        "  $ tkt watch 7KQ4 --stop"
    ),
    "help.mute": (
        "Hear no more of tickets\n"
        "\n"
        "Nothing of them comes to your tkt inbox any more, but what names you.\n"
        "\n"
        "  $ tkt mute 7KQ4\n"
        "  $ tkt mute --where 'watchers:me state:closed'\n"
        "  $ tkt mute 7KQ4 --stop"
    ),
    "help.option.ack": "Mark all that is listed as seen",
    "help.option.inbox_all": "List what has been seen, too",
    "help.option.inbox_as": "Whose",
    "help.option.today_as": "Whose",
    "help.option.person_name": "Name",
    "help.option.email": "The e-mail in git config user.email; may be given again",
    "help.option.agent_team": "A team; may be given again",
    "help.option.team_name": "The team's name",
    "help.option.lead": "The lead",
    "help.option.columns": "Columns to show, comma-separated",
    "help.option.view_label": "What it is called",
    "help.option.shared": "Keep it in the desk, for everybody",
    "help.option.view": "Use this view",
    "help.inbox": "What you should know of: mentions, assignments, news\n\nOf tickets that are yours or that you watch. Each thing is there once, until --ack marks it as seen; what you did yourself is not. Kept for 30 days. What has been seen is known on this machine only.\n\n  $ tkt inbox\n  $ tkt inbox --ack\n  $ tkt inbox --as lin",
    "help.today": "What to do today\n\nNews, overdue, waited until today, customers waiting for an answer, all on your desk, and what has no agent yet. In a desk, tkt alone does the same.\n\n  $ tkt today\n  $ tkt today --as lin --json",
    "help.agent": "Agents\n\n  $ tkt agent list\n  $ tkt agent show lin",
    "help.agent.list": "Everybody, and what is on their desks\n\n  $ tkt agent list",
    "help.agent.show": "One agent; otherwise yourself\n\n  $ tkt agent show lin",
    "help.agent.add": "Add an agent\n\nWritten into team.yaml, where all else stays as it is. To change or remove somebody, edit team.yaml and run tkt commit.\n\n  $ tkt agent add qian --name Qian --email qian@shop.example --team aftersales",
    "help.team": "Teams\n\n  $ tkt team list\n  $ tkt team show aftersales",
    "help.team.list": "Every team, and what is waiting for it\n\n  $ tkt team list",
    "help.team.show": "One team\n\n  $ tkt team show aftersales",
    "help.team.add": "Add a team\n\nWritten into team.yaml, where all else stays as it is.\n\n  $ tkt team add complaint --name Complaints --lead zhao",
    "help.view": "Views: saved queries\n\nPersonal ones are on this machine, --shared ones in the desk. Every desk has mine, waiting, unassigned, overdue, today and escalated.\n\n  $ tkt view list\n  $ tkt view show mine",
    "help.view.list": "Every view, and how many tickets it has\n\n  $ tkt view list",
    "help.view.show": "The tickets of a view\n\nA query behind the name narrows it down.\n\n  $ tkt view show mine\n  $ tkt view show unassigned priority:urgent",
    "help.view.save": "Save a view\n\n  $ tkt view save hot 'priority>=high state:new,open' --columns id,customer,title --sort opened\n  $ tkt view save refunds category:refund --shared",
    "help.view.delete": "Delete a view of your own, or a shared one\n\n  $ tkt view delete hot",
}
