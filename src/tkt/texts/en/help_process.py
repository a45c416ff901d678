"""Help for workflows, automation and macros, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.tick": (
        "Tick items of the checklist\n"
        "\n"
        "A workflow's file has it under checklist, and tkt show lists it with ☑ and ☐. Some states can only be entered once it is ticked. ITEM is an item's name or label; several items and tickets go at once.\n"
        "\n"
        "  $ tkt tick 7KQ4 photo\n"
        "  $ tkt tick 7KQ4 'photo received' --reason \"sent in the chat\"\n"
        "  $ tkt tick 7KQ4 photo --dry-run"
    ),
    "help.approve": (
        "Approve of an amount, as a second person\n"
        "\n"
        "A workflow's approval says which field above which limit, and who may. Not whoever set the amount; and whoever approves leaves the rest to others. If the amount changes it has to be approved anew.\n"
        "\n"
        '  $ tkt approve 7KQ4 -m "Seen the photos, fine"\n'
        "  $ tkt approve 7KQ4 --dry-run"
    ),
    "help.workflow": (
        "Workflows: the ways that tickets go\n"
        "\n"
        "Each is a YAML file in workflows/: states, who may go from where to where, what has to be filled in, checklists and approvals.\n"
        "\n"
        "  $ tkt workflow list\n"
        "  $ tkt workflow show returns\n"
        "  $ tkt workflow check"
    ),
    "help.workflow.list": (
        "List the workflows\n"
        "\n"
        "Their labels, the categories that go through each, and how many tickets are on their way.\n"
        "\n"
        "  $ tkt workflow list\n"
        "  $ tkt workflow list --json"
    ),
    "help.workflow.show": (
        "Show one: states, transitions, what is asked for\n"
        "\n"
        "NAME is a workflow's name or label, or a file.\n"
        "\n"
        "  $ tkt workflow show returns\n"
        "  $ tkt workflow show complaint\n"
        "  $ tkt workflow show workflows/order.yaml --json"
    ),
    "help.workflow.check": (
        "Check workflow files\n"
        "\n"
        "States that nothing leads to or that lead nowhere, mistyped names, transitions said twice, workflows after the same category: each with file, line and column and the word that was probably meant. Without a file, all of the desk's; a file may lie outside any desk. Exit code 1 if anything is found.\n"
        "\n"
        "  $ tkt workflow check\n"
        "  $ tkt workflow check workflows/returns.yaml --json"
    ),
    "help.workflow.graph": (
        "Draw a workflow\n"
        "\n"
        "Mermaid goes into Markdown as it is, DOT is for Graphviz, and an SVG needs Graphviz or pip install 'tkt[graph]'. Colours tell categories, ‖ that the clocks pause, dashed lines reopening.\n"
        "\n"
        "  $ tkt workflow graph returns\n"
        "  $ tkt workflow graph returns --format dot -o returns.dot"
    ),
    "help.option.graph_format": "format of the picture; by default by the file's name, else mermaid",
    "help.option.rule_on": "A kind of event such as message, or a number of tkt show; otherwise the last entry",
    "help.option.macro_with": "A value for a variable in the texts; may be given several times",
    "help.option.promise_by": "By when: +48h, tomorrow 18:00",
    "help.option.promise_kept": "It was kept",
    "help.option.promise_drop": "It is dropped",
    "help.promise": (
        "Record what a customer was promised\n"
        "\n"
        "The time stands on the ticket; tkt list and tkt today show it, and mark it when it is past. A reply, or resolving or closing the ticket, keeps it; --kept and --drop end it by hand. A new promise takes the place of the old one.\n"
        "\n"
        "  $ tkt promise 7KQ4 --by +48h\n"
        '  $ tkt promise 7KQ4 --by "tomorrow 18:00" -m "will send the waybill number"\n'
        "  $ tkt promise 7KQ4 --kept\n"
        "  $ tkt list 'promised<now'"
    ),
    "help.rule": (
        "Automation rules\n"
        "\n"
        "Rules stand in tkt.yaml under rules and in workflows under automation.rules: what happens (on), under which condition (when), what to do (do). They run with the command that records the event, each action a commit.\n"
        "\n"
        "  $ tkt rule list\n"
        "  $ tkt rule test 7KQ4 --on message"
    ),
    "help.rule.list": (
        "All rules, in the order in which they run\n"
        "\n"
        "The desk's own first, then those of the workflows. A faulty rule is not among them: tkt check names it.\n"
        "\n"
        "  $ tkt rule list\n"
        "  $ tkt rule list --json"
    ),
    "help.rule.test": (
        "Try the rules: which would run, and why not the others\n"
        "\n"
        "Nothing is done. --on takes a kind of event, or a number of tkt show.\n"
        "\n"
        "  $ tkt rule test 7KQ4\n"
        "  $ tkt rule test 7KQ4 --on message\n"
        "  $ tkt rule test 7KQ4 --on 1"
    ),
    "help.macro": (
        "Macros: several actions at one word\n"
        "\n"
        "They stand in tkt.yaml or in a workflow under macros.\n"
        "\n"
        "  $ tkt macro list\n"
        "  $ tkt macro show 催单\n"
        "  $ tkt macro run 催单 7KQ4"
    ),
    "help.macro.list": ("All macros\n\n  $ tkt macro list"),
    "help.macro.show": ("What a macro does\n\n  $ tkt macro show 催单"),
    "help.macro.run": (
        "Run a macro on tickets\n"
        "\n"
        "Its actions are one record, done all or none. --dry-run shows them first; --with gives variables of the texts.\n"
        "\n"
        "  $ tkt macro run 催单 7KQ4\n"
        "  $ tkt macro run 催单 7KQ4 M3WX --dry-run\n"
        "  $ tkt macro run 补发 7KQ4 --with 运单号=SF100"
    ),
    "help.workflow.schema": (
        "JSON Schema of a settings file\n"
        "\n"
        "Editors complete and explain by it. tkt init puts them into schemas/; after an update of tkt this command brings them up to date. KIND is workflow, desk, team, roster, classify or tone.\n"
        "\n"
        "  $ tkt workflow schema\n"
        "  $ tkt workflow schema roster > schemas/roster.json"
    ),
}
